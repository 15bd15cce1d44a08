// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/pools_page.h"

#include "app/controllers/action_controller.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/page_sentence.h"
#include "app/pages/act_button.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/pool_tables.h"
#include "app/pages/rule.h"
#include "app/pages/signal_lanes.h"
#include "app/pages/signal_tables.h"
#include "app/pages/sizing_panel.h"
#include "app/pages/tabbed_panels.h"
#include "app/pages/table_panel.h"
#include "app/pages/wait_panel.h"
#include "widgets/situation_sentence.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QResizeEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <set>

namespace binnacle::app {

namespace {

enum LaneId : std::size_t { InUse, Waiting, WaitTime, Timeouts, ServersBusy, ClientsWaiting, LongestWait };

constexpr const char* kService = "service/";
constexpr const char* kBouncer = "pgbouncer";
constexpr int kSideWidth = 320;
constexpr qsizetype kLongestReason = 28; ///< of a button's text: three stand side by side

Concern anyWaits(double count) {
    return count >= 1 ? Concern::Caution : Concern::Normal;
}

// In the order of the request path; the order of LaneId.
std::vector<LaneOf> lanes() {
    using Kind = LineSpec::Kind;
    std::vector<LaneOf> out;
    out.push_back(makeLane(PoolsPage::tr("In use"), PoolsPage::tr("app pools, and size"), kService,
                           {Kind::Sum, "pool.app.in_use"}, Quantity::Count, 4));
    out.back().limit = LineSpec{Kind::Sum, "pool.app.size"};
    out.push_back(makeLane(PoolsPage::tr("Waiting"), PoolsPage::tr("for a slot"), kService,
                           {Kind::Sum, "pool.app.waiting"}, Quantity::Count, 5));
    out.back().judge = &anyWaits;
    out.push_back(makeLane(PoolsPage::tr("Wait, p99"), PoolsPage::tr("for a slot, 10 s"), kService,
                           {Kind::Quantile, "pool.app.wait"}, Quantity::Duration, 0.001));
    out.back().none = "too few to tell";
    out.push_back(makeLane(PoolsPage::tr("Timeouts"), PoolsPage::tr("gave up waiting"), kService,
                           {Kind::Rate, "pool.app.timeouts"}, Quantity::Rate, 1));
    out.back().judge = [](double perSecond) { return perSecond > 0 ? Concern::Caution : Concern::Normal; };
    out.back().first = false;
    out.push_back(makeLane(PoolsPage::tr("Servers busy"), PoolsPage::tr("pgBouncer, and size"), kBouncer,
                           {Kind::Sum, "pgbouncer.servers_active"}, Quantity::Count, 4));
    out.back().limit = LineSpec{Kind::Sum, "pgbouncer.pool_size"};
    out.push_back(makeLane(PoolsPage::tr("Clients waiting"), PoolsPage::tr("pgBouncer"), kBouncer,
                           {Kind::Sum, "pgbouncer.clients_waiting"}, Quantity::Count, 5));
    out.back().judge = &anyWaits;
    out.push_back(makeLane(PoolsPage::tr("Longest wait"), PoolsPage::tr("pgBouncer"), kBouncer,
                           {Kind::Largest, "pgbouncer.max_wait_seconds"}, Quantity::Duration, 0.01));
    return out;
}

QString count(std::optional<double> value) {
    return numberText(value, Quantity::Count).joined();
}

Mark stateMark(const SnapshotTable& table, std::size_t row) {
    const auto state = table.text(row, "state");
    return state == "paused"     ? Mark::Held
           : state == "disabled" ? Mark::Note
           : state == "late"     ? Mark::Late
           : state == "lost"     ? Mark::Lost
           : state == "denied"   ? Mark::Denied
           : state == "error"    ? Mark::Critical
                                 : Mark::None;
}

std::vector<ShownColumn> columnsOf(const TableSpec& spec) {
    std::vector<ShownColumn> out;
    for (const auto& column : spec.columns) {
        if (column.id == "role") {
            continue; // copies have it
        }
        ShownColumn shown{column.id};
        shown.form = column.id == "saturation"                             ? ColumnForm::Bar
                     : column.id == "waiting" || column.id == "cl_waiting" ? ColumnForm::Comb
                                                                           : ColumnForm::Auto;
        shown.mark = column.id == "state" ? &stateMark : nullptr;
        shown.leastWidth = column.id == "waiting"      ? 84
                           : column.id == "cl_waiting" ? 120
                           : column.id == "saturation" ? 84
                           : column.unit == "s"        ? 76
                                                       : 0;
        shown.key = &column == &spec.columns.front();
        out.push_back(shown);
    }
    return out;
}

TablePanel* bouncerTable(const PageContext& context, const QString& title, std::string_view table, const QString& none,
                         std::string_view sortBy, QWidget* parent) {
    TableLook look;
    look.title = title;
    look.table = table;
    for (const auto& column : findTable(table)->columns) {
        look.columns.push_back({column.id});
    }
    look.none = none;
    look.sortBy = sortBy;
    auto* panel = new TablePanel(context, std::move(look), parent);
    panel->setSources({kBouncer});
    return panel;
}

} // namespace

PoolsPage::PoolsPage(const PageContext& context, QWidget* parent)
    : LinkedPage(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_view(new LaneView(this))
    , m_lanes(std::make_unique<SignalLanes>(context, *m_view, lanes()))
    , m_sideRule(new Rule(Qt::Vertical, this))
    , m_sizing(new SizingPanel(this)) {
    makeAppPools();
    makeBouncer();
    addCharts();
    m_sizing->setFixedWidth(kSideWidth);
    auto* main = new QVBoxLayout;
    main->setSpacing(8);
    main->addWidget(m_view);
    main->addWidget(m_appPools, 2);
    m_top = new QHBoxLayout;
    m_top->setSpacing(20);
    m_top->addLayout(main, 1);
    m_top->addWidget(m_sideRule);
    m_top->addWidget(m_sizing);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(8);
    column->addWidget(m_sentence);
    column->addLayout(m_top, 3);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addWidget(m_bouncer, 2);
}

PoolsPage::~PoolsPage() = default;

QStringList PoolsPage::parts() {
    return {tr("Pools"), tr("Clients"), tr("Server connections"), tr("Databases"), tr("Waits in app pools")};
}

void PoolsPage::openPart(int part) {
    m_bouncer->open(part);
}

void PoolsPage::makeAppPools() {
    TableLook look;
    look.title = tr("Application pools");
    look.table = kAppPools.id;
    look.columns = columnsOf(kAppPools);
    look.none = tr("No instance is watched");
    look.sortBy = "instance";
    look.order = Qt::AscendingOrder;
    look.filter = false;
    look.spec = &kAppPools;
    look.read = &readAppPools;
    m_appPools = new TablePanel(context(), std::move(look), this);
    m_appPools->setSources({kAllInstances});
    m_appPools->setMinimumHeight(28 + 22 + 3 * 26);
}

void PoolsPage::makeBouncer() {
    m_bouncer = new TabbedPanels(tr("Tables of pgBouncer"), this);
    TableLook look;
    look.title = tr("Pools of pgBouncer");
    look.table = kBouncerPools.id;
    look.columns = columnsOf(kBouncerPools);
    look.none = tr("No pool: nobody has connected yet");
    look.sortBy = "saturation";
    look.filter = false;
    look.spec = &kBouncerPools;
    look.read = &readBouncerPools;
    m_pools = new TablePanel(context(), std::move(look), m_bouncer);
    m_pools->setSources({kBouncer});
    m_pause = new KeyButton(tr("Pause\u2026"), {}, m_pools);
    m_resume = new KeyButton(tr("Resume\u2026"), {}, m_pools);
    m_size = new QLineEdit(m_pools);
    m_resize = new KeyButton(tr("Resize\u2026"), {}, m_pools);
    m_pause->setObjectName(QStringLiteral("pausePool"));
    m_resume->setObjectName(QStringLiteral("resumePool"));
    m_size->setObjectName(QStringLiteral("poolSize"));
    m_resize->setObjectName(QStringLiteral("resizePool"));
    m_size->setPlaceholderText(tr("Size"));
    m_size->setAccessibleName(tr("New size of the pool"));
    m_size->setToolTip(m_size->accessibleName());
    m_size->setFixedWidth(64);
    m_size->setMaxLength(6);
    for (auto* tool : std::initializer_list<QWidget*>{m_pause, m_resume, m_size, m_resize}) {
        m_pools->addTool(tool);
    }
    connect(m_pause, &QAbstractButton::clicked, this, [this] { ask("pause_pool"); });
    connect(m_resume, &QAbstractButton::clicked, this, [this] { ask("resume_pool"); });
    connect(m_resize, &QAbstractButton::clicked, this, [this] { ask("resize_pool"); });
    connect(m_size, &QLineEdit::returnPressed, this, [this] { ask("resize_pool"); });
    connect(m_pools, &TablePanel::selectionShown, this, &PoolsPage::showActs);
    const auto titles = parts();
    m_bouncer->addPanel(titles.at(0), m_pools);
    m_bouncer->addPanel(titles.at(1), bouncerTable(context(), tr("Clients of pgBouncer"), "pgbouncer.clients",
                                                   tr("No client is connected"), "wait", m_bouncer));
    m_bouncer->addPanel(titles.at(2),
                        bouncerTable(context(), tr("Server connections of pgBouncer"), "pgbouncer.servers",
                                     tr("No connection to a server is open"), "state", m_bouncer));
    m_bouncer->addPanel(titles.at(3), bouncerTable(context(), tr("Databases of pgBouncer"), "pgbouncer.databases",
                                                   tr("No database is configured"), "xact_rate", m_bouncer));
}

void PoolsPage::addCharts() {
    m_waits = new WaitPanel(context(), m_bouncer);
    m_bouncer->addPanel(parts().at(4), m_waits, [this] {
        const auto row = m_appPools->selected();
        m_waits->setInstance(row ? std::string(row->text("instance")) : std::string());
        m_waits->showReadings();
    });
    connect(m_appPools, &TablePanel::selectionShown, this, [this] {
        if (m_waits->isVisibleTo(this)) {
            m_bouncer->showReadings();
        }
    });
    auto* scroll = new QScrollArea(m_bouncer);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_sizingTab = new QWidget(scroll);
    auto* row = new QHBoxLayout(m_sizingTab);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    scroll->setWidget(m_sizingTab);
    m_sizingIndex = m_bouncer->addPanel(tr("What if"), scroll, [this] { m_sizing->showLoad(measureLoad(context())); });
    m_bouncer->setOffered(m_sizingIndex, false);
}

/// Beside the lanes where there is room for it, else in a tab of its own.
void PoolsPage::placeSizing(bool beside) {
    auto* const tab = qobject_cast<QHBoxLayout*>(m_sizingTab->layout());
    if (beside != (m_sizing->parentWidget() == m_sizingTab)) {
        return;
    }
    if (beside) {
        tab->removeWidget(m_sizing);
        m_top->addWidget(m_sizing);
    } else {
        m_top->removeWidget(m_sizing);
        tab->insertWidget(0, m_sizing);
    }
    m_sizing->show();
    m_sideRule->setVisible(beside);
    m_bouncer->setOffered(m_sizingIndex, !beside);
}

PageSentence PoolsPage::sentence() const {
    if (!context().hasReading()) {
        return {nothingThenText()};
    }
    const auto& path = context().path();
    if (auto silence = silenceOf(path, kBouncer, tr("Requests that need PostgreSQL fail or wait until it returns."))) {
        return *silence;
    }
    if (auto silence = silenceOf(path, kService, tr("Who waits in its pools is unknown until it returns."))) {
        return *silence;
    }
    const auto& waiting = m_lanes->figure(Waiting);
    const auto& clients = m_lanes->figure(ClientsWaiting);
    const auto app = tr("%1 of %2 connections of the instances are in use")
                         .arg(count(m_lanes->figure(InUse).value), count(m_lanes->limit(InUse)));
    const auto bouncer = tr("pgBouncer: %1 of %2 servers busy")
                             .arg(count(m_lanes->figure(ServersBusy).value), count(m_lanes->limit(ServersBusy)));
    if (waiting.concern != Concern::Normal) {
        const auto all = static_cast<int>(*waiting.value);
        return {all == 1 ? tr("1 request waits for a pool slot.")
                         : tr("%n requests wait for a pool slot.", nullptr, all),
                tr("%1; %2.").arg(app, bouncer), Severity::Caution};
    }
    if (clients.concern != Concern::Normal) {
        const auto all = static_cast<int>(*clients.value);
        return {all == 1 ? tr("1 client waits in pgBouncer.") : tr("%n clients wait in pgBouncer.", nullptr, all),
                tr("The longest for %1; %2.")
                    .arg(numberText(m_lanes->figure(LongestWait).value, Quantity::Duration).joined(), bouncer),
                Severity::Caution};
    }
    if (!waiting.value || !clients.value) {
        return {tr("Waiting for the first readings of the pools.")};
    }
    return {tr("Nobody waits for a connection."), tr("%1; %2.").arg(app, bouncer)};
}

std::string PoolsPage::chosenPool() const {
    if (const auto row = m_pools->selected()) {
        return std::string(row->text("database"));
    }
    // One that is the only one needs no choice.
    std::set<std::string, std::less<>> databases;
    for (int i = 0; i < m_pools->model()->rowCount(); ++i) {
        if (const auto row = m_pools->model()->rowAt(i)) {
            databases.emplace(row->text("database"));
        }
    }
    return databases.size() == 1 ? *databases.begin() : std::string();
}

void PoolsPage::showActs() {
    const auto pool = chosenPool();
    const auto name = plain(pool, 24);
    std::string_view state;
    const auto row = m_pools->model()->rowAt(0);
    const auto chosen = m_pools->selected() ? m_pools->selected() : row;
    if (chosen) {
        state = chosen->text("state");
    }
    const auto whyNot = [&](const char* verb) {
        const auto why = context().actions.whyNot(verb);
        return !why.isEmpty() ? why : pool.empty() ? tr("choose a pool") : QString();
    };
    auto why = whyNot("pause_pool");
    showActButton(*m_pause, tr("Pause %1\u2026").arg(name), tr("Pause"),
                  why.isEmpty() && state == "paused" ? tr("already paused") : why, kLongestReason);
    why = whyNot("resume_pool");
    showActButton(*m_resume, tr("Resume %1\u2026").arg(name), tr("Resume"),
                  why.isEmpty() && state == "open" ? tr("not paused") : why, kLongestReason);
    why = whyNot("resize_pool");
    m_size->setEnabled(why.isEmpty() || m_size->hasFocus()); // nobody is put out while typing
    showActButton(*m_resize, tr("Resize\u2026"), tr("Resize"), why, kLongestReason);
}

void PoolsPage::ask(const char* action) {
    const auto pool = chosenPool();
    if (pool.empty() || !context().actions.whyNot(action).isEmpty()) {
        return;
    }
    Values parameters{{"pool", pool}};
    if (std::string_view(action) == "resize_pool") {
        bool ok = false;
        const auto size = m_size->text().trimmed().toInt(&ok);
        if (!ok || size < 1) {
            m_size->setFocus(Qt::OtherFocusReason);
            return;
        }
        parameters["size"] = std::int64_t{size};
    }
    context().actions.request(QLatin1String(action), std::move(parameters));
}

void PoolsPage::showReadings() {
    m_lanes->showReadings();
    const auto words = sentence();
    m_sentence->setSentence(words.clause, words.detail, words.severity);
    m_appPools->showReadings();
    m_bouncer->showReadings();
    if (m_sizing->parentWidget() != m_sizingTab) { // else its tab shows it
        m_sizing->showLoad(measureLoad(context()));
    }
    showActs();
}

void PoolsPage::showTick() {
    m_lanes->showTick();
}

void PoolsPage::resizeEvent(QResizeEvent* event) {
    LinkedPage::resizeEvent(event);
    const auto height = roomOf(*this);
    placeSizing(event->size().width() >= 1180);
    m_lanes->setRoom(height >= 720, height >= 820 ? 40 : 34);
}

RailReading PoolsPage::railReading(const PageContext& context) {
    const auto& path = context.feed.path();
    const auto& waiting = path.poolWaiting;
    if (!waiting.live()) {
        return {{}, waiting.state == SourceState::Loading ? Mark::None : markOf(panelStateOf(waiting.state))};
    }
    const auto all = waiting.value.value_or(0) + path.bouncerWaiting.value.value_or(0);
    if (all >= 1) {
        return {tr("%1 wait").arg(countText(all)), Mark::Caution};
    }
    const bool known = path.poolInUse.value && path.poolSize.value;
    return {known ? tr("%1 of %2").arg(count(path.poolInUse.value), count(path.poolSize.value)) : QString(),
            path.bouncer.state == SourceState::Live || path.bouncer.state == SourceState::Loading
                ? Mark::None
                : markOf(panelStateOf(path.bouncer.state))};
}

} // namespace binnacle::app
