// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/latency_comparison.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace binnacle {

namespace {

constexpr double kNormal95 = 1.959964;
constexpr double kSlowPart = 0.95; ///< the quantile from which a request tells how the slow ones are spread

double countOf(const LatencySide& side) {
    return static_cast<double>(side.latency.count());
}

} // namespace

std::optional<double> LatencySide::errorShare() const {
    return latency.empty() ? std::nullopt
                           : std::optional(static_cast<double>(errors) / static_cast<double>(latency.count()));
}

LatencySide latencySide(const LatencyLog& log, const LatencySelector& selector, SteadyTime from, SteadyTime to,
                        SteadyTime now) {
    LatencySide out;
    out.latency = log.merged(selector, from, to);
    if (const auto limit = out.latency.supportedQuantile(kSlowPart)) {
        const auto step = from < now - LatencyLog::kFine - LatencyLog::kFold ? LatencyLog::kFold : LatencyLog::kSlot;
        std::vector<double> slow;
        std::vector<double> all;
        for (const auto& slot : log.slowSlots(selector, from, to, std::llround(*limit * 1e9), step)) {
            slow.push_back(static_cast<double>(slot.slow));
            all.push_back(static_cast<double>(slot.total));
        }
        out.spread = overdispersionOfShare(slow, all);
    }
    auto failed = selector;
    failed.statusClass = "5xx";
    out.errors = log.merged(failed, from, to).count();
    return out;
}

LatencySide together(const LatencySide& a, const LatencySide& b) {
    LatencySide out = a;
    out.latency.merge(b.latency);
    out.errors += b.errors;
    out.spread = std::max(a.spread, b.spread);
    return out;
}

SideChange quantileChange(const LatencySide& before, const LatencySide& after, double q) {
    SideChange out{before.latency.supportedQuantile(q), after.latency.supportedQuantile(q), {}};
    const auto ofBefore = quantileInterval(before.latency, q, countOf(before) / before.spread, kNormal95);
    const auto ofAfter = quantileInterval(after.latency, q, countOf(after) / after.spread, kNormal95);
    if (out.before && out.after && ofBefore && ofAfter) {
        out.difference95 = differenceInterval(*out.before, *ofBefore, *out.after, *ofAfter);
    }
    return out;
}

SideChange errorChange(const LatencySide& before, const LatencySide& after) {
    SideChange out{before.errorShare(), after.errorShare(), {}};
    if (out.before && out.after) {
        const auto wilson = [](const LatencySide& side) {
            return wilsonInterval(static_cast<double>(side.errors), countOf(side), kNormal95);
        };
        out.difference95 = differenceInterval(*out.before, wilson(before), *out.after, wilson(after));
    }
    return out;
}

} // namespace binnacle
