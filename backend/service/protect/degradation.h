// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/service/protect/features.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace binnacle::service {

/// The applied degradation level: 0 normal, 1 reduced, 2 minimal, 3 emergency. Readable from any thread.
class Degradation {
public:
    /// Level and generation from the instance's state file; both 0 if there is none.
    /// Errors: Invalid (the file is not understood; the level stays 0), Io.
    [[nodiscard]] Result<void> load(const std::filesystem::path& stateFile);

    /// What became of a wish for another level.
    enum class Applied : std::uint8_t {
        Kept,    ///< in effect, and in the state file
        Unkept,  ///< in effect, but the file could not be written: a restart forgets it until control says it again
        Outdated ///< not in effect: its generation is not above the one held
    };
    /// Sets the level if the generation is newer. One thread at a time. The file is written before the level is in
    /// effect; a full disk must not keep a service from being relieved.
    [[nodiscard]] Applied apply(int level, std::int64_t generation);

    [[nodiscard]] int level() const { return m_level.load(std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t generation() const { return m_generation.load(std::memory_order_relaxed); }

    [[nodiscard]] bool serves(Feature feature) const { return level() < featureEntry(feature).offFrom; }

private:
    std::filesystem::path m_stateFile;
    std::atomic<int> m_level{0};
    std::atomic<std::int64_t> m_generation{0};
};

/// A level and its generation as control sends them.
struct DegradationWish {
    int level = 0;
    std::int64_t generation = 0;
};

/// Reads {"degradation":{"level":0..3,"generation":1…}}; Invalid for anything else.
[[nodiscard]] Result<DegradationWish> parseDegradationWish(std::string_view json);

} // namespace binnacle::service
