// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launch_options.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <memory>
#include <optional>

namespace binnacle::app {

class SettingsWriter;

/// What the console does on quit with a stack that it started.
enum class QuitChoice { Ask, KeepRunning, Stop };

/// What a person chose, kept between runs in one ini file. A file that cannot be read is set aside, never deleted; one
/// of a later version, or what is no file, is left alone and nothing is kept; notice() says so. Read once, at the
/// start; written on a thread of its own, only what was changed here, so that several consoles keep each other's
/// choices. GUI thread.
class Settings {
public:
    /// Opens (and later writes) `file`.
    explicit Settings(const QString& file);
    ~Settings();
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

    /// binnacle.ini in the user's configuration directory.
    [[nodiscard]] static QString defaultFile();
    /// A sentence for the person when the settings could not be read as they were; empty otherwise.
    [[nodiscard]] const QString& notice() const { return m_notice; }
    /// A sentence for the person when they could not be written since it was last asked; told once.
    [[nodiscard]] QString takeProblem();

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
    /// Ids of what the palette did last, the newest first; those of pages, actions and the window only.
    [[nodiscard]] QStringList recentCommands() const;
    void setRecentCommands(const QStringList& ids);
    [[nodiscard]] QuitChoice quitChoice() const;
    void setQuitChoice(QuitChoice choice);
    /// Alerts are told on the desktop; at first they are.
    [[nodiscard]] bool alertNotices() const;
    void setAlertNotices(bool on);
    /// And heard; at first they are not.
    [[nodiscard]] bool alertSound() const;
    void setAlertSound(bool on);
    /// Columns of a table, by "PAGE/TABLE": see TableLayout.
    [[nodiscard]] QString tableLayout(const QString& table) const;
    void setTableLayout(const QString& table, const QString& layout);
    /// Writes at once what waits; false when that took longer than half a second, or failed.
    bool flush();
    /// Changes nothing from now on: taking a picture leaves no trace in the settings.
    void freeze();

private:
    void put(const QString& key, const QVariant& value);
    void read(const QString& file);
    [[nodiscard]] QVariant value(const QString& key) const { return m_values.value(key); }

    bool m_frozen = false;
    QString m_notice;
    QMap<QString, QVariant> m_values;
    std::unique_ptr<SettingsWriter> m_writer;
};

} // namespace binnacle::app
