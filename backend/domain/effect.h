// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace binnacle {

/// What one reading did when an action took effect: -60..0 s before it was observed against +30..+90 s after.
struct EffectRow {
    enum class Change { None, Fell, Rose, TooFew };

    std::string id;               ///< "p99", "requests", "errors", "database_time"
    std::string label;            ///< what it is of: "GET /v1/projects/{id}", or "all routes"
    std::string unit;             ///< as in Signal
    std::optional<double> before; ///< nothing: too few samples
    std::optional<double> after;
    /// The interval of the difference after - before that noise alone does not explain, where one can be given.
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
