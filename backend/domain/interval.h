// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"

#include <cstdint>
#include <optional>
#include <span>

namespace binnacle {

/// How far from a measured value the true one may be. All intervals here are two-sided, with the normal quantile `z`
/// of the level wanted: 2.576 for 99 %.
struct Interval {
    double low = 0;
    double high = 0;
    friend bool operator==(const Interval&, const Interval&) = default;
};

inline constexpr double kNormal99 = 2.575829;

/// Of a rate's expected count, from the count seen. Byar's approximation of the exact Poisson interval (Breslow and
/// Day, Statistical Methods in Cancer Research II, 1987).
[[nodiscard]] Interval poissonInterval(double count, double z);
/// Of a probability, from `hits` in `trials` > 0 (Wilson 1927). It makes sense at 0 and at 1, too.
[[nodiscard]] Interval wilsonInterval(double hits, double trials, double z);
/// Of the q-quantile, between order statistics whose ranks the binomial law gives (Conover, Practical Nonparametric
/// Statistics, 3.2). `effectiveCount` is how many independent values those of the histogram are worth. Where the ranks
/// reach beyond the values seen, that end is open: 0 or infinity. Absent without values.
[[nodiscard]] std::optional<Interval> quantileInterval(const LatencyHistogram& values, double q, double effectiveCount,
                                                       double z);
/// Of the mean of independent values, at 99 % (Student). Absent with fewer than 4 of them.
[[nodiscard]] std::optional<Interval> meanInterval99(std::span<const double> values);

/// Of `after - before`, from the intervals of both (the method of variance estimates recovery: Zou and Donner,
/// Statistics in Medicine 27, 2008). It keeps the skew that each of them has.
[[nodiscard]] Interval differenceInterval(double before, const Interval& ofBefore, double after,
                                          const Interval& ofAfter);

/// How many times more the counts of equal spans vary than independent events would: Pearson's statistic by its
/// degrees of freedom (McCullagh and Nelder, Generalized Linear Models, 4.5), at least 1. Requests come in bursts, and
/// an interval that takes them for independent is too narrow by the root of this. `exposures` are the spans' lengths.
[[nodiscard]] double overdispersion(std::span<const double> counts, std::span<const double> exposures);
/// The same for hits among trials, span by span.
[[nodiscard]] double overdispersionOfShare(std::span<const double> hits, std::span<const double> trials);

} // namespace binnacle
