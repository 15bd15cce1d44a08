// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/top_frame.h"

#include "backend/ctl/plain_text.h"
#include "backend/ctl/top_hops.h"
#include "backend/ctl/top_line.h"
#include "backend/domain/format.h"
#include "backend/domain/freshness.h"

#include <algorithm>
#include <map>

namespace binnacle::ctl {

namespace {

constexpr std::chrono::seconds kLatencyWindow{10};

constexpr std::size_t kHopColumns = 14;
constexpr std::size_t kStateColumns = 8;
constexpr std::size_t kLoadColumns = 22;
constexpr std::size_t kAgeColumns = 7;

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

FrameLine hopLine(const TopReader& reader, const Hop& hop, std::size_t columns) {
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

LatencyHistogram latency(const TopReader& reader, const std::string& route = {}) {
    LatencySelector selector;
    selector.route = route;
    return reader.store().latency().merged(selector, reader.now() - kLatencyWindow, reader.now());
}

FrameLine summaryLine(const TopReader& reader, std::size_t columns) {
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

FrameLine latencyLine(const TopReader& reader, std::size_t columns) {
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

std::vector<FrameLine> routeLines(const TopReader& reader, std::size_t columns, std::size_t rows) {
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
    const TopReader reader(state.signals, state.now);
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
