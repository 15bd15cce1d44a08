// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace binnacle {

/// Turns "how many bytes behind" into "how long behind": remembers when each position of the leader was first seen.
///
/// PostgreSQL's own lag columns are NULL on an idle or stalled standby and stand still while replay is paused, so the
/// time is told from this history, and the column only refines it within what the history allows.
class LagHistory {
public:
    /// Notes the leader's position, in bytes. A position that went backwards (another timeline) starts anew.
    void observe(SteadyTime at, std::uint64_t position);
    /// Seconds that a follower at `position` is behind the newest observation: 0 when it is level, else between the
    /// age of the first position that it has not reached and that of the last one that it has. `reported` is what the
    /// server says about it, if it says anything.
    [[nodiscard]] double secondsBehind(std::uint64_t position, std::optional<double> reported) const;

private:
    struct Span {
        SteadyTime first; ///< when the leader was first seen at this position
        SteadyTime last;  ///< … and last
        std::uint64_t position;
    };
    std::deque<Span> m_spans; // positions strictly growing
};

} // namespace binnacle
