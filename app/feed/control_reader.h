// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/control_link.h"
#include "app/feed/kept_values.h"
#include "app/feed/worker_state.h"
#include "backend/domain/snapshot.h"
#include "backend/history/conflated_slot.h"

#include <map>

namespace binnacle::app {

/// One pass over control: how it went, and everything that is known after it.
struct ControlReading {
    SourceUpdate source; ///< its snapshot has a header alone
    std::shared_ptr<const ControlView> view;
    std::shared_ptr<const std::vector<AuditEntry>> entries;
    std::shared_ptr<const std::vector<Effect>> effects;
};

/// Reads control twice a second: its state, the audit behind what is known already, and the comparisons while one may
/// have changed. With control away it reads the journals of break-glass. Runs on a thread of its own.
class ControlReader : public WorkerState {
public:
    explicit ControlReader(std::shared_ptr<ControlLink> link);

    void run();
    /// Reads at once. Any thread.
    void hurry();
    /// What is new since the last call. Any thread.
    [[nodiscard]] std::optional<ControlReading> take() { return m_slot.take(); }

private:
    void pass();
    void readAudit(const ControlView& view);
    void readEffects(bool moved);
    void add(std::vector<AuditEntry> entries);
    [[nodiscard]] bool ending();

    std::shared_ptr<ControlLink> m_link;
    ConflatedSlot<ControlReading> m_slot;
    KeptValues m_kept;
    ControlReading m_reading;
    bool m_hurried = false;
    std::uint64_t m_sequence = 0;
    std::string m_writer;                         ///< whose chain m_lastNumber counts
    std::optional<std::int64_t> m_lastNumber;     ///< of control's own chain
    std::map<std::string, std::int64_t> m_behind; ///< writer to its number that is known
    bool m_effectsDue = true;
    SteadyTime m_nextEffects{};
};

} // namespace binnacle::app
