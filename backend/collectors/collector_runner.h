// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/collector.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace binnacle {

/// Runs collectors, each on a thread of its own, and hands what they say to a sink.
///
/// Passes keep to a fixed grid without drift; a pass that overruns skips ticks and never queues them. After failures
/// the pause grows, with jitter: for a local source to one second, so that its return is seen at once, for others to
/// ten.
class CollectorRunner {
public:
    /// Called on the collector's thread after each pass; must be thread-safe, quick, and must not throw.
    using Sink = std::function<void(SourceUpdate)>;

    explicit CollectorRunner(Sink sink);
    ~CollectorRunner();
    CollectorRunner(const CollectorRunner&) = delete;
    CollectorRunner& operator=(const CollectorRunner&) = delete;

    /// Makes `collectors` the ones that run: those already running with the same source and target go on undisturbed,
    /// others stop, new ones start. May wait for passes under way, each for at most its deadline.
    void run(std::vector<std::unique_ptr<Collector>> collectors);
    /// Lets failed sources try again at once instead of waiting out their pause. All sources when `source` is empty.
    void retryNow(std::string_view source = {});
    /// Stops and joins all, for at most the longest deadline of a pass. No sink call happens after it returns.
    void stop();

    /// Time that one pass may take: inside its interval, so that passes of a source never overlap.
    [[nodiscard]] static std::chrono::milliseconds passBudget(std::chrono::milliseconds interval);
    /// The longest pause between two tries of a source that is away.
    [[nodiscard]] static std::chrono::milliseconds longestPause(bool local);

private:
    class Worker;
    Sink m_sink;
    std::vector<std::unique_ptr<Worker>> m_workers;
};

} // namespace binnacle
