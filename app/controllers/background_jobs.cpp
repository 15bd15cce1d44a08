// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/background_jobs.h"

#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <thread>

namespace binnacle::app {

struct BackgroundJobs::Shared {
    std::mutex mutex;
    std::unique_ptr<QObject> receiver = std::make_unique<QObject>(); ///< null at the end; results go through its queue
    struct Result {
        std::function<void()> then{};
        unsigned generation = 0;
    };
    std::condition_variable ended;
    std::deque<Work> waiting;
    std::deque<Result> results; ///< not handed over yet
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
            auto work = std::move(shared->waiting.front());
            shared->waiting.pop_front();
            const auto generation = shared->generation;
            lock.unlock();
            auto then = work();
            work = nullptr; // what it held goes while nobody waits for us
            lock.lock();
            if (!shared->receiver || generation != shared->generation) {
                lock.unlock();
                then = nullptr;
                lock.lock();
            } else if (then) {
                shared->results.push_back({std::move(then), generation});
                QMetaObject::invokeMethod(
                    shared->receiver.get(),
                    [weak = std::weak_ptr(shared)] {
                        if (const auto held = weak.lock()) {
                            static_cast<void>(held->handOver());
                        }
                    },
                    Qt::QueuedConnection);
            }
        }
        --shared->running;
        shared->ended.notify_all();
    }
    /// The oldest result; false when there is none.
    bool handOver() {
        Result result;
        {
            const std::lock_guard lock(mutex);
            if (!receiver || results.empty()) {
                return false;
            }
            result = std::move(results.front());
            results.pop_front();
            if (result.generation != generation) {
                return true;
            }
        }
        result.then();
        return true;
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
    m_shared->results.clear();
}

void BackgroundJobs::post(Work work) {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->waiting.push_back(std::move(work));
    if (m_shared->running < m_shared->most) {
        ++m_shared->running;
        std::thread([shared = m_shared] { Shared::run(shared); }).detach();
    }
}

bool BackgroundJobs::finish(std::chrono::milliseconds patience) {
    const auto shared = m_shared; // a result may end this
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        std::unique_lock lock(shared->mutex);
        const bool idle =
            shared->ended.wait_until(lock, deadline, [&] { return shared->waiting.empty() && shared->running == 0; });
        lock.unlock();
        if (!shared->handOver()) {
            return idle;
        }
        while (shared->handOver()) {
        }
    }
}

void BackgroundJobs::cancel() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->waiting.clear();
    ++m_shared->generation;
}

} // namespace binnacle::app
