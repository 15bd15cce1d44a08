// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/background_jobs.h"

#include <csignal>
#include <deque>
#include <mutex>
#include <thread>

namespace binnacle::app {

struct BackgroundJobs::Shared {
    std::mutex mutex;
    std::unique_ptr<QObject> receiver = std::make_unique<QObject>(); ///< null at the end; results go through its queue
    std::deque<Work> waiting;
    int running = 0;
    int most = 1;
    unsigned generation = 0; ///< results of older ones are dropped

    static void run(const std::shared_ptr<Shared>& shared) {
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        std::unique_lock lock(shared->mutex);
        while (!shared->waiting.empty() && shared->receiver) {
            const auto work = std::move(shared->waiting.front());
            shared->waiting.pop_front();
            const auto generation = shared->generation;
            lock.unlock();
            auto then = work();
            lock.lock();
            if (shared->receiver && generation == shared->generation && then) {
                QMetaObject::invokeMethod(
                    shared->receiver.get(),
                    [weak = std::weak_ptr(shared), generation, then = std::move(then)] {
                        const auto held = weak.lock();
                        if (held && held->isCurrent(generation)) {
                            then();
                        }
                    },
                    Qt::QueuedConnection);
            }
        }
        --shared->running;
    }
    bool isCurrent(unsigned asked) {
        const std::lock_guard lock(mutex);
        return receiver && asked == generation;
    }
};

BackgroundJobs::BackgroundJobs(int mostThreads)
    : m_shared(std::make_shared<Shared>()) {
    m_shared->most = mostThreads;
}

BackgroundJobs::~BackgroundJobs() {
    std::unique_ptr<QObject> receiver;
    const std::lock_guard lock(m_shared->mutex);
    receiver = std::move(m_shared->receiver);
    m_shared->waiting.clear();
}

void BackgroundJobs::post(Work work) {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->waiting.push_back(std::move(work));
    if (m_shared->running < m_shared->most) {
        ++m_shared->running;
        std::thread([shared = m_shared] { Shared::run(shared); }).detach();
    }
}

void BackgroundJobs::cancel() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->waiting.clear();
    ++m_shared->generation;
}

} // namespace binnacle::app
