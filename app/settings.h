// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launch_options.h"

#include <QByteArray>
#include <QString>
#include <QVariant>

#include <memory>
#include <optional>

class QSettings;

namespace binnacle::app {

/// What the console does on quit with a stack that it started.
enum class QuitChoice { Ask, KeepRunning, Stop };

/// What a person chose, kept between runs in one ini file. A file that cannot be read is set aside, never deleted,
/// and notice() says so. GUI thread.
class Settings {
public:
    /// Opens (and later writes) `file`.
    explicit Settings(const QString& file);
    ~Settings();
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

    /// binnacle.ini in the user's configuration directory.
    [[nodiscard]] static QString defaultFile();
    /// A sentence for the person when a damaged file was set aside; empty otherwise.
    [[nodiscard]] const QString& notice() const { return m_notice; }

    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);
    /// One of languageIds(), or empty: the system's. It takes effect with the next start.
    [[nodiscard]] QString language() const;
    void setLanguage(const QString& id);
    /// The language in `file`, before there is an application; empty when there is none or the file cannot be read.
    [[nodiscard]] static QString storedLanguage(const QString& file);
    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    [[nodiscard]] QString page() const;
    void setPage(const QString& id);
    /// 0 when nobody has chosen one.
    [[nodiscard]] int spanMinutes() const;
    void setSpanMinutes(int minutes);
    [[nodiscard]] QuitChoice quitChoice() const;
    void setQuitChoice(QuitChoice choice);
    void flush();
    /// Changes nothing from now on: taking a picture leaves no trace in the settings.
    void freeze();

private:
    void put(const QString& key, const QVariant& value);
    void setAsideIfDamaged(const QString& file);

    bool m_frozen = false;
    QString m_notice;
    std::unique_ptr<QSettings> m_store;
};

} // namespace binnacle::app
