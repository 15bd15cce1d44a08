// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/action_worker.h"

namespace binnacle::app {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr milliseconds kPreviewPatience{3000};
/// Longer than control takes to name stragglers, so that its answer is heard.
constexpr milliseconds kActPatience{10000};
/// The preview that is shown, and the one that is read meanwhile.
constexpr std::size_t kRoutesKept = 2;

/// Past control only level and share are there: of panic, what stops new users from meeting the canary.
ActionSubject pastControl(const ActionSubject& subject) {
    if (subject.action == "panic") {
        return {"set_canary_share", {{"percent", std::int64_t{0}}}, {}};
    }
    return subject;
}

} // namespace

void ActionWorker::preview(std::uint64_t ticket, std::uint64_t way, ActionSubject subject) {
    const std::lock_guard lock(mutex);
    std::erase_if(m_jobs, [](const Job& job) { return !job.request; });
    m_jobs.push_back({ticket, way, std::move(subject), std::nullopt});
    wake.notify_all();
}

void ActionWorker::apply(std::uint64_t ticket, std::uint64_t way, ActionSubject subject, ActionRequest request) {
    const std::lock_guard lock(mutex);
    std::erase_if(m_jobs, [](const Job& job) { return !job.request; });
    m_jobs.push_back({ticket, way, std::move(subject), std::move(request)});
    wake.notify_all();
}

bool ActionWorker::idle() {
    const std::lock_guard lock(mutex);
    return !m_busy && m_jobs.empty();
}

void ActionWorker::retire() {
    const std::lock_guard lock(mutex);
    std::erase_if(m_jobs, [](const Job& job) { return !job.request; });
    m_retiring = true;
    wake.notify_all();
}

bool ActionWorker::retired() {
    const std::lock_guard lock(mutex);
    return done && m_outcomes.empty();
}

std::vector<PreviewAnswer> ActionWorker::takePreviews() {
    const std::lock_guard lock(mutex);
    return std::exchange(m_previews, {});
}

std::vector<OutcomeAnswer> ActionWorker::takeOutcomes() {
    const std::lock_guard lock(mutex);
    return std::exchange(m_outcomes, {});
}

void ActionWorker::run() {
    std::unique_lock lock(mutex);
    for (;;) {
        wake.wait(lock, [this] { return stopping || m_retiring || !m_jobs.empty(); });
        // What was confirmed is still sent when the console ends; nobody looks at a preview any more.
        if (stopping) {
            std::erase_if(m_jobs, [](const Job& job) { return !job.request; });
        }
        if (m_jobs.empty()) {
            return;
        }
        std::optional<Job> job(std::move(m_jobs.front()));
        m_jobs.pop_front();
        m_busy = true;
        lock.unlock();
        if (job->request) {
            act(*job);
        } else {
            look(*std::move(job));
        }
        job.reset(); // here, while nobody waits for us
        lock.lock();
        m_busy = false;
    }
}

void ActionWorker::look(Job job) {
    PreviewAnswer answer{job.ticket, job.way, std::move(job.subject), ActionPreview{}, {}, {}};
    auto route = m_link->route();
    if (!route) {
        answer.preview = std::unexpected(route.error());
    } else {
        while (m_routes.size() >= kRoutesKept) {
            m_routes.erase(m_routes.begin());
        }
        const auto& taken = m_routes[job.way] = std::move(*route);
        answer.bypass = taken.bypass;
        if (!answer.bypass.empty()) {
            answer.subject = pastControl(answer.subject);
        }
        const auto& subject = answer.subject;
        ActionRequest request;
        request.action = subject.action;
        request.parameters = subject.parameters;
        answer.preview = subject.undoOf.empty() ? taken.gateway->preview(request, kPreviewPatience)
                                                : taken.gateway->previewUndo(subject.undoOf, kPreviewPatience);
    }
    answer.at = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex);
    m_previews.push_back(std::move(answer));
}

void ActionWorker::act(const Job& job) {
    OutcomeAnswer answer{job.ticket, fail(ErrorCode::Conflict, "Nothing was done: look at the preview again.")};
    if (const auto route = m_routes.find(job.way); route != m_routes.end()) {
        auto& gateway = *route->second.gateway;
        answer.outcome = job.subject.undoOf.empty() ? gateway.apply(*job.request, kActPatience)
                                                    : gateway.undo(job.subject.undoOf, *job.request, kActPatience);
    }
    const std::lock_guard lock(mutex);
    m_outcomes.push_back(std::move(answer));
}

} // namespace binnacle::app
