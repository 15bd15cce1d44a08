// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/fault_board.h"
#include "backend/stack/stack_setup.h"
#include "backend/stack/status_board.h"
#include "backend/stack/usage_sampler.h"

#include <string>
#include <vector>

namespace binnacle::stack {

inline constexpr std::uint64_t diskQuotaBytes = 4'000'000'000;

/// Faults that instances were asked for and still have.
using FaultsByInstance = std::map<std::string, InstanceFault>;

/// What the supervisor says of itself.
struct SupervisorStatus {
    std::string state = "starting"; ///< starting, running, stopping
    std::string step;               ///< while starting: what goes on, in plain words
    pid_t pid = 0;
};

/// The document of `status --json` and GET /v1/status for a stack that has a supervisor. Components in the order of
/// the request path; those that do not exist are absent.
[[nodiscard]] std::string statusDocument(const StackSetup& setup, const SupervisorStatus& supervisor,
                                         const std::vector<ComponentStatus>& components, const UsageSample& usage,
                                         const FaultsByInstance& faults = {});

/// The document for a stack without a supervisor: stopped, or failed with the sentence of its last start.
[[nodiscard]] std::string stoppedDocument(const StackPaths& paths, const std::string& failure);

/// The list of instances of GET /v1/instances, and one of them.
[[nodiscard]] std::string instancesDocument(const StackSetup& setup, const FaultsByInstance& faults = {});
[[nodiscard]] std::string instanceDocument(const StackSetup& setup, const InstanceSpec& instance,
                                           const FaultsByInstance& faults = {});

[[nodiscard]] std::string errorDocument(const std::string& code, const std::string& message);

} // namespace binnacle::stack
