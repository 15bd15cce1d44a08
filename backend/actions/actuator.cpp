// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/actuator.h"

namespace binnacle {

std::vector<const TargetState*> Observation::behind(std::int64_t generation) const {
    std::vector<const TargetState*> late;
    for (const auto& target : targets) {
        if (!target.held || target.held->generation < generation) {
            late.push_back(&target);
        }
    }
    return late;
}

std::optional<Generation> Observation::newest() const {
    std::optional<Generation> best = stored;
    for (const auto& target : targets) {
        if (target.held && (!best || target.held->generation > best->generation ||
                            (target.held->generation == best->generation && target.held->value > best->value))) {
            best = target.held;
        }
    }
    return best;
}

bool Observation::torn() const {
    const auto best = newest();
    for (const auto& target : targets) {
        if (best && target.held && target.held->generation == best->generation && target.held->value != best->value) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> Observation::names() const {
    std::vector<std::string> result;
    for (const auto& target : targets) {
        result.push_back(target.name);
    }
    return result;
}

} // namespace binnacle
