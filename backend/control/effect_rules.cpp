// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/effect_rules.h"

#include "backend/domain/format.h"
#include "backend/domain/interval.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <span>

namespace binnacle::control {
namespace {

/// Student's quantile for 99 % and 11 degrees of freedom: how much the readings vary is itself estimated, from the
/// twelve parts of a window.
constexpr double certainty = 3.106;
constexpr double leastChange = 0.25; ///< of the value before
constexpr double floorsToBeat = 3;
constexpr double latencyFloor = 0.000'25; // s
constexpr double rateFloor = 0.1;         // 1/s
constexpr double shareFloor = 0.001;
constexpr double databaseFloor = 0.001; // s/s
/// The middle of the window after an act lies three halves of the window before away from that one's middle.
constexpr double halvesAhead = 3;

constexpr std::string_view allRoutes = "all routes";
constexpr std::array<std::pair<std::string_view, double>, 3> quantiles{{{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}}};

/// One reading of one window.
struct Measured {
    std::optional<double> value;
    std::optional<Interval> interval; ///< 99 %; absent with too few requests, its ends may be open
    std::uint64_t count = 0;
};

using Part = std::span<const TrafficSlice>;
using Measure = std::function<Measured(Part)>;

struct Metric {
    std::string id;
    std::string label;
    std::string unit;
    double floor = 0;
    bool lowerIsBetter = true;
    Measure measure;
};

/// What the routes of one part add up to: one of them, or all.
TrafficSlice::Route traffic(const TrafficSlice& slice, std::string_view route) {
    TrafficSlice::Route sum;
    for (const auto& [name, one] : slice.routes) {
        if (route == allRoutes || route == name) {
            sum.latency.merge(one.latency);
            sum.errors += one.errors;
            sum.degraded += one.degraded;
        }
    }
    return sum;
}

Measured quantileOf(Part window, std::string_view route, double q) {
    std::vector<LatencyHistogram> parts;
    LatencyHistogram all;
    for (const auto& slice : window) {
        parts.push_back(traffic(slice, route).latency);
        all.merge(parts.back());
    }
    Measured measured;
    measured.count = all.count();
    measured.value = all.supportedQuantile(q);
    if (!measured.value) {
        return measured;
    }
    const auto limit = std::llround(*measured.value * 1e9);
    std::vector<double> above;
    std::vector<double> counts;
    for (const auto& part : parts) {
        above.push_back(static_cast<double>(part.countBetween(limit, std::numeric_limits<std::int64_t>::max())));
        counts.push_back(static_cast<double>(part.count()));
    }
    const double effective = static_cast<double>(all.count()) / overdispersionOfShare(above, counts);
    measured.interval = quantileInterval(all, q, effective, certainty);
    return measured;
}

/// Something counted, per second.
Measured rateOf(Part window, const std::function<std::uint64_t(const TrafficSlice&)>& counter) {
    std::vector<double> counts;
    std::vector<double> seconds;
    Measured measured;
    double exposure = 0;
    for (const auto& slice : window) {
        const auto count = counter(slice);
        measured.count += count;
        counts.push_back(static_cast<double>(count));
        seconds.push_back(slice.seconds);
        exposure += slice.seconds;
    }
    if (exposure <= 0) {
        return measured;
    }
    const double burst = overdispersion(counts, seconds);
    const auto count = static_cast<double>(measured.count);
    const auto [low, high] = poissonInterval(count / burst, certainty);
    measured.value = count / exposure;
    measured.interval = Interval{low * burst / exposure, high * burst / exposure};
    return measured;
}

Measured errorShareOf(Part window, std::string_view route) {
    std::vector<double> errors;
    std::vector<double> requests;
    double hits = 0;
    Measured measured;
    for (const auto& slice : window) {
        const auto one = traffic(slice, route);
        errors.push_back(static_cast<double>(one.errors));
        requests.push_back(static_cast<double>(one.latency.count()));
        hits += errors.back();
        measured.count += one.latency.count();
    }
    if (measured.count > 0) {
        const double burst = overdispersionOfShare(errors, requests);
        const auto trials = static_cast<double>(measured.count);
        measured.value = hits / trials;
        measured.interval = wilsonInterval(hits / burst, trials / burst, certainty);
    }
    return measured;
}

Measured databaseTimeOf(Part window) {
    std::vector<double> perSecond;
    double sum = 0;
    double exposure = 0;
    Measured measured;
    for (const auto& slice : window) {
        double seconds = 0;
        for (const auto& [name, statement] : slice.statements) {
            seconds += statement.seconds;
            measured.count += statement.count;
        }
        sum += seconds;
        exposure += slice.seconds;
        if (slice.seconds > 0) {
            perSecond.push_back(seconds / slice.seconds);
        }
    }
    if (exposure > 0) {
        measured.value = sum / exposure;
        // Parts of nearly equal length, so their mean is the value; the interval is laid around the latter.
        if (const auto interval = meanInterval99(perSecond)) {
            const double half = (interval->high - interval->low) / 2;
            measured.interval = Interval{*measured.value - half, *measured.value + half};
        }
    }
    return measured;
}

bool excludesZero(const Interval& interval) {
    return interval.low > 0 || interval.high < 0;
}

Interval difference(const Measured& before, const Measured& after) {
    return differenceInterval(*before.value, *before.interval, *after.value, *after.interval);
}

bool isComplete(const Measured& measured) {
    return measured.value && measured.interval;
}

/// By how much the reading was moving already from one half of the window before to the other, beyond noise; else 0.
double trendOf(const Metric& metric, Part before) {
    const auto half = before.size() / 2;
    const auto early = metric.measure(before.first(half));
    const auto late = metric.measure(before.last(before.size() - half));
    if (!isComplete(early) || !isComplete(late) || !excludesZero(difference(early, late))) {
        return 0;
    }
    return *late.value - *early.value;
}

EffectRow rowOf(const Metric& metric, Part before, Part after, bool sameThing) {
    const auto from = metric.measure(before);
    const auto to = metric.measure(after);
    EffectRow row;
    row.id = metric.id;
    row.label = metric.label;
    row.unit = metric.unit;
    row.lowerIsBetter = metric.lowerIsBetter;
    row.before = from.value;
    row.after = to.value;
    row.countBefore = static_cast<std::int64_t>(from.count);
    row.countAfter = static_cast<std::int64_t>(to.count);
    if (!isComplete(from) || !isComplete(to)) {
        row.change = EffectRow::Change::TooFew;
        return row;
    }
    const auto interval = difference(from, to);
    if (std::isinf(interval.low) && std::isinf(interval.high)) {
        row.change = EffectRow::Change::TooFew; // it could be anything
        return row;
    }
    row.low = std::isfinite(interval.low) ? std::optional(interval.low) : std::nullopt;
    row.high = std::isfinite(interval.high) ? std::optional(interval.high) : std::nullopt;
    const double changed = *to.value - *from.value;
    // Only what goes on in the same direction is taken off: against the trend, all of it counts.
    const double expected = sameThing ? halvesAhead * trendOf(metric, before) : 0;
    const double own = expected * changed > 0 ? expected : 0;
    const Interval beyond{interval.low - own, interval.high - own};
    const double size = std::abs(changed - own);
    const bool onward = (changed - own) * changed > 0;
    if (onward && excludesZero(beyond) && size >= leastChange * std::abs(*from.value) &&
        size >= floorsToBeat * metric.floor) {
        row.change = changed > 0 ? EffectRow::Change::Rose : EffectRow::Change::Fell;
    }
    return row;
}

std::vector<Metric> latencyMetrics(std::string_view route, std::string_view prefix, const std::string& label) {
    std::vector<Metric> metrics;
    for (const auto& [name, q] : quantiles) {
        metrics.push_back({std::string(prefix).append(name), label, "s", latencyFloor, true,
                           [route = std::string(route), q = q](Part window) { return quantileOf(window, route, q); }});
    }
    return metrics;
}

Metric requestMetric(std::string_view route) {
    return {"requests", std::string(route), "1/s", rateFloor, false, [route = std::string(route)](Part window) {
                return rateOf(window, [&](const TrafficSlice& slice) { return traffic(slice, route).latency.count(); });
            }};
}

Metric errorMetric(std::string_view route, const std::string& id, const std::string& label) {
    return {id,         label, "1",
            shareFloor, true,  [route = std::string(route)](Part window) { return errorShareOf(window, route); }};
}

Metric fallbackMetric(std::string_view route) {
    return {"fallback", std::string(route), "1/s", rateFloor, true, [route = std::string(route)](Part window) {
                return rateOf(window, [&](const TrafficSlice& slice) { return traffic(slice, route).degraded; });
            }};
}

std::string sentencePart(const EffectRow& row) {
    const std::array<std::pair<std::string_view, std::string_view>, 4> names{{{"errors", "the error share"},
                                                                              {"database_time", "database time"},
                                                                              {"requests", "traffic"},
                                                                              {"fallback", "answers by a fallback"}}};
    const auto plain = row.id.substr(row.id.rfind('.') == std::string::npos ? 0 : row.id.rfind('.') + 1);
    const auto found = std::ranges::find(names, plain, &std::pair<std::string_view, std::string_view>::first);
    std::string text(found != names.end() ? found->second : std::string_view(plain));
    const auto value = [&](double number) { return formatMeasure(row.unit, number).text(); };
    if (row.id.starts_with("canary.")) {
        return text + " of the canary is " + value(*row.after) + ", of stable " + value(*row.before);
    }
    if (row.label != allRoutes) {
        text += " of " + row.label;
    }
    return text + (row.change == EffectRow::Change::Fell ? " fell from " : " rose from ") + value(*row.before) +
           " to " + value(*row.after);
}

/// Which of several changes is told first.
std::size_t rankOf(const EffectRow& row) {
    constexpr std::array<std::string_view, 7> order{"p99", "errors",   "database_time", "p95",
                                                    "p50", "fallback", "requests"};
    const auto canary = row.id.starts_with("canary.");
    const auto plain = canary ? std::string_view(row.id).substr(7) : std::string_view(row.id);
    const auto rank = static_cast<std::size_t>(std::ranges::find(order, plain) - order.begin());
    if (plain == "fallback" || plain == "requests") {
        return 3 * order.size() + rank; // the act itself, and what came from outside
    }
    return rank + (canary ? 0 : row.label == allRoutes ? order.size() : 2 * order.size());
}

} // namespace

std::vector<EffectRow> compareWindows(const Slices& before, const Slices& after,
                                      const std::vector<std::string>& routes) {
    auto metrics = latencyMetrics(allRoutes, {}, std::string(allRoutes));
    metrics.push_back(requestMetric(allRoutes));
    metrics.push_back(errorMetric(allRoutes, "errors", std::string(allRoutes)));
    metrics.push_back({"database_time", std::string(allRoutes), "s/s", databaseFloor, true, databaseTimeOf});
    metrics.push_back(fallbackMetric(allRoutes));
    for (const auto& route : routes) {
        std::ranges::move(latencyMetrics(route, {}, route), std::back_inserter(metrics));
        metrics.push_back(requestMetric(route));
    }
    std::vector<EffectRow> rows;
    for (const auto& metric : metrics) {
        rows.push_back(rowOf(metric, before, after, true));
    }
    return rows;
}

std::vector<EffectRow> compareCohorts(const Slices& stable, const Slices& canary) {
    const std::string label = "the canary against stable";
    auto metrics = latencyMetrics(allRoutes, "canary.", label);
    metrics.push_back(errorMetric(allRoutes, "canary.errors", label));
    std::vector<EffectRow> rows;
    for (const auto& metric : metrics) {
        rows.push_back(rowOf(metric, stable, canary, false));
    }
    return rows;
}

std::string effectSummary(const std::vector<EffectRow>& rows) {
    std::vector<const EffectRow*> changed;
    bool anyTold = false;
    for (const auto& row : rows) {
        if (row.change == EffectRow::Change::Fell || row.change == EffectRow::Change::Rose) {
            changed.push_back(&row);
        }
        anyTold = anyTold || (row.label == allRoutes && row.unit == "s" && row.change != EffectRow::Change::TooFew);
    }
    if (changed.empty()) {
        return anyTold ? "No measurable change." : "Too few requests to tell a change of latency.";
    }
    std::ranges::stable_sort(changed, {}, [](const EffectRow* row) { return rankOf(*row); });
    auto text = sentencePart(*changed.front());
    if (changed.size() > 1) {
        text += "; " + sentencePart(*changed[1]);
    }
    if (!text.starts_with('p')) { // p99 is a name
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    }
    return text + ".";
}

} // namespace binnacle::control
