// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace binnacle::load {

struct ScenarioArguments {
    std::string name;
    std::string lasts = "20s";
    bool list = false;
    bool json = false;
    std::optional<std::string> stateDir;
};

/// `binnacle-load scenario`: plays one of them, or lists all. Returns the exit code: 0 done, 1 failed, 2 usage, 3
/// refused.
[[nodiscard]] int runScenario(const ScenarioArguments& arguments, const std::function<bool()>& keepOn);

} // namespace binnacle::load
