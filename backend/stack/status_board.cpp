// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/status_board.h"

namespace binnacle::stack {

const char* toText(ComponentState state) {
    switch (state) {
    case ComponentState::Starting:
        return "starting";
    case ComponentState::Running:
        return "running";
    case ComponentState::Backoff:
        return "backoff";
    case ComponentState::Stopped:
        return "stopped";
    case ComponentState::Failed:
        return "failed";
    }
    return "failed";
}

void StatusBoard::update(const ComponentStatus& status) {
    {
        const std::scoped_lock lock(m_mutex);
        m_components[status.name] = status;
    }
    m_changed.notify_all();
}

void StatusBoard::remove(const std::string& name) {
    const std::scoped_lock lock(m_mutex);
    m_components.erase(name);
}

std::optional<ComponentStatus> StatusBoard::find(const std::string& name) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_components.find(name);
    return found == m_components.end() ? std::nullopt : std::optional(found->second);
}

std::vector<ComponentStatus> StatusBoard::all() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<ComponentStatus> components;
    components.reserve(m_components.size());
    for (const auto& [name, status] : m_components) {
        components.push_back(status);
    }
    return components;
}

Result<void> StatusBoard::waitUntilRunning(const std::string& name, Deadline deadline) const {
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (!m_ended.empty()) {
            return fail(ErrorCode::Closed, m_ended);
        }
        const auto found = m_components.find(name);
        const auto state = found == m_components.end() ? ComponentState::Starting : found->second.state;
        if (state == ComponentState::Running) {
            return {};
        }
        // Stopped: its start is asked for and will come.
        if (state == ComponentState::Failed || state == ComponentState::Backoff) {
            return fail(ErrorCode::Closed, found->second.message);
        }
        if (m_changed.wait_until(lock, deadline) == std::cv_status::timeout) {
            const auto last = found == m_components.end() ? std::string() : found->second.message;
            return fail(ErrorCode::Timeout, name + " does not answer" + (last.empty() ? "." : ": " + last));
        }
    }
}

void StatusBoard::endWaits(const std::string& reason) {
    {
        const std::scoped_lock lock(m_mutex);
        m_ended = reason;
    }
    m_changed.notify_all();
}

} // namespace binnacle::stack
