// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/recorder_chunk.h"

#include "backend/recorder/chunk_bytes.h"
#include "backend/recorder/chunk_decoder.h"
#include "backend/recorder/chunk_encoder.h"
#include "backend/recorder/recorded_event.h"

#include <memory>
#include <span>
#include <utility>

namespace binnacle::fuzz {

namespace {

/// A minute of a source with everything that a chunk can hold: counters that move, a gauge, a histogram, an absence, a
/// table, and a pass that failed.
std::vector<std::byte> chunk() {
    ChunkEncoder encoder("service/app-1");
    std::vector<std::byte> bytes;
    for (int pass = 1; pass <= 6; ++pass) {
        Snapshot snapshot;
        snapshot.header.source = "service/app-1";
        snapshot.header.sequence = static_cast<std::uint64_t>(pass);
        snapshot.header.steadyAt = SteadyTime(std::chrono::milliseconds(500 * pass));
        snapshot.header.utcAt = UtcTime(std::chrono::milliseconds(1'800'000'000'000 + 500 * pass));
        snapshot.header.epoch = "00ff";
        LatencyHistogram latency;
        latency.recordMany(1'000'000 * pass, 7);
        snapshot.readings.push_back(absent(SignalKind::Ratio, "cache.hit_ratio", {{"level", "l2"}}, "no lookups"));
        snapshot.readings.push_back(gauge("pool.app.in_use", {}, pass % 3));
        snapshot.readings.push_back(histogram("service.http.latency", {{"route", "GET /v1/tasks"}}, latency));
        snapshot.readings.push_back(counter("service.http.requests", {{"route", "GET /v1/tasks"}}, 7.0 * pass));
        if (const auto* const spec = findTable("stack.processes"); spec != nullptr && pass % 2 == 0) {
            SnapshotTable table(*spec);
            std::vector<TableCell> row(spec->columns.size());
            row.front() = std::string("primary");
            table.add(std::move(row));
            snapshot.tables.push_back(std::make_shared<const SnapshotTable>(std::move(table)));
        }
        snapshot.sort();
        SourceUpdate update{"service/app-1", std::chrono::milliseconds(500), SteadyTime(), {}, std::nullopt};
        update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
        if (pass == 6) {
            update.failure = SourceFailure{{ErrorCode::Timeout, "no answer in time"},
                                           SteadyTime(std::chrono::milliseconds(3400)),
                                           UtcTime(std::chrono::milliseconds(1'800'000'003'400)),
                                           1,
                                           SteadyTime(std::chrono::milliseconds(3900))};
        }
        if (const auto event = encoder.append(recordedEvent(std::move(update), UtcTime()))) {
            bytes.insert(bytes.end(), event->begin(), event->end());
        }
    }
    return bytes;
}

std::string textOf(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

void recorderChunk(std::string_view bytes) {
    const auto all = std::as_bytes(std::span(bytes));
    (void)decodeChunk(all); // as stored
    ChunkDecoder decoder(all);
    for (;;) { // as unpacked: damage gets past the packing
        const auto event = decoder.next();
        if (!event || !*event) {
            return;
        }
    }
}

std::vector<std::string> recorderChunks() {
    const auto bytes = chunk();
    ChunkPacker packer;
    const auto packed = packer.pack(bytes);
    return {textOf(bytes), packed ? textOf(*packed) : std::string()};
}

} // namespace binnacle::fuzz
