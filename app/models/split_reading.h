// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/control_view.h"

#include <optional>

namespace binnacle::app {

/// How the users really fell to the cohorts, against the share that is wanted.
struct SplitReading {
    std::optional<double> usersSharePercent;    ///< of the canary
    std::optional<double> requestsSharePercent; ///< of the canary
    /// How far the share of users may be from the wanted one without anything being wrong, at 95 %: chance of a split
    /// by hash, and what the estimate of distinct users is off by.
    std::optional<double> marginPoints;
    std::optional<double> pointsOff; ///< share of users minus wanted
    /// Nothing while it can't be told.
    std::optional<bool> asWanted;
};

/// From this many users on, a share of them says something.
inline constexpr double kLeastUsers = 30;

[[nodiscard]] SplitReading readSplit(const CohortShares& shares, std::optional<double> wantedPercent);
[[nodiscard]] const CohortView* cohortOf(const CohortShares& shares, std::string_view role);

} // namespace binnacle::app
