// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/postgres/cells.h"
#include "backend/sql/sql_text.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle::postgres {

/// One deadlock as the server's log tells it: the edges of the wait-for graph and the statements as they may be shown.
struct DeadlockReport {
    struct Session {
        int pid = 0;
        std::string mode; ///< "ShareLock"
        std::string on;   ///< "transaction 771"
        int blockedBy = 0;
        std::string statement;
        std::string route{}; ///< that a comment in the statement tells
    };
    std::string id;   ///< the same however often the entry is read
    std::string at;   ///< UTC, ISO 8601
    std::string kind; ///< "lock order", "foreign key", "index", "other"
    int cancelledPid = 0;
    std::string relation; ///< that the cancelled one was working on, where the log tells it
    std::string user;     ///< of the cancelled one
    std::string database;
    std::string application;
    std::vector<Session> sessions;
};

/// The report in a line of the JSON log; nothing when the line is no deadlock. In a server that logs in another
/// language than English the edges are not understood: the report then has the cancelled session alone.
[[nodiscard]] std::optional<DeadlockReport> parseDeadlockEntry(std::string_view line,
                                                               Literals literals = Literals::Replaced);

/// When an entry of the JSON log was written; nothing when the line is none, or tells its time in another zone than
/// UTC.
[[nodiscard]] std::optional<UtcTime> loggedAt(std::string_view line);

/// The last reports, in the order of their times.
class DeadlockReports {
public:
    static constexpr std::size_t kCap = 50;

    /// False when it is known already, or older than all of as many as are kept.
    bool add(DeadlockReport report);
    /// Tells of one that was found and not even read, because that many newer ones were.
    void leaveOut() { m_dropped += 2; } // sessions, and no deadlock has fewer
    [[nodiscard]] TablePtr table(const ReadMoment& moment) const;

private:
    std::deque<DeadlockReport> m_reports;
    std::uint64_t m_dropped = 0;
};

} // namespace binnacle::postgres
