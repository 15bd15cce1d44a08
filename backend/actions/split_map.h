// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/actuator.h"

#include <filesystem>
#include <string>

namespace binnacle {

/// The load balancer's map of one value, the canary's share in basis points: the file that it reads when it starts, and
/// its admin socket for the running one. The file also carries the generation, as a comment.
class SplitMap {
public:
    virtual ~SplitMap() = default;
    /// What the file holds. A file without our comment has generation 0.
    [[nodiscard]] virtual Result<Generation> stored() = 0;
    /// Replaces the file as a whole, durably, with owner and mode of the old one.
    [[nodiscard]] virtual Result<void> store(const Generation& wanted) = 0;
    /// Basis points in the running load balancer. Refused when it does not run.
    [[nodiscard]] virtual Result<std::int64_t> live(SteadyTime deadline) = 0;
    [[nodiscard]] virtual Result<void> setLive(std::int64_t basisPoints, SteadyTime deadline) = 0;
};

struct SplitMapPaths {
    std::filesystem::path file;
    std::string mapName;     ///< as the configuration names it
    std::string adminSocket; ///< path of HAProxy's stats socket with level admin
};

class HaproxySplitMap final : public SplitMap {
public:
    explicit HaproxySplitMap(SplitMapPaths paths)
        : m_paths(std::move(paths)) {}

    [[nodiscard]] Result<Generation> stored() override;
    [[nodiscard]] Result<void> store(const Generation& wanted) override;
    [[nodiscard]] Result<std::int64_t> live(SteadyTime deadline) override;
    [[nodiscard]] Result<void> setLive(std::int64_t basisPoints, SteadyTime deadline) override;

private:
    SplitMapPaths m_paths;
};

/// Reads the content of a map file, and writes it.
[[nodiscard]] Result<Generation> parseSplitMap(std::string_view text);
[[nodiscard]] std::string splitMapText(const Generation& wanted);

/// The share as one target: on disk first, then in the running load balancer.
class ShareActuator final : public Actuator {
public:
    static constexpr std::chrono::milliseconds callLimit{1000};
    static constexpr std::chrono::milliseconds retryPause{50};

    explicit ShareActuator(SplitMap& map)
        : m_map(map) {}

    [[nodiscard]] Observation observe(std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<Observation> apply(const Generation& wanted, std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<void> healthy(std::chrono::milliseconds patience) override;
    [[nodiscard]] std::vector<std::string> targets() override { return {"haproxy"}; }

private:
    [[nodiscard]] TargetState look(const Generation& onDisk, SteadyTime deadline);
    SplitMap& m_map;
};

} // namespace binnacle
