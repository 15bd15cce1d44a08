// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_connect.h"
#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <chrono>
#include <string>

namespace binnacle {

/// Whose plan is wanted, and where.
struct PlanWish {
    std::string conninfo;  ///< of the server, without a password
    std::string passfile;  ///< may be empty
    std::string database;  ///< that the statement runs in; empty: the connection's own
    std::string statement; ///< as pg_stat_statements tells it, with parameters ($1) for values
    Secret password = {};  ///< instead of the passfile's
};

/// The limits of one question, on the server's side; the deadline of readPlan() is ours.
inline constexpr std::chrono::milliseconds kPlanStatementTimeout{2000};
inline constexpr std::chrono::milliseconds kPlanLockTimeout{300};

/// The generic plan of a statement as indented lines of text: EXPLAIN, never ANALYZE, so that nothing of it runs, in a
/// read-only transaction on a connection that is made for it and closed. What is not exactly one SELECT, INSERT, UPDATE
/// or DELETE is Invalid and never sent. Denied names the grant that would bring it. Blocks up to the deadline.
[[nodiscard]] Result<std::string> readPlan(const PlanWish& wish, SteadyTime deadline);

} // namespace binnacle
