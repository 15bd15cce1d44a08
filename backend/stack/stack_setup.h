// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/account.h"
#include "backend/stack/credentials.h"
#include "backend/stack/instance_list.h"
#include "backend/stack/port_plan.h"
#include "backend/stack/programs.h"
#include "backend/stack/stack_paths.h"

#include <map>
#include <string>
#include <vector>

namespace binnacle::stack {

/// Everything about one stack that is decided before its first process starts.
struct StackSetup {
    StackPaths paths;
    Account account;
    uid_t launcherUid = 0;
    Programs programs;
    Credentials credentials;
    PortPlan ports;
    std::vector<InstanceSpec> instances;
    std::map<std::string, std::string> templates; ///< file name of resources/stack -> text
    std::string schemaSql;
    std::string seedSql;
    std::map<std::string, std::string> migrations; ///< file name -> text
    std::string prepareSql; ///< what each new server connection of pgBouncer runs
    unsigned cores = 1;

    /// A libpq connection string for a Unix socket of the stack, without a password.
    [[nodiscard]] std::string conninfo(int socketPort, const std::string& database, const std::string& role) const;
    /// The same with the role's password; for connections of the supervisor, never shown.
    [[nodiscard]] std::string conninfoWithPassword(int socketPort, const std::string& database,
                                                   const std::string& role) const;
    [[nodiscard]] unsigned portSeed() const;
};

/// Purposes in the port plan.
[[nodiscard]] inline std::string publicPortOf(const std::string& instance) {
    return instance;
}
[[nodiscard]] inline std::string metricsPortOf(const std::string& instance) {
    return instance + ".metrics";
}

/// Reads the templates and SQL files. Done with the launcher's own rights: the account may not see a build tree.
[[nodiscard]] Result<void> loadResources(StackSetup& setup);

} // namespace binnacle::stack
