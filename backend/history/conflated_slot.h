// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

namespace binnacle {

/// Hands the newest value from one thread to another: a value that was not taken in time is replaced. That is honest
/// for snapshots, because their counters and histograms are cumulative. Thread-safe; neither side ever waits for the
/// other's work.
template <typename T>
class ConflatedSlot {
public:
    void publish(T value) {
        std::optional<T> before(std::move(value));
        const std::lock_guard lock(m_mutex);
        m_value.swap(before); // what was not taken goes after the lock
        if (before) {
            ++m_replaced;
        }
    }
    /// The newest value since the last call, if there is one. One that is put down right then comes with the next call:
    /// a thread that lost its processor while it held the lock must not hold up the display.
    [[nodiscard]] std::optional<T> take() {
        const std::unique_lock lock(m_mutex, std::try_to_lock);
        return lock ? std::exchange(m_value, std::nullopt) : std::nullopt;
    }
    /// How many values were replaced before anybody took them.
    [[nodiscard]] std::uint64_t replaced() const {
        const std::lock_guard lock(m_mutex);
        return m_replaced;
    }

private:
    mutable std::mutex m_mutex;
    std::optional<T> m_value;
    std::uint64_t m_replaced = 0;
};

} // namespace binnacle
