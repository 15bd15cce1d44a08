// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <thread>

namespace binnacle::test {

/// Waits until `condition` holds, looking every 10 ms; the time it took, or nothing after `limit`.
template <typename Condition>
std::optional<std::chrono::milliseconds> waitFor(std::chrono::milliseconds limit, Condition condition) {
    const auto start = std::chrono::steady_clock::now();
    for (;;) {
        const bool held = condition();
        const auto took = std::chrono::steady_clock::now() - start;
        if (held) {
            return std::chrono::duration_cast<std::chrono::milliseconds>(took);
        }
        if (took > limit) {
            return std::nullopt;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

} // namespace binnacle::test
