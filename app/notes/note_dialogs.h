// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/keyed_table.h"
#include "app/notes/note_store.h"
#include "widgets/theme.h"

#include <QDialog>

class QLineEdit;
class QTableView;

namespace binnacle {
class KeyButton;
class TimeContext;
} // namespace binnacle

namespace binnacle::app {

class PlainLabel;

/// Asks for the text of a note. open() it and listen to written(); Escape keeps nothing.
class NoteDialog : public QDialog {
    Q_OBJECT

public:
    /// `when` names the moment or the span that it is about.
    NoteDialog(const QString& when, const Theme& theme, QWidget* parent);

Q_SIGNALS:
    void written(const QString& text);

private:
    QLineEdit* m_text;
};

/// All notes of a place in a table, the newest first: show one in its time, or remove it.
class NotesDialog : public QDialog {
    Q_OBJECT

public:
    NotesDialog(const TimeContext& time, const Theme& theme, QWidget* parent);
    void showNotes(const std::vector<Note>& notes, const QString& problem);

Q_SIGNALS:
    void showRequested(const binnacle::app::Note& note);
    void removeRequested(const binnacle::app::Note& note);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] const Note* chosen() const;
    void showChosen();
    void removeChosen();
    void offer();

    const TimeContext& m_time;
    std::vector<Note> m_notes; ///< as the rows stand
    KeyedTable* m_model;
    QTableView* m_table;
    PlainLabel* m_about;
    KeyButton* m_show;
    KeyButton* m_remove;
};

/// "30/11/26 14:02:03", or from when to when.
[[nodiscard]] QString whenOf(const Note& note, const TimeContext& time);

} // namespace binnacle::app
