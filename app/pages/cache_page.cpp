// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/cache_page.h"

#include "app/controllers/action_controller.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/page_sentence.h"
#include "app/pages/act_button.h"
#include "app/pages/cache_tables.h"
#include "app/pages/page_room.h"
#include "app/pages/panel_of.h"
#include "app/pages/rule.h"
#include "app/pages/signal_lanes.h"
#include "app/pages/signal_tables.h"
#include "app/pages/tabbed_panels.h"
#include "app/pages/table_panel.h"
#include "widgets/situation_sentence.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QResizeEvent>
#include <QShortcut>
#include <QVBoxLayout>

#include <cmath>

namespace binnacle::app {

namespace {

enum LaneId : std::size_t {
    HitsNear,
    Hits,
    LookupRate,
    Coalesced,
    Invalidations,
    Errors,
    Evictions,
    Memory,
    Fragmentation
};

constexpr const char* kService = "service/";
constexpr const char* kRedis = "redis";
constexpr double kFall = 0.1; ///< of the share of hits against what it usually is: worth the first sentence

LaneOf hits(const char* level, bool always) {
    LaneOf lane;
    lane.title = CachePage::tr("Cache hits");
    lane.subtitle = CachePage::tr("level %1").arg(QLatin1String(level));
    lane.source = kService;
    lane.line = {LineSpec::Kind::Share, "cache.hits",
                 [level](const SignalEntry& entry) { return entry.key.labels.get("level") == level; }, "cache.misses"};
    lane.quantity = Quantity::Share;
    lane.none = "no lookups in 5 s";
    lane.always = always;
    return lane;
}

// In the order of a lookup: the instances first, what they keep it in below. The order of LaneId.
std::vector<LaneOf> lanes() {
    using Kind = LineSpec::Kind;
    std::vector<LaneOf> out;
    out.push_back(hits("l1", false));
    out.push_back(hits("l2", true));
    out.push_back(makeLane(CachePage::tr("Lookups"), CachePage::tr("all endpoints"), kService,
                           {Kind::Rate, "cache.hits", {}, "cache.misses"}, Quantity::Rate, 10, true));
    out.push_back(makeLane(CachePage::tr("Coalesced"), CachePage::tr("waited for another"), kService,
                           {Kind::Rate, "cache.coalesced"}, Quantity::Rate, 5, false));
    out.push_back(makeLane(CachePage::tr("Invalidations"), CachePage::tr("keys"), kService,
                           {Kind::Rate, "cache.invalidations"}, Quantity::Rate, 5, false));
    out.push_back(makeLane(CachePage::tr("Errors"), CachePage::tr("lookups and writes"), kService,
                           {Kind::Rate, "cache.errors"}, Quantity::Rate, 1, false));
    out.back().judge = [](double perSecond) { return perSecond > 0 ? Concern::Caution : Concern::Normal; };
    out.push_back(makeLane(CachePage::tr("Evictions"), CachePage::tr("keys, Redis"), kRedis,
                           {Kind::Rate, "redis.evictions"}, Quantity::Rate, 5, true));
    out.back().judge = [](double perSecond) { return perSecond >= 0.5 ? Concern::Caution : Concern::Normal; };
    out.push_back(makeLane(CachePage::tr("Memory"), CachePage::tr("Redis, and its limit"), kRedis,
                           {Kind::Sum, "redis.memory_bytes"}, Quantity::Bytes, 1e6, true));
    out.back().limit = LineSpec{Kind::Sum, "redis.memory_limit_bytes"};
    out.push_back(makeLane(CachePage::tr("Fragmentation"), CachePage::tr("resident to used"), kRedis,
                           {Kind::Largest, "redis.fragmentation"}, Quantity::Count, 2, false));
    out.back().first = false;
    return out;
}

QString said(std::optional<double> value, Quantity quantity) {
    return numberText(value, quantity).joined();
}

Mark errorMark(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "error_rate").value_or(0) > 0 ? Mark::Caution : Mark::None;
}

/// A quantile of the last minute; its tooltip tells that since the start.
ShownColumn quantile(std::string_view id, const char* title, std::string_view sinceStart) {
    ShownColumn column{id, title};
    column.tip = sinceStart;
    return column;
}

TablePanel* redisTable(const PageContext& context, TableLook look, QWidget* parent) {
    auto* panel = new TablePanel(context, std::move(look), parent);
    panel->setSources({kRedis});
    return panel;
}

} // namespace

CachePage::CachePage(const PageContext& context, QWidget* parent)
    : LinkedPage(context, parent)
    , m_sentence(new SituationSentence(this))
    , m_view(new LaneView(this))
    , m_lanes(std::make_unique<SignalLanes>(context, *m_view, lanes()))
    , m_endpoints(nullptr)
    , m_what(new SegmentedControl(this))
    , m_name(new QLineEdit(this))
    , m_invalidate(new KeyButton(tr("Invalidate\u2026"), QStringLiteral("I"), this)) {
    TableLook look;
    look.title = tr("Hits by endpoint");
    look.table = kCacheEndpoints.id;
    look.columns = {{"route", nullptr, ColumnForm::Auto, nullptr, true},
                    {"level"},
                    {"hit_ratio", nullptr, ColumnForm::Share},
                    {"lookup_rate"},
                    {"miss_rate"}};
    look.none = tr("No endpoint looks anything up");
    look.sortBy = "lookup_rate";
    look.filter = false;
    look.spec = &kCacheEndpoints;
    look.read = &readCacheEndpoints;
    m_endpoints = new TablePanel(context, std::move(look), this);
    m_endpoints->setSources({kAllInstances});

    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(m_endpoints, 1);
    left->addWidget(makeInvalidation());
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(20);
    bottom->addLayout(left, 524);
    bottom->addWidget(new Rule(Qt::Vertical, this));
    bottom->addWidget(makeRedis(), 828);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(8);
    column->addWidget(m_sentence);
    column->addWidget(m_view);
    column->addWidget(new Rule(Qt::Horizontal, this));
    column->addLayout(bottom, 1);
}

CachePage::~CachePage() = default;

QStringList CachePage::parts() {
    return {tr("Commands"), tr("Slow log"), tr("Latency events"), tr("Clients")};
}

void CachePage::openPart(int part) {
    m_redis->open(part);
}

QWidget* CachePage::makeInvalidation() {
    auto* row = new QWidget(this);
    m_what->setSegments({{tr("Key")}, {tr("Tag")}});
    m_what->setAccessibleName(tr("What to invalidate"));
    m_name->setObjectName(QStringLiteral("invalidateName"));
    m_name->setAccessibleName(tr("Name of the key or tag"));
    m_name->setPlaceholderText(tr("Name"));
    m_name->setMaxLength(500);
    m_invalidate->setObjectName(QStringLiteral("invalidate"));
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(8);
    columns->addWidget(m_what);
    columns->addWidget(m_name, 1);
    columns->addWidget(m_invalidate);
    connect(m_invalidate, &QAbstractButton::clicked, this, &CachePage::invalidate);
    connect(m_name, &QLineEdit::returnPressed, this, &CachePage::invalidate);
    auto* key = new QShortcut(QKeySequence(Qt::Key_I), this); // works while this page is shown
    connect(key, &QShortcut::activated, this, [this] { m_name->setFocus(Qt::ShortcutFocusReason); });
    return row;
}

QWidget* CachePage::makeRedis() {
    m_redis = new TabbedPanels(tr("Tables of Redis"), this);
    TableLook commands;
    commands.title = tr("Commands");
    commands.table = "redis.commands";
    commands.columns = {
        {"command", nullptr, ColumnForm::Auto, nullptr, true},
        {"rate", QT_TRANSLATE_NOOP("Table", "Calls /s"), ColumnForm::Auto, nullptr, false, 0, "calls"},
        {"mean", QT_TRANSLATE_NOOP("Table", "Mean")},
        quantile("p50", QT_TRANSLATE_NOOP("Table", "p50 \u2264"), "start_p50"),
        quantile("p99", QT_TRANSLATE_NOOP("Table", "p99 \u2264"), "start_p99"),
        quantile("p999", QT_TRANSLATE_NOOP("Table", "p99.9 \u2264"), "start_p999"),
        {"error_rate", QT_TRANSLATE_NOOP("Table", "Fail. /s"), ColumnForm::Auto, &errorMark, false, 0, "errors"}};
    commands.none = tr("No command was called");
    commands.sortBy = "rate";
    commands.spec = &kRecentCommands;
    commands.read = &readRecentCommands;
    m_commands = redisTable(context(), std::move(commands), m_redis);
    TableLook slow;
    slow.title = tr("Slow log");
    slow.table = "redis.slowlog";
    slow.columns = {{"at"},        {"duration", nullptr, ColumnForm::Auto, nullptr, true},
                    {"command"},   {"key"},
                    {"arguments"}, {"client_name"},
                    {"client"}};
    slow.none = tr("No slow command");
    slow.sortBy = "at";
    TableLook events;
    events.title = tr("Latency events");
    events.table = "redis.latency_events";
    events.columns = {{"event", nullptr, ColumnForm::Auto, nullptr, true}, {"latest"}, {"max"}, {"at"}};
    events.none = tr("No event over the threshold of Redis\u2019 latency monitor");
    events.sortBy = "max";
    TableLook clients;
    clients.title = tr("Clients");
    clients.table = "redis.clients";
    const auto* spec = findTable("redis.clients");
    for (const auto& known : spec->columns) {
        clients.columns.push_back({known.id});
    }
    clients.none = tr("No client");
    clients.sortBy = spec->columns.front().id;
    clients.order = Qt::AscendingOrder;
    const auto titles = parts();
    m_redis->addPanel(titles.at(0), m_commands);
    m_redis->addPanel(titles.at(1), redisTable(context(), std::move(slow), m_redis));
    m_redis->addPanel(titles.at(2), redisTable(context(), std::move(events), m_redis));
    m_redis->addPanel(titles.at(3), redisTable(context(), std::move(clients), m_redis));

    auto* area = new QWidget(this);
    m_shape = new QWidget(area);
    m_histogramHead = new SectionHead(tr("Latency of a command"), {}, m_shape);
    m_histogram = new BucketHistogram(m_shape);
    auto* shape = new QVBoxLayout(m_shape);
    shape->setContentsMargins(0, 30, 0, 0);
    shape->setSpacing(0);
    shape->addWidget(m_histogramHead);
    shape->addWidget(m_histogram, 1);
    shape->addStretch(0);
    m_histogram->setMaximumHeight(280);
    auto* columns = new QHBoxLayout(area);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(20);
    columns->addWidget(m_redis, 560);
    columns->addWidget(m_shape, 300);
    connect(m_redis, &TabbedPanels::chosen, this, [this](int index) { m_shape->setVisible(index == 0); });
    connect(m_commands, &TablePanel::selectionShown, this, &CachePage::showHistogram);
    return area;
}

PageSentence CachePage::sentence() const {
    if (!context().hasReading()) {
        return {nothingThenText()};
    }
    const auto& path = context().path();
    if (auto silence = silenceOf(path, kRedis, tr("Cached reads go to PostgreSQL until it returns."))) {
        return *silence;
    }
    const auto used = said(m_lanes->figure(Memory).value, Quantity::Bytes);
    const auto limit = m_lanes->limit(Memory);
    const auto memory = !limit       ? tr("%1 in Redis").arg(used)
                        : *limit > 0 ? tr("%1 of %2 in Redis").arg(used, said(limit, Quantity::Bytes))
                                     : tr("%1 in Redis, without a limit").arg(used);
    const auto& evictions = m_lanes->figure(Evictions);
    if (evictions.concern != Concern::Normal) {
        return {tr("Redis evicts %1 keys per second.").arg(numberText(evictions.value, Quantity::Rate).value),
                tr("%1: what is cached falls out before its time.").arg(memory), Severity::Caution};
    }
    if (auto silence = silenceOf(path, kService, tr("What its lookups hit is unknown until it returns."))) {
        return *silence;
    }
    if (const auto& errors = m_lanes->figure(Errors); errors.value.value_or(0) >= 1) {
        return {tr("%1 calls of the cache fail per second.").arg(numberText(errors.value, Quantity::Rate).value),
                tr("What it cannot answer goes on to PostgreSQL. %1.").arg(memory), Severity::Caution};
    }
    const auto& share = m_lanes->figure(Hits);
    const auto& lookups = m_lanes->figure(LookupRate);
    if (!share.value) {
        return {lookups.value ? tr("Nobody looks anything up.") : tr("Waiting for the first lookups."),
                tr("%1.").arg(memory)};
    }
    if (const auto usual = m_lanes->baseline(Hits); usual && *share.value < *usual - kFall) {
        return {tr("Cache hits fell to %1.").arg(said(share.value, Quantity::Share)),
                tr("%1 before. %2 of the lookups go on to PostgreSQL.")
                    .arg(said(usual, Quantity::Share), said(1 - *share.value, Quantity::Share)),
                Severity::Caution};
    }
    return {tr("%1 of %2 lookups per second hit.")
                .arg(said(share.value, Quantity::Share), numberText(lookups.value, Quantity::Rate).value),
            evictions.value == 0.0 ? tr("%1, none evicted.").arg(memory)
            : evictions.value
                ? tr("%1, %2 keys evicted per second.").arg(memory, numberText(evictions.value, Quantity::Rate).value)
                : tr("%1.").arg(memory)};
}

void CachePage::showReadings() {
    m_lanes->showReadings();
    const auto words = sentence();
    m_sentence->setSentence(words.clause, words.detail, words.severity);
    m_endpoints->showReadings();
    m_redis->showReadings();
    if (m_redis->current() == 0) {
        if (!m_commands->selected()) {
            chooseBusiest();
        }
        showHistogram();
    }
    const auto why = context().actions.whyNot("invalidate_cache");
    showActButton(*m_invalidate, tr("Invalidate\u2026"), tr("Invalidate"), why);
    m_name->setEnabled(why.isEmpty() || m_name->hasFocus()); // nobody is put out while typing
    m_what->setEnabled(why.isEmpty());
}

/// Until somebody chooses: the command that is called most.
void CachePage::chooseBusiest() {
    double most = 0;
    std::string busiest;
    for (int i = 0; i < m_commands->model()->rowCount(); ++i) {
        const auto row = m_commands->model()->rowAt(i);
        if (const auto rate = row ? row->number("rate") : std::nullopt; rate && *rate > most) {
            most = *rate;
            busiest = row->text("command");
        }
    }
    if (most > 0) {
        m_commands->selectWhere(
            [&busiest](const SnapshotTable& table, std::size_t row) { return table.text(row, "command") == busiest; });
    }
}

void CachePage::showHistogram() {
    const auto reading = readTable(context(), kRedis, "redis.histogram");
    const auto chosen = m_commands->selected();
    auto status = reading.status;
    const RecentCalls calls(context(), kRedis);
    std::vector<DurationBucket> buckets;
    if (reading.table && chosen) {
        buckets = calls.buckets(chosen->text("command"));
    } else if (reading.table) {
        status.state = PanelState::Empty;
        status.title = tr("Choose a command");
    }
    m_histogram->setStatus(status);
    m_histogram->showBuckets(std::move(buckets));
    m_histogramHead->setTitle(chosen ? tr("Latency of %1").arg(plain(chosen->text("command"), 40).toUpper())
                                     : tr("Latency of a command"));
    m_histogramHead->setSubtitle(
        m_histogram->total() > 0
            ? tr("%1 calls in %2 s")
                  .arg(countText(static_cast<double>(m_histogram->total())), countText(std::round(calls.seconds())))
            : QString());
}

void CachePage::invalidate() {
    const auto name = m_name->text().trimmed();
    if (name.isEmpty()) {
        m_name->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (context().actions.whyNot("invalidate_cache").isEmpty()) {
        context().actions.request(QStringLiteral("invalidate_cache"),
                                  {{m_what->current() == 0 ? "key" : "tag", name.toStdString()}});
    }
}

void CachePage::showTick() {
    m_lanes->showTick();
}

void CachePage::resizeEvent(QResizeEvent* event) {
    LinkedPage::resizeEvent(event);
    const auto height = roomOf(*this);
    m_lanes->setRoom(height >= 720, height >= 820 ? 40 : 34);
}

RailReading CachePage::railReading(const PageContext& context) {
    const auto& hits = context.feed.path().hitRatio;
    const auto& redis = context.feed.path().cache;
    if (redis.state != SourceState::Live && redis.state != SourceState::Loading) {
        return {{}, markOf(panelStateOf(redis.state))};
    }
    RailReading reading;
    reading.value = hits.live() && hits.value ? said(hits.value, Quantity::Share) : QString();
    reading.mark = hits.live() ? Mark::None : markOf(panelStateOf(hits.state));
    if (context.feed.path().evictionsPerSecond.value.value_or(0) >= 0.5) {
        reading.mark = Mark::Caution;
    }
    return reading;
}

} // namespace binnacle::app
