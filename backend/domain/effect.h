// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace binnacle {

/// What one reading did when an action took effect: -60..0 s before it was observed, or, of one that takes
/// its time, before it began, against +30..+90 s after it was observed.
struct EffectRow {
    /// TooFew: too few requests, or too unsteady ones, to tell.
    enum class Change { None, Fell, Rose, TooFew };

    /// "p50", "p95", "p99", "requests", "errors", "database_time", "fallback"; "canary.p99" and the like compare the
    /// canary (after) with stable (before) in the time after the action.
    std::string id;
    std::string label;            ///< what it is of: "GET /v1/projects/{id}", or "all routes"
    std::string unit;             ///< "s", "1/s", "1" (a share), "s/s": see formatMeasure()
    std::optional<double> before; ///< nothing: too few samples
    std::optional<double> after;
    /// The 99 % interval of the difference after - before, noise included; an end that is absent is open.
    std::optional<double> low;
    std::optional<double> high;
    std::int64_t countBefore = 0; ///< requests that the value was worked out from
    std::int64_t countAfter = 0;
    Change change = Change::None;
    bool lowerIsBetter = true;
    friend bool operator==(const EffectRow&, const EffectRow&) = default;
};

/// The comparison that stands beside an action once 90 s have gone by.
struct Effect {
    enum class State {
        Pending, ///< readyAt is to come
        Ready,
        Missing ///< it can't be told; summary says why
    };

    std::string reference; ///< of the intent
    State state = State::Pending;
    UtcTime observedAt; ///< when the action was seen in effect
    UtcTime readyAt;
    std::vector<EffectRow> rows;
    std::vector<Forecast> forecast; ///< what the preview had expected, to stand beside what was measured
    std::string summary;            ///< one sentence: "p99 fell from 1.24 s to 486 ms.", "No measurable change."
    friend bool operator==(const Effect&, const Effect&) = default;
};

} // namespace binnacle
