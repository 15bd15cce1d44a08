// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/notes/note_store.h"
#include "widgets/theme.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QMenu;

namespace binnacle {
class TimeContext;
struct TimeSpan;
} // namespace binnacle

namespace binnacle::app {

class NoteDialog;
class NotesDialog;
class WindowKeys;

/// Notes of people on the charts: puts them on the time context, asks for new ones, lists and removes them, and shows
/// the menu of a chart. GUI thread.
class NoteBook : public QObject {
    Q_OBJECT

public:
    /// `time` and `window` must outlive this. `file`: where they are kept; empty: only until the end.
    /// `disk` as in StateFile.
    NoteBook(const QString& file, std::shared_ptr<BackgroundJobs> disk, TimeContext& time, QWidget& window);

    /// Its keys; it must outlive them.
    void addKeys(WindowKeys& keys);
    void setTheme(const Theme& theme);
    /// Who writes; asked for when a note is kept.
    void setAuthor(std::function<QString()> author) { m_author = std::move(author); }
    [[nodiscard]] const NoteStore& store() const { return m_store; }
    /// Brings the marks to where their times are now. Call it at every tick.
    void tick();
    /// Asks for a note on what is being selected, else the crosshair, else the selection, else now.
    void annotate();
    void annotateSpan(const TimeSpan& span);
    void showAll();

Q_SIGNALS:
    /// What was kept before is there.
    void storeRead();

private:
    void showMarks();
    void extendMenu(QMenu* menu, const TimeSpan& span);
    void showTimeOf(const Note& note);
    void remove(const Note& note);
    [[nodiscard]] SteadyTime steadyOf(UtcTime at) const;
    [[nodiscard]] TimeSpan subject() const;

    TimeContext& m_time;
    QWidget& m_window;
    NoteStore m_store;
    Theme m_theme;
    std::function<QString()> m_author;
    QPointer<NoteDialog> m_dialog;
    QPointer<NotesDialog> m_list;
    std::optional<std::chrono::nanoseconds> m_offset; ///< UTC ahead of the steady clock, as the marks were placed
};

} // namespace binnacle::app
