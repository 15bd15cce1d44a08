// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/stack_status.h"
#include "backend/collectors/collector_runner.h"
#include "backend/history/signal_store.h"

#include <QString>

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace binnacle::test {

/// The collectors of a running stack with the console's own history behind them, to be asked by a test.
class LiveReadings {
public:
    explicit LiveReadings(const StackStatus& status);
    ~LiveReadings();

    /// Sum of a signal over all series whose labels contain `labels`, over all sources that are Fresh; absent when
    /// there is none. Counters are cumulative here.
    [[nodiscard]] std::optional<double> sum(const std::string& id, const Labels& labels = {});
    /// The same, the largest.
    [[nodiscard]] std::optional<double> largest(const std::string& id, const Labels& labels = {});
    /// Nothing when no such source ever reported.
    [[nodiscard]] std::optional<Freshness> freshness(const std::string& source);
    [[nodiscard]] bool allFresh();
    /// How many passes of a source have succeeded; 0 when none has.
    [[nodiscard]] std::uint64_t passes(const std::string& source);
    /// The sources that are not Fresh, each with its reason, for the message of a failed test.
    [[nodiscard]] QString notFresh();
    /// Count of a latency histogram, cumulative, over all instances, by route.
    [[nodiscard]] std::map<std::string, std::uint64_t> requestsByRoute();

private:
    template <typename Visit>
    void forEach(const std::string& id, const Labels& labels, Visit visit);

    std::mutex m_mutex;
    std::map<std::string, SourceUpdate> m_updates;
    CollectorRunner m_runner;
};

} // namespace binnacle::test
