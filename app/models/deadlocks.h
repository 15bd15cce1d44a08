// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot_table.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace binnacle::app {

/// One session of a deadlock: an edge of its wait-for graph. Texts are plain, one line each, except the statement.
struct DeadlockSession {
    std::int64_t pid = 0;
    std::int64_t waitsFor = 0; ///< pid; 0: not told
    bool cancelled = false;
    QString user;
    QString application;
    QString route;    ///< that a comment in its statement tells; may be empty
    QString lock;     ///< "ShareLock"
    QString on;       ///< "transaction 771"
    QString relation; ///< may be empty
    QString statement;
};

struct Deadlock {
    QString report; ///< names it
    std::optional<UtcTime> at;
    QString kind; ///< "lock order", "foreign key", "index", "other", as the table tells
    std::vector<DeadlockSession> sessions;
};

/// Deadlocks of the table postgres.deadlock_reports, the newest first.
[[nodiscard]] std::vector<Deadlock> deadlocksOf(const SnapshotTable& reports);

/// The same statements that met more than once.
struct DeadlockPair {
    QString kind;
    QString first; ///< of the two that came up, in the order of their text
    QString second;
    QString relations;
    int count = 0;
    std::optional<UtcTime> last;
    std::array<int, 24> perHour{}; ///< the last one ends now
};
/// The most frequent first.
[[nodiscard]] std::vector<DeadlockPair> pairsOf(const std::vector<Deadlock>& deadlocks, UtcTime now);

/// What a deadlock of that kind is, and what ends it.
struct DeadlockAdvice {
    QString kind; ///< translated
    QString what;
    QString fix;
    QString sql; ///< a pattern to copy; empty where there is none
};
[[nodiscard]] DeadlockAdvice adviceFor(const Deadlock& deadlock);
[[nodiscard]] QString deadlockKindText(const QString& kind);

} // namespace binnacle::app
