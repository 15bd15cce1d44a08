// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/chunk_decoder.h"

#include "backend/coding/chunk_limits.h"
#include "backend/coding/histogram_coding.h"
#include "backend/recorder/chunk_bytes.h"
#include "backend/recorder/chunk_format.h"

#include <algorithm>
#include <limits>

namespace binnacle {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr unsigned kAllEventParts = 31;
constexpr unsigned kAllHeaderParts = 7;

std::string nameFrom(ByteReader& in) {
    const auto text = in.text();
    if (text.size() > kMaxNameBytes) {
        in.fail();
        return {};
    }
    return std::string(text);
}

Error damaged() {
    return {ErrorCode::Protocol, "a chunk of the recording is damaged"};
}

} // namespace

ChunkDecoder::ChunkDecoder(std::span<const std::byte> bytes)
    : m_in(bytes) {
    if (m_in.raw() != kChunkVersion) {
        m_in.fail();
    }
    m_source = nameFrom(m_in);
}

Result<std::optional<RecordedEvent>> ChunkDecoder::next() {
    if (m_in.failed()) {
        return std::unexpected(damaged());
    }
    if (m_in.atEnd()) {
        return std::optional<RecordedEvent>();
    }
    const auto parts = m_in.number(kAllEventParts);
    m_steadyNs = steadyWithin(m_in, addNs(m_steadyNs, m_in.difference()));
    m_utcOffsetNs = addNs(m_utcOffsetNs, m_in.difference());
    RecordedEvent event{m_source, SteadyTime(nanoseconds(m_steadyNs)),
                        UtcTime(nanoseconds(utcWithin(m_in, addNs(m_steadyNs, m_utcOffsetNs)))), std::nullopt};
    if ((parts & kEnded) == 0) {
        if ((parts & kCollector) != 0) {
            m_collector.interval = milliseconds(intervalWithin(m_in, m_in.difference()));
            m_collector.startedAt = SteadyTime(nanoseconds(steadyWithin(m_in, addNs(m_steadyNs, m_in.difference()))));
        }
        if ((parts & kNewSnapshot) != 0) {
            m_snapshot = readSnapshot();
        }
        event.update = SourceUpdate{m_source, m_collector.interval, m_collector.startedAt,
                                    (parts & kHasSnapshot) != 0 ? m_snapshot : nullptr, std::nullopt};
        if ((parts & kHasFailure) != 0) {
            event.update->failure = readFailure();
        }
    }
    if (++m_events > kMaxEvents) {
        m_in.fail();
    }
    if (m_in.failed()) {
        return std::unexpected(damaged());
    }
    return std::optional(std::move(event));
}

SnapshotPtr ChunkDecoder::readSnapshot() {
    auto snapshot = std::make_shared<Snapshot>();
    readHeader(snapshot->header);
    readLayout();
    readChanges();
    if (m_in.failed()) {
        return nullptr;
    }
    snapshot->readings.reserve(m_layout.size());
    for (const auto number : m_layout) {
        snapshot->readings.push_back(m_series[number].reading);
    }
    const auto steadyNs = nsOf(snapshot->header.steadyAt);
    m_tables.read(m_in, snapshot->tables, steadyNs, nsOf(snapshot->header.utcAt) - steadyNs, m_cells);
    // find() and table() rely on this order; bytes of ours keep it already.
    const bool sorted =
        std::ranges::is_sorted(snapshot->readings, {}, &Reading::key) &&
        std::ranges::is_sorted(snapshot->tables, {}, [](const TablePtr& table) { return table->spec().id; });
    if (!sorted) {
        m_in.fail();
    }
    return snapshot;
}

void ChunkDecoder::readHeader(SnapshotHeader& header) {
    const auto parts = m_in.number(kAllHeaderParts);
    header.sequence = m_header.sequence + static_cast<std::uint64_t>(m_in.difference());
    const auto steadyNs = steadyWithin(m_in, addNs(m_steadyNs, m_in.difference()));
    const auto utcNs = utcWithin(m_in, addNs(addNs(steadyNs, m_utcOffsetNs), m_in.difference()));
    header.steadyAt = SteadyTime(nanoseconds(steadyNs));
    header.utcAt = UtcTime(nanoseconds(utcNs));
    header.took = nanoseconds(steadyWithin(m_in, addNs(m_header.took.count(), m_in.difference())));
    header.source = (parts & kOtherSource) != 0 ? nameFrom(m_in) : m_source;
    header.epoch = (parts & kOtherEpoch) != 0 ? nameFrom(m_in) : m_header.epoch;
    if ((parts & kSenderClock) != 0) {
        const auto before = m_header.senderMonotonic ? m_header.senderMonotonic->count() - nsOf(m_header.steadyAt) : 0;
        header.senderMonotonic = nanoseconds(steadyWithin(m_in, addNs(addNs(m_in.difference(), before), steadyNs)));
    }
    m_header = header;
}

void ChunkDecoder::readSeries() {
    Series series;
    const auto kind = m_in.raw();
    if (kind > static_cast<std::uint8_t>(SignalKind::Histogram) || m_series.size() >= kMaxSeries) {
        m_in.fail();
        return;
    }
    series.reading.kind = static_cast<SignalKind>(kind);
    series.reading.key.id = m_in.text();
    for (auto left = m_in.number(kMaxLabels); left > 0 && !m_in.failed(); --left) {
        const auto name = m_in.text();
        series.reading.key.labels.set(name, m_in.text());
    }
    series.cost = seriesCost(series.reading.key);
    m_series.push_back(std::move(series));
}

void ChunkDecoder::readLayout() {
    const auto size = m_in.number(kMaxSeries);
    if (size > 0) {
        m_layout.clear();
        for (auto left = size - 1; left > 0 && !m_in.failed(); --left) {
            const auto reference = m_in.number(kMaxSeries);
            if (reference == 0) {
                readSeries();
            } else if (reference > m_series.size()) {
                m_in.fail();
            }
            m_layout.push_back(static_cast<std::size_t>(reference == 0 ? m_series.size() : reference) - 1);
            m_readings += m_in.failed() ? 0 : m_series[m_layout.back()].cost;
        }
    } else {
        for (const auto number : m_layout) {
            m_readings += m_series[number].cost;
        }
    }
    if (m_readings > kMaxReadings) {
        m_in.fail();
    }
}

void ChunkDecoder::readChanges() {
    auto left = m_in.number(kMaxSeries);
    std::size_t index = 0;
    for (; left > 0 && !m_in.failed(); --left) {
        const auto tag = m_in.number(kMaxSeries << kReadingPartBits);
        index += static_cast<std::size_t>(tag >> kReadingPartBits);
        if (index >= m_layout.size()) {
            m_in.fail();
            return;
        }
        auto& series = m_series[m_layout[index++]];
        auto& reading = series.reading;
        reading.value.reset();
        reading.histogram.reset();
        reading.absentReason.clear();
        if ((tag & kValue) != 0) {
            series.value = m_in.real(series.value);
            reading.value = series.value;
        }
        if ((tag & kHistogram) != 0) {
            static const LatencyHistogram nothing;
            auto histogram = readHistogram(m_in, series.histogram ? *series.histogram : nothing);
            if (!histogram) {
                return;
            }
            m_cells += histogramCost(*histogram);
            series.histogram = std::make_shared<const LatencyHistogram>(std::move(*histogram));
            reading.histogram = series.histogram;
        }
        if ((tag & kReason) != 0) {
            reading.absentReason = m_in.text();
            m_readings += reading.absentReason.size() / kBytesPerReading;
            series.cost = seriesCost(reading.key) + reading.absentReason.size() / kBytesPerReading;
        }
        if (m_cells > kMaxCells) {
            m_in.fail();
        }
    }
}

SourceFailure ChunkDecoder::readFailure() {
    SourceFailure failure;
    const auto code = m_in.raw();
    if (code > static_cast<std::uint8_t>(ErrorCode::Io)) {
        m_in.fail();
        return failure;
    }
    failure.error.code = static_cast<ErrorCode>(code);
    failure.error.text = m_in.text();
    const auto at = steadyWithin(m_in, addNs(m_steadyNs, m_in.difference()));
    failure.at = SteadyTime(nanoseconds(at));
    failure.utcAt = UtcTime(nanoseconds(utcWithin(m_in, addNs(addNs(at, m_utcOffsetNs), m_in.difference()))));
    failure.attempts = static_cast<unsigned>(m_in.number(std::numeric_limits<unsigned>::max()));
    failure.nextTryAt = SteadyTime(nanoseconds(steadyWithin(m_in, addNs(at, m_in.difference()))));
    m_cells += failure.error.text.size() / kBytesPerCell;
    if (m_cells > kMaxCells) {
        m_in.fail();
    }
    return failure;
}

Result<std::vector<RecordedEvent>> decodeChunk(std::span<const std::byte> packed) {
    const auto bytes = unpackChunk(packed);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    std::vector<RecordedEvent> events;
    ChunkDecoder decoder(*bytes);
    for (;;) {
        auto event = decoder.next();
        if (!event) {
            return std::unexpected(std::move(event.error()));
        }
        if (!*event) {
            return events;
        }
        events.push_back(std::move(**event));
    }
}

} // namespace binnacle
