// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/kept_values.h"
#include "backend/domain/snapshot.h"
#include "backend/history/conflated_slot.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace binnacle::app {

/// One conflated slot per source: collectors' threads put, the display takes at its own pace. What was put is let go
/// by the thread that puts the next. Thread-safe.
class UpdateMailbox {
public:
    void publish(SourceUpdate update) { slot(update.source).publish(std::move(update)); }

    /// What is new since the last call, at most one update per source. Waits for nobody: what a collector is putting
    /// down right then comes with the next call.
    [[nodiscard]] std::vector<SourceUpdate> takeAll() {
        std::vector<SourceUpdate> out;
        const std::unique_lock lock(m_mutex, std::try_to_lock);
        if (!lock) {
            return out;
        }
        for (auto& [source, slot] : m_slots) {
            if (auto update = slot->newest.take()) {
                out.push_back(std::move(*update));
            }
        }
        return out;
    }

private:
    struct Slot {
        ConflatedSlot<SourceUpdate> newest;
        std::mutex putting; ///< two collectors may read the same source; the display never takes it
        KeptValues kept;

        void publish(SourceUpdate update) {
            const std::lock_guard lock(putting);
            if (update.snapshot) {
                kept.add(update.snapshot);
                for (const auto& table : update.snapshot->tables) {
                    kept.add(table);
                }
            }
            newest.publish(std::move(update));
        }
    };
    Slot& slot(const std::string& source) {
        const std::lock_guard lock(m_mutex);
        auto& slot = m_slots[source];
        if (!slot) {
            slot = std::make_unique<Slot>();
        }
        return *slot;
    }
    std::mutex m_mutex;
    std::map<std::string, std::unique_ptr<Slot>> m_slots;
};

} // namespace binnacle::app
