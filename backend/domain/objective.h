// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace binnacle {

/// What a service promises: this share of its requests is answered neither with 5xx nor slower than that. What it may
/// miss of it over `window` is its error budget.
struct Objective {
    double goodShare = 0.999; ///< over 0, under 1
    std::chrono::milliseconds slowerThan{500};
    std::chrono::hours window{24}; ///< at most what a recorder keeps

    friend bool operator==(const Objective&, const Objective&) = default;
};

/// A pace at which somebody has to know: the budget is spent `rate` times as fast as it lasts, over a long window, and
/// over a short one, too, so that it is over soon after its cause is.
struct BurnLimit {
    double rate;
    std::chrono::seconds quick;
    std::chrono::seconds lasting;
};
inline constexpr BurnLimit kFastBurn{14.4, std::chrono::minutes(5), std::chrono::hours(1)}; ///< 2 % in an hour
inline constexpr BurnLimit kSlowBurn{6, std::chrono::minutes(30), std::chrono::hours(6)};   ///< 5 % in six hours

} // namespace binnacle
