// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <string>
#include <vector>

namespace binnacle::stack {

/// One instance of the service that is wanted to run.
struct InstanceSpec {
    std::string name; ///< app-1 … app-9; also the name of its server in HAProxy
    std::string role; ///< stable, canary or baseline
    std::string version;

    friend bool operator==(const InstanceSpec&, const InstanceSpec&) = default;
};

/// HAProxy has a place for each of app-1 to app-9; those without an instance are disabled.
inline constexpr int instanceSlots = 9;

/// What a new stack runs: two stable instances and a canary.
[[nodiscard]] std::vector<InstanceSpec> defaultInstances();

/// instances.json, so that an instance added at run time is there again after a restart.
[[nodiscard]] Result<std::vector<InstanceSpec>> parseInstances(const std::string& text);
[[nodiscard]] std::string toJson(const std::vector<InstanceSpec>& instances);

[[nodiscard]] bool isInstanceRole(const std::string& role);

/// A version label is shown to people and sent in a header: 1 to 32 of letters, digits, `.`, `_`, `+` and `-`.
[[nodiscard]] bool isVersionLabel(const std::string& version);

/// The first name of app-1 … app-9 that no instance has, or empty.
[[nodiscard]] std::string freeInstanceName(const std::vector<InstanceSpec>& instances);

} // namespace binnacle::stack
