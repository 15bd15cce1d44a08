// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/control_link.h"
#include "app/feed/worker_state.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace binnacle::app {

/// What one dialog is about: an action with its parameters, the undo of an earlier one, or panic.
struct ActionSubject {
    std::string action;
    Values parameters;
    std::string undoOf; ///< reference; empty: it is no undo
    friend bool operator==(const ActionSubject&, const ActionSubject&) = default;
};

/// A preview, and what it is a preview of: past control, panic is the half that can be done there.
struct PreviewAnswer {
    std::uint64_t ticket = 0;
    std::uint64_t way = 0; ///< of the question that it answers
    ActionSubject subject;
    Result<ActionPreview> preview;
    std::string bypass; ///< why control is passed by; empty: it was asked
    SteadyTime at;
};

struct OutcomeAnswer {
    std::uint64_t ticket = 0;
    Result<ActionOutcome> outcome;
};

/// Asks for previews and acts, one after the other on a thread of its own. A ticket stands for one dialog, a way for
/// one question of it: what is applied goes the way that the preview came which the operator saw, even where a later
/// reading has found another. Any thread may call; answers are taken.
class ActionWorker : public WorkerState {
public:
    explicit ActionWorker(std::shared_ptr<ControlLink> link)
        : m_link(std::move(link)) {}

    void run();
    /// Replaces every preview that still waits to be asked: only the newest dialog wants one. `way` is used once.
    void preview(std::uint64_t ticket, std::uint64_t way, ActionSubject subject);
    /// `way` is that of one of the last two previews; with an older one the outcome is Conflict.
    void apply(std::uint64_t ticket, std::uint64_t way, ActionSubject subject, ActionRequest request);
    /// Nothing waits, and nothing is under way.
    [[nodiscard]] bool idle();
    /// Previews are given up; the acts that were confirmed are still done, and then the thread ends.
    void retire();
    [[nodiscard]] bool retired();
    [[nodiscard]] std::vector<PreviewAnswer> takePreviews();
    [[nodiscard]] std::vector<OutcomeAnswer> takeOutcomes();

private:
    struct Job {
        std::uint64_t ticket = 0;
        std::uint64_t way = 0;
        ActionSubject subject;
        std::optional<ActionRequest> request; ///< nothing: a preview
    };
    void look(Job job);
    void act(const Job& job);

    std::shared_ptr<ControlLink> m_link;
    std::deque<Job> m_jobs;
    bool m_busy = false;
    bool m_retiring = false;
    std::vector<PreviewAnswer> m_previews;
    std::vector<OutcomeAnswer> m_outcomes;
    // Of the thread alone.
    std::map<std::uint64_t, ActingRoute> m_routes; ///< by way: the one that is shown, and the one just asked
};

} // namespace binnacle::app
