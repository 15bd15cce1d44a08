// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/socket_exchange.h"

#include <sys/types.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace binnacle::stack {

enum class ComponentState { Starting, Running, Backoff, Stopped, Failed };

[[nodiscard]] const char* toText(ComponentState state);

struct ComponentStatus {
    std::string name;
    std::string role;
    ComponentState state = ComponentState::Stopped;
    pid_t pid = 0;
    int restarts = 0;
    std::string message; ///< empty when there is nothing to say
};

/// What each component does now. Written by the loop's thread, read and waited for by any.
class StatusBoard {
public:
    void update(const ComponentStatus& status);
    void remove(const std::string& name);
    [[nodiscard]] std::optional<ComponentStatus> find(const std::string& name) const;

    [[nodiscard]] std::vector<ComponentStatus> all() const;

    /// Waits until a component runs. An error when it has failed, at the deadline, or when waiting is ended.
    [[nodiscard]] Result<void> waitUntilRunning(const std::string& name, Deadline deadline) const;

    /// Ends all waits, now and later, with an error that says `reason`.
    void endWaits(const std::string& reason);

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::map<std::string, ComponentStatus> m_components;
    std::string m_ended;
};

} // namespace binnacle::stack
