// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/two_pass_reader.h"

#include <thread>

namespace binnacle::ctl {

namespace {

using std::chrono::steady_clock;

void pass(Collector& collector, SteadyTime deadline, std::uint64_t sequence, SourceUpdate& update) {
    const auto began = steady_clock::now();
    Result<Snapshot> result = fail(ErrorCode::Io, std::string());
    try {
        result = collector.collect(deadline);
    } catch (const std::exception& error) {
        result = fail(ErrorCode::Io, error.what());
    }
    const auto ended = steady_clock::now();
    const auto utc = std::chrono::system_clock::now();
    if (!result) {
        const unsigned attempts = update.failure ? update.failure->attempts + 1 : 1;
        update.failure = SourceFailure{std::move(result.error()), ended, utc, attempts, ended};
        return;
    }
    completeHeader(result->header, update.source, sequence, began, ended, utc);
    update.snapshot = std::make_shared<const Snapshot>(std::move(*result));
    update.failure.reset();
}

} // namespace

std::vector<SourcePasses> readTwice(std::vector<std::unique_ptr<Collector>> collectors,
                                    std::chrono::milliseconds apart) {
    std::vector<SourcePasses> passes(collectors.size());
    const auto start = steady_clock::now();
    // Longer than a running collector allows itself: the first pass of a cold start also connects.
    const auto budget = apart * 9 / 10;
    {
        std::vector<std::jthread> threads;
        threads.reserve(collectors.size());
        for (std::size_t i = 0; i < collectors.size(); ++i) {
            threads.emplace_back([&collector = *collectors[i], &out = passes[i], start, apart, budget] {
                auto& update = out.last;
                update.source = collector.source();
                update.interval = collector.cadence();
                update.startedAt = start;
                pass(collector, start + budget, 1, update);
                out.first = update.snapshot;
                std::this_thread::sleep_until(start + apart);
                pass(collector, start + apart + budget, 2, update);
            });
        }
    }
    return passes;
}

} // namespace binnacle::ctl
