// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/collector_runner.h"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <random>
#include <thread>

namespace binnacle {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// Half to all of the doubled interval, up to `longest`: sources that failed together don't return in step.
milliseconds pauseAfter(unsigned failures, milliseconds interval, milliseconds longest, std::minstd_rand& random) {
    auto pause = std::min(interval, longest);
    for (unsigned i = 1; i < failures && pause < longest; ++i) {
        pause = std::min(pause * 2, longest);
    }
    std::uniform_int_distribution<milliseconds::rep> jitter(pause.count() / 2, pause.count());
    return milliseconds(jitter(random));
}

} // namespace

class CollectorRunner::Worker {
public:
    Worker(std::unique_ptr<Collector> collector, const Sink& sink)
        : m_collector(std::move(collector))
        , m_source(m_collector->source())
        , m_target(m_collector->target())
        , m_sink(sink)
        , m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

    [[nodiscard]] bool reads(const Collector& other) const {
        return m_source == other.source() && m_target == other.target();
    }
    [[nodiscard]] const std::string& source() const { return m_source; }

    void retryNow() {
        const std::scoped_lock lock(m_mutex);
        m_retry = true;
        m_wake.notify_one();
    }
    void requestStop() { m_thread.request_stop(); }

private:
    void loop(const std::stop_token& stop) {
        // hiredis writes without MSG_NOSIGNAL: a peer that dies must fail the pass, not end the program.
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        const auto interval = m_collector->interval();
        const auto longest = longestPause(m_collector->local());
        std::minstd_rand random(std::random_device{}());
        SourceUpdate update{m_source, m_collector->cadence(), steady_clock::now(), nullptr, std::nullopt};
        const auto gridStart = update.startedAt;
        std::uint64_t sequence = 0;
        while (!stop.stop_requested()) {
            const auto began = steady_clock::now();
            auto result = pass(began + passBudget(interval));
            const auto ended = steady_clock::now();
            auto next = gridStart + ((ended - gridStart) / interval + 1) * interval;
            if (result) {
                completeHeader(result->header, m_source, ++sequence, began, ended, std::chrono::system_clock::now());
                update.snapshot = std::make_shared<const Snapshot>(std::move(*result));
                update.failure.reset();
            } else {
                const unsigned failures = update.failure ? update.failure->attempts + 1 : 1;
                next = ended + pauseAfter(failures, interval, longest, random);
                update.failure =
                    SourceFailure{std::move(result.error()), ended, std::chrono::system_clock::now(), failures, next};
            }
            if (stop.stop_requested()) {
                return;
            }
            m_sink(update);
            std::unique_lock lock(m_mutex);
            m_wake.wait_until(lock, stop, next, [&] { return m_retry && update.failure.has_value(); });
            m_retry = false;
        }
    }

    /// An exception that a library or the allocator throws is a failed pass, not the end of the program.
    Result<Snapshot> pass(SteadyTime deadline) {
        try {
            auto snapshot = m_collector->collect(deadline);
            if (const auto received = m_collector->receivedBytes(); snapshot && received > 0) {
                snapshot->readings.push_back(counter("monitor.bytes", {}, static_cast<double>(received)));
                snapshot->sort();
            }
            return snapshot;
        } catch (const std::exception& error) {
            return fail(ErrorCode::Io, m_source + ": " + error.what());
        }
    }

    std::unique_ptr<Collector> m_collector;
    std::string m_source;
    std::string m_target;
    const Sink& m_sink; // the runner's, which outlives its workers
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_retry = false;
    std::jthread m_thread; // last: it uses the others
};

CollectorRunner::CollectorRunner(Sink sink)
    : m_sink(std::move(sink)) {}

CollectorRunner::~CollectorRunner() {
    stop();
}

milliseconds CollectorRunner::longestPause(bool local) {
    return milliseconds(local ? 1000 : 10'000);
}

milliseconds CollectorRunner::passBudget(milliseconds interval) {
    return interval * 4 / 5;
}

void CollectorRunner::run(std::vector<std::unique_ptr<Collector>> collectors) {
    std::vector<std::unique_ptr<Worker>> kept;
    std::vector<std::unique_ptr<Worker>> ended = std::exchange(m_workers, {});
    std::vector<std::unique_ptr<Collector>> fresh;
    for (auto& collector : collectors) {
        const auto same = std::ranges::find_if(
            ended, [&](const auto& worker) { return worker != nullptr && worker->reads(*collector); });
        if (same != ended.end()) {
            kept.push_back(std::move(*same));
        } else {
            fresh.push_back(std::move(collector));
        }
    }
    std::erase(ended, nullptr);
    for (const auto& worker : ended) {
        worker->requestStop();
    }
    // Joined before new ones start, so that a source that moved is never told by two threads.
    ended.clear();
    for (auto& collector : fresh) {
        kept.push_back(std::make_unique<Worker>(std::move(collector), m_sink));
    }
    m_workers = std::move(kept);
}

void CollectorRunner::retryNow(std::string_view source) {
    for (const auto& worker : m_workers) {
        if (source.empty() || worker->source() == source) {
            worker->retryNow();
        }
    }
}

void CollectorRunner::stop() {
    for (const auto& worker : m_workers) {
        worker->requestStop();
    }
    m_workers.clear();
}

} // namespace binnacle
