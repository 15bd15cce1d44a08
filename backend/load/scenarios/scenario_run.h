// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/load/scenarios/scenario.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle::load {

/// How a scenario ended.
struct ScenarioReport {
    std::string name;
    double seconds = 0; ///< how long the fault was there
    bool interrupted = false;
};

struct ScenarioHooks {
    std::function<void(std::string_view sentence)> say; ///< "on for 20 s", "taken back"
    std::function<bool()> keepOn;                       ///< false: end it now
};

/// The stage of a stack: `stateDir` absent is the default one. Refused: no stack runs there. Conflict: it runs, but is
/// starting or stopping.
[[nodiscard]] Result<Stage> findStage(const std::optional<std::string>& stateDir, std::chrono::seconds lasts);

/// Plays it on the calling thread and takes it back, whatever happens in between. Conflict: it was refused and nothing
/// was done.
[[nodiscard]] Result<ScenarioReport> playScenario(const ScenarioEntry& entry, const Stage& stage,
                                                  const ScenarioHooks& hooks);

/// "20", "20s", "2m": 1 s to 10 min. Nothing when it is none of these.
[[nodiscard]] std::optional<std::chrono::seconds> parseSpan(std::string_view text);

} // namespace binnacle::load
