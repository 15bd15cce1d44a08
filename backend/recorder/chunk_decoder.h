// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/coding/byte_coding.h"
#include "backend/coding/table_coding.h"
#include "backend/recorder/recorded_event.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace binnacle {

/// Reads the bytes that ChunkEncoder wrote, event by event. They may be of any origin: what cannot be so is an error,
/// never more than that, and no chunk unfolds beyond the limits in chunk_limits.h.
class ChunkDecoder {
public:
    /// `bytes` unpacked, and kept by the caller as long as this lives.
    explicit ChunkDecoder(std::span<const std::byte> bytes);

    /// The next event; absent at the end. After an error there is no next.
    [[nodiscard]] Result<std::optional<RecordedEvent>> next();
    [[nodiscard]] const std::string& source() const { return m_source; }

private:
    struct Series {
        Reading reading; // as read last
        std::size_t cost = 1;
        double value = 0;
        std::shared_ptr<const LatencyHistogram> histogram;
    };
    [[nodiscard]] SnapshotPtr readSnapshot();
    void readHeader(SnapshotHeader& header);
    void readLayout();
    void readSeries();
    void readChanges();
    [[nodiscard]] SourceFailure readFailure();

    ByteReader m_in;
    std::string m_source;
    TableReader m_tables;
    std::vector<Series> m_series;
    std::vector<std::size_t> m_layout;
    SnapshotPtr m_snapshot;
    SnapshotHeader m_header;
    SourceUpdate m_collector;
    std::int64_t m_steadyNs = 0;
    std::int64_t m_utcOffsetNs = 0;
    std::size_t m_events = 0;
    std::size_t m_readings = 0;
    std::size_t m_cells = 0;
};

/// Unpacks and reads a whole chunk as stored in a recording.
[[nodiscard]] Result<std::vector<RecordedEvent>> decodeChunk(std::span<const std::byte> packed);

} // namespace binnacle
