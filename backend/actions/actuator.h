// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/action_catalogue.h"

#include <chrono>
#include <string>
#include <vector>

namespace binnacle {

/// A value with the generation that orders it. Whoever holds the higher generation is right.
struct Generation {
    std::int64_t generation = 0;
    std::int64_t value = 0;
    friend bool operator==(const Generation&, const Generation&) = default;
};

/// What one target (an instance, the load balancer) says of itself.
struct TargetState {
    std::string name;
    std::optional<Generation> held; ///< nothing: it did not answer
    std::string problem;            ///< why not
    bool running = true;            ///< false when nothing listens there, so that it serves nobody either
};

/// What all targets of a resource say.
struct Observation {
    std::vector<TargetState> targets;
    std::optional<Generation> stored; ///< what a file holds for targets that start later

    /// Those that have not got that generation, or a later one.
    [[nodiscard]] std::vector<const TargetState*> behind(std::int64_t generation) const;
    /// The highest generation that anybody holds; of equal ones the higher value.
    [[nodiscard]] std::optional<Generation> newest() const;
    /// Whether two targets hold different values under the highest generation: two writers were at work.
    [[nodiscard]] bool torn() const;
    [[nodiscard]] std::vector<std::string> names() const;
};

/// Brings a resource's desired value to where it acts, and looks whether it is there. Every call ends by its patience.
/// May be called from several threads.
class Actuator {
public:
    virtual ~Actuator() = default;
    /// Reads every target once.
    [[nodiscard]] virtual Observation observe(std::chrono::milliseconds patience) = 0;
    /// Sends the value to every target that holds an older generation, and returns when each has been seen to hold it
    /// (or a later one), or when the patience is over. Io when it could not be begun: then nothing was changed.
    [[nodiscard]] virtual Result<Observation> apply(const Generation& wanted, std::chrono::milliseconds patience) = 0;
    /// Whether the targets would bear a step back to normal. The error says what speaks against it.
    [[nodiscard]] virtual Result<void> healthy(std::chrono::milliseconds patience) = 0;
    /// The targets' names without asking them.
    [[nodiscard]] virtual std::vector<std::string> targets() = 0;
};

} // namespace binnacle
