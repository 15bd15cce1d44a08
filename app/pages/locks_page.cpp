// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/locks_page.h"

#include "app/feed/action_marks.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/blocking_tree.h"
#include "app/pages/blocking_view.h"
#include "app/pages/deadlock_panel.h"
#include "app/pages/literals_notice.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/rule.h"
#include "app/pages/server_choice.h"
#include "app/pages/server_lanes.h"
#include "app/pages/session_acts.h"
#include "app/pages/trail_bar.h"
#include "widgets/lane_view.h"
#include "widgets/situation_sentence.h"
#include "widgets/sql_view.h"
#include "widgets/state_overlay.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QHideEvent>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

constexpr double kLongWait = 30; ///< seconds after which a wait is critical
constexpr int kLaneHeight = 92;
constexpr int kRoomForStatement = 700;
constexpr int kNoDeadlockHeight = 110; ///< of the words that there is none

QString ageOf(std::optional<double> seconds) {
    return ageText(
        std::chrono::nanoseconds(static_cast<std::int64_t>(std::clamp(seconds.value_or(0), 0.0, 1e9) * 1e9)));
}

double longestWait(const SnapshotTable& table) {
    double longest = 0;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        longest = std::max(longest, table.number(row, "waited").value_or(0));
    }
    return longest;
}

} // namespace

LocksPage::LocksPage(const PageContext& context, QWidget* parent)
    : LinkedPage(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_literals(new LiteralsNotice(this))
    , m_trail(new TrailBar(this))
    , m_lane(new LaneView(this))
    , m_tree(new BlockingTree(this))
    , m_deadlocks(new DeadlockPanel(context, this)) {
    m_lane->setFixedHeight(kLaneHeight);
    m_lane->setAccessibleName(tr("Sessions waiting for a lock"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_sentence);
    column->addWidget(m_literals);
    m_trail->setObjectName(QStringLiteral("locksTrail"));
    column->addWidget(m_trail);
    column->addWidget(m_lane);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addWidget(makeTree(), 5);
    column->addSpacing(8);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addWidget(m_deadlocks, 4);
}

LocksPage::~LocksPage() = default;

QWidget* LocksPage::makeTree() {
    auto* part = new QWidget(this);
    m_treeHead = new SectionHead(tr("Blocking tree"), {}, part);
    m_server = new ServerChoice(context(), part);
    m_acts = new SessionActs(context(), part);
    m_view = new BlockingView(part);
    m_view->setObjectName(QStringLiteral("blockingTree"));
    m_view->setAccessibleName(tr("Blocking tree"));
    m_view->setModel(m_tree);
    m_view->installEventFilter(this);
    m_state = new StateOverlay(m_view);
    m_state->setObjectName(QStringLiteral("blockingState"));
    m_statement = new SqlView(part);
    m_statement->setMostLines(3);
    m_statement->setObjectName(QStringLiteral("blockingStatement"));
    m_statement->setAccessibleName(tr("Statement of the selected session"));
    m_statement->hide();
    constexpr std::array kWidths = {160, 150, 130, 88, 80, 116, 220, 200, 56};
    auto* header = m_view->header();
    header->setStretchLastSection(false);
    for (int column = 0; column < BlockingTree::ColumnCount; ++column) {
        header->resizeSection(column, kWidths[static_cast<std::size_t>(column)]);
    }
    header->setSectionResizeMode(BlockingTree::Statement, QHeaderView::Stretch);
    fitHeads(*header);

    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_treeHead, 1);
    head->addWidget(m_acts);
    head->addWidget(m_server);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_view, 1);
    column->addWidget(m_statement);
    column->addStretch(0);

    connect(m_trail, &TrailBar::pageRequested, this, &LinkedPage::pageRequested);
    connect(m_server, &ServerChoice::chosen, this, [this] {
        showReadings();
        showTick();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!m_choosing) {
            m_chosen = true;
            showSelection();
        }
    });
    connect(m_state, &StateOverlay::actionRequested, this, [this] { takeStep(m_step, context(), *this); });
    return part;
}

void LocksPage::showReadings() {
    m_server->showServers();
    m_literals->showFor(context());
    if (std::exchange(m_shownSource, m_server->source()) != m_server->source() || !m_waiting) {
        m_chosen = false;
        makeLane();
    }
    m_waiting->showReadings();
    const auto reading = readTable(context(), m_shownSource, "postgres.blocking");
    showTree(reading);
    m_deadlocks->showReading(readTable(context(), m_shownSource, "postgres.deadlock_reports"));
    m_deadlocks->setMaximumHeight(m_deadlocks->deadlocks().empty() ? kNoDeadlockHeight : QWIDGETSIZE_MAX);
    showSentence(reading);
    showMarks();
}

void LocksPage::showTree(const TableReading& reading) {
    m_choosing = true;
    m_tree->showTable(reading.table, reading.status.state == PanelState::Late);
    if (reading.table && (!m_chosen || !m_view->currentIndex().isValid())) {
        m_chosen = false; // whoever was chosen has gone: back to the one that matters most
        const auto root = worstRoot(*reading.table);
        const auto wanted = root ? m_tree->indexOfPid(reading.table->number(*root, "pid").value_or(0)) : QModelIndex();
        if (wanted.isValid() && wanted.siblingAtColumn(0) != m_view->currentIndex().siblingAtColumn(0)) {
            m_view->setCurrentIndex(wanted);
        }
    }
    m_choosing = false;
    showSelection();
    showWay();

    const auto name = shownName(reading.source);
    const auto& status = reading.status;
    QString about = name;
    if (reading.table) {
        const auto rows = static_cast<int>(reading.table->rowCount());
        if (rows > 0) {
            about += QStringLiteral(", ") + tr("%1 sessions").arg(countText(rows)); // a blocker and who it blocks
        }
        if (reading.table->omitted > 0) {
            about += QStringLiteral(", ") + tr("%1 more are not read").arg(countText(double(reading.table->omitted)));
        }
        about += status.state == PanelState::Paused ? tr(", as of %1").arg(context().time.clock(reading.table->readAt))
                 : status.state == PanelState::Late ? tr(", late, age %1, still trying").arg(ageText(*status.age))
                                                    : tr(", age %1").arg(ageText(*status.age));
    } else {
        about += QStringLiteral(", ") + (status.title.isEmpty() ? stateWord(status.state) : withinWords(status.title));
    }
    m_treeHead->setSubtitle(about);

    PanelStatus shown = status;
    if (reading.table && reading.table->rowCount() > 0) {
        shown.state = PanelState::Live;
    } else if (reading.table) {
        shown.state = PanelState::Empty;
        shown.title = tr("Nobody waits for a lock");
    }
    // As high as its rows, so that the statement stands right below; many scroll.
    const int rows = reading.table ? static_cast<int>(reading.table->rowCount()) : 0;
    m_view->setMaximumHeight(rows == 0 ? QWIDGETSIZE_MAX : m_view->header()->height() + 26 * std::max(rows, 4) + 4);
    m_step = stepOf(reading, context());
    m_state->showStatus(shown, m_step.button);
}

void LocksPage::showSelection() {
    const auto& table = m_tree->table();
    const auto row = m_tree->rowAt(m_view->currentIndex());
    const bool any = table && row;
    m_acts->showSession(any ? sessionOf(m_shownSource, *table, *row) : std::nullopt);
    if (any) {
        const auto query = table->text(*row, "query");
        m_statement->setStatement(QString::fromUtf8(query.data(), static_cast<qsizetype>(query.size())));
    }
    m_statement->setVisible(any && height() >= kRoomForStatement);
}

void LocksPage::showSentence(const TableReading& reading) {
    const auto& status = reading.status;
    if (!reading.table) {
        m_sentence->setSentence(status.title.isEmpty() ? tr("Who waits for whom is not known.")
                                                       : status.title + QLatin1Char('.'),
                                status.detail, Severity::Normal);
        return;
    }
    const auto& table = *reading.table;
    const auto root = worstRoot(table);
    const auto deadlocks = static_cast<int>(m_deadlocks->deadlocks().size());
    const auto deadlocksText = deadlocks == 0 && m_deadlocks->lacksReports()
                                   ? tr("Deadlocks were counted that no report tells of.")
                               : deadlocks == 0 ? tr("No deadlock is known.")
                               : deadlocks == 1 ? tr("One deadlock is known.")
                                                : tr("%n deadlocks are known.", nullptr, deadlocks);
    if (!root) {
        m_sentence->setSentence(tr("Nobody waits for a lock."), deadlocksText);
        return;
    }
    const auto behind = static_cast<int>(table.number(*root, "behind").value_or(0));
    const bool idle = table.text(*root, "state").starts_with("idle in transaction");
    const auto clause =
        behind == 1 ? (idle ? tr("One idle transaction blocks one session.") : tr("One session blocks another one."))
        : idle      ? tr("One idle transaction blocks %n sessions.", nullptr, behind)
                    : tr("One session blocks %n others.", nullptr, behind);
    const auto who = tr("%1 of %2")
                         .arg(static_cast<qlonglong>(table.number(*root, "pid").value_or(0)))
                         .arg(plain(table.text(*root, "application").empty() ? table.text(*root, "user")
                                                                             : table.text(*root, "application"),
                                    60));
    const auto longest = longestWait(table);
    auto detail = tr("%1 has its transaction open for %2; the longest waits %3.")
                      .arg(who, ageOf(table.number(*root, "xact_age")), ageOf(longest));
    int roots = 0;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        roots += table.number(row, "depth") == 0.0 ? 1 : 0;
    }
    if (roots > 1) {
        detail += QLatin1Char(' ') +
                  (roots == 2 ? tr("Another one blocks, too.") : tr("%n others block, too.", nullptr, roots - 1));
    }
    m_sentence->setSentence(clause, detail,
                            status.state == PanelState::Late ? Severity::Normal
                            : longest >= kLongWait           ? Severity::Critical
                                                             : Severity::Caution);
}

void LocksPage::showMarks() {
    const auto revision = context().control.revision();
    const auto& deadlocks = m_deadlocks->deadlocks();
    const auto newest = deadlocks.empty() ? QString() : deadlocks.front().report;
    if (revision == m_marks && newest == m_markedDeadlock) {
        return;
    }
    m_marks = revision;
    m_markedDeadlock = newest;
    const auto now = context().feed.now();
    const auto utc = context().feed.utcNow();
    auto marks = actionMarks(context().control.entries(), now, utc);
    for (const auto& deadlock : deadlocks) {
        if (deadlock.at) {
            marks.push_back({now - std::chrono::duration_cast<SteadyTime::duration>(utc - *deadlock.at), tr("Deadlock"),
                             ChartEvent::Kind::Critical});
        }
    }
    std::ranges::sort(marks, {}, &ChartEvent::at);
    m_lane->setEvents(std::move(marks));
}

void LocksPage::makeLane() {
    ServerLane waiting;
    waiting.title = tr("Sessions waiting");
    waiting.subtitle = tr("for a lock, %1").arg(shownName(m_shownSource));
    waiting.source = m_shownSource;
    waiting.line = serverLine(LineSpec::Kind::Sum, "postgres.blocked", m_shownSource);
    waiting.leastTop = 5;
    waiting.judge = [](double value) { return value > 0 ? Concern::Caution : Concern::Normal; };
    m_waiting = std::make_unique<ServerLanes>(context(), *m_lane, std::vector{std::move(waiting)});
}

void LocksPage::showTick() {
    if (m_waiting) {
        m_waiting->showTick();
    }
}

void LocksPage::showTarget(const QString& whole) {
    const auto target = wordsOf(whole);
    m_server->showServers();
    m_server->choose(target.section(QLatin1Char(' '), 0, 0).toStdString());
    const auto index = m_tree->indexOfPid(target.section(QLatin1Char(' '), 1, 1).toDouble());
    if (index.isValid()) {
        m_view->setCurrentIndex(index.parent().isValid() ? index.parent() : index);
        m_chosen = true;
    }
    m_trail->showTrail(trailOf(whole), {});
    showWay();
    m_view->setFocus(Qt::OtherFocusReason);
}

/// What the session that one came with does now.
void LocksPage::showWay() {
    const auto& trail = m_trail->trail();
    if (trail.empty()) {
        return;
    }
    const auto index = m_tree->indexOfPid(trail.session.toDouble());
    const auto row = m_tree->rowAt(index);
    const auto& table = m_tree->table();
    const auto blocker = table && row
                             ? QString::fromUtf8(table->text(*row, "blocked_by").data(),
                                                 static_cast<qsizetype>(table->text(*row, "blocked_by").size()))
                             : QString();
    m_trail->showTrail(trail, !blocker.isEmpty() ? tr("session %1 waits for %2").arg(trail.session, blocker)
                              : index.isValid()  ? tr("session %1 blocks others").arg(trail.session)
                                                 : tr("session %1 waits for nobody any more").arg(trail.session));
}

/// Whoever comes back by another way has not come that way.
void LocksPage::hideEvent(QHideEvent* event) {
    if (!event->spontaneous()) {
        m_trail->showTrail({}, {});
    }
    LinkedPage::hideEvent(event);
}

bool LocksPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::Resize) {
        const int top = m_view->header()->height();
        m_state->setGeometry(0, top, m_view->width(), std::max(0, m_view->height() - top));
    }
    return LinkedPage::eventFilter(watched, event);
}

void LocksPage::resizeEvent(QResizeEvent* event) {
    LinkedPage::resizeEvent(event);
    // Where height is short, what can be had elsewhere gives way: the statement stands in the tree, too.
    const int high = roomOf(*this);
    m_deadlocks->setPairsVisible(high >= 760);
    m_statement->setVisible(high >= kRoomForStatement && m_view->currentIndex().isValid());
}

RailReading LocksPage::railReading(const PageContext& context) {
    const auto& waits = context.feed.path().lockWaits;
    RailReading reading;
    if (!waits.live()) {
        reading.mark = markOf(panelStateOf(waits.state));
    } else if (waits.value.value_or(0) > 0) {
        reading.value = tr("%1 wait").arg(countText(*waits.value));
        reading.mark = Mark::Caution;
    }
    return reading;
}

} // namespace binnacle::app
