// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recorder/recorded_event.h"

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace binnacle::test {

/// A bundled stack made up: its ten sources with the series, tables and label sets of the real one, under the traffic
/// of the demo. The same seed gives the same stack to the last bit.
class GeneratedStack {
public:
    explicit GeneratedStack(std::uint32_t seed = 1, SteadyTime begin = SteadyTime(std::chrono::hours(30)),
                            UtcTime beginUtc = UtcTime(std::chrono::sys_days{std::chrono::year{2026} / 3 / 14}));

    /// What all sources say within the next second, in the order of time.
    [[nodiscard]] std::vector<RecordedEvent> second();
    /// From now on this source does not answer: its passes time out.
    void stopAnswering(const std::string& source) { m_silent = source; }
    /// Somebody sets the machine's clock: UTC moves, the steady clock does not.
    void setClock(std::chrono::seconds by) { m_utc += by; }
    [[nodiscard]] SteadyTime now() const { return m_now; }
    [[nodiscard]] UtcTime utcNow() const { return m_utc; }
    [[nodiscard]] std::int64_t utcOffsetNs() const;

private:
    using Histograms = std::map<SeriesKey, LatencyHistogram>;
    [[nodiscard]] std::vector<Reading> readings(const std::string& source);
    void service(const std::string& instance, std::vector<Reading>& out);
    void others(const std::string& source, std::vector<Reading>& out);
    void grow(std::vector<Reading>& out, const std::string& source, std::string id, Labels labels, double mean);
    void wander(std::vector<Reading>& out, const std::string& source, std::string id, Labels labels, double mean);
    void latency(std::vector<Reading>& out, const std::string& source, std::string id, Labels labels, int count);
    void addTables(const std::string& source, SteadyTime at, UtcTime utc, Snapshot& snapshot);
    [[nodiscard]] TablePtr readTable(const TableSpec& spec, std::size_t rows, std::size_t moving,
                                     const SnapshotTable* before, SteadyTime at, UtcTime utc);
    [[nodiscard]] double uniform(double low, double high);

    std::minstd_rand m_random;
    SteadyTime m_begin;
    SteadyTime m_now;
    UtcTime m_utc;
    std::string m_silent;
    std::map<std::string, SourceUpdate> m_updates;
    std::map<std::pair<std::string, SeriesKey>, double> m_counters;
    std::map<std::string, Histograms> m_histograms;
    std::map<std::pair<std::string, std::string>, TablePtr> m_tables; ///< by source and id
    std::uint64_t m_seconds = 0;
};

} // namespace binnacle::test
