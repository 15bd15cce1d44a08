// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QImage>
#include <QObject>
#include <QString>

#include <optional>

namespace binnacle {
class TimeContext;
class TopBar;
} // namespace binnacle

namespace binnacle::app {

/// What a picture says of itself, so that it can be understood elsewhere and later.
struct PictureHead {
    QString title;                          ///< "Latency"
    QString place;                          ///< "bundled", or the profile
    std::optional<Environment> environment; ///< by word and colour; nothing: of a recording
    QString window;                         ///< "2026-11-30 14:12:08 – 14:27:08 CET"
    QString mode;                           ///< "live", "paused, 0:42 behind", "replay"
};

/// The window of time with its date, in its zone.
[[nodiscard]] QString windowText(const TimeContext& time);
/// `page` as it is shown, with a head above it, at the screen's scale.
[[nodiscard]] QImage pictureOf(QWidget& page, const PictureHead& head, const Theme& theme);

/// Asks where to save a picture, and writes it as PNG on a thread of its own: whole, or not at all. The dialog does not
/// hold the window up. GUI thread.
class PictureSaver : public QObject {
    Q_OBJECT

public:
    explicit PictureSaver(QWidget* window);
    /// Opens the dialog for the page of that id; the picture is of the moment when it was asked for.
    void ask(QWidget& page, const QString& id, const TopBar& place, const TimeContext& time, const Theme& theme);
    void save(QImage picture, const QString& file);

Q_SIGNALS:
    /// How it went: a sentence for the person.
    void said(const QString& text);

private:
    QWidget* m_window;
};

} // namespace binnacle::app
