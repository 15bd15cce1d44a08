// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/control_link.h"
#include "backend/domain/freshness.h"

#include <QObject>
#include <QString>

#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace binnacle::app {

/// What control says of itself, as last read: twice a second, on a thread of its own. GUI thread.
class ControlFeed : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kInterval{500};
    static constexpr std::size_t kMostEntries = 500;

    ControlFeed(std::shared_ptr<ControlLink> link, std::shared_ptr<const Clock> clock, QObject* parent = nullptr);
    ~ControlFeed() override;

    void start();
    void requestStop();
    /// False if the thread was still busy at `deadline`; its own deadlines end it.
    bool waitUntilEnded(SteadyTime deadline);
    /// Reads again at once: something was done.
    void hurry();
    /// Takes what is new. Call it at every step of the display.
    void tick();

    /// The newest that control said; empty before its first answer.
    [[nodiscard]] const ControlView& view() const { return *m_view; }
    [[nodiscard]] bool hasView() const { return m_hasView; }
    [[nodiscard]] const std::shared_ptr<const ControlView>& sharedView() const { return m_view; }
    /// What it said at `at`, a second or two exact, or nullptr when that is not kept.
    [[nodiscard]] std::shared_ptr<const ControlView> viewAt(SteadyTime at) const;
    [[nodiscard]] SourceState state() const { return m_state; }
    /// Of the newest answer.
    [[nodiscard]] std::chrono::nanoseconds age() const;
    /// Why there is no answer now; empty while it answers.
    [[nodiscard]] QString problem() const;
    /// The audits of control and of break-glass by time, the newest last; bounded.
    [[nodiscard]] const std::vector<AuditEntry>& entries() const { return *m_entries; }
    /// The comparisons of the last actions, the newest first.
    [[nodiscard]] const std::vector<Effect>& effects() const { return *m_effects; }
    /// Grows whenever entries() or effects() change.
    [[nodiscard]] int revision() const { return m_revision; }

    /// The comparison of one action, or nullptr.
    [[nodiscard]] const Effect* effectOf(const std::string& reference) const;
    /// The intent of that reference ("NUMBER" or "WRITER:NUMBER"), or nullptr.
    [[nodiscard]] const AuditEntry* intentOf(const std::string& reference) const;
    /// The outcome that belongs to an intent, or nullptr.
    [[nodiscard]] const AuditEntry* outcomeOf(const AuditEntry& intent) const;
    /// How an entry is referred to: its number alone in control's own chain.
    [[nodiscard]] std::string referenceOf(const AuditEntry& entry) const;

Q_SIGNALS:
    /// view(), state(), entries() or effects() changed.
    void changed();

private:
    struct Shared;
    void keep(SteadyTime at);

    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<const Clock> m_clock;
    SourceUpdate m_source;
    SourceState m_state = SourceState::Loading;
    std::shared_ptr<const ControlView> m_view;
    bool m_hasView = false;
    std::shared_ptr<const std::vector<AuditEntry>> m_entries;
    std::shared_ptr<const std::vector<Effect>> m_effects;
    int m_revision = 0;
    std::deque<std::pair<SteadyTime, std::shared_ptr<const ControlView>>> m_kept;
};

} // namespace binnacle::app
