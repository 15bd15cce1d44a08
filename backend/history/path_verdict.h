// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/situation.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// What is wrong at a hop. Of two at one hop, or of equal concern at two hops, the later in this list is named.
enum class Trouble : std::uint8_t {
    None,
    Late,            ///< answers late
    Queue,           ///< requests wait in the load balancer
    OutOfRotation,   ///< gets no requests, though it answers
    PoolWait,        ///< requests wait for a slot of the instance's pool
    PoolFull,        ///< clients wait for a server of the pooler
    Errors,          ///< answers errors, as others do
    Slow,            ///< much slower than the others
    Flood,           ///< far more requests than usual
    HotKey,          ///< far more commands than usual, without more requests
    ReplayPaused,    ///< of a replica
    ReplayBehind,    ///< of a replica
    NotStreaming,    ///< of a replica
    LongTransaction, ///< a transaction has been open for long
    LockWaits,       ///< sessions wait for locks
    Deadlocks,       ///< in the last seconds
    ConnectionsFull, ///< of the primary
    OwnErrors,       ///< answers errors, and the others do not
    Silent,          ///< does not answer
    DiskFull,        ///< of the servers
};

/// The place of a hop in the path.
enum class HopRole : std::uint8_t { Proxy, Instance, Bouncer, Cache, Primary, Replica };

/// Limits beside those of PathLimits that turn a reading into trouble.
struct VerdictLimits {
    double transactionSeconds = 1.5; ///< on the primary: whoever is open longer holds up others
    double floodFactor = 2.2;        ///< requests against what is usual here
    double hotKeyFactor = 5;         ///< commands of the cache against what is usual here
    double diskBytesCaution = 64e6;
    double diskBytesCritical = 16e6; ///< a segment of WAL: below this PostgreSQL cannot go on
};

/// What is to be said of one hop.
struct HopVerdict {
    std::string name;   ///< as in PathReading
    std::string source; ///< whose snapshots tell about it
    HopRole role = HopRole::Proxy;
    Trouble trouble = Trouble::None;
    Concern concern = Concern::Normal;
    double amount = 0; ///< of the trouble: seconds, a share, a count, a factor, bytes
    std::string message;
    bool suffers = false; ///< its trouble follows from that of another hop
    SourceState state = SourceState::Loading;
};

/// The path's hops and the one to look at first.
struct PathVerdict {
    std::vector<HopVerdict> hops; ///< in the order of the path
    std::string worst;            ///< whose trouble explains the others', or is the gravest; empty: all is calm

    /// The hop with that name, or null.
    [[nodiscard]] const HopVerdict* hop(std::string_view name) const;
};

/// Tells the trouble of each hop and names the one to look at first. A hop that only suffers from another's trouble is
/// marked so and never named; the severity of what follows belongs to the cause. `store` is what `path` was read from.
[[nodiscard]] PathVerdict judgePath(const PathReading& path, const SignalStore& store, const PathLimits& limits = {},
                                    const VerdictLimits& more = {});

/// Whether trouble `cause` at one kind of hop explains `effect` at another.
[[nodiscard]] bool explains(HopRole causeAt, Trouble cause, HopRole effectAt, Trouble effect);

/// As situationOf(path, history), but what it says of the hop that the verdict names comes before all else.
[[nodiscard]] Situation situationOf(const PathReading& path, const PathHistory& history, const PathVerdict& verdict,
                                    const PathLimits& limits = {});

} // namespace binnacle
