// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/database_page.h"

#include "app/feed/action_marks.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/worded.h"
#include "app/pages/act_button.h"
#include "app/pages/database_looks.h"
#include "app/pages/panel_of.h"
#include "app/pages/rule.h"
#include "app/pages/server_choice.h"
#include "app/pages/server_lanes.h"
#include "app/pages/session_acts.h"
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
#include <array>
#include <set>
#include <utility>

namespace binnacle::app {

namespace {

constexpr double kOldTransaction = 60; ///< s; as the tables mark it
constexpr int kStatementLines = 5;
constexpr std::array kServerColors = {Token::D1, Token::D2, Token::D4, Token::D3};
/// More would be a chart that nobody can read; the tables have the others.
constexpr std::size_t kMostServers = 3;

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

std::vector<std::string> standbysOf(const PageContext& context, const std::string& source) {
    std::set<std::string> names;
    for (const auto* entry : context.feed.store().byId("postgres.replication.lag_seconds")) {
        if (entry->source == source) {
            names.insert(std::string(entry->key.labels.get("standby")));
        }
    }
    return {names.begin(), names.end()};
}

} // namespace

DatabasePage::DatabasePage(const PageContext& context, QWidget* parent)
    : LinkedPage(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_sections(new SegmentedControl(this))
    , m_server(new ServerChoice(context, this))
    , m_stack(new QStackedWidget(this))
    , m_parts(SectionCount) {
    m_sections->setObjectName(QStringLiteral("databaseSections"));
    m_sections->setAccessibleName(tr("What about the database"));
    m_sections->setSegments(
        {{tr("Load")}, {tr("Sessions")}, {tr("Statements")}, {tr("Tables")}, {tr("Replication")}, {tr("Work")}});
    m_stack->addWidget(makeLoad());
    m_stack->addWidget(makeSessions());
    m_stack->addWidget(makeStatements());
    m_stack->addWidget(makePlain(Tables, {looks::tables(), looks::indexes()}));
    m_stack->addWidget(makePlain(Replication, {looks::standbys(), looks::replicationSlots()}));
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
    columnOf(part);
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
    connect(m_allSessions, &QAbstractButton::clicked, this, [this] { showSessionsOf({}); });
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
    m_statementSql = new SqlView(part);
    m_statementSql->setMostLines(2 * kStatementLines);
    m_statementSql->setObjectName(QStringLiteral("statementText"));
    m_statementSql->setAccessibleName(tr("Selected statement, without its values"));
    part->layout()->addWidget(m_statementSql);

    const auto go = [this] {
        if (const auto row = m_statements->selected()) {
            showSessionsOf(std::string(row->text("query_id")));
            openSection(Sessions);
        }
    };
    connect(m_statements, &TablePanel::selectionShown, this, &DatabasePage::showStatement);
    connect(m_statements, &TablePanel::detailsRequested, this, go);
    connect(m_toSessions, &QAbstractButton::clicked, this, go);
    auto* key = new QShortcut(QKeySequence(Qt::Key_S), part);
    connect(key, &QShortcut::activated, this, go);
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

/// Made again when servers come and go: a lane stands for one of them.
void DatabasePage::makeLanes() {
    auto sources = m_server->sources();
    const auto chosen = m_server->source();
    const auto standbys = standbysOf(context(), chosen);
    auto wanted = sources;
    wanted.insert(wanted.begin(), chosen);
    if (m_lanes && wanted == m_laneSources && standbys == m_laneStandbys) {
        return;
    }
    m_laneSources = wanted;
    m_laneStandbys = standbys;
    std::vector<ServerLane> lanes;
    const auto name = shownName(chosen);
    sources.resize(std::min(sources.size(), kMostServers));
    for (std::size_t i = 0; i < sources.size(); ++i) {
        ServerLane lane;
        lane.title = tr("Transactions");
        lane.subtitle = tr("%1, per second").arg(shownName(sources[i]));
        lane.source = sources[i];
        lane.line = serverLine(LineSpec::Kind::Rate, "postgres.transactions", sources[i]);
        lane.quantity = Quantity::Rate;
        lane.leastTop = 10;
        lane.color = kServerColors[i];
        lane.first = i == 0;
        lanes.push_back(std::move(lane));
    }
    const auto sessionsLane = [&](const QString& title, const char* id, const char* label, const char* value) {
        ServerLane lane;
        lane.title = title;
        lane.subtitle = tr("sessions, %1").arg(name);
        lane.source = chosen;
        lane.line = serverLine(LineSpec::Kind::Sum, id, chosen, label, value);
        lane.leastTop = 5;
        lane.color = Token::D1;
        lanes.push_back(std::move(lane));
    };
    sessionsLane(tr("At work"), "postgres.sessions", "state", "active");
    sessionsLane(tr("Waiting for a lock"), "postgres.sessions.waiting", "class", "Lock");
    lanes.back().judge = [](double value) { return value > 0 ? Concern::Caution : Concern::Normal; };
    sessionsLane(tr("Waiting for disk"), "postgres.sessions.waiting", "class", "IO");
    sessionsLane(tr("Idle in transaction"), "postgres.sessions", "state", "idle in transaction");
    lanes.back().first = false;
    ServerLane wal;
    wal.title = tr("WAL written");
    wal.subtitle = name;
    wal.source = chosen;
    wal.line = serverLine(LineSpec::Kind::Rate, "postgres.wal.bytes", chosen);
    wal.quantity = Quantity::ByteRate;
    wal.leastTop = 1e6;
    lanes.push_back(std::move(wal));
    for (std::size_t i = 0; i < std::min(standbys.size(), kMostServers); ++i) {
        ServerLane lane;
        lane.title = tr("Replay lag");
        lane.subtitle = plain(standbys[i]).replace(QLatin1Char('-'), QLatin1Char(' '));
        lane.source = chosen;
        lane.line =
            serverLine(LineSpec::Kind::Largest, "postgres.replication.lag_seconds", chosen, "standby", standbys[i]);
        lane.quantity = Quantity::Duration;
        lane.leastTop = PathLimits{}.lagSecondsCaution;
        lane.color = kServerColors[(i + 1) % kServerColors.size()];
        lane.judge = [](double value) {
            return value >= PathLimits{}.lagSecondsCritical  ? Concern::Critical
                   : value >= PathLimits{}.lagSecondsCaution ? Concern::Caution
                                                             : Concern::Normal;
        };
        lanes.push_back(std::move(lane));
    }
    m_lanes = std::make_unique<ServerLanes>(context(), *m_laneView, std::move(lanes));
    m_lanes->setAll(height() >= 720);
}

void DatabasePage::showReadings() {
    m_server->showServers();
    showSentence();
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
        const auto revision = context().control.revision();
        if (std::exchange(m_marks, revision) != revision) {
            m_laneView->setEvents(
                actionMarks(context().control.entries(), context().feed.now(), context().feed.utcNow()));
        }
    }
}

/// Once: later the acts must not find another target by themselves, because the chosen session has gone.
void DatabasePage::selectFirst(int section) {
    auto& part = m_parts[static_cast<std::size_t>(section)];
    if (!part.selected && !part.panels.front()->selected()) {
        part.panels.front()->selectWhere([](const SnapshotTable&, std::size_t) { return true; });
    }
    part.selected = part.selected || part.panels.front()->selected().has_value();
}

void DatabasePage::showTick() {
    if (m_stack->currentIndex() == Load && m_lanes) {
        m_lanes->showTick();
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

void DatabasePage::showSentence() {
    const auto& path = context().path();
    if (!context().hasReading()) {
        m_sentence->setSentence(nothingThenText(), {});
        return;
    }
    const auto& primary = path.primary;
    if (primary.state != SourceState::Live && primary.state != SourceState::Loading) {
        m_sentence->setSentence(
            tr("The primary does not answer as it should: %1.").arg(stateWord(panelStateOf(primary.state))),
            tr("Its last values stand with their age."), Severity::Caution);
        return;
    }
    const bool lagKnown = path.worstLagSeconds.live() && path.worstLagSeconds.value;
    const double lag = lagKnown ? *path.worstLagSeconds.value : 0;
    const auto* oldest = [&]() -> const SignalEntry* {
        for (const auto* entry : context().feed.store().byId("postgres.xact.oldest_seconds")) {
            if (entry->source == primary.source) {
                return entry;
            }
        }
        return nullptr;
    }();
    const double open = context().live() && oldest != nullptr ? oldest->value.value_or(0) : 0;
    if (lag >= PathLimits{}.lagSecondsCaution) {
        m_sentence->setSentence(
            tr("%1 is %2 behind.")
                .arg(worded(displayName(path.worstLagStandby)), numberText(lag, Quantity::Duration).joined()),
            tr("Reads from it are that old."), severityOf(path.worstLagSeconds.concern));
    } else if (primary.blocked.value_or(0) > 0) {
        m_sentence->setSentence(*primary.blocked == 1
                                    ? tr("One session waits for a lock.")
                                    : tr("%n sessions wait for a lock.", nullptr, static_cast<int>(*primary.blocked)),
                                tr("The page Locks shows who holds it."), Severity::Caution);
    } else if (open >= kOldTransaction) {
        m_sentence->setSentence(tr("A transaction of the primary is open for %1.")
                                    .arg(ageText(std::chrono::nanoseconds(static_cast<std::int64_t>(open * 1e9)))),
                                tr("It holds its locks, and vacuum clears nothing newer than it."), Severity::Caution);
    } else {
        QStringList parts;
        if (primary.connections && primary.maxConnections) {
            parts
                << tr("%1 of %2 connections").arg(countText(*primary.connections), countText(*primary.maxConnections));
        }
        if (primary.walBytesPerSecond) {
            parts << tr("WAL %1").arg(numberText(*primary.walBytesPerSecond, Quantity::ByteRate).joined());
        }
        if (lagKnown) {
            parts << tr("longest lag %1").arg(numberText(lag, Quantity::Duration).joined());
        }
        const auto clause = primary.transactionsPerSecond
                                ? tr("%1 transactions on the primary.")
                                      .arg(numberText(*primary.transactionsPerSecond, Quantity::Rate).joined())
                                : tr("Waiting for the primary\u2019s first two readings.");
        m_sentence->setSentence(clause,
                                parts.isEmpty() ? QString() : parts.join(QStringLiteral(", ")) + QLatin1Char('.'));
    }
}

void DatabasePage::showSession() {
    const auto row = m_sessions->selected();
    m_acts->showSession(row ? sessionOf(row->source, *row->table, row->row) : std::nullopt);
    const bool waits = row && row->number("blocked_by").value_or(0) > 0;
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
    m_statementSql->setVisible(row.has_value());
    if (row) {
        m_statementSql->setStatement(sqlOf(*row));
    }
}

void DatabasePage::showSessionsOf(const std::string& statement) {
    m_statementOfSessions = statement;
    m_allSessions->setVisible(!statement.empty());
    m_sessions->setAccepts(statement.empty() ? SnapshotTableModel::Accepts()
                                             : [statement](const SnapshotTable& table, std::size_t row) {
                                                   return table.text(row, "query_id") == statement;
                                               });
    m_sessions->setNone(statement.empty() ? tr("No sessions") : tr("No session runs this statement now"));
    m_sessions->showReadings();
    m_sessions->selectWhere([](const SnapshotTable&, std::size_t) { return true; });
}

void DatabasePage::goToBlocker() {
    if (const auto row = m_sessions->selected()) {
        Q_EMIT pageRequested(QStringLiteral("locks"),
                             QString::fromStdString(row->source) + QLatin1Char(' ') +
                                 QString::number(static_cast<qlonglong>(row->number("pid").value_or(0))));
    }
}

void DatabasePage::showTarget(const QString& target) {
    const auto kind = target.section(QLatin1Char(' '), 0, 0);
    if (kind == QLatin1String("statement")) {
        openSection(Statements);
        m_statements->selectWhere(
            [id = target.section(QLatin1Char(' '), 1).toStdString()](const SnapshotTable& table, std::size_t row) {
                return table.text(row, "query_id") == id;
            });
    } else if (kind == QLatin1String("session")) {
        m_server->showServers();
        m_server->choose(target.section(QLatin1Char(' '), 1, 1).toStdString());
        showSessionsOf({});
        openSection(Sessions);
        m_sessions->selectWhere(
            [pid = target.section(QLatin1Char(' '), 2, 2).toDouble()](const SnapshotTable& table, std::size_t row) {
                return table.number(row, "pid") == pid;
            });
    }
}

void DatabasePage::resizeEvent(QResizeEvent* event) {
    LinkedPage::resizeEvent(event);
    if (m_lanes) {
        m_lanes->setAll(event->size().height() >= 720);
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
