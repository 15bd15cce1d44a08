// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/split_reading.h"

#include "backend/domain/distinct_sketch.h"

#include <algorithm>
#include <cmath>

namespace binnacle::app {

namespace {
constexpr double kNormal95 = 1.959964; ///< normal quantile of a two-sided 95 % interval
} // namespace

const CohortView* cohortOf(const CohortShares& shares, std::string_view role) {
    const auto found = std::ranges::find(shares.cohorts, role, &CohortView::role);
    return found == shares.cohorts.end() ? nullptr : &*found;
}

SplitReading readSplit(const CohortShares& shares, std::optional<double> wantedPercent) {
    SplitReading out;
    out.usersSharePercent = shares.usersSharePercent;
    out.requestsSharePercent = shares.requestsSharePercent;
    if (!shares.users || *shares.users < kLeastUsers || !wantedPercent || !shares.usersSharePercent) {
        return out;
    }
    const double wanted = *wantedPercent / 100;
    // Which side a user falls to is settled by a hash, hence a draw of its own for each of them.
    const double chance = std::sqrt(wanted * (1 - wanted) / *shares.users);
    // c / (c + s), both estimated apart: the relative errors of two sketches, weighed by the other side.
    const double seen = std::clamp(*shares.usersSharePercent / 100, 0.0, 1.0);
    const double estimate = seen * (1 - seen) * std::sqrt(2.0) * DistinctSketch::kStandardError;
    out.marginPoints = 100 * kNormal95 * std::hypot(chance, estimate);
    out.pointsOff = *shares.usersSharePercent - *wantedPercent;
    out.asWanted = std::abs(*out.pointsOff) <= *out.marginPoints + 1e-9;
    return out;
}

} // namespace binnacle::app
