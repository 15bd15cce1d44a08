// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

class QObject;
class QWidget;

namespace binnacle::app {

/// What is to be saved, as the person is asked for its file.
struct SaveQuestion {
    QString object; ///< name of the dialog while it asks this
    QString title;
    QString kind;   ///< a filter of names: "CSV files (*.csv)"
    QString suffix; ///< that a name without one gets
    QString name;   ///< that is offered
};

/// Asks for a file without keeping the window from going on; `chosen` is called while `context` lives, and never when
/// the person thinks better of it. A window has one such dialog for as long as it stands: each one that Qt destroys
/// writes what it remembers to the disk, waits until it is there, and waits for its reader of folders. GUI thread.
void askWhereToSave(QWidget& window, const SaveQuestion& question, const QObject& context,
                    std::function<void(const QString& file)> chosen);

/// Runs `write` on a thread of its own, since a disk may be slow or far away; it returns what went wrong, or nothing.
/// Then `written` is told on this thread, while `context` lives. GUI thread.
void saveBeside(QObject& context, std::function<QString()> write, std::function<void(const QString& problem)> written);

/// A `write` for saveBeside(): the whole file or none of it; what was there before stays then.
[[nodiscard]] std::function<QString()> writingOf(QString file, QByteArray bytes);

} // namespace binnacle::app
