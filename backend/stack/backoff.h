// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace binnacle::stack {

/// How long to wait before a dead component is started again: 0.2 s, doubling to 10 s, and from the beginning again
/// once the component has been healthy for 30 s. Time is given by the caller, so tests own it.
class Backoff {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::milliseconds first{200};
    static constexpr std::chrono::milliseconds longest{10'000};
    static constexpr std::chrono::seconds healthyForReset{30};

    /// The component answered. Only the first answer after a death counts as the beginning of its health.
    void noteHealthy(TimePoint now);

    /// The component does not answer: its health begins anew with the next answer.
    void noteUnhealthy() { m_healthySince = {}; }

    /// The component died: how long to wait before the next start.
    [[nodiscard]] std::chrono::milliseconds noteDeath(TimePoint now);

private:
    std::chrono::milliseconds m_next = first;
    TimePoint m_healthySince{};
};

} // namespace binnacle::stack
