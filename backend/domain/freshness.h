// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot.h"

#include <chrono>
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
/// Time since the newest answer, or since the collector began to try when there was none.
[[nodiscard]] std::chrono::nanoseconds ageOf(const SourceUpdate& update, SteadyTime now);

/// "fresh", "late", "lost".
[[nodiscard]] std::string_view freshnessName(Freshness freshness);
/// "loading", "live", "late", "lost", "denied", "error".
[[nodiscard]] std::string_view sourceStateName(SourceState state);

} // namespace binnacle
