// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/component.h"
#include "backend/stack/stack_setup.h"

namespace binnacle::stack {

/// How each component of a stack is run. The setup must outlive the plans.
[[nodiscard]] ComponentPlan primaryPlan(const StackSetup& setup);
[[nodiscard]] ComponentPlan replicaPlan(const StackSetup& setup, int number);
[[nodiscard]] ComponentPlan pgbouncerPlan(const StackSetup& setup);
[[nodiscard]] ComponentPlan redisPlan(const StackSetup& setup);
[[nodiscard]] ComponentPlan haproxyPlan(const StackSetup& setup);
[[nodiscard]] ComponentPlan instancePlan(const StackSetup& setup, const InstanceSpec& instance);
[[nodiscard]] ComponentPlan controlPlan(const StackSetup& setup);
[[nodiscard]] ComponentPlan recorderPlan(const StackSetup& setup);
[[nodiscard]] ComponentPlan demoTrafficPlan(const StackSetup& setup);

/// One-off programs of the first start. The primary is made in `primary.new`, a replica in `replica-N.new`: only
/// complete directories get their final name.
[[nodiscard]] ProgramSpec initdbProgram(const StackSetup& setup, const std::filesystem::path& passwordFile);
[[nodiscard]] ProgramSpec baseBackupProgram(const StackSetup& setup, int number);
[[nodiscard]] std::filesystem::path unfinished(const std::filesystem::path& dataDirectory);

} // namespace binnacle::stack
