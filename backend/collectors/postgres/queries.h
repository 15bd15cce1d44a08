// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/postgres/capabilities.h"

#include <string>

namespace binnacle::postgres {

/// Rows that a table has at most; how many a server has beyond that is told.
inline constexpr int kSessionLimit = 300;
inline constexpr int kWaiterLimit = 100; ///< sessions whose blockers are asked for, the longest waiting first
inline constexpr int kStatementReadLimit = 5000;
inline constexpr int kStatementLimit = 200;
inline constexpr int kRelationLimit = 200;

/// The statements for one server. Each catalogue column is named with the alias of its relation, so that a test can
/// hold them against the recorded catalogues of each version. Empty: that version or role has no such thing.
struct Queries {
    std::string pass;        ///< (metric, key, a, b, c)
    std::string sessions;    ///< the busiest first, the last column is how many there are
    std::string blockers;    ///< of the sessions in $1::int[]: (pid, pids that block it)
    std::string lockDetails; ///< (pid, mode, kind, relation, waited s)
    std::string standbys;
    std::string slots;
    std::string progress;
    std::string statements;     ///< counters alone
    std::string statementTexts; ///< of the ids in $1::bigint[]: (id, text)
    std::string tables;         ///< takes a lock on each table shown, as asking for its size does
    std::string tablesByPages;  ///< the same with the sizes of the last vacuum or analyze, without a lock
    std::string indexes;        ///< likewise
    std::string indexesByPages;
    std::string databases;
    std::string logSize;         ///< (file, bytes) of the JSON log
    std::string deadlockEntries; ///< entries 40P01 in $3 bytes of file $1 from byte $2
};

[[nodiscard]] Queries queriesFor(const Capabilities& server);

} // namespace binnacle::postgres
