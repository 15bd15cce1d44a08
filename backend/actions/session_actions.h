// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/action_catalogue.h"

#include <chrono>

namespace binnacle {

/// A pool that stays paused is an outage: control resumes it by itself.
inline constexpr std::chrono::seconds usualPause{60};
inline constexpr std::chrono::seconds longestPause{600};
inline constexpr std::int64_t largestPool = 1000;

/// The acts on what runs now: sessions, cached values, instances in rotation, pools. Only the form is checked here;
/// what the names stand for, and whether it may be done, is control's to know. Invalid with a sentence that says what
/// to write instead.
[[nodiscard]] Result<PlannedChange> planCancelQuery(const Values& parameters);
[[nodiscard]] Result<PlannedChange> planTerminateSession(const Values& parameters);
[[nodiscard]] Result<PlannedChange> planInvalidateCache(const Values& parameters);
[[nodiscard]] Result<PlannedChange> planDrainInstance(const Values& parameters);
[[nodiscard]] Result<PlannedChange> planReadyInstance(const Values& parameters);
[[nodiscard]] Result<PlannedChange> planPausePool(const Values& parameters);
[[nodiscard]] Result<PlannedChange> planResumePool(const Values& parameters);
[[nodiscard]] Result<PlannedChange> planResizePool(const Values& parameters);

} // namespace binnacle
