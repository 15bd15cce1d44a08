// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/route_statements_panel.h"

#include "app/pages/act_button.h"
#include "app/pages/route_statements.h"
#include "app/pages/signal_tables.h"
#include "app/pages/table_panel.h"
#include "widgets/key_button.h"

#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

namespace binnacle::app {

namespace {

QString textOf(const TableRowRef& row, std::string_view column) {
    const auto text = row.text(column);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Mark waitingMark(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "waiting").value_or(0) > 0 ? Mark::Caution : Mark::None;
}

/// A statement that takes most of its route's time is the one to look at.
Mark shareMark(const SnapshotTable& table, std::size_t row) {
    constexpr double kMost = 0.5;
    return table.number(row, "share").value_or(0) >= kMost ? Mark::Note : Mark::None;
}

} // namespace

RouteStatementsPanel::RouteStatementsPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent) {
    TableLook look;
    look.title = tr("Statements of the route");
    look.table = kRouteStatements.id;
    look.spec = &kRouteStatements;
    look.columns = {
        {"statement", nullptr, ColumnForm::Auto, nullptr, true, 170},
        {"share", QT_TRANSLATE_NOOP("Table", "Of its time"), ColumnForm::Share, &shareMark, true},
        {"calls_rate", QT_TRANSLATE_NOOP("Table", "Calls/s")},
        {"mean_recent"},
        {"mean", QT_TRANSLATE_NOOP("Table", "Mean, all")},
        {"running", QT_TRANSLATE_NOOP("Table", "Run it now")},
        {"waiting", QT_TRANSLATE_NOOP("Table", "Wait for a lock"), ColumnForm::Auto, &waitingMark, true},
        {"query"},
    };
    look.none = tr("This route has run no statement");
    look.sortBy = "share";
    look.link = "statement";
    look.filter = false;
    look.read = [this](const PageContext& from, const std::string&) {
        return readRouteStatements(from, m_route.toStdString());
    };
    m_table = new TablePanel(context, std::move(look), this);
    m_table->setSources({kAllInstances});
    m_back = new KeyButton(tr("All routes"), tr("Esc"), m_table);
    m_back->setObjectName(QStringLiteral("allRoutes"));
    m_sessions = new KeyButton(tr("Sessions that run it"), tr("S"), m_table);
    m_sessions->setObjectName(QStringLiteral("routeSessions"));
    m_plan = new KeyButton(tr("Its plan"), tr("P"), m_table);
    m_plan->setObjectName(QStringLiteral("routePlan"));
    m_table->addTool(m_sessions);
    m_table->addTool(m_plan);
    m_table->addTool(m_back);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);

    connect(m_table, &TablePanel::selectionShown, this, &RouteStatementsPanel::showActs);
    connect(m_table, &TablePanel::detailsRequested, this, &RouteStatementsPanel::goOn);
    connect(m_sessions, &QAbstractButton::clicked, this, &RouteStatementsPanel::goOn);
    connect(m_plan, &QAbstractButton::clicked, this, &RouteStatementsPanel::goToPlan);
    auto* plan = new QShortcut(QKeySequence(Qt::Key_P), this);
    connect(plan, &QShortcut::activated, this, &RouteStatementsPanel::goToPlan);
    connect(m_back, &QAbstractButton::clicked, this, &RouteStatementsPanel::closed);
    auto* leave = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    leave->setContext(Qt::WidgetWithChildrenShortcut);
    connect(leave, &QShortcut::activated, this, &RouteStatementsPanel::closed);
}

void RouteStatementsPanel::showRoute(const QString& route, const QString& statement) {
    m_route = route;
    m_wanted = statement;
    m_selected = false;
    m_table->setTitle(tr("Statements of %1").arg(route));
    showReadings();
    m_table->view()->setFocus(Qt::OtherFocusReason);
}

void RouteStatementsPanel::showReadings() {
    m_table->showReadings();
    if (!m_selected) {
        select();
    }
}

/// Where sessions wait is where to look first, then what takes the most time.
void RouteStatementsPanel::select() {
    const auto named = [this](const SnapshotTable& table, std::size_t row) {
        return !m_wanted.isEmpty() && table.text(row, "statement") == m_wanted.toStdString();
    };
    const auto waits = [](const SnapshotTable& table, std::size_t row) {
        return table.number(row, "waiting").value_or(0) > 0;
    };
    m_selected = m_table->selectWhere(named) || m_table->selectWhere(waits) ||
                 m_table->selectWhere([](const SnapshotTable&, std::size_t) { return true; });
}

void RouteStatementsPanel::showActs() {
    const auto row = m_table->selected();
    const auto whyNot = !row                         ? tr("no statement selected")
                        : row->text("shape").empty() ? tr("its text is not told")
                                                     : QString();
    showActButton(*m_sessions, tr("Sessions that run it"), tr("Sessions"), whyNot);
    showActButton(*m_plan, tr("Its plan"), tr("Plan"), whyNot);
}

void RouteStatementsPanel::lead(const char* where) {
    const auto row = m_table->selected();
    if (row && !row->text("shape").empty()) {
        const auto shape = textOf(*row, "shape");
        Q_EMIT pageRequested(QStringLiteral("database"),
                             withTrail(QLatin1String(where) + shape, {m_route, textOf(*row, "statement"), shape, {}}));
    }
}

void RouteStatementsPanel::goOn() {
    lead("running ");
}

void RouteStatementsPanel::goToPlan() {
    lead("plan ");
}

} // namespace binnacle::app
