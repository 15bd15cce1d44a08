// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/plan_asker.h"

#include <mutex>
#include <thread>
#include <utility>

namespace binnacle::app {

namespace {
constexpr std::chrono::seconds kDeadline{4}; ///< more than the server's own limits
}

// The thread holds a share of this and of nothing else: it may outlive the page by its deadline.
struct PlanAsker::Shared {
    std::shared_ptr<PlanSource> source;
    std::mutex mutex;
    std::optional<Result<std::string>> answer;
};

PlanAsker::PlanAsker(std::shared_ptr<PlanSource> source, QObject* parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>()) {
    m_shared->source = std::move(source);
}

PlanAsker::~PlanAsker() = default;

bool PlanAsker::canAsk() const {
    return m_shared->source != nullptr;
}

void PlanAsker::ask(PlanQuestion question) {
    if (!canAsk()) {
        return;
    }
    m_question = std::move(question);
    m_answer.reset();
    if (!m_asked) {
        start();
    }
    Q_EMIT changed();
}

void PlanAsker::start() {
    m_asked = m_question;
    std::thread([shared = m_shared, question = *m_asked] {
        auto answer = shared->source->plan(question, std::chrono::steady_clock::now() + kDeadline);
        const std::lock_guard lock(shared->mutex);
        shared->answer = std::move(answer);
    }).detach();
}

void PlanAsker::tick() {
    std::optional<Result<std::string>> answer;
    {
        const std::lock_guard lock(m_shared->mutex);
        answer = std::exchange(m_shared->answer, std::nullopt);
    }
    if (!answer) {
        return;
    }
    const bool stillWanted = std::exchange(m_asked, std::nullopt) == m_question;
    if (!stillWanted) {
        start();
        return;
    }
    m_answer = std::move(answer);
    Q_EMIT changed();
}

} // namespace binnacle::app
