// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notes/note_dialogs.h"

#include "app/pages/plain_label.h"
#include "widgets/key_button.h"
#include "widgets/row_view.h"
#include "widgets/table_delegate.h"
#include "widgets/time_context.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace binnacle::app {

namespace {

QDateTime localOf(UtcTime at, const TimeContext& time) {
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
    return QDateTime::fromMSecsSinceEpoch(ms, time.zone());
}

} // namespace

QString whenOf(const Note& note, const TimeContext& time) {
    const auto from = localOf(note.from, time);
    const auto to = localOf(note.to, time);
    const auto clock = [](const QDateTime& at) { return at.toString(QStringLiteral("HH:mm:ss")); };
    const auto day = [](const QDateTime& at) { return QLocale().toString(at.date(), QLocale::ShortFormat); };
    auto words = day(from) + QLatin1Char(' ') + clock(from);
    if (note.to > note.from) {
        words += QStringLiteral(" \u2013 ");
        words += from.date() == to.date() ? clock(to) : day(to) + QLatin1Char(' ') + clock(to);
    }
    return words;
}

NoteDialog::NoteDialog(const QString& when, const Theme& theme, QWidget* parent)
    : QDialog(parent)
    , m_text(new QLineEdit(this)) {
    setWindowTitle(tr("Note"));
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("noteDialog"));
    auto* title = new PlainLabel(Type::Title, Token::Ink, this);
    title->setText(tr("Note on %1").arg(when));
    auto* about = new PlainLabel(Type::Body, this);
    about->setText(tr("It stands on every chart and on the ribbon, for whoever opens this place with your account."));
    m_text->setObjectName(QStringLiteral("noteText"));
    m_text->setAccessibleName(tr("Text of the note"));
    m_text->setMaxLength(static_cast<int>(NoteStore::kLongestText));
    m_text->setFixedHeight(32);
    auto* keep = new KeyButton(tr("Keep note"), tr("Enter"), this);
    keep->setRole(KeyButton::Role::Primary);
    keep->setTall(true);
    keep->setEnabled(false);
    keep->setObjectName(QStringLiteral("noteKeep"));
    auto* cancel = new KeyButton(tr("Cancel"), tr("Esc"), this);
    cancel->setTall(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(keep);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(14);
    column->addWidget(title);
    column->addWidget(about);
    column->addWidget(m_text);
    column->addLayout(buttons);
    setFixedWidth(560);
    connect(m_text, &QLineEdit::textChanged, this,
            [keep](const QString& text) { keep->setEnabled(!text.trimmed().isEmpty()); });
    const auto done = [this] {
        if (const auto text = m_text->text().trimmed(); !text.isEmpty()) {
            Q_EMIT written(text);
            accept();
        }
    };
    connect(m_text, &QLineEdit::returnPressed, this, done);
    connect(keep, &QAbstractButton::clicked, this, done);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    binnacle::applyTheme(*this, theme);
    m_text->setFont(theme.font(Type::Body));
    m_text->setFocus();
}

NotesDialog::NotesDialog(const TimeContext& time, const Theme& theme, QWidget* parent)
    : QDialog(parent)
    , m_time(time)
    , m_model(new KeyedTable(this))
    , m_table(new RowView(this))
    , m_about(new PlainLabel(Type::Body, this))
    , m_show(new KeyButton(tr("Show its time"), tr("Enter"), this))
    , m_remove(new KeyButton(tr("Remove"), tr("Del"), this)) {
    setWindowTitle(tr("Notes"));
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("notesDialog"));
    auto* title = new PlainLabel(Type::Title, Token::Ink, this);
    title->setText(tr("Notes"));
    m_model->setColumns({{tr("When")}, {tr("Note")}, {tr("By")}});
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("notes"));
    m_table->setAccessibleName(tr("Notes"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    setUpTable(m_table, theme);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->resizeSection(0, 220);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_table->horizontalHeader()->resizeSection(2, 120);
    m_table->setMinimumHeight(22 + 26 * 8);
    m_show->setObjectName(QStringLiteral("noteShow"));
    m_remove->setObjectName(QStringLiteral("noteRemove"));
    auto* close = new KeyButton(tr("Close"), tr("Esc"), this);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(close);
    buttons->addStretch(1);
    for (auto* button : {m_remove, m_show}) {
        button->setTall(true);
        buttons->addWidget(button);
    }
    close->setTall(true);
    m_show->setRole(KeyButton::Role::Primary);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(14);
    column->addWidget(title);
    column->addWidget(m_about);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    setMinimumWidth(820);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &NotesDialog::offer);
    connect(m_table, &QTableView::activated, this, &NotesDialog::showChosen);
    connect(m_show, &QAbstractButton::clicked, this, &NotesDialog::showChosen);
    connect(m_remove, &QAbstractButton::clicked, this, &NotesDialog::removeChosen);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
    binnacle::applyTheme(*this, theme);
    m_table->setFocus();
    offer();
}

void NotesDialog::showNotes(const std::vector<Note>& notes, const QString& problem) {
    m_notes.assign(notes.rbegin(), notes.rend());
    std::vector<TableRow> rows;
    for (const auto& note : m_notes) {
        TableRow row;
        // The same text may stand twice at the same time.
        row.key = QString::number(note.from.time_since_epoch().count()) + QLatin1Char('/') +
                  QString::number(note.to.time_since_epoch().count()) + QLatin1Char('/') + note.by + QLatin1Char('/') +
                  note.text;
        while (std::ranges::find(rows, row.key, &TableRow::key) != rows.end()) {
            row.key += QLatin1Char('\'');
        }
        row.cells = {
            {whenOf(note, m_time)}, {note.text, Mark::None, Type::LabelStrong, Token::Ink, note.text}, {note.by}};
        rows.push_back(std::move(row));
    }
    m_model->showRows(std::move(rows));
    if (!m_table->selectionModel()->hasSelection() && m_model->rowCount() > 0) {
        m_table->selectRow(0);
    }
    m_about->setText(!problem.isEmpty() ? tr("They could not be written: %1").arg(problem)
                     : m_notes.empty()
                         ? tr("None yet. N notes the moment of the crosshair, or the span that is selected.")
                         : tr("%n note(s) of this place, the newest first.", "", static_cast<int>(m_notes.size())));
    offer();
}

const Note* NotesDialog::chosen() const {
    const auto rows = m_table->selectionModel()->selectedRows();
    const auto row = rows.isEmpty() ? std::size_t(-1) : static_cast<std::size_t>(rows.first().row());
    return row < m_notes.size() ? &m_notes[row] : nullptr;
}

void NotesDialog::offer() {
    m_show->setEnabled(chosen() != nullptr);
    m_remove->setEnabled(chosen() != nullptr);
}

void NotesDialog::showChosen() {
    if (const auto* note = chosen()) {
        Q_EMIT showRequested(*note);
        accept();
    }
}

void NotesDialog::removeChosen() {
    if (const auto* note = chosen()) {
        const auto removed = *note; // the rows change while it is told
        Q_EMIT removeRequested(removed);
    }
}

void NotesDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete) {
        removeChosen();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace binnacle::app
