// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace binnacle::app {

/// What a thread and whoever waits for it share. The thread holds a share of this and of nothing else, so that it may
/// outlive its owner when a peer hangs: its own deadlines end it.
struct WorkerState {
    std::mutex mutex;
    std::condition_variable wake;
    std::condition_variable ended;
    bool started = false;
    bool stopping = false;
    bool done = false;

    void requestStop() {
        const std::lock_guard lock(mutex);
        stopping = true;
        wake.notify_all();
    }
    /// False if the thread was still busy at `deadline`.
    bool waitUntilEnded(SteadyTime deadline) {
        std::unique_lock lock(mutex);
        return !started || ended.wait_until(lock, deadline, [this] { return done; });
    }
};

/// Runs `shared->run()` on a thread of its own, once.
template <typename Shared>
void startWorker(const std::shared_ptr<Shared>& shared) {
    {
        const std::lock_guard lock(shared->mutex);
        if (std::exchange(shared->started, true)) {
            return;
        }
    }
    std::thread([shared] {
        shared->run();
        const std::lock_guard lock(shared->mutex);
        shared->done = true;
        shared->ended.notify_all();
    }).detach();
}

} // namespace binnacle::app
