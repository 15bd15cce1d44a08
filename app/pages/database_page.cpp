// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/database_page.h"

#include "app/feed/action_marks.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/pages/act_button.h"
#include "app/pages/database_looks.h"
#include "app/pages/database_reading.h"
#include "app/pages/lag_panel.h"
#include "app/pages/literals_notice.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/plan_panel.h"
#include "app/pages/route_statements.h"
#include "app/pages/rule.h"
#include "app/pages/server_choice.h"
#include "app/pages/server_lanes.h"
#include "app/pages/session_acts.h"
#include "app/pages/trail_bar.h"
#include "widgets/key_button.h"
#include "widgets/lane_view.h"
#include "widgets/situation_sentence.h"
#include "widgets/sql_view.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace binnacle::app {

namespace {

constexpr int kStatementLines = 5;

QVBoxLayout* columnOf(QWidget* part) {
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    return column;
}

QString sqlOf(const TableRowRef& row) {
    const auto text = row.text("query");
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

DatabasePage::DatabasePage(const PageContext& context, QWidget* parent)
    : LinkedPage(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_literals(new LiteralsNotice(this))
    , m_sections(new SegmentedControl(this))
    , m_server(new ServerChoice(context, this))
    , m_stack(new QStackedWidget(this))
    , m_parts(SectionCount) {
    m_sections->setObjectName(QStringLiteral("databaseSections"));
    m_sections->setAccessibleName(tr("What about the database"));
    std::vector<SegmentedControl::Segment> segments;
    for (const auto& title : parts()) {
        segments.push_back({title});
    }
    m_sections->setSegments(std::move(segments));
    m_stack->addWidget(makeLoad());
    m_stack->addWidget(makeSessions());
    m_stack->addWidget(makeStatements());
    m_stack->addWidget(makePlain(Tables, {looks::tables(), looks::indexes()}));
    m_stack->addWidget(makeReplication());
    m_stack->addWidget(makePlain(Work, {looks::progress(), looks::databases()}));

    auto* choices = new QHBoxLayout;
    choices->setSpacing(12);
    choices->addWidget(m_sections);
    choices->addStretch(1);
    choices->addWidget(m_server);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_sentence);
    column->addWidget(m_literals);
    column->addLayout(choices);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addWidget(m_stack, 1);

    connect(m_sections, &SegmentedControl::chosen, this, &DatabasePage::openSection);
    connect(m_server, &ServerChoice::chosen, this, [this] {
        showReadings();
        showTick();
    });
    const auto turn = [this](const char* keys, int step) {
        auto* shortcut = new QShortcut(QKeySequence(QLatin1String(keys)), this);
        connect(shortcut, &QShortcut::activated, this,
                [this, step] { openSection((m_stack->currentIndex() + step + SectionCount) % SectionCount); });
    };
    turn("Ctrl+PgDown", 1);
    turn("Ctrl+PgUp", -1);
}

DatabasePage::~DatabasePage() = default;

QStringList DatabasePage::parts() {
    return {tr("Load"), tr("Sessions"), tr("Statements"), tr("Tables"), tr("Replication"), tr("Work")};
}

TablePanel* DatabasePage::addPanel(Section section, TableLook look, int stretch, QWidget* part) {
    auto* panel = new TablePanel(context(), std::move(look), part);
    m_parts[section].panels.push_back(panel);
    static_cast<QVBoxLayout*>(part->layout())->addWidget(panel, stretch);
    return panel;
}

QWidget* DatabasePage::makeLoad() {
    auto* part = new QWidget(this);
    auto* column = columnOf(part);
    m_laneView = new LaneView(part);
    m_laneView->setAccessibleName(tr("Load of the database on one time axis"));
    column->addWidget(m_laneView, 5);
    column->addWidget(new Rule(Qt::Horizontal, part));
    auto look = looks::longTransactions();
    look.names = true;
    auto* panel = addPanel(Load, std::move(look), 3, part);
    panel->setAccepts(&looks::isLongTransaction);
    connect(panel, &TablePanel::detailsRequested, this, [this, panel] {
        if (const auto row = panel->selected()) {
            showTarget(QStringLiteral("session %1 %2")
                           .arg(QString::fromStdString(row->source))
                           .arg(static_cast<qlonglong>(row->number("pid").value_or(0))));
        }
    });
    return part;
}

QWidget* DatabasePage::makeSessions() {
    auto* part = new QWidget(this);
    auto* column = columnOf(part);
    m_trail = new TrailBar(part);
    m_trail->setObjectName(QStringLiteral("databaseTrail"));
    column->addWidget(m_trail);
    connect(m_trail, &TrailBar::pageRequested, this, &LinkedPage::pageRequested);
    m_sessions = addPanel(Sessions, looks::sessions(), 1, part);
    m_allSessions = new KeyButton(tr("All sessions"), {}, m_sessions);
    m_allSessions->setObjectName(QStringLiteral("allSessions"));
    m_allSessions->hide();
    m_blocker = new KeyButton(tr("Its blocker"), tr("W"), m_sessions);
    m_blocker->setObjectName(QStringLiteral("toBlocker"));
    m_acts = new SessionActs(context(), m_sessions);
    for (QWidget* tool :
         {static_cast<QWidget*>(m_allSessions), static_cast<QWidget*>(m_acts), static_cast<QWidget*>(m_blocker)}) {
        m_sessions->addTool(tool);
    }
    m_sessionSql = new SqlView(part);
    m_sessionSql->setMostLines(kStatementLines);
    m_sessionSql->setObjectName(QStringLiteral("sessionStatement"));
    m_sessionSql->setAccessibleName(tr("Statement of the selected session"));
    part->layout()->addWidget(m_sessionSql);

    connect(m_sessions, &TablePanel::selectionShown, this, &DatabasePage::showSession);
    connect(m_sessions, &TablePanel::detailsRequested, this, [this] {
        if (m_blocker->isEnabled()) {
            goToBlocker();
        }
    });
    connect(m_allSessions, &QAbstractButton::clicked, this, [this] { showSessionsOf({}, {}); });
    connect(m_blocker, &QAbstractButton::clicked, this, &DatabasePage::goToBlocker);
    auto* key = new QShortcut(QKeySequence(Qt::Key_W), part); // part: only while these sessions are shown
    connect(key, &QShortcut::activated, m_blocker, [this] {
        if (m_blocker->isEnabled()) {
            goToBlocker();
        }
    });
    return part;
}

QWidget* DatabasePage::makeStatements() {
    auto* part = new QWidget(this);
    columnOf(part);
    m_statements = addPanel(Statements, looks::statements(), 1, part);
    m_toSessions = new KeyButton(tr("Sessions that run it"), tr("S"), m_statements);
    m_toSessions->setObjectName(QStringLiteral("toSessions"));
    m_statements->addTool(m_toSessions);
    m_toPlan = new KeyButton(tr("Its plan"), tr("P"), m_statements);
    m_toPlan->setObjectName(QStringLiteral("toPlan"));
    m_statements->addTool(m_toPlan);
    m_statementSql = new SqlView(part);
    m_statementSql->setMostLines(2 * kStatementLines);
    m_statementSql->setObjectName(QStringLiteral("statementText"));
    m_statementSql->setAccessibleName(tr("Selected statement, without its values"));
    part->layout()->addWidget(m_statementSql);
    m_plan = new PlanPanel(context(), part);
    part->layout()->addWidget(m_plan);

    const auto go = [this] {
        if (const auto row = m_statements->selected()) {
            Trail trail;
            const auto shape = row->text("shape");
            trail.statement = sqlOf(*row).simplified().left(40);
            trail.shape = QString::fromUtf8(shape.data(), static_cast<qsizetype>(shape.size()));
            showSessionsOf({"query_id", std::string(row->text("query_id"))}, trail);
            openSection(Sessions);
        }
    };
    connect(m_statements, &TablePanel::selectionShown, this, &DatabasePage::showStatement);
    connect(m_statements, &TablePanel::detailsRequested, this, go);
    connect(m_toSessions, &QAbstractButton::clicked, this, go);
    connect(m_toPlan, &QAbstractButton::clicked, this, &DatabasePage::askPlan);
    auto* key = new QShortcut(QKeySequence(Qt::Key_S), part);
    connect(key, &QShortcut::activated, this, go);
    auto* plan = new QShortcut(QKeySequence(Qt::Key_P), part);
    connect(plan, &QShortcut::activated, this, &DatabasePage::askPlan);
    return part;
}

QWidget* DatabasePage::makePlain(Section section, std::vector<TableLook> looks) {
    auto* part = new QWidget(this);
    auto* column = columnOf(part);
    for (auto& look : looks) {
        if (!m_parts[section].panels.empty()) {
            column->addWidget(new Rule(Qt::Horizontal, part));
        }
        addPanel(section, std::move(look), 1, part);
    }
    return part;
}

QWidget* DatabasePage::makeReplication() {
    auto* part = makePlain(Replication, {looks::standbys(), looks::replicationSlots()});
    auto* column = static_cast<QVBoxLayout*>(part->layout());
    m_lag = new LagPanel(context(), part);
    column->insertWidget(0, m_lag, 1);
    column->insertWidget(1, new Rule(Qt::Horizontal, part));
    return part;
}

/// Made again when servers come and go, or when what had none before happens: a lane stands for one of them.
void DatabasePage::makeLanes() {
    auto wanted = DatabaseLanes::of(context(), m_server->sources(), m_server->source());
    if (m_lanes && wanted == *m_lanesOf) {
        return;
    }
    m_lanes = std::make_unique<ServerLanes>(context(), *m_laneView, databaseLanes(wanted));
    m_lanesOf = std::make_unique<DatabaseLanes>(std::move(wanted));
    m_lanes->setAll(height() >= 720);
}

void DatabasePage::showMarks() {
    const auto revision = context().control.revision();
    if (std::exchange(m_marks, revision) != revision) {
        m_actionMarks = actionMarks(context().control.entries(), context().feed.now(), context().feed.utcNow());
    }
    auto marks = checkpointMarks(context(), m_server->source());
    marks.insert(marks.end(), m_actionMarks.begin(), m_actionMarks.end());
    std::ranges::stable_sort(marks, {}, &ChartEvent::at);
    m_laneView->setEvents(std::move(marks));
}

void DatabasePage::showReadings() {
    m_server->showServers();
    m_literals->showFor(context());
    const auto sentence = databaseSentence(context());
    m_sentence->setSentence(sentence.clause, sentence.detail, sentence.severity);
    const auto section = m_stack->currentIndex();
    const auto source = m_server->source();
    for (auto* panel : m_parts[static_cast<std::size_t>(section)].panels) {
        panel->setSources(section == Load ? m_server->sources() : std::vector<std::string>{source});
        panel->showReadings();
    }
    if (section == Sessions || section == Statements) {
        selectFirst(section);
    }
    if (section == Load) {
        makeLanes();
        m_lanes->showReadings();
        showMarks();
    }
    if (section == Replication) {
        m_lag->setServer(source);
        m_lag->showReadings();
    }
}

/// Once: later the acts must not find another target by themselves, because the chosen session has gone.
void DatabasePage::selectFirst(int section) {
    auto& part = m_parts[static_cast<std::size_t>(section)];
    auto& panel = *part.panels.front();
    if (!part.selected && !panel.selected() && (section != Sessions || !panel.selectWhere(&waitsForLock))) {
        panel.selectWhere([](const SnapshotTable&, std::size_t) { return true; });
    }
    part.selected = part.selected || panel.selected().has_value();
}

void DatabasePage::showTick() {
    if (m_stack->currentIndex() == Load && m_lanes) {
        m_lanes->showTick();
    } else if (m_stack->currentIndex() == Replication) {
        m_lag->showTick();
    }
}

void DatabasePage::openSection(int section) {
    m_stack->setCurrentIndex(section);
    m_sections->setCurrent(section);
    showReadings();
    showTick();
    const auto& panels = m_parts[static_cast<std::size_t>(section)].panels;
    if (section != Load && !m_sections->hasFocus()) {
        panels.front()->view()->setFocus(Qt::OtherFocusReason);
    }
}

void DatabasePage::showSession() {
    const auto row = m_sessions->selected();
    m_acts->showSession(row ? sessionOf(row->source, *row->table, row->row) : std::nullopt);
    const bool waits = waitingSession().has_value();
    showActButton(*m_blocker, tr("Its blocker"), tr("Blocker"),
                  waits ? QString()
                  : row ? tr("waits for nobody")
                        : tr("no session selected"));
    m_sessionSql->setVisible(row.has_value());
    if (row) {
        m_sessionSql->setStatement(sqlOf(*row));
    }
}

void DatabasePage::showStatement() {
    const auto row = m_statements->selected();
    showActButton(*m_toSessions, tr("Sessions that run it"), tr("Sessions"),
                  row ? QString() : tr("no statement selected"));
    showActButton(*m_toPlan, tr("Its plan"), tr("Plan"), row ? m_plan->whyNot() : tr("no statement selected"));
    m_plan->keepFor(row ? std::string(row->text("query")) : std::string());
    m_statementSql->setVisible(row.has_value());
    if (row) {
        m_statementSql->setStatement(sqlOf(*row));
    }
}

/// Of a statement's sessions the first to look at is one that waits for a lock: it is selected.
void DatabasePage::showSessionsOf(SessionsOf statement, const Trail& trail) {
    const bool all = statement.value.empty();
    m_allSessions->setVisible(!all);
    m_sessions->setNone(all ? tr("No sessions") : tr("No session runs this statement now"));
    m_trail->showTrail(trail, tr("sessions that run %1").arg(trail.statement));
    m_sessions->setAccepts(all ? SnapshotTableModel::Accepts()
                               : [statement = std::move(statement)](const SnapshotTable& table, std::size_t row) {
                                     // An idle session's text is that of the statement that it ended with.
                                     return table.text(row, statement.column) == statement.value &&
                                            table.text(row, "state") != "idle";
                                 });
    m_sessions->showReadings();
    if (!m_sessions->selectWhere(&waitsForLock)) {
        m_sessions->selectWhere([](const SnapshotTable&, std::size_t) { return true; });
    }
}

/// The selected one, if it waits. Waits come and go within a second: while none is selected, the first that waits.
std::optional<TableRowRef> DatabasePage::waitingSession() const {
    const auto isBlocked = [](const SnapshotTable& table, std::size_t row) {
        return table.number(row, "blocked_by").value_or(0) > 0;
    };
    auto row = m_sessions->selected();
    if (row) {
        return isBlocked(*row->table, row->row) ? row : std::nullopt;
    }
    return m_sessions->firstWhere(isBlocked);
}

void DatabasePage::goToBlocker() {
    if (const auto row = waitingSession()) {
        const auto pid = QString::number(static_cast<qlonglong>(row->number("pid").value_or(0)));
        auto trail = m_trail->trail();
        trail.session = pid;
        Q_EMIT pageRequested(QStringLiteral("locks"),
                             withTrail(QString::fromStdString(row->source) + QLatin1Char(' ') + pid, trail));
    }
}

void DatabasePage::askPlan() {
    const auto row = m_statements->selected();
    if (row && m_plan->whyNot().isEmpty()) {
        m_plan->ask({row->source, std::string(row->text("database")), std::string(row->text("query"))});
    }
}

void DatabasePage::showTarget(const QString& whole) {
    const auto target = wordsOf(whole);
    const auto kind = target.section(QLatin1Char(' '), 0, 0);
    if (kind == QLatin1String("plan")) {
        openSection(Statements);
        const auto shape = target.section(QLatin1Char(' '), 1).toStdString();
        if (m_statements->selectWhere(
                [&shape](const SnapshotTable& table, std::size_t row) { return table.text(row, "shape") == shape; })) {
            askPlan();
        }
    } else if (kind == QLatin1String("statement")) {
        openSection(Statements);
        m_statements->selectWhere(
            [id = target.section(QLatin1Char(' '), 1).toStdString()](const SnapshotTable& table, std::size_t row) {
                return table.text(row, "query_id") == id;
            });
    } else if (kind == QLatin1String("running")) {
        const auto shape = target.section(QLatin1Char(' '), 1).toStdString();
        m_server->showServers();
        m_server->choose(serverRunning(context(), shape));
        openSection(Sessions);
        showSessionsOf({"shape", shape}, trailOf(whole));
        m_parts[Sessions].selected = m_sessions->selected().has_value(); // else the first that comes
        m_sessions->view()->setFocus(Qt::OtherFocusReason);
    } else if (kind == QLatin1String("session")) {
        m_server->showServers();
        m_server->choose(target.section(QLatin1Char(' '), 1, 1).toStdString());
        showSessionsOf({}, {});
        openSection(Sessions);
        m_sessions->selectWhere(
            [pid = target.section(QLatin1Char(' '), 2, 2).toDouble()](const SnapshotTable& table, std::size_t row) {
                return table.number(row, "pid") == pid;
            });
    } else if (kind == QLatin1String("server")) {
        const auto source = "postgres/" + target.section(QLatin1Char(' '), 1).toStdString();
        const auto& primary = context().feed.path().primary.source;
        m_server->showServers();
        m_server->choose(source);
        openSection(source == primary ? Load : Replication);
    }
}

void DatabasePage::resizeEvent(QResizeEvent* event) {
    LinkedPage::resizeEvent(event);
    if (m_lanes) {
        m_lanes->setAll(roomOf(*this) >= 720);
    }
}

RailReading DatabasePage::railReading(const PageContext& context) {
    const auto& path = context.feed.path();
    RailReading reading;
    if (path.primary.state != SourceState::Live) {
        reading.mark = markOf(panelStateOf(path.primary.state));
    } else if (path.worstLagSeconds.live() && path.worstLagSeconds.concern != Concern::Normal) {
        reading.value = tr("%1 lag").arg(numberText(path.worstLagSeconds.value, Quantity::Duration).joined());
        reading.mark = markOf(severityOf(path.worstLagSeconds.concern));
    } else if (path.primary.transactionsPerSecond) {
        reading.value = numberText(*path.primary.transactionsPerSecond, Quantity::Rate).joined();
    }
    return reading;
}

} // namespace binnacle::app
