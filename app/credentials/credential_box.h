// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/profile_secrets.h"

#include <map>
#include <mutex>
#include <string>

namespace binnacle::app {

/// The secrets of the profile that is shown, as they become known: the GUI thread puts them in, the threads that read
/// take copies. Thread-safe.
class CredentialBox {
public:
    void put(const std::string& id, Secret secret) {
        const std::lock_guard lock(m_mutex);
        auto& known = m_known[id];
        if (known.secret.empty() || known.secret.view() != secret.view()) {
            known = {std::move(secret), {}, ++m_revision};
        }
    }
    /// There is none, and why. One that is there already stays.
    void miss(const std::string& id, std::string why) {
        const std::lock_guard lock(m_mutex);
        if (auto& known = m_known[id]; known.secret.empty()) {
            known.why = std::move(why);
            known.revision = ++m_revision;
        }
    }
    [[nodiscard]] SuppliedSecret lookup(const std::string& id, const std::string& unasked) const {
        const std::lock_guard lock(m_mutex);
        const auto it = m_known.find(id);
        return it != m_known.end() ? it->second : SuppliedSecret{{}, unasked, 0};
    }
    /// Grows with each change.
    [[nodiscard]] unsigned revision() const {
        const std::lock_guard lock(m_mutex);
        return m_revision;
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, SuppliedSecret> m_known;
    unsigned m_revision = 0;
};

} // namespace binnacle::app
