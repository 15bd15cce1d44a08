// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <atomic>
#include <cstdint>
#include <filesystem>

namespace binnacle::service {

/// The applied degradation level: 0 normal, 1 reduced, 2 minimal, 3 emergency. Readable from any thread.
class Degradation {
public:
    /// Level and generation from the instance's state file; both 0 if there is none.
    /// Errors: Invalid (the file is not understood; the level stays 0), Io.
    [[nodiscard]] Result<void> load(const std::filesystem::path& stateFile);

    [[nodiscard]] int level() const { return m_level.load(std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t generation() const { return m_generation.load(std::memory_order_relaxed); }

    [[nodiscard]] bool servesAnalytics() const { return level() < 1; }
    [[nodiscard]] bool servesSuggestions() const { return level() < 2; }

private:
    std::atomic<int> m_level{0};
    std::atomic<std::int64_t> m_generation{0};
};

} // namespace binnacle::service
