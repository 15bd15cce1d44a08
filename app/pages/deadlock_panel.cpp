// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/deadlock_panel.h"

#include "app/feed/snapshot_feed.h"
#include "app/models/keyed_table.h"
#include "app/pages/panel_of.h"
#include "app/pages/plain_label.h"
#include "app/pages/rule.h"
#include "widgets/key_button.h"
#include "widgets/situation_sentence.h"
#include "widgets/sql_view.h"
#include "widgets/state_overlay.h"
#include "widgets/time_context.h"
#include "widgets/wait_for_graph.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace binnacle::app {

namespace {

constexpr std::size_t kMostChoices = 5;
constexpr std::size_t kStatements = 2; ///< of the session that is selected, and of whom it waits for
constexpr int kPairRows = 3;
constexpr qsizetype kMostInPair = 300;

QString joined(const QStringList& parts) {
    QStringList some = parts;
    some.removeAll(QString());
    return some.join(QStringLiteral(", "));
}

/// Its hours as bars, the highest as high as there is room.
TableCell perHourCell(const DeadlockPair& pair) {
    const int most = std::max(1, *std::ranges::max_element(pair.perHour));
    const int all = std::accumulate(pair.perHour.begin(), pair.perHour.end(), 0);
    TableCell cell;
    cell.text = DeadlockPanel::tr("%1 in 24 h, %2 in the last hour").arg(all).arg(pair.perHour.back());
    cell.tip = cell.text;
    for (const int count : pair.perHour) {
        cell.shape.bars.push_back(static_cast<std::uint8_t>(count * 255 / most));
    }
    return cell;
}

QVBoxLayout* columnOf(QWidget* part) {
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    return column;
}

} // namespace

DeadlockPanel::DeadlockPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_head(new SectionHead(tr("Deadlock autopsy"), {}, this))
    , m_choice(new SegmentedControl(this))
    , m_state(new StateOverlay(this))
    , m_autopsy(new QWidget(this))
    , m_graphHead(new SectionHead(tr("Who waited for whom"), {}, m_autopsy))
    , m_graph(new WaitForGraph(m_autopsy))
    , m_pairsPart(new QWidget(this))
    , m_pairsHead(new SectionHead(tr("Pairs that deadlock"), {}, m_pairsPart))
    , m_pairsView(new QTableView(m_pairsPart))
    , m_pairs(new KeyedTable(this)) {
    m_choice->setAccessibleName(tr("Which deadlock"));
    m_choice->setObjectName(QStringLiteral("deadlocks"));
    m_state->setObjectName(QStringLiteral("deadlockState"));
    m_state->setMinimumHeight(56);
    connect(m_state, &StateOverlay::actionRequested, this, [this] { takeStep(m_step, m_context, *this); });
    auto* headRow = new QHBoxLayout;
    headRow->setSpacing(8);
    headRow->addWidget(m_head, 1);
    headRow->addWidget(m_choice);

    auto* graphPart = new QWidget(m_autopsy);
    auto* graphColumn = columnOf(graphPart);
    graphColumn->addWidget(m_graphHead);
    graphColumn->addWidget(m_graph, 1);
    auto* three = new QHBoxLayout(m_autopsy);
    three->setContentsMargins(0, 0, 0, 8);
    three->setSpacing(20);
    three->addWidget(graphPart, 412);
    three->addWidget(new Rule(Qt::Vertical, m_autopsy));
    three->addWidget(makeStatements(), 400);
    three->addWidget(new Rule(Qt::Vertical, m_autopsy));
    three->addWidget(makeAdvice(), 400);

    m_pairs->setColumns({{tr("Class")},
                         {tr("First statement")},
                         {tr("Second statement")},
                         {tr("Table")},
                         {tr("Count"), true},
                         {tr("Per hour")},
                         {tr("Last"), true}});
    m_pairsView->setModel(m_pairs);
    m_pairsView->setObjectName(QStringLiteral("deadlockPairs"));
    m_pairsView->setAccessibleName(tr("Pairs that deadlock"));
    setUpTable(m_pairsView, Theme());
    auto* header = m_pairsView->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Stretch);
    constexpr std::array<std::pair<int, int>, 5> kWidths = {{{0, 112}, {3, 150}, {4, 64}, {5, 112}, {6, 92}}};
    for (const auto& [column, wide] : kWidths) {
        header->setSectionResizeMode(column, QHeaderView::Interactive);
        header->resizeSection(column, wide);
    }
    fitHeads(*header);
    m_pairsHead->setRule(true);
    auto* pairsColumn = columnOf(m_pairsPart);
    pairsColumn->setSpacing(0);
    pairsColumn->addWidget(m_pairsHead);
    pairsColumn->addWidget(m_pairsView);

    auto* column = columnOf(this);
    column->setSpacing(0);
    column->addLayout(headRow);
    column->addWidget(m_state);
    column->addWidget(m_autopsy, 1);
    column->addWidget(m_pairsPart);
    m_autopsy->hide();
    m_pairsPart->hide();
    m_choice->hide();
    connect(m_choice, &SegmentedControl::chosen, this, [this](int at) {
        // The last choice is the newest, and stays with it when another comes.
        m_chosen = at + 1 == static_cast<int>(m_choices.size()) ? QString() : m_choices[static_cast<std::size_t>(at)];
        showChosen();
    });
    connect(m_graph, &WaitForGraph::selectionChanged, this, &DeadlockPanel::showStatements);
    connect(m_copy, &KeyButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_pattern->toPlainText()); });
}

QWidget* DeadlockPanel::makeStatements() {
    auto* part = new QWidget(m_autopsy);
    auto* column = columnOf(part);
    for (std::size_t i = 0; i < kStatements; ++i) {
        StatementBox box{new SectionHead({}, {}, part), new SqlView(part)};
        box.sql->setMostLines(4);
        box.sql->setObjectName(QStringLiteral("deadlockStatement%1").arg(i));
        column->addWidget(box.head);
        column->addWidget(box.sql);
        m_statements.push_back(box);
    }
    column->addStretch(1);
    return part;
}

QWidget* DeadlockPanel::makeAdvice() {
    auto* part = new QWidget(m_autopsy);
    auto* column = columnOf(part);
    m_kind = new PlainLabel(Type::Heading, Token::Ink, part);
    m_what = new PlainLabel(Type::Label, part);
    m_fix = new PlainLabel(Type::Label, Token::Ink, part);
    m_pattern = new SqlView(part);
    m_pattern->setMostLines(4);
    m_pattern->setAccessibleName(tr("A pattern that avoids it"));
    m_copy = new KeyButton(tr("Copy fix"), {}, part);
    column->addSpacing(5);
    column->addWidget(m_kind);
    column->addWidget(m_what);
    column->addSpacing(6);
    column->addWidget(m_fix);
    column->addWidget(m_pattern);
    column->addSpacing(4);
    column->addWidget(m_copy, 0, Qt::AlignLeading);
    column->addStretch(1);
    return part;
}

QString DeadlockPanel::momentText(const std::optional<UtcTime>& at) const {
    if (!at) {
        return absentText();
    }
    const auto ago = m_context.feed.utcNow() - *at;
    return m_context.time.clock(m_context.feed.now() - std::chrono::duration_cast<SteadyTime::duration>(ago));
}

void DeadlockPanel::showReading(const TableReading& reading) {
    if (reading.table != m_shown) {
        m_shown = reading.table;
        m_deadlocks = reading.table ? deadlocksOf(*reading.table) : std::vector<Deadlock>();
        showChoice();
        showChosen();
        showPairs();
    }
    showHead(reading);
}

void DeadlockPanel::setPairsVisible(bool visible) {
    m_pairsWanted = visible;
    m_pairsPart->setVisible(visible && m_pairs->rowCount() > 0);
}

/// What stands in the place of the reports when there are none.
PanelStatus DeadlockPanel::emptyStatus(const DeadlockCover& cover, std::chrono::nanoseconds age) const {
    const auto end = m_context.time.end();
    PanelStatus status;
    status.state = PanelState::Empty;
    if (cover.lacksReports()) {
        status.title = countedText(cover);
        status.detail = tr("The server's counter tells of more than its log, as far as that was read.");
    } else if (!cover.since) {
        status.title = tr("No report of a deadlock was read");
        status.detail = tr("How far back the server's log was read is not known.");
    } else {
        status.title = tr("No deadlocks in %1").arg(ageText(end - *cover.since));
        status.detail = tr("Looked %1 ago. This is a fact, not a gap.").arg(ageText(age));
    }
    return status;
}

/// "3 counted in 38:10 min, 1 report read"
QString DeadlockPanel::countedText(const DeadlockCover& cover) const {
    const auto counted =
        tr("%1 counted in %2").arg(cover.counted).arg(ageText(m_context.time.end() - *cover.countedSince));
    const auto reported = cover.reported == 1 ? tr("1 report read") : tr("%n reports read", nullptr, cover.reported);
    return counted + QStringLiteral(", ") + reported;
}

void DeadlockPanel::showHead(const TableReading& reading) {
    PanelStatus status = reading.status;
    DeadlockCover cover;
    if (reading.table) {
        const auto& feed = m_context.feed;
        cover =
            deadlockCover(feed.store(), reading.source, m_context.time.end(), m_deadlocks, reading.table->omitted > 0,
                          feed.utcNow().time_since_epoch() - feed.now().time_since_epoch());
    }
    m_lacksReports = cover.lacksReports();
    if (!m_deadlocks.empty()) {
        status.state = PanelState::Live;
    } else if (reading.table) {
        status = emptyStatus(cover, reading.status.age.value_or(std::chrono::nanoseconds(0)));
    }
    m_step = stepOf(reading, m_context);
    m_state->showStatus(status, m_step.button);
    if (m_deadlocks.empty()) {
        m_head->setSubtitle({});
        return;
    }
    QStringList kinds;
    for (const auto& deadlock : m_deadlocks) {
        const auto word = deadlockKindText(deadlock.kind);
        if (!kinds.contains(word)) {
            kinds << word;
        }
    }
    const auto count = static_cast<int>(m_deadlocks.size());
    auto words = (count == 1 ? tr("one is kept") : tr("%n are kept", nullptr, count)) + QStringLiteral(": ") +
                 kinds.join(QStringLiteral(", "));
    if (m_lacksReports) {
        words += QStringLiteral("; ") + countedText(cover);
    }
    if (reading.status.state == PanelState::Late && reading.status.age) {
        words += tr("; late, age %1").arg(ageText(*reading.status.age));
    }
    m_head->setSubtitle(words);
}

void DeadlockPanel::showChoice() {
    std::vector<SegmentedControl::Segment> segments;
    m_choices.clear();
    for (std::size_t i = std::min(m_deadlocks.size(), kMostChoices); i-- > 0;) {
        m_choices.push_back(m_deadlocks[i].report);
        segments.push_back({momentText(m_deadlocks[i].at)});
    }
    if (std::ranges::find(m_choices, m_chosen) == m_choices.end()) {
        m_chosen.clear();
    }
    const auto at =
        m_chosen.isEmpty() ? m_choices.end() - (m_choices.empty() ? 0 : 1) : std::ranges::find(m_choices, m_chosen);
    m_choice->setSegments(std::move(segments));
    m_choice->setCurrent(static_cast<int>(at - m_choices.begin()));
    m_choice->setVisible(m_choices.size() > 1);
}

void DeadlockPanel::showChosen() {
    m_autopsy->setVisible(!m_deadlocks.empty());
    if (m_deadlocks.empty()) {
        return;
    }
    const auto& deadlock = chosen();
    const auto count = static_cast<int>(deadlock.sessions.size());
    const auto when = tr("at %1").arg(momentText(deadlock.at));
    m_graphHead->setSubtitle(count > 2 ? when + QStringLiteral(", ") +
                                             tr("a ring of %n: choose whose statement is shown", nullptr, count)
                                       : when);
    std::vector<WaitForNode> nodes;
    std::vector<WaitForEdge> edges;
    for (const auto& session : deadlock.sessions) {
        const auto holder = std::ranges::find(deadlock.sessions, session.waitsFor, &DeadlockSession::pid);
        if (holder != deadlock.sessions.end()) {
            edges.push_back({static_cast<int>(nodes.size()), static_cast<int>(holder - deadlock.sessions.begin()),
                             tr("waits for %1").arg(session.on), joined({session.lock, session.relation})});
        }
        nodes.push_back({QString::number(session.pid),
                         {joined({session.application, session.user}), session.cancelled ? QString() : tr("went on")},
                         session.cancelled});
        nodes.back().lines.removeAll(QString());
    }
    m_graph->setGraph(std::move(nodes), std::move(edges));
    showStatements();
    const auto advice = adviceFor(deadlock);
    m_kind->setText(tr("Class: %1").arg(advice.kind));
    m_what->setText(advice.what);
    m_fix->setText(advice.fix);
    m_pattern->setVisible(!advice.sql.isEmpty());
    m_copy->setVisible(!advice.sql.isEmpty());
    m_pattern->setStatement(advice.sql);
}

const Deadlock& DeadlockPanel::chosen() const {
    const auto known = std::ranges::find(m_deadlocks, m_chosen, &Deadlock::report);
    return known == m_deadlocks.end() ? m_deadlocks.front() : *known;
}

void DeadlockPanel::showStatements() {
    if (m_deadlocks.empty()) {
        return;
    }
    const auto& sessions = chosen().sessions;
    const auto first = std::min(static_cast<std::size_t>(m_graph->selected()), sessions.size() - 1);
    auto second = static_cast<std::size_t>(
        std::ranges::find(sessions, sessions[first].waitsFor, &DeadlockSession::pid) - sessions.begin());
    if (second == first || second == sessions.size()) {
        second = (first + 1) % sessions.size(); // not told whom it waits for
    }
    const std::array shown = {first, second};
    for (std::size_t i = 0; i < m_statements.size(); ++i) {
        const bool any = i == 0 || second != first;
        m_statements[i].head->setVisible(any);
        m_statements[i].sql->setVisible(any);
        if (any) {
            const auto& session = sessions[shown[i]];
            m_statements[i].head->setTitle(QString::number(session.pid));
            m_statements[i].head->setSubtitle(
                joined({session.application, session.route, session.cancelled ? tr("cancelled") : tr("went on")}));
            m_statements[i].sql->setStatement(session.statement.isEmpty() ? tr("-- not told") : session.statement);
            m_statements[i].sql->setAccessibleName(tr("Statement of session %1").arg(session.pid));
        }
    }
}

void DeadlockPanel::showPairs() {
    std::vector<TableRow> rows;
    for (const auto& pair : pairsOf(m_deadlocks, m_context.feed.utcNow())) {
        const auto cut = [](const QString& text) { return text.left(kMostInPair); };
        TableRow row;
        row.key = pair.kind + pair.first + QChar(0x1f) + pair.second;
        row.cells = {{deadlockKindText(pair.kind)},
                     {cut(pair.first), Mark::None, Type::Mono, Token::Ink, cut(pair.first)},
                     {cut(pair.second), Mark::None, Type::Mono, Token::Ink, cut(pair.second)},
                     {pair.relations},
                     {countText(pair.count), Mark::None, Type::LabelStrong},
                     perHourCell(pair),
                     {momentText(pair.last)}};
        rows.push_back(std::move(row));
    }
    m_pairsHead->setSubtitle(tr("of all deadlocks that are kept"));
    m_pairs->showRows(std::move(rows));
    m_pairsView->setFixedHeight(22 + 26 * std::clamp(m_pairs->rowCount(), 1, kPairRows) + 2);
    m_pairsPart->setVisible(m_pairsWanted && m_pairs->rowCount() > 0);
}

} // namespace binnacle::app
