// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notes/note_book.h"

#include "app/notes/note_dialogs.h"
#include "app/window_keys.h"
#include "widgets/time_context.h"

#include <QMenu>

#include <algorithm>
#include <utility>

namespace binnacle::app {

using std::chrono::nanoseconds;

namespace {

constexpr std::chrono::milliseconds kDrift{200}; ///< that is worth moving the marks for
constexpr qsizetype kMostInMenu = 6;

/// In a menu "&" would make the letter behind it a key.
QString menuText(QString text) {
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

NoteBook::NoteBook(const QString& file, std::shared_ptr<BackgroundJobs> disk, TimeContext& time, QWidget& window)
    : m_time(time)
    , m_window(window)
    , m_store(file, std::move(disk)) {
    m_store.whenRead([this] {
        if (m_offset) { // else the first tick shows them
            showMarks();
        }
        Q_EMIT storeRead();
    });
    connect(&time, &TimeContext::menuOpened, this, &NoteBook::extendMenu);
}

void NoteBook::addKeys(WindowKeys& keys) {
    const auto group = tr("Time");
    keys.add(QStringLiteral("N"), tr("Note on the crosshair, on the span, or on now"), group, [this] { annotate(); });
    keys.add(QStringLiteral("Alt+N"), tr("All notes"), group, [this] { showAll(); });
    keys.list(tr("Menu"), tr("In a chart: what can be done with that time"), group);
}

void NoteBook::setTheme(const Theme& theme) {
    m_theme = theme;
    for (QWidget* dialog : std::initializer_list<QWidget*>{m_dialog, m_list}) {
        if (dialog != nullptr) {
            binnacle::applyTheme(*dialog, theme);
        }
    }
}

SteadyTime NoteBook::steadyOf(UtcTime at) const {
    return m_time.now() + std::chrono::duration_cast<SteadyTime::duration>(at - m_time.utcOf(m_time.now()));
}

void NoteBook::tick() {
    const auto offset =
        nanoseconds(m_time.utcOf(m_time.now()).time_since_epoch()) - nanoseconds(m_time.now().time_since_epoch());
    if (!m_offset || std::chrono::abs(offset - *m_offset) >= kDrift) {
        m_offset = offset;
        showMarks();
    }
}

void NoteBook::showMarks() {
    std::vector<ChartEvent> marks;
    for (const auto& note : m_store.notes()) {
        ChartEvent mark;
        mark.at = steadyOf(note.from);
        mark.label = note.text;
        mark.kind = ChartEvent::Kind::Operator;
        mark.until = note.to > note.from ? steadyOf(note.to) : SteadyTime{};
        marks.push_back(std::move(mark));
    }
    m_time.setNotes(std::move(marks));
    if (m_list) {
        m_list->showNotes(m_store.notes(), m_store.problem());
    }
}

TimeSpan NoteBook::subject() const {
    if (const auto pending = m_time.pending()) {
        return *pending;
    }
    if (const auto at = m_time.crosshair()) {
        return {*at, *at};
    }
    if (m_time.mode() == TimeContext::Mode::Paused && m_time.isSelected()) {
        return m_time.window();
    }
    return {m_time.end(), m_time.end()};
}

void NoteBook::annotate() {
    annotateSpan(subject());
}

void NoteBook::annotateSpan(const TimeSpan& span) {
    if (m_dialog) {
        return;
    }
    Note note;
    note.from = m_time.utcOf(std::min(span.from, m_time.now()));
    note.to = m_time.utcOf(std::min(span.to, m_time.now()));
    m_time.setPending(std::nullopt);
    m_dialog = new NoteDialog(whenOf(note, m_time), m_theme, &m_window);
    connect(m_dialog, &NoteDialog::written, this, [this, note](const QString& text) mutable {
        note.text = text;
        note.by = m_author ? m_author() : QString();
        if (m_store.add(std::move(note))) {
            showMarks();
        }
    });
    m_dialog->open();
}

void NoteBook::showAll() {
    if (m_list) {
        return;
    }
    m_list = new NotesDialog(m_time, m_theme, &m_window);
    connect(m_list, &NotesDialog::showRequested, this, &NoteBook::showTimeOf);
    connect(m_list, &NotesDialog::removeRequested, this, &NoteBook::remove);
    m_list->showNotes(m_store.notes(), m_store.problem());
    m_list->open();
}

void NoteBook::remove(const Note& note) {
    m_store.remove(note);
    showMarks();
}

/// With a little of what was around it.
void NoteBook::showTimeOf(const Note& note) {
    const auto from = steadyOf(note.from);
    const auto to = steadyOf(std::max(note.from, note.to));
    const auto around = std::max<SteadyTime::duration>(std::chrono::minutes(1), (to - from) / 4);
    m_time.select({from - around, to + around});
    m_time.pinCrosshair(from);
}

void NoteBook::extendMenu(QMenu* menu, const TimeSpan& span) {
    const bool moment = span.from == span.to;
    const auto when =
        moment ? m_time.clock(span.from) : m_time.clock(span.from) + QStringLiteral(" \u2013 ") + m_time.clock(span.to);
    menu->addAction(tr("Note on %1\u2026").arg(when), this, [this, span] { annotateSpan(span); });
    const auto minute = std::chrono::minutes(1);
    menu->addAction(moment ? tr("Show the minute around it on all pages") : tr("Show it on all pages"), this,
                    [this, span, moment, minute] {
                        m_time.select(moment ? TimeSpan{span.from - minute / 2, span.to + minute / 2} : span);
                    });
    menu->addSeparator();
    const auto near = m_time.window().length() / 50;
    qsizetype listed = 0;
    for (const auto& note : m_store.notes()) {
        if (steadyOf(note.from) - near > span.to || steadyOf(note.to) + near < span.from || ++listed > kMostInMenu) {
            continue;
        }
        menu->addAction(tr("Remove the note \u201c%1\u201d").arg(menuText(note.text.left(40))), this,
                        [this, note] { remove(note); });
    }
    menu->addAction(tr("All notes\u2026"), this, &NoteBook::showAll);
}

} // namespace binnacle::app
