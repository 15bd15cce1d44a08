// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace binnacle::app {

/// Runs what may wait (files, servers) on threads of its own and hands the results to the GUI thread. A job holds
/// nothing of the caller's but what it was given: one that is still busy when this goes ends by itself, and what it
/// says then is dropped. Of one thread they run in the order in which they were posted. GUI thread.
class BackgroundJobs {
public:
    explicit BackgroundJobs(int mostThreads);
    ~BackgroundJobs();
    BackgroundJobs(const BackgroundJobs&) = delete;
    BackgroundJobs& operator=(const BackgroundJobs&) = delete;

    /// `work` runs elsewhere and returns what the GUI thread is to do with its result.
    using Work = std::function<std::function<void()>()>;
    void post(Work work);
    /// Until all of it has run and its results were handed over, here and now; false if that took longer.
    bool finish(std::chrono::milliseconds patience);
    /// Forgets what has not begun, and drops what the others say.
    void cancel();

private:
    struct Shared;
    std::shared_ptr<Shared> m_shared;
};

} // namespace binnacle::app
