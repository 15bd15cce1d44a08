// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <sys/types.h>

#include <string>
#include <vector>

namespace binnacle::stack {

/// The system account under which the stack's processes run when root starts it.
inline constexpr const char* serviceAccountName = "binnacle";

/// Under which identity the components run.
struct Account {
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups; ///< supplementary groups; read beforehand, since a child may not read files after fork
    std::string name;
    bool changesIdentity = false; ///< true when the launcher is root, so children must drop its rights
};

/// An ordinary user's own account; for root the account `binnacle`, which is created when it is missing (`created`
/// is set then, so that the caller says so).
[[nodiscard]] Result<Account> accountForChildren(bool& created);

/// Makes file accesses of the calling thread (and of threads that it starts later) those of the account. The
/// launcher stays root, but a symbolic link planted in the state directory leads nowhere that the account can't go.
[[nodiscard]] Result<void> accessFilesAs(const Account& account);

/// True when the account, as set by accessFilesAs, may execute that file.
[[nodiscard]] bool mayExecute(const std::string& program);

} // namespace binnacle::stack
