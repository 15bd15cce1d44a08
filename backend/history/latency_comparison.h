// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/interval.h"
#include "backend/history/latency_log.h"

#include <optional>

namespace binnacle {

/// One of two sides that are compared: a cohort, a window, an instance.
struct LatencySide {
    LatencyHistogram latency;
    std::uint64_t errors = 0; ///< answers of class 5xx
    double spread = 1;        ///< how many times more its slow requests vary in time than chance would have them
    /// Absent without requests.
    [[nodiscard]] std::optional<double> errorShare() const;
    friend bool operator==(const LatencySide&, const LatencySide&) = default;
};

/// What `selector` takes of slots that begin within [from, to), as seen at `now`.
[[nodiscard]] LatencySide latencySide(const LatencyLog& log, const LatencySelector& selector, SteadyTime from,
                                      SteadyTime to, SteadyTime now);
/// Both together, as the others of one that is compared with them.
[[nodiscard]] LatencySide together(const LatencySide& a, const LatencySide& b);

/// One figure of both sides. Figures are absent with too few requests; the interval is of `after - before`, at 95 %,
/// wider where requests come in bursts, and absent where either figure is.
struct SideChange {
    std::optional<double> before;
    std::optional<double> after;
    std::optional<Interval> difference95;
    /// Chance alone would hardly make that difference.
    [[nodiscard]] bool measurable() const { return difference95 && (difference95->low > 0 || difference95->high < 0); }
};

/// The q-quantile in seconds, from the buckets of each side.
[[nodiscard]] SideChange quantileChange(const LatencySide& before, const LatencySide& after, double q);
/// The share of errors, 0..1.
[[nodiscard]] SideChange errorChange(const LatencySide& before, const LatencySide& after);

} // namespace binnacle
