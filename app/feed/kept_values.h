// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace binnacle::app {

/// What one thread makes and shares with others, for as long as they use it, so that it is let go where it was made:
/// to free what another thread allocated can mean to wait for whoever holds that thread's pool of memory, and the
/// display waits for nobody. One thread at a time.
class KeptValues {
public:
    static constexpr std::size_t kMost = 512; ///< beyond, the oldest are left to whoever uses them

    /// Keeps `value`, and lets go what is used by nobody else any more.
    void add(std::shared_ptr<const void> value) {
        const auto unused = [](const auto& kept) { return kept.use_count() == 1; };
        while (std::erase_if(m_values, unused) > 0) { // with a snapshot, its tables are free
        }
        if (value == nullptr || std::ranges::find(m_values, value) != m_values.end()) {
            return;
        }
        if (m_values.size() >= kMost) {
            m_values.erase(m_values.begin());
        }
        m_values.push_back(std::move(value));
    }
    [[nodiscard]] std::size_t size() const { return m_values.size(); }

private:
    std::vector<std::shared_ptr<const void>> m_values;
};

} // namespace binnacle::app
