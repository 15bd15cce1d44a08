// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/recorded_event.h"

#include "backend/coding/table_coding.h"

#include <algorithm>
#include <bit>

namespace binnacle {

namespace {

bool sameBits(const std::optional<double>& a, const std::optional<double>& b) {
    return a.has_value() == b.has_value() &&
           (!a || std::bit_cast<std::uint64_t>(*a) == std::bit_cast<std::uint64_t>(*b));
}

bool sameHistogram(const std::shared_ptr<const LatencyHistogram>& a, const std::shared_ptr<const LatencyHistogram>& b) {
    return a == b || (a && b && *a == *b);
}

bool sameReading(const Reading& a, const Reading& b) {
    return a.key == b.key && a.kind == b.kind && sameBits(a.value, b.value) &&
           sameHistogram(a.histogram, b.histogram) && a.absentReason == b.absentReason;
}

bool sameHeader(const SnapshotHeader& a, const SnapshotHeader& b) {
    return a.source == b.source && a.sequence == b.sequence && a.steadyAt == b.steadyAt && a.utcAt == b.utcAt &&
           a.took == b.took && a.epoch == b.epoch && a.senderMonotonic == b.senderMonotonic;
}

bool sameSnapshot(const SnapshotPtr& a, const SnapshotPtr& b) {
    if (!a || !b) {
        return a == b;
    }
    return sameHeader(a->header, b->header) && std::ranges::equal(a->readings, b->readings, sameReading) &&
           std::ranges::equal(a->tables, b->tables, [](const auto& x, const auto& y) { return sameTable(*x, *y); });
}

bool sameFailure(const std::optional<SourceFailure>& a, const std::optional<SourceFailure>& b) {
    if (!a || !b) {
        return a.has_value() == b.has_value();
    }
    return a->error == b->error && a->at == b->at && a->utcAt == b->utcAt && a->attempts == b->attempts &&
           a->nextTryAt == b->nextTryAt;
}

} // namespace

RecordedEvent recordedEvent(SourceUpdate update, UtcTime utc) {
    RecordedEvent event{update.source, update.startedAt, utc, std::nullopt};
    if (update.snapshot) {
        event.at = update.snapshot->header.steadyAt;
        event.atUtc = update.snapshot->header.utcAt;
    }
    if (update.failure && (!update.snapshot || update.failure->at > event.at)) {
        event.at = update.failure->at;
        event.atUtc = update.failure->utcAt;
    }
    event.update = std::move(update);
    return event;
}

bool identical(const RecordedEvent& a, const RecordedEvent& b) {
    if (a.source != b.source || a.at != b.at || a.atUtc != b.atUtc || a.update.has_value() != b.update.has_value()) {
        return false;
    }
    return !a.update ||
           (a.update->source == b.update->source && a.update->interval == b.update->interval &&
            a.update->startedAt == b.update->startedAt && sameSnapshot(a.update->snapshot, b.update->snapshot) &&
            sameFailure(a.update->failure, b.update->failure));
}

} // namespace binnacle
