// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/request_path.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Caution: look soon. Critical: users are hurt, or will be at once.
enum class AlertSeverity : std::uint8_t { Caution, Critical };

/// How a rule's values and limits are written. State: it is so, or it is not (1 or 0).
enum class AlertUnit : std::uint8_t { State, Count, Seconds, Share, Factor, Bytes };

/// How fast the error budget burns, 1 being the pace at which it lasts exactly; absent while it cannot be told.
struct BurnRates {
    std::optional<double> fiveMinutes, oneHour;    ///< the windows of kFastBurn
    std::optional<double> thirtyMinutes, sixHours; ///< and of kSlowBurn
};

/// What the rules look at, all of one moment.
struct AlertInputs {
    const PathReading& path;
    BurnRates burn{};
    /// The usual hit ratio, 0..1: its median over the last quarter of an hour.
    std::optional<double> usualHitRatio{};
    /// What `path` was read from, where it is still at hand.
    const SignalStore* store = nullptr;
};

/// What a rule found about one subject. Without a value it is not known now, which neither raises nor clears.
struct AlertMeasure {
    std::string subject; ///< a source or a hop, as displayName() takes it; empty: the whole path
    std::string source;  ///< whose word it is
    std::optional<double> value;
};

/// Two limits, and how long each must hold: what is at or above `raise` for so long is raised, and what was at or below
/// `clear` for so long is cleared. In between nothing changes.
struct AlertLimits {
    double raise = 0;
    std::chrono::seconds raiseFor{};
    double clear = 0;
    std::chrono::seconds clearFor{};
    std::optional<double> critical{}; ///< at or above this for as long, a caution becomes critical
    bool falling = false;             ///< little is the trouble: each "above" is a "below", and the other way round

    [[nodiscard]] constexpr bool isBeyond(double value) const { return reaches(value, raise); }
    [[nodiscard]] constexpr bool isCritical(double value) const { return critical && reaches(value, *critical); }
    [[nodiscard]] constexpr bool isCalm(double value) const { return falling ? value >= clear : value <= clear; }
    [[nodiscard]] constexpr bool reaches(double value, double limit) const {
        return falling ? value <= limit : value >= limit;
    }
};

/// What is watched: one entry in alert_rules.cpp.
struct AlertRule {
    std::string_view id;   ///< lasting: silences are kept under it
    std::string_view name; ///< "Replica behind": the subject stands beside it
    std::string_view text; ///< what it means, in a sentence
    AlertSeverity severity = AlertSeverity::Caution;
    AlertUnit unit = AlertUnit::Count;
    AlertLimits limits;
    std::string_view page; ///< where to look at it
    void (*measure)(const AlertInputs& inputs, std::vector<AlertMeasure>& out);
    std::string_view state{}; ///< of AlertUnit::State: what is so while it holds ("no answer")
};

/// All rules, in the order of the request path.
[[nodiscard]] std::span<const AlertRule> alertRules();
/// The rule with that id, or null.
[[nodiscard]] const AlertRule* findAlertRule(std::string_view id);

} // namespace binnacle
