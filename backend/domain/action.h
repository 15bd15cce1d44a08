// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace binnacle {

/// One value of an action: a parameter, or a part of the state before and after. Numbers stay numbers, because scripts
/// compare them.
using Value = std::variant<std::int64_t, double, std::string>;
using Values = std::map<std::string, Value, std::less<>>;

/// As people and URLs write it: "2", "2.5", "app-1". The shortest text that reads back as the same number.
[[nodiscard]] std::string valueText(const Value& value);
/// The whole number under that name, if it is one.
[[nodiscard]] std::optional<std::int64_t> integerOf(const Values& values, std::string_view name);
/// The number under that name, whole or not.
[[nodiscard]] std::optional<double> numberOf(const Values& values, std::string_view name);
/// The text under that name, or an empty one.
[[nodiscard]] std::string textOf(const Values& values, std::string_view name);

enum class Risk { Low, Medium, High };
enum class Reversibility {
    Undo,     ///< the state before can be set again
    Forward,  ///< can't be taken back, but its effect ends by itself
    Permanent ///< neither
};

[[nodiscard]] std::string_view riskName(Risk risk);
[[nodiscard]] std::string_view reversibilityName(Reversibility reversibility);

struct ParameterSpec {
    std::string name;
    std::string values; ///< what may stand there, for people: "0..3"
    std::string text;
    bool required = true;
};

/// What an action is, apart from any use of it.
struct ActionSpec {
    std::string id;
    std::string title;
    Risk risk = Risk::Low;
    Reversibility reversibility = Reversibility::Undo;
    std::vector<ParameterSpec> parameters;
};

/// What an operator asks for. `requestId` names the wish, so that asking twice does it once.
struct ActionRequest {
    std::string action;
    Values parameters;
    std::string reason;
    std::string requestId;
    std::string fingerprint; ///< of the preview that the operator saw
    std::string typed;       ///< the word typed to confirm, where the preview asks for one
};

/// One figure that an action is expected to change, worked out from what was measured just before.
struct Forecast {
    std::string id;    ///< "requests", "database_time", "users", "critical_dropped"
    std::string title; ///< "Database time"
    std::string unit;  ///< as in Signal: "1/s", "s/s", "users"
    double now = 0;
    double then = 0; ///< with the action in effect
    friend bool operator==(const Forecast&, const Forecast&) = default;
};

/// What an action would do, as of now. It holds for that state alone: the fingerprint changes with it.
struct ActionPreview {
    std::string action;
    std::string title;
    std::string target;      ///< what is acted on, in plain words
    std::string environment; ///< which stack or profile
    Risk risk = Risk::Low;
    Reversibility reversibility = Reversibility::Undo;
    Values parameters;
    Values before;
    Values after;
    std::vector<std::string> affected; ///< instances and servers by name
    std::vector<std::string> warnings;
    std::string typeToConfirm; ///< empty, or the word to type
    std::string roleNeeded;
    std::string fingerprint;
    UtcTime validUntil;
    std::string reverses; ///< empty, or the reference of what it would undo
    std::vector<Forecast> forecast;
    Values details;            ///< more to know before: the exact statement, its lock, how much it touches
    std::string forecastBasis; ///< what it was worked out from ("5 min of 3 instances"), or why there is none
};

enum class Verdict {
    Applied, ///< done, and seen in effect
    Refused, ///< a guard said no; nothing was done
    Failed,  ///< tried and not in effect
    InDoubt  ///< asked for, not (yet) seen in effect everywhere
};

[[nodiscard]] std::string_view verdictName(Verdict verdict);
[[nodiscard]] std::optional<Verdict> verdictFromName(std::string_view name);
/// 0 done, 1 failed, 3 refused by a guard, 4 in doubt: what programs exit with.
[[nodiscard]] int exitCodeOf(Verdict verdict);

/// How an action is taken back: the action that leads to the state before, good while the generation is still this.
struct Reversal {
    std::string action;
    Values parameters;
    std::int64_t generation = 0;
    friend bool operator==(const Reversal&, const Reversal&) = default;
};

struct ActionOutcome {
    Verdict verdict = Verdict::Failed;
    std::string writerId;
    std::int64_t number = 0; ///< of the intent in the writer's chain; 0 when there is none
    std::string requestId;
    Values before;
    Values after;
    Values observedAfter;
    std::vector<std::string> stragglers; ///< names of those not seen in effect
    std::optional<UtcTime> leaseUntil;
    std::optional<Reversal> reversal;
    std::string message;
};

/// UTC with milliseconds: "2026-11-21T22:43:54.123Z".
[[nodiscard]] std::string isoTime(UtcTime time);
[[nodiscard]] std::optional<UtcTime> parseIsoTime(std::string_view text);
/// The same instant in whole milliseconds, as it can be written and read back.
[[nodiscard]] UtcTime wholeMilliseconds(UtcTime time);

} // namespace binnacle
