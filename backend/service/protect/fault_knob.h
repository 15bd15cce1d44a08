// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace binnacle::service {

/// Trouble that an instance makes on purpose, for rehearsals.
struct Fault {
    int errorPercent = 0;                 ///< of the requests of users, answered with 500
    std::chrono::milliseconds latency{0}; ///< added to each of them
    std::chrono::milliseconds left{0};    ///< until it ends by itself

    [[nodiscard]] bool active() const { return left.count() > 0; }
};

/// Limits of what may be asked for: a rehearsal is short, and an added wait stays within a request's deadline.
inline constexpr int kMostErrorPercent = 100;
inline constexpr std::chrono::milliseconds kMostFaultLatency{5000};
inline constexpr std::chrono::seconds kLongestFault{600};

/// The one fault of an instance. It always has an end, and lies in memory alone: a restart is free of it. Any thread.
class FaultKnob {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// From now on and for `wish.left`; replaces what was set before. Values beyond the limits are cut to them.
    void set(const Fault& wish, Time now) noexcept;
    void clear() noexcept { m_packed.store(0, std::memory_order_relaxed); }
    /// What is in effect; all zero when nothing is.
    [[nodiscard]] Fault at(Time now) const noexcept;

    /// A request was failed because of it.
    void countInjected() noexcept { m_injected.fetch_add(1, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t injected() const noexcept { return m_injected.load(std::memory_order_relaxed); }

private:
    /// Error share in 8 bits, latency in ms in 16, the end in ms since m_begin in 40: one word, so that no reader sees
    /// half of a change. 0: no fault.
    std::atomic<std::uint64_t> m_packed{0};
    std::atomic<std::uint64_t> m_injected{0};
    Time m_begin = std::chrono::steady_clock::now();
};

/// Reads {"fault":{"error_percent":0..100,"latency_ms":0..5000,"for_s":1..600}}; the first two may be missing, but not
/// both be 0. {"fault":null} asks for none: it is not active. Invalid for anything else.
[[nodiscard]] Result<Fault> parseFaultWish(std::string_view json);

} // namespace binnacle::service
