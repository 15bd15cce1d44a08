// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/chunk_encoder.h"

#include "backend/coding/chunk_limits.h"
#include "backend/coding/histogram_coding.h"
#include "backend/recorder/chunk_format.h"

#include <algorithm>
#include <bit>

namespace binnacle {

namespace {

unsigned partsOf(const Reading& reading) {
    return (reading.value ? kValue : 0U) | (reading.histogram ? kHistogram : 0U) |
           (reading.absentReason.empty() ? 0U : kReason);
}

bool inRange(std::int64_t ns, std::int64_t low, std::int64_t high) {
    return ns >= low && ns <= high;
}
bool steadyOk(SteadyTime time) {
    return inRange(nsOf(time), -kLatestSteadyNs, kLatestSteadyNs);
}
bool utcOk(UtcTime time) {
    return inRange(nsOf(time), 0, kLatestUtcNs);
}

bool tablesOk(const std::vector<TablePtr>& tables) {
    return tables.size() <= TableReader::kMaxTables &&
           std::ranges::is_sorted(tables, {}, [](const TablePtr& table) { return table->spec().id; }) &&
           std::ranges::all_of(tables, [](const TablePtr& table) {
               return table->rowCount() <= TableReader::kMaxRows &&
                      table->spec().columns.size() <= TableReader::kMaxColumns && steadyOk(table->readAt) &&
                      utcOk(table->readAtUtc) && inRange(table->interval.count(), 0, kLongestIntervalMs);
           });
}

bool headerOk(const SnapshotHeader& header) {
    const auto clock = header.senderMonotonic.value_or(std::chrono::nanoseconds(0)).count();
    return steadyOk(header.steadyAt) && utcOk(header.utcAt) && header.source.size() <= kMaxNameBytes &&
           header.epoch.size() <= kMaxNameBytes && inRange(clock, -kLatestSteadyNs, kLatestSteadyNs) &&
           inRange(header.took.count(), -kLatestSteadyNs, kLatestSteadyNs);
}

bool readingsOk(const std::vector<Reading>& readings) {
    return readings.size() <= kMaxSeries / 2 && std::ranges::is_sorted(readings, {}, &Reading::key) &&
           std::ranges::all_of(readings,
                               [](const Reading& reading) { return reading.key.labels.size() <= kMaxLabels; });
}

std::size_t cellsOf(const SnapshotTable& table) {
    std::size_t cells = table.rowCount() * table.spec().columns.size();
    for (std::size_t i = 0; i < table.rowCount(); ++i) {
        for (const auto& cell : table.row(i)) {
            const auto* const text = std::get_if<std::string>(&cell);
            cells += text != nullptr ? text->size() / kBytesPerCell : 0;
        }
    }
    return cells;
}

} // namespace

std::size_t seriesCost(const SeriesKey& key) {
    auto bytes = key.id.size();
    for (const auto& [name, value] : key.labels) {
        bytes += name.size() + value.size();
    }
    return 1 + bytes / kBytesPerReading;
}

ChunkEncoder::ChunkEncoder(std::string source)
    : m_source(std::move(source)) {
    m_out.raw(kChunkVersion);
    m_out.text(m_source);
}

bool ChunkEncoder::full() const {
    return m_events >= kMaxEvents / 2 || m_bytes >= kMaxChunkBytes / 2 || m_readings >= kMaxReadings / 2 ||
           m_cells >= kMaxCells / 2 || m_series.size() >= kMaxSeries / 2;
}

bool ChunkEncoder::withinLimits(const RecordedEvent& event) const {
    if (!steadyOk(event.at) || !utcOk(event.atUtc)) {
        return false;
    }
    if (!event.update) {
        return true;
    }
    const auto& update = *event.update;
    if (!inRange(update.interval.count(), 0, kLongestIntervalMs) || !steadyOk(update.startedAt)) {
        return false;
    }
    if (update.failure &&
        (!steadyOk(update.failure->at) || !utcOk(update.failure->utcAt) || !steadyOk(update.failure->nextTryAt))) {
        return false;
    }
    if (!update.snapshot || update.snapshot == m_snapshot) {
        return true;
    }
    return headerOk(update.snapshot->header) && tablesOk(update.snapshot->tables) &&
           readingsOk(update.snapshot->readings);
}

Result<std::vector<std::byte>> ChunkEncoder::append(const RecordedEvent& event) {
    if (!withinLimits(event)) {
        return fail(ErrorCode::Invalid, m_source + ": more, or later, than a recording holds");
    }
    const bool has = event.update && event.update->snapshot;
    const bool fresh = has && event.update->snapshot != m_snapshot;
    const bool collector = event.update && (event.update->interval.count() != m_intervalMs ||
                                            nsOf(event.update->startedAt) != m_startedNs);
    const bool failed = event.update && event.update->failure;
    m_out.number((event.update ? 0U : kEnded) | (collector ? kCollector : 0U) | (has ? kHasSnapshot : 0U) |
                 (fresh ? kNewSnapshot : 0U) | (failed ? kHasFailure : 0U));
    const auto steadyNs = nsOf(event.at);
    const auto offsetNs = nsOf(event.atUtc) - steadyNs;
    m_out.difference(steadyNs - m_steadyNs);
    m_out.difference(offsetNs - m_utcOffsetNs);
    m_steadyNs = steadyNs;
    m_utcOffsetNs = offsetNs;
    if (collector) {
        m_intervalMs = event.update->interval.count();
        m_startedNs = nsOf(event.update->startedAt);
        m_out.difference(m_intervalMs);
        m_out.difference(m_startedNs - m_steadyNs);
    }
    if (fresh) {
        writeSnapshot(*event.update->snapshot);
        m_snapshot = event.update->snapshot;
    }
    if (failed) {
        writeFailure(*event.update->failure);
    }
    ++m_events;
    m_bytes += m_out.size();
    if (m_bytes > kMaxChunkBytes || m_readings > kMaxReadings || m_cells > kMaxCells) {
        return fail(ErrorCode::Invalid, m_source + ": one reading is larger than a recording holds");
    }
    return m_out.take();
}

void ChunkEncoder::writeSnapshot(const Snapshot& snapshot) {
    writeHeader(snapshot.header);
    writeReadings(snapshot);
    for (const auto& table : snapshot.tables) {
        m_cells += cellsOf(*table);
    }
    const auto steadyNs = nsOf(snapshot.header.steadyAt);
    m_tables.write(m_out, snapshot.tables, steadyNs, nsOf(snapshot.header.utcAt) - steadyNs);
}

void ChunkEncoder::writeHeader(const SnapshotHeader& header) {
    const bool otherEpoch = header.epoch != m_header.epoch;
    const bool otherSource = header.source != m_source;
    m_out.number((otherSource ? kOtherSource : 0U) | (otherEpoch ? kOtherEpoch : 0U) |
                 (header.senderMonotonic ? kSenderClock : 0U));
    const auto steadyNs = nsOf(header.steadyAt);
    m_out.difference(static_cast<std::int64_t>(header.sequence - m_header.sequence));
    m_out.difference(steadyNs - m_steadyNs);
    m_out.difference(nsOf(header.utcAt) - steadyNs - m_utcOffsetNs);
    m_out.difference(addNs(header.took.count(), -m_header.took.count()));
    if (otherSource) {
        m_out.text(header.source);
    }
    if (otherEpoch) {
        m_out.text(header.epoch);
    }
    if (header.senderMonotonic) {
        // Both clocks go on at the same pace, so that their distance hardly changes.
        const auto before = m_header.senderMonotonic ? m_header.senderMonotonic->count() - nsOf(m_header.steadyAt) : 0;
        m_out.difference(addNs(addNs(header.senderMonotonic->count(), -steadyNs), -before));
    }
    m_header = header;
}

void ChunkEncoder::writeLayout(const std::vector<Reading>& readings) {
    const bool same =
        m_snapshot && std::ranges::equal(readings, m_snapshot->readings, [](const Reading& a, const Reading& b) {
            return a.kind == b.kind && a.key == b.key;
        });
    if (same) {
        m_out.number(0);
        return;
    }
    m_out.number(readings.size() + 1);
    m_layout.clear();
    m_layoutCost = 0;
    for (const auto& reading : readings) {
        m_layoutCost += seriesCost(reading.key);
        const auto [known, added] = m_numbers.try_emplace({reading.key, reading.kind}, m_series.size());
        m_layout.push_back(known->second);
        if (!added) {
            m_out.number(known->second + 1);
            continue;
        }
        m_series.emplace_back();
        m_out.number(0);
        m_out.raw(static_cast<std::uint8_t>(reading.kind));
        m_out.text(reading.key.id);
        m_out.number(reading.key.labels.size());
        for (const auto& [name, value] : reading.key.labels) {
            m_out.text(name);
            m_out.text(value);
        }
    }
}

void ChunkEncoder::writeReadings(const Snapshot& snapshot) {
    writeLayout(snapshot.readings);
    std::vector<std::size_t> changed;
    for (std::size_t i = 0; i < snapshot.readings.size(); ++i) {
        const auto& reading = snapshot.readings[i];
        const auto& series = m_series[m_layout[i]];
        const auto parts = partsOf(reading);
        const bool same =
            parts == series.parts && reading.absentReason == series.reason &&
            (!reading.value ||
             std::bit_cast<std::uint64_t>(*reading.value) == std::bit_cast<std::uint64_t>(series.value)) &&
            (!reading.histogram || reading.histogram == series.histogram || *reading.histogram == *series.histogram);
        if (!same) {
            changed.push_back(i);
        }
    }
    m_readings += m_layoutCost;
    m_out.number(changed.size());
    std::size_t next = 0;
    for (const auto index : changed) {
        const auto& reading = snapshot.readings[index];
        m_out.number(((index - next) << kReadingPartBits) | partsOf(reading));
        writeChange(reading, m_series[m_layout[index]]);
        next = index + 1;
    }
}

void ChunkEncoder::writeChange(const Reading& reading, Series& series) {
    if (reading.value) {
        m_out.real(series.value, *reading.value);
        series.value = *reading.value;
    }
    if (reading.histogram) {
        static const LatencyHistogram nothing;
        writeHistogram(m_out, series.histogram ? *series.histogram : nothing, *reading.histogram);
        series.histogram = reading.histogram;
        m_cells += histogramCost(*reading.histogram);
    }
    if (!reading.absentReason.empty()) {
        m_out.text(reading.absentReason);
    }
    series.reason = reading.absentReason;
    series.parts = partsOf(reading);
}

void ChunkEncoder::writeFailure(const SourceFailure& failure) {
    m_out.raw(static_cast<std::uint8_t>(failure.error.code));
    m_out.text(failure.error.text);
    const auto at = nsOf(failure.at);
    m_out.difference(at - m_steadyNs);
    m_out.difference(nsOf(failure.utcAt) - at - m_utcOffsetNs);
    m_out.number(failure.attempts);
    m_out.difference(nsOf(failure.nextTryAt) - at);
}

} // namespace binnacle
