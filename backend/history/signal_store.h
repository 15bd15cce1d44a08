// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/freshness.h"
#include "backend/domain/series.h"
#include "backend/domain/snapshot.h"
#include "backend/history/latency_log.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// One series as a display sees it: the newest value and the run before it.
struct SignalEntry {
    std::string source;
    SeriesKey key;
    SignalKind kind = SignalKind::Gauge;
    std::optional<double> value;      ///< gauge and ratio as read; a counter's rate in 1/s
    std::optional<double> cumulative; ///< counters only: as read
    std::string absentReason;         ///< why value is missing, where the source told
    SteadyTime readAt;                ///< when this entry was last in a snapshot
    Series series;                    ///< of `value`
};

/// Everything that was read, by source and series, with bounded history. Fed with SourceUpdates on the display's
/// thread; not synchronised. Values keep no freshness of their own: ask freshnessOf(*source(name), now).
class SignalStore {
public:
    static constexpr std::size_t kMaxEntries = 5000;

    /// Takes over a collector's newest update. A snapshot that was seen before only refreshes the failure; one older
    /// than what is known changes nothing, whoever tells it: what it counts is counted.
    void apply(const SourceUpdate& update);
    /// Forgets a source and its series (an instance that was stopped on purpose).
    void removeSource(std::string_view source);
    /// Lets go what was last read over LatencyLog::kKept ago; call about once a second.
    void expire(SteadyTime now);

    [[nodiscard]] std::vector<std::string> sources() const;
    /// The newest update of a source, or nullptr.
    [[nodiscard]] const SourceUpdate* source(std::string_view name) const;
    [[nodiscard]] const SignalEntry* find(std::string_view source, const SeriesKey& key) const;
    /// All series of one signal, over all sources, ordered by source and labels.
    [[nodiscard]] std::vector<const SignalEntry*> byId(std::string_view id) const;
    /// The latencies of requests (signal service.http.latency), label sets with instance, role, version, route,
    /// status_class.
    [[nodiscard]] const LatencyLog& latency() const { return m_latency; }
    /// The waits for a slot of an application's pool (signal pool.app.wait), label sets with instance, role, version.
    [[nodiscard]] const LatencyLog& waits() const { return m_waits; }
    /// How many series were refused because kMaxEntries stood already.
    [[nodiscard]] std::size_t refused() const { return m_refused; }

private:
    using Key = std::pair<std::string, std::string>; // signal id, source
    struct SourceHistory {
        SourceUpdate update;
    };
    void applySnapshot(const SnapshotPtr& previous, const SourceUpdate& update);
    /// From one snapshot of a source to the next.
    struct Step {
        SteadyTime at;                   ///< of the next one
        std::optional<SteadyTime> gapAt; ///< where a silence between them began
        std::optional<double> seconds;   ///< between them; absent for the first one, and after a restart
    };
    void applyReading(SignalEntry& entry, const Reading& reading, const Reading* before, const Step& step);

    std::map<std::string, SourceHistory, std::less<>> m_sources;
    std::map<Key, std::map<Labels, SignalEntry>> m_entries;
    std::size_t m_entryCount = 0;
    std::size_t m_refused = 0;
    LatencyLog m_latency;
    LatencyLog m_waits;
};

/// Mean rate of a counter over the window that ends at `at`, each rate by the time that it was measured over, so that a
/// slow trickle does not flicker. Absent without two readings in it.
[[nodiscard]] std::optional<double> meanRate(const SignalEntry& counter, SteadyTime at, std::chrono::seconds window);

} // namespace binnacle
