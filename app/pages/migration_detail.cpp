// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/migration_detail.h"

#include "app/models/worded.h"
#include "app/pages/act_button.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "widgets/kpi_tile.h"
#include "widgets/line_chart.h"
#include "widgets/situation_sentence.h"
#include "widgets/sql_view.h"
#include "widgets/time_context.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <array>

namespace binnacle::app {

namespace {

enum Figure { Rows, Table, Index, Attempt, Elapsed, FigureCount };
constexpr int kHighestLine = 260;

/// One long word from outside must not widen the column.
void yieldWidth(QLabel& label) {
    auto policy = label.sizePolicy();
    policy.setHorizontalPolicy(QSizePolicy::Ignored);
    label.setSizePolicy(policy);
}

} // namespace

MigrationDetail::MigrationDetail(TimeContext& time, QWidget* parent)
    : QWidget(parent)
    , m_phases(new PhaseBar(this))
    , m_message(new PlainLabel(Type::Body, Token::Ink2, this))
    , m_figures(new KpiRow(this))
    , m_line(new LineChart(this)) {
    for (int i = 0; i < FigureCount; ++i) {
        m_figures->addTile();
    }
    m_figures->setSparksVisible(false);
    yieldWidth(*m_message);
    m_message->setObjectName(QStringLiteral("migrationMessage"));
    m_line->setTimeContext(&time);
    m_line->setQuantity(Quantity::Share);
    m_line->setScale(AxisScale(AxisScale::Kind::Linear, 0, 1));
    m_line->setLines({{tr("phase"), Token::D1, 2}});
    m_line->setMaximumHeight(kHighestLine);
    m_line->setAccessibleName(tr("Progress of the phase"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(makeHead());
    column->addWidget(m_phases);
    column->addWidget(m_message);
    column->addWidget(m_figures);
    m_lineHead = new SectionHead(tr("Progress of the phase"), tr("as this console saw it; a gap: nobody told"), this);
    column->addWidget(m_lineHead);
    column->addWidget(m_line, 1);
    m_statements = makeStatements();
    column->addWidget(m_statements);
    column->addStretch(0);
}

QWidget* MigrationDetail::makeHead() {
    auto* row = new QWidget(this);
    m_head = new SectionHead(tr("No migration"), {}, row);
    m_apply = new KeyButton(tr("Apply\u2026"), {}, row);
    m_apply->setObjectName(QStringLiteral("applyMigration"));
    m_stop = new KeyButton(tr("Stop\u2026"), {}, row);
    m_stop->setObjectName(QStringLiteral("stopMigration"));
    m_undo = new KeyButton(tr("Undo\u2026"), {}, row);
    m_undo->setObjectName(QStringLiteral("undoMigration"));
    connect(m_apply, &QAbstractButton::clicked, this, &MigrationDetail::applyAsked);
    connect(m_stop, &QAbstractButton::clicked, this, &MigrationDetail::stopAsked);
    connect(m_undo, &QAbstractButton::clicked, this, &MigrationDetail::undoAsked);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_head, 1);
    line->addWidget(m_apply);
    line->addWidget(m_stop);
    line->addWidget(m_undo);
    return row;
}

QWidget* MigrationDetail::makeStatements() {
    auto* part = new QWidget(this);
    m_lock = new PlainLabel(Type::Label, Token::Ink2, part);
    yieldWidth(*m_lock);
    m_statement = new SqlView(part);
    m_statement->setAccessibleName(tr("Statement that applies it"));
    m_statement->setObjectName(QStringLiteral("expandStatement"));
    m_revert = new SqlView(part);
    m_revert->setAccessibleName(tr("Statement that undoes it"));
    m_revert->setMostLines(2);
    auto* head = new SectionHead(tr("Statements"), tr("exactly as they run"), part);
    head->setRule(true);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(head);
    column->addWidget(m_statement);
    column->addWidget(m_lock);
    column->addWidget(new PlainLabel(Type::Small, Token::Ink3, part));
    static_cast<QLabel*>(column->itemAt(3)->widget())->setText(tr("Undo runs"));
    column->addWidget(m_revert);
    return part;
}

void MigrationDetail::showMigration(const MigrationStatus* migration, const MigrationStatus* current,
                                    const MigrationPace* pace, const PanelStatus& status, UtcTime now,
                                    const Rights& rights) {
    const bool there = migration != nullptr;
    m_phases->setVisible(there);
    m_figures->setVisible(there && !m_short);
    m_lineHead->setVisible(there);
    m_line->setVisible(there);
    m_statements->setVisible(there);
    auto line = status;
    if (status.state == PanelState::Live && pace == nullptr) {
        line.state = PanelState::Empty;
        line.title = tr("Nothing to draw yet");
        line.detail = tr("this console has not seen it run");
    }
    m_line->setStatus(line);
    // Once it has ended, the last figure of the line is of then and must not read as one of now.
    const bool runs = migration != nullptr && status.hasValue() && underWay(migration->state);
    m_line->setLines({{runs ? tr("phase") : tr("last seen"), Token::D1, 2}});
    showFigures(migration, status, now);
    showButtons(current, rights);
    if (migration == nullptr) {
        m_head->setTitle(tr("No migration"));
        m_head->setSubtitle({});
        m_message->setText(status.title.isEmpty() ? tr("There is none to show.") : status.title);
        m_message->show();
        return;
    }
    m_head->setTitle(plain(migration->title.empty() ? migration->id : migration->title));
    m_head->setSubtitle(plain(migration->id));
    const bool known = status.hasValue();
    PhaseReading phase;
    if (known) {
        phase =
            phaseOf(*migration, status.state == PanelState::Live ? pace : nullptr, status.state == PanelState::Late);
    } else {
        phase.title = status.title.isEmpty() ? stateWord(status.state) : status.title;
    }
    m_phases->showPhase(std::move(phase));
    const auto message = known ? worded(migration->message) : tr("How far it is now can\u2019t be told.");
    if (m_message->text() != message) {
        m_message->setText(message);
    }
    m_message->setVisible(!message.isEmpty());
    showStatements(*migration);
}

void MigrationDetail::showFigures(const MigrationStatus* migration, const PanelStatus& status, UtcTime now) {
    std::array<KpiReading, FigureCount> readings;
    readings[Rows].label = tr("Rows");
    readings[Table].label = tr("Table");
    readings[Index].label = tr("Indexes");
    readings[Attempt].label = tr("Attempt");
    readings[Elapsed].label = tr("Took");
    for (auto& reading : readings) {
        reading.status = status;
        if (!status.hasValue()) {
            reading.status.detail = stateWord(status.state); // the sentence above says why, once
        }
        reading.number = numberText(std::nullopt, Quantity::Count);
    }
    // Where the primary did not tell it, its zeros are no figures.
    if (migration != nullptr && migration->state != MigrationStatus::State::Unknown) {
        const auto number = [](std::int64_t value) { return static_cast<double>(value); };
        readings[Rows].number = numberText(number(migration->tableRows), Quantity::Count);
        readings[Rows].comparison = tr("in %1, estimate").arg(tableName(*migration));
        readings[Table].number = numberText(number(migration->tableBytes), Quantity::Bytes);
        readings[Table].comparison = tr("on disk");
        if (migration->indexBytes > 0) {
            readings[Index].number = numberText(number(migration->indexBytes), Quantity::Bytes);
        }
        readings[Index].comparison = tr("all of the table, on disk");
        if (migration->attempt > 0) {
            readings[Attempt].number = numberText(number(migration->attempt), Quantity::Count);
        }
        readings[Attempt].comparison = migration->attempt > 0 ? tr("of the last run") : tr("never run");
        if (migration->startedAt) {
            const bool ended = migration->endedAt && !underWay(migration->state);
            const auto until = ended ? *migration->endedAt : now;
            if (underWay(migration->state) || ended) {
                const auto took = std::chrono::duration<double>(until - *migration->startedAt).count();
                readings[Elapsed].number = numberText(std::max(0.0, took), Quantity::Duration);
            }
            readings[Elapsed].label = ended ? tr("Took") : tr("Runs for");
        }
        readings[Elapsed].comparison = migration->startedAt ? tr("last run") : tr("never run");
    }
    for (int i = 0; i < FigureCount; ++i) {
        m_figures->tile(i)->showReading(readings[static_cast<std::size_t>(i)]);
    }
}

void MigrationDetail::showButtons(const MigrationStatus* current, const Rights& rights) {
    MigrationButtons buttons;
    if (current == nullptr) {
        buttons.applyNot = buttons.stopNot = buttons.undoNot = tr("no migration is known");
    } else {
        buttons = buttonsOf(*current);
    }
    const auto first = [](const QString& right, const QString& state) { return right.isEmpty() ? state : right; };
    showActButton(*m_apply, tr("Apply\u2026"), tr("Apply"), first(rights.applyNot, buttons.applyNot));
    showActButton(*m_stop, tr("Stop\u2026"), tr("Stop"), first(rights.stopNot, buttons.stopNot));
    showActButton(*m_undo, tr("Undo\u2026"), tr("Undo"), first(rights.applyNot, buttons.undoNot));
}

void MigrationDetail::showStatements(const MigrationStatus& migration) {
    m_statement->setStatement(QString::fromStdString(migration.statement));
    m_revert->setStatement(QString::fromStdString(migration.revertStatement));
    const auto lock = migration.lock.empty() ? QString() : tr("Lock: %1").arg(worded(migration.lock));
    if (m_lock->text() != lock) {
        m_lock->setText(lock);
    }
}

void MigrationDetail::showLine(const MigrationPace* pace) {
    const std::array<const Series*, 1> series{pace == nullptr ? nullptr : &pace->share()};
    m_line->showSeries(series);
}

void MigrationDetail::setShort(bool isShort) {
    m_short = isShort;
    m_figures->setVisible(!isShort && !m_phases->isHidden());
}

} // namespace binnacle::app
