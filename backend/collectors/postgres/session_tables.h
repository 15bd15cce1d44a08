// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/postgres/cells.h"
#include "backend/sql/sql_text.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace binnacle::postgres {

/// Columns of the answer to Queries::sessions.
enum SessionColumn : std::size_t {
    Pid,
    BackendStart,
    XactStart,
    BackendType,
    User,
    Database,
    Application,
    Client,
    State,
    WaitClass,
    WaitEvent,
    SessionAge,
    XactAge,
    QueryAge,
    StateAge,
    XminAge,
    QueryId,
    QueryText,
    QueryStart,
    SessionCount,
};

/// A session that waits for a lock.
struct LockWait {
    int pid = 0;
    std::vector<int> blockers; ///< 0 stands for a prepared transaction
    std::string mode;          ///< empty: not known (yet)
    std::string kind;
    std::string relation;
    std::optional<double> waited; ///< seconds
};

/// The pids in `rows` that wait for a lock, those that run longest first, at most `limit`.
[[nodiscard]] std::vector<int> waitingPids(const std::vector<PgRow>& rows, std::size_t limit);

/// Remembers what each wait is for. Asking the server means reading all of its locks, which is dear where there are
/// many, and a wait does not change while it lasts: only waits that are not known yet are a reason to ask.
class LockWatch {
public:
    /// The waits of this pass: rows of Queries::sessions and of Queries::blockers.
    void update(const std::vector<PgRow>& sessions, const std::vector<PgRow>& blockers, SteadyTime now);
    /// Whether there is a wait that nothing is known about.
    [[nodiscard]] bool wantsDetails() const;
    /// Rows of Queries::lockDetails.
    void addDetails(const std::vector<PgRow>& rows, SteadyTime now);
    [[nodiscard]] std::vector<LockWait> waits(SteadyTime now) const;
    void clear() { m_waits.clear(); }

private:
    struct Known {
        LockWait wait;
        std::string identity; ///< another session, statement or kind of wait is another wait
        bool detailed = false;
        SteadyTime since; ///< as far as we know
    };
    std::map<int, Known> m_waits;
};

[[nodiscard]] TablePtr sessionsTable(const std::vector<PgRow>& rows, const std::vector<LockWait>& waits,
                                     SqlTextCache& texts, const ReadMoment& moment);
/// `omitted` waiting sessions were not looked at.
[[nodiscard]] TablePtr blockingTable(const std::vector<PgRow>& sessions, const std::vector<LockWait>& waits,
                                     std::uint64_t omitted, SqlTextCache& texts, const ReadMoment& moment);

} // namespace binnacle::postgres
