// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/coding/byte_coding.h"
#include "backend/coding/table_coding.h"
#include "backend/recorder/recorded_event.h"

#include <cstddef>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace binnacle {

/// Writes the events of one source, one after another, as the bytes of a chunk: the first one whole, of each later one
/// what changed. The bytes of all calls, put together, are what ChunkDecoder reads.
class ChunkEncoder {
public:
    explicit ChunkEncoder(std::string source);

    /// The bytes of the next event. Fails (Invalid) for one that is beyond the limits of a chunk by itself, and writes
    /// nothing then; the chunk cannot go on after that.
    [[nodiscard]] Result<std::vector<std::byte>> append(const RecordedEvent& event);
    /// Whether the next event should begin a new chunk.
    [[nodiscard]] bool full() const;
    [[nodiscard]] std::size_t events() const { return m_events; }

private:
    struct Series {
        double value = 0;
        std::shared_ptr<const LatencyHistogram> histogram;
        std::string reason;
        unsigned parts = 0; // which of the three it has
    };
    void writeSnapshot(const Snapshot& snapshot);
    void writeHeader(const SnapshotHeader& header);
    void writeReadings(const Snapshot& snapshot);
    void writeLayout(const std::vector<Reading>& readings);
    void writeChange(const Reading& reading, Series& series);
    void writeFailure(const SourceFailure& failure);
    [[nodiscard]] bool withinLimits(const RecordedEvent& event) const;

    std::string m_source;
    ByteWriter m_out;
    TableWriter m_tables;
    std::map<std::pair<SeriesKey, SignalKind>, std::size_t> m_numbers;
    std::vector<Series> m_series;
    std::vector<std::size_t> m_layout; // number of the series of each reading
    std::size_t m_layoutCost = 0;
    SnapshotPtr m_snapshot;
    std::int64_t m_steadyNs = 0;
    std::int64_t m_utcOffsetNs = 0;
    std::int64_t m_intervalMs = -1;
    std::int64_t m_startedNs = 0;
    SnapshotHeader m_header;
    std::size_t m_events = 0;
    std::size_t m_bytes = 0;
    std::size_t m_readings = 0;
    std::size_t m_cells = 0;
};

} // namespace binnacle
