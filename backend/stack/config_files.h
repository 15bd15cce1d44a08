// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/stack_setup.h"

namespace binnacle::stack {

/// The texts of the components' configuration files. Pure functions of the setup.
[[nodiscard]] Result<std::string> primaryConfig(const StackSetup& setup);
[[nodiscard]] Result<std::string> replicaConfig(const StackSetup& setup, int number);
[[nodiscard]] Result<std::string> pgbouncerConfig(const StackSetup& setup);
[[nodiscard]] std::string pgbouncerUserList(const StackSetup& setup);
[[nodiscard]] Result<std::string> redisConfig(const StackSetup& setup);
[[nodiscard]] Result<std::string> redisUsers(const StackSetup& setup);
[[nodiscard]] Result<std::string> haproxyConfig(const StackSetup& setup);
[[nodiscard]] std::string instanceConfig(const StackSetup& setup, const InstanceSpec& instance);

/// What pgBouncer runs on each new server connection: the lines of prepare.sql without comments, joined. An error when
/// they are longer than what pgBouncer 1.18 can send there: it would drop the connection without a word.
[[nodiscard]] Result<std::string> connectQuery(const std::string& prepareSql);

/// Settings of the first start alone; absent later.
[[nodiscard]] std::filesystem::path firstStartFileOf(const StackPaths& paths);

/// Where the sync setting of the primary lies, and what it says.
[[nodiscard]] std::filesystem::path syncFileOf(const StackPaths& paths);
[[nodiscard]] std::string syncSetting(bool bothStream);

/// Writes all of them below the state directory, which must exist; files that are as wanted are left alone.
[[nodiscard]] Result<void> writeConfigFiles(const StackSetup& setup);
[[nodiscard]] Result<void> writeHaproxyConfig(const StackSetup& setup);
[[nodiscard]] Result<void> writeControlConfig(const StackSetup& setup);
[[nodiscard]] Result<void> writeInstanceConfig(const StackSetup& setup, const InstanceSpec& instance);

} // namespace binnacle::stack
