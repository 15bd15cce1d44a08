// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace binnacle {

/// How far a shown value may be trusted to be of now.
enum class Freshness { Fresh, Late, Lost };

/// What a source is doing, in the words of its badge. Loading is only before the first answer; Denied and Error are
/// refusals and answers that are not understood: the connection works, the reading does not.
enum class SourceState { Loading, Live, Late, Lost, Denied, Error };

/// Age above which a value is late: two intervals; 1.5 s for intervals of one second; for slower ones two seconds
/// after the answer was due, because a stopped source must be badged within two seconds.
[[nodiscard]] std::chrono::milliseconds lateAfter(std::chrono::milliseconds interval);
/// Age above which a value is lost: ten intervals.
[[nodiscard]] std::chrono::milliseconds lostAfter(std::chrono::milliseconds interval);

/// Freshness of a source's values at `now`, never by a remote clock. A closed or refused connection is Lost at once,
/// a call that our own deadline ended is Late first.
[[nodiscard]] Freshness freshnessOf(const SourceUpdate& update, SteadyTime now);
[[nodiscard]] SourceState sourceStateOf(const SourceUpdate& update, SteadyTime now);
/// From the best that a source can be for whoever depends on it (0, live) to the worst: late, loading, denied, error,
/// lost.
[[nodiscard]] int badnessOf(SourceState state);
/// Time since the newest answer, or since the collector began to try when there was none.
[[nodiscard]] std::chrono::nanoseconds ageOf(const SourceUpdate& update, SteadyTime now);

/// State and age of a sum over several sources. It is the best of theirs, with the age of the oldest that is live, else
/// of the youngest in that state; late when one of them is late, because what that one said is still part of the sum.
class SumState {
public:
    void add(SourceState state, std::chrono::nanoseconds age);
    [[nodiscard]] SourceState state() const;
    [[nodiscard]] std::chrono::nanoseconds age() const;
    /// Whether a value may be shown at all: live or late.
    [[nodiscard]] bool shows() const;

private:
    std::optional<SourceState> m_best; ///< nothing: no source, which is loading
    std::chrono::nanoseconds m_age{};
    std::optional<std::chrono::nanoseconds> m_late; ///< the oldest late one
};

/// "fresh", "late", "lost".
[[nodiscard]] std::string_view freshnessName(Freshness freshness);
/// "loading", "live", "late", "lost", "denied", "error".
[[nodiscard]] std::string_view sourceStateName(SourceState state);

} // namespace binnacle
