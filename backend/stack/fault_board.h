// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace binnacle::stack {

/// What an instance was asked to do wrong, for rehearsals, and how long it goes on.
struct InstanceFault {
    int errorPercent = 0;
    std::chrono::milliseconds latency{0};
    std::chrono::milliseconds left{0};
};

/// A wish of the stack API.
struct FaultWish {
    InstanceFault fault; ///< `left` 0: none
    std::string text;    ///< {"fault":…} as the instance is told it
};

/// Reads the member `fault` of a request: {"error_percent":0..100,"latency_ms":0..5000,"for_s":1..600}, or null for
/// none. Invalid for anything else, also when it is missing.
[[nodiscard]] Result<FaultWish> parseFaultWish(std::string_view body);

/// What was set at the instances, as far as it still holds: each fault has an end, and a restart is free of it.
class FaultBoard {
public:
    using Time = std::chrono::steady_clock::time_point;

    void note(const std::string& instance, pid_t process, const InstanceFault& fault, Time now);
    /// Those that hold, by instance. `processOf` tells the process that serves under a name now.
    template <typename ProcessOf>
    [[nodiscard]] std::map<std::string, InstanceFault> current(Time now, const ProcessOf& processOf) const {
        std::map<std::string, InstanceFault> out;
        for (const auto& [instance, noted] : m_noted) {
            if (noted.until > now && processOf(instance) == noted.process) {
                out[instance] = noted.fault;
                out[instance].left = std::chrono::ceil<std::chrono::milliseconds>(noted.until - now);
            }
        }
        return out;
    }

private:
    struct Noted {
        InstanceFault fault;
        pid_t process = 0;
        Time until;
    };
    std::map<std::string, Noted> m_noted; ///< at most one for each of the nine names
};

} // namespace binnacle::stack
