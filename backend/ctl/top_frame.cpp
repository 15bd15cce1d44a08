// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/top_frame.h"

#include "backend/ctl/plain_text.h"
#include "backend/domain/format.h"
#include "backend/domain/freshness.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace binnacle::ctl {

namespace {

constexpr std::chrono::seconds kRateWindow{5};
constexpr std::chrono::seconds kLatencyWindow{10};
constexpr std::string_view kGap = " ";

constexpr std::size_t kHopColumns = 14;
constexpr std::size_t kStateColumns = 8;
constexpr std::size_t kLoadColumns = 22;
constexpr std::size_t kAgeColumns = 7;

/// Builds lines that never exceed the frame.
class Line {
public:
    explicit Line(std::size_t columns)
        : m_left(columns) {}

    Line& add(const std::string& text, Style style = Style::Plain) {
        auto shown = cut(asciiSpaces(text), m_left);
        m_left -= columnsOf(shown);
        if (!shown.empty()) {
            m_spans.push_back({std::move(shown), style});
        }
        return *this;
    }
    Line& cell(const std::string& text, std::size_t columns, Style style = Style::Plain) {
        return add(padded(cut(asciiSpaces(text), columns - 1), columns), style);
    }
    /// At the right edge, after the spaces that it takes.
    Line& right(const std::string& text, Style style = Style::Plain) {
        const auto shown = asciiSpaces(text);
        const auto width = columnsOf(shown);
        if (width < m_left) {
            add(std::string(m_left - width, ' '));
        }
        return add(shown, style);
    }
    [[nodiscard]] std::size_t left() const { return m_left; }
    [[nodiscard]] FrameLine take() { return std::move(m_spans); }

private:
    std::size_t m_left;
    FrameLine m_spans;
};

/// Reads the store at one instant; values of sources that are not live are absent.
class Reader {
public:
    Reader(const SignalStore& store, SteadyTime now)
        : m_store(store)
        , m_now(now) {}

    [[nodiscard]] bool shows(const std::string& source) const {
        const auto* const update = m_store.source(source);
        return update != nullptr && update->snapshot && freshnessOf(*update, m_now) != Freshness::Lost;
    }
    [[nodiscard]] bool shows(const SignalEntry& entry) const {
        // A series that its source stopped telling is gone, not unchanged.
        const auto* const update = m_store.source(entry.source);
        return shows(entry.source) && entry.readAt == update->snapshot->header.steadyAt;
    }
    [[nodiscard]] std::optional<double> value(const SignalEntry& entry) const {
        return shows(entry) ? entry.value : std::nullopt;
    }
    [[nodiscard]] std::optional<double> one(const std::string& source, const char* id, Labels labels) const {
        const auto* const entry = m_store.find(source, {id, std::move(labels)});
        return entry != nullptr ? value(*entry) : std::nullopt;
    }
    /// Sum over the series of a source that match.
    template <typename Matches>
    [[nodiscard]] std::optional<double> sum(const std::string& source, const char* id, const Matches& matches) const {
        std::optional<double> total;
        for (const auto* entry : m_store.byId(id)) {
            const auto present = value(*entry);
            if (present && (source.empty() || entry->source == source) && matches(entry->key.labels)) {
                total = total.value_or(0) + *present;
            }
        }
        return total;
    }
    [[nodiscard]] std::optional<double> sum(const std::string& source, const char* id) const {
        return sum(source, id, [](const Labels&) { return true; });
    }
    /// Rate of a counter over the last seconds, steadier than between two passes.
    template <typename Matches>
    [[nodiscard]] std::optional<double> rate(const std::string& source, const char* id, const Matches& matches) const {
        std::optional<double> total;
        for (const auto* entry : m_store.byId(id)) {
            if ((!source.empty() && entry->source != source) || !shows(*entry) || !matches(entry->key.labels)) {
                continue;
            }
            const auto samples = entry->series.samples(m_now - kRateWindow, m_now);
            if (!samples.empty()) {
                const double added =
                    std::accumulate(samples.begin(), samples.end(), 0.0,
                                    [](double sum, const Sample& sample) { return sum + sample.value; });
                total = total.value_or(0) + added / static_cast<double>(samples.size());
            }
        }
        return total;
    }
    [[nodiscard]] std::optional<double> rate(const std::string& source, const char* id) const {
        return rate(source, id, [](const Labels&) { return true; });
    }
    [[nodiscard]] const SignalStore& store() const { return m_store; }
    [[nodiscard]] SteadyTime now() const { return m_now; }

private:
    const SignalStore& m_store;
    SteadyTime m_now;
};

template <typename Format>
std::string orDash(const std::optional<double>& value, const Format& format) {
    return value ? format(*value).text(kGap) : std::string(kNoValue);
}

std::string count(const std::optional<double>& value) {
    return orDash(value, formatCount);
}

std::string rateText(const std::optional<double>& value) {
    return value ? formatRate(*value).number + (formatRate(*value).unit == "/s" ? " /s" : formatRate(*value).unit)
                 : std::string(kNoValue);
}

/// "0 retries", "0.4 retries/s".
std::string perSecond(const std::optional<double>& value, const char* things) {
    return count(value) + " " + things + (value.value_or(0) > 0 ? "/s" : "");
}

bool isUserRoute(const Labels& labels) {
    return !labels.get("route").starts_with("GET /healthz");
}

std::string quantileText(const LatencyHistogram& histogram, double q) {
    if (const auto value = histogram.supportedQuantile(q)) {
        return formatSeconds(*value).text(kGap);
    }
    return histogram.empty() ? std::string(kNoValue) : "few";
}

Style styleOf(SourceState state) {
    switch (state) {
    case SourceState::Live:
        return Style::Plain;
    case SourceState::Loading:
    case SourceState::Late:
        return Style::Late;
    case SourceState::Lost:
    case SourceState::Denied:
    case SourceState::Error:
        break;
    }
    return Style::Lost;
}

/// One row of the request path.
struct Hop {
    std::string title;
    std::string source;
    std::string load;
    std::string detail;
    bool worrying = false; ///< the detail tells of trouble
};

Hop haproxyHop(const Reader& reader) {
    const std::string source = "haproxy";
    const auto all = [](const Labels&) { return true; };
    const auto queued = reader.sum(source, "haproxy.queue", all);
    const auto retries = reader.rate(source, "haproxy.retries");
    const auto own = reader.rate(source, "haproxy.own_responses");
    std::optional<double> requests;
    // Backends, because a frontend also counts what it denied.
    requests = reader.rate(source, "haproxy.requests",
                           [](const Labels& labels) { return labels.get("proxy").starts_with("be_"); });
    if (!requests) {
        requests = reader.rate(source, "haproxy.requests");
    }
    auto detail = count(queued) + " queued, " + perSecond(retries, "retries");
    if (own.value_or(0) > 0) {
        detail += ", " + perSecond(own, "own answers");
    }
    return {"HAProxy", source, rateText(requests), detail,
            queued.value_or(0) > 0 || retries.value_or(0) > 0 || own.value_or(0) > 0};
}

Hop instanceHop(const Reader& reader, const StackInstance& instance) {
    const auto source = "service/" + instance.name;
    const auto waiting = reader.sum(source, "pool.app.waiting");
    const auto used = reader.sum(source, "pool.app.in_use");
    const auto size = reader.sum(source, "pool.app.size");
    const auto level = reader.sum(source, "degradation.level");
    auto detail = "pool " + count(used) + " of " + count(size) + ", " + count(waiting) + " waiting";
    if (level.value_or(0) > 0) {
        detail += ", level " + count(level);
    }
    const auto requests = reader.rate(source, "service.http.requests", isUserRoute);
    return {instance.name + " " + instance.role, source,
            rateText(requests) + ", " + count(reader.sum(source, "service.http.in_flight")) + " in flight", detail,
            waiting.value_or(0) > 0 || level.value_or(0) > 0};
}

Hop bouncerHop(const Reader& reader) {
    const std::string source = "pgbouncer";
    const auto waiting = reader.sum(source, "pgbouncer.clients_waiting");
    double longest = 0;
    for (const auto* entry : reader.store().byId("pgbouncer.max_wait_seconds")) {
        longest = std::max(longest, reader.value(*entry).value_or(0));
    }
    const auto busy = reader.sum(source, "pgbouncer.servers_active");
    const auto idle = reader.sum(source, "pgbouncer.servers_idle");
    auto detail = count(waiting) + " waiting";
    if (longest > 0) {
        detail += ", longest " + formatSeconds(longest).text(kGap);
    }
    detail += ", " + perSecond(reader.rate(source, "pgbouncer.queries"), "queries");
    return {"pgBouncer", source, count(busy) + " busy, " + count(idle) + " idle", detail, waiting.value_or(0) > 0};
}

Hop redisHop(const Reader& reader) {
    const std::string source = "redis";
    const auto limit = reader.one(source, "redis.memory_limit_bytes", {});
    const auto evicted = reader.rate(source, "redis.evictions");
    auto detail = orDash(reader.one(source, "redis.memory_bytes", {}), formatBytes);
    if (limit.value_or(0) > 0) {
        detail += " of " + formatBytes(*limit).text(kGap);
    }
    detail += ", " + count(reader.one(source, "redis.keys", {})) + " keys";
    if (evicted.value_or(0) > 0) {
        detail += ", " + perSecond(evicted, "evictions");
    }
    const auto hits = reader.one(source, "redis.hit_ratio", {});
    return {"Redis", source, hits ? formatShare(*hits).text(kGap) + " hits" : "no lookups", detail,
            evicted.value_or(0) > 0};
}

Hop primaryHop(const Reader& reader) {
    const std::string source = "postgres/primary";
    const Labels server{{"server", "primary"}};
    const auto blocked = reader.one(source, "postgres.blocked", server);
    const auto* const deadlocks = reader.store().find(source, {"postgres.deadlocks", server});
    const auto deadlockCount =
        deadlocks != nullptr && reader.shows(*deadlocks) ? deadlocks->cumulative : std::optional<double>();
    const auto transactions = reader.rate(source, "postgres.transactions");
    return {"primary", source,
            perSecond(transactions, "tx") + ", " + count(reader.one(source, "postgres.connections", server)) +
                " sessions",
            count(blocked) + " blocked, " + count(deadlockCount) + " deadlocks", blocked.value_or(0) > 0};
}

Hop replicaHop(const Reader& reader, const std::string& name) {
    const auto source = "postgres/" + name;
    const Labels standby{{"server", "primary"}, {"standby", name}};
    const auto* const entry = reader.store().find("postgres/primary", {"postgres.replication.lag_seconds", standby});
    const auto seconds = entry != nullptr ? reader.value(*entry) : std::nullopt;
    const auto bytes = reader.one("postgres/primary", "postgres.replication.lag_bytes", standby);
    const bool paused = reader.one(source, "postgres.recovery.paused", {{"server", name}}).value_or(0) > 0;
    auto detail = orDash(bytes, formatBytes) + " behind";
    if (paused) {
        detail += ", replay is paused";
    }
    if (entry != nullptr && reader.shows(*entry) && !entry->absentReason.empty()) {
        detail = plainText(entry->absentReason);
    }
    return {name, source, "lag " + orDash(seconds, formatSeconds), detail, paused || seconds.value_or(0) >= 1};
}

FrameLine hopLine(const Reader& reader, const Hop& hop, std::size_t columns) {
    Line line(columns);
    line.cell(plainText(hop.title), kHopColumns);
    const auto* const update = reader.store().source(hop.source);
    if (update == nullptr) {
        line.cell("-", kStateColumns, Style::Quiet).add("not read yet", Style::Quiet);
        return line.take();
    }
    const auto state = sourceStateOf(*update, reader.now());
    const auto age = formatAge(ageOf(*update, reader.now()));
    line.cell(std::string(sourceStateName(state)), kStateColumns, styleOf(state));
    const std::size_t room = line.left() > kAgeColumns ? line.left() - kAgeColumns : line.left();
    if (reader.shows(hop.source)) {
        const auto loadColumns = std::min(kLoadColumns, room);
        const auto style = state == SourceState::Live ? Style::Plain : Style::Quiet;
        line.cell(hop.load, loadColumns, style);
        line.add(cut(asciiSpaces(hop.detail), room - loadColumns), hop.worrying ? Style::Late : style);
    } else if (update->failure) {
        line.add(cut(plainText(update->failure->error.text), room), Style::Quiet);
    }
    line.right(age, styleOf(state));
    return line.take();
}

/// A server of a profile: it tells itself whether it is a primary or a standby.
Hop serverHop(const Reader& reader, const std::string& name) {
    const auto source = "postgres/" + name;
    const Labels server{{"server", name}};
    const auto blocked = reader.one(source, "postgres.blocked", server);
    const auto lag = reader.one(source, "postgres.replay.lag_seconds", server);
    auto detail = count(blocked) + " blocked";
    if (lag) {
        detail += ", lag " + formatSeconds(*lag).text(kGap);
    }
    return {name, source,
            perSecond(reader.rate(source, "postgres.transactions"), "tx") + ", " +
                count(reader.one(source, "postgres.connections", server)) + " sessions",
            detail, blocked.value_or(0) > 0 || lag.value_or(0) >= 1};
}

std::vector<Hop> foreignHops(const Reader& reader) {
    std::vector<Hop> out;
    for (const auto& source : reader.store().sources()) {
        if (source == "haproxy") {
            out.push_back(haproxyHop(reader));
        } else if (source.starts_with("service/")) {
            out.push_back(instanceHop(reader, {source.substr(8), {}, {}, {}, {}, {}}));
        } else if (source == "pgbouncer") {
            out.push_back(bouncerHop(reader));
        } else if (source == "redis") {
            out.push_back(redisHop(reader));
        } else if (source.starts_with("postgres/")) {
            out.push_back(serverHop(reader, source.substr(9)));
        } else {
            out.push_back({source, source, {}, {}});
        }
    }
    return out;
}

std::vector<Hop> hops(const Reader& reader, const StackStatus& stack) {
    std::vector<Hop> out;
    const auto& endpoints = stack.endpoints;
    if (!endpoints.haproxyRead.empty()) {
        out.push_back(haproxyHop(reader));
    }
    for (const auto& instance : endpoints.instances) {
        out.push_back(instanceHop(reader, instance));
    }
    if (!endpoints.pgbouncer.empty()) {
        out.push_back(bouncerHop(reader));
    }
    if (!endpoints.redis.empty()) {
        out.push_back(redisHop(reader));
    }
    if (!endpoints.postgresPrimary.empty()) {
        out.push_back(primaryHop(reader));
    }
    for (std::size_t i = 0; i < endpoints.postgresReplicas.size(); ++i) {
        out.push_back(replicaHop(reader, "replica-" + std::to_string(i + 1)));
    }
    return out;
}

LatencyHistogram latency(const Reader& reader, const std::string& route = {}) {
    LatencySelector selector;
    selector.route = route;
    return reader.store().latency().merged(selector, reader.now() - kLatencyWindow, reader.now());
}

FrameLine summaryLine(const Reader& reader, std::size_t columns) {
    const auto requests = reader.rate({}, "service.http.requests", isUserRoute);
    const auto errors = reader.rate({}, "service.http.errors", isUserRoute);
    const auto hits = reader.rate({}, "cache.hits");
    const auto misses = reader.rate({}, "cache.misses");
    Line line(columns);
    line.add("Requests ", Style::Quiet).add(rateText(requests));
    std::string errorText(kNoValue);
    if (requests && *requests > 0) {
        errorText = formatShare(errors.value_or(0) / *requests).text(kGap);
    }
    line.add("   Errors ", Style::Quiet).add(errorText, errors.value_or(0) > 0 ? Style::Lost : Style::Plain);
    std::string hitText = "no lookups";
    if (hits && misses && *hits + *misses > 0) {
        hitText = formatShare(*hits / (*hits + *misses)).text(kGap);
    }
    line.add("   Cache hits ", Style::Quiet).add(hits ? hitText : std::string(kNoValue));
    std::optional<double> level;
    for (const auto* entry : reader.store().byId("degradation.level")) {
        if (const auto value = reader.value(*entry)) {
            level = std::max(level.value_or(0), *value);
        }
    }
    line.add("   Level ", Style::Quiet).add(count(level));
    const auto share = reader.one("haproxy", "canary.share_percent", {});
    line.add("   Canary ", Style::Quiet).add(share ? formatShare(*share / 100).text(kGap) : std::string(kNoValue));
    return line.take();
}

FrameLine latencyLine(const Reader& reader, std::size_t columns) {
    const auto merged = latency(reader);
    Line line(columns);
    line.add("Latency ", Style::Quiet);
    for (const auto& [name, q] :
         {std::pair("p50", 0.5), std::pair("p95", 0.95), std::pair("p99", 0.99), std::pair("p99.9", 0.999)}) {
        line.add(std::string(" ") + name + " ", Style::Quiet).add(quantileText(merged, q) + " ");
    }
    line.add(" (10 s)", Style::Quiet);
    return line.take();
}

std::vector<FrameLine> routeLines(const Reader& reader, std::size_t columns, std::size_t rows) {
    constexpr std::size_t kNumberColumns = 8;
    // As wide as the longest route name needs, the figures close to it.
    const std::size_t routeColumns = std::clamp<std::size_t>(columns - std::min(columns, 6 * kNumberColumns), 20, 40);
    struct Route {
        std::string name;
        LatencyHistogram histogram;
        std::uint64_t errors = 0;
    };
    std::map<std::string, Route> routes;
    const auto from = reader.now() - kLatencyWindow;
    for (const auto& labels : reader.store().latency().series()) {
        const std::string name(labels.get("route"));
        if (!isUserRoute(labels) || routes.contains(name)) {
            continue;
        }
        auto& route = routes[name];
        route.name = name;
        route.histogram = latency(reader, name);
        LatencySelector failures;
        failures.route = name;
        failures.statusClass = "5xx";
        route.errors = reader.store().latency().merged(failures, from, reader.now()).count();
    }
    std::vector<Route> sorted;
    for (auto& [name, route] : routes) {
        sorted.push_back(std::move(route));
    }
    std::ranges::stable_sort(sorted,
                             [](const Route& a, const Route& b) { return a.histogram.count() > b.histogram.count(); });

    std::vector<FrameLine> lines;
    Line heading(columns);
    heading.cell("Route", routeColumns, Style::Heading);
    for (const char* name : {"rate", "errors", "p50", "p95", "p99", "p99.9"}) {
        heading.add(padded(name, kNumberColumns, true), Style::Heading);
    }
    lines.push_back(heading.take());
    for (const auto& route : sorted) {
        if (lines.size() >= rows) {
            break;
        }
        const auto requests = static_cast<double>(route.histogram.count());
        Line line(columns);
        line.cell(plainText(route.name), routeColumns);
        const auto rate = reader.rate({}, "service.http.requests",
                                      [&](const Labels& labels) { return labels.get("route") == route.name; });
        line.add(padded(asciiSpaces(rateText(rate)), kNumberColumns, true));
        const auto share =
            requests > 0 ? formatShare(static_cast<double>(route.errors) / requests).text(kGap) : std::string(kNoValue);
        line.add(padded(asciiSpaces(share), kNumberColumns, true), route.errors > 0 ? Style::Lost : Style::Plain);
        for (const double q : {0.5, 0.95, 0.99, 0.999}) {
            line.add(padded(asciiSpaces(quantileText(route.histogram, q)), kNumberColumns, true));
        }
        lines.push_back(line.take());
    }
    if (sorted.empty() && lines.size() < rows) {
        lines.push_back({{"No requests yet.", Style::Quiet}});
    }
    return lines;
}

FrameLine titleLine(const TopState& state, std::size_t columns) {
    const bool paused = !state.pausedFor.empty();
    const auto right = asciiSpaces(paused ? "PAUSED " + state.pausedFor + " behind" : state.clock);
    // The clock, or that it stands still, must be seen: the rest gives way.
    const auto room = columns - std::min(columns, columnsOf(right) + 1);
    Line left(room);
    left.add("Binnacle", Style::Title).add("  " + plainText(state.stack.stateDir));
    if (state.stackError) {
        left.add("  supervisor lost", Style::Lost);
    } else if (state.stack.state != "running") {
        left.add(
            "  " + plainText(state.stack.state + (state.stack.step.empty() ? std::string() : ": " + state.stack.step)),
            Style::Late);
    }
    auto line = left.add(std::string(room, ' ')).take();
    line.push_back({cut(" " + right, columns - room), paused ? Style::Late : Style::Quiet});
    return line;
}

} // namespace

std::vector<FrameLine> topFrame(const TopState& state, std::size_t columns, std::size_t rows) {
    const Reader reader(state.signals, state.now);
    std::vector<FrameLine> frame;
    frame.push_back(titleLine(state, columns));
    frame.push_back(summaryLine(reader, columns));
    frame.push_back(latencyLine(reader, columns));
    const auto path = state.foreign ? foreignHops(reader) : hops(reader, state.stack);
    // Empty lines make it readable; a low terminal needs the rows for figures.
    const bool airy = rows >= path.size() + 14;
    if (airy) {
        frame.emplace_back();
    }
    Line heading(columns);
    heading.cell("Hop", kHopColumns, Style::Heading).cell("State", kStateColumns, Style::Heading);
    heading.cell("Load", kLoadColumns, Style::Heading).add("Detail", Style::Heading).right("Age", Style::Heading);
    frame.push_back(heading.take());
    for (const auto& hop : path) {
        frame.push_back(hopLine(reader, hop, columns));
    }
    if (airy) {
        frame.emplace_back();
    }
    if (frame.size() + 1 < rows) {
        for (auto& line : routeLines(reader, columns, rows - frame.size())) {
            frame.push_back(std::move(line));
        }
    }
    if (frame.size() > rows) {
        frame.resize(rows);
    }
    return frame;
}

std::string plainFrame(const std::vector<FrameLine>& frame) {
    std::string out;
    for (const auto& line : frame) {
        std::string text;
        for (const auto& span : line) {
            text += span.text;
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + "\n";
    }
    return out;
}

} // namespace binnacle::ctl
