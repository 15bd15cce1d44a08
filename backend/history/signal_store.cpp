// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/signal_store.h"

#include "backend/domain/rate.h"

#include <span>

namespace binnacle {

namespace {
constexpr std::string_view kLatencyId = "service.http.latency";
constexpr std::string_view kWaitId = "pool.app.wait";
} // namespace

void SignalStore::apply(const SourceUpdate& update) {
    auto& known = m_sources[update.source].update;
    const auto previous = known.snapshot;
    const auto at = update.snapshot ? update.snapshot->header.steadyAt : SteadyTime{};
    const bool older = previous && update.snapshot && at < previous->header.steadyAt;
    if (older && !(update.failure && update.failure->at > previous->header.steadyAt)) {
        return; // another who reads the same source has told more already
    }
    const bool fresh = update.snapshot && (!previous || at > previous->header.steadyAt);
    known = update;
    if (!update.snapshot || older) {
        known.snapshot = previous; // a restarted collector has nothing yet; what was read stays read
    }
    if (fresh) {
        applySnapshot(previous, update);
    }
}

void SignalStore::applySnapshot(const SnapshotPtr& previous, const SourceUpdate& update) {
    const auto& current = *update.snapshot;
    Step step;
    step.at = current.header.steadyAt;
    if (previous) {
        // Silence longer than a late reply is a gap: the line is cut, never bridged.
        if (step.at - previous->header.steadyAt > 2 * lateAfter(update.interval)) {
            step.gapAt = previous->header.steadyAt + std::chrono::nanoseconds(1);
        }
        step.seconds = secondsBetween(previous->header, current.header);
    }
    // The readings of both snapshots and what is known of each signal stand in the same order: one walk over all three
    // instead of a search for each of thousands of readings.
    auto before = previous ? std::span<const Reading>(previous->readings) : std::span<const Reading>();
    std::map<Labels, SignalEntry>* known = nullptr;
    std::map<Labels, SignalEntry>::iterator next;
    const std::string* id = nullptr;
    for (const auto& reading : current.readings) {
        while (!before.empty() && before.front().key != reading.key && before.front().key < reading.key) {
            before = before.subspan(1);
        }
        if (id == nullptr || *id != reading.key.id) {
            id = &reading.key.id;
            known = &m_entries[{*id, current.header.source}];
            next = known->begin();
        }
        const auto& labels = reading.key.labels;
        if (next == known->end() || next->first != labels) {
            next = known->lower_bound(labels);
        }
        if (next == known->end() || next->first != labels) {
            if (m_entryCount >= kMaxEntries) {
                ++m_refused;
                continue;
            }
            ++m_entryCount;
            next = known->emplace_hint(
                next, labels, SignalEntry{current.header.source, reading.key, reading.kind, {}, {}, {}, step.at, {}});
        }
        const bool had = !before.empty() && before.front().key == reading.key;
        applyReading((next++)->second, reading, had ? &before.front() : nullptr, step);
    }
}

/// `before`: the same reading in the snapshot before, null where it had none.
void SignalStore::applyReading(SignalEntry& entry, const Reading& reading, const Reading* before, const Step& step) {
    if (step.gapAt) {
        entry.series.appendGap(*step.gapAt);
    }
    entry.readAt = step.at;
    entry.absentReason = reading.absentReason;
    entry.value.reset();
    entry.cumulative.reset();
    switch (reading.kind) {
    case SignalKind::Gauge:
    case SignalKind::Ratio:
        entry.value = reading.value;
        break;
    case SignalKind::Counter:
        entry.cumulative = reading.value;
        entry.value = counterRate(before, reading, step.seconds);
        break;
    case SignalKind::Histogram:
        // What a silence held is not of this moment: it would stand in one slot as if it had happened now.
        if (auto* log = reading.key.id == kLatencyId ? &m_latency
                        : reading.key.id == kWaitId  ? &m_waits
                                                     : nullptr;
            log != nullptr && !step.gapAt) {
            if (const auto recorded = histogramSince(before, reading, step.seconds)) {
                log->add(reading.key.labels, step.at, *recorded);
            }
        }
        return;
    }
    if (entry.value) {
        entry.series.append(step.at, *entry.value);
    } else {
        entry.series.appendGap(step.at);
    }
}

void SignalStore::expire(SteadyTime now) {
    m_latency.expire(now);
    m_waits.expire(now);
    for (auto series = m_entries.begin(); series != m_entries.end();) {
        m_entryCount -= std::erase_if(series->second,
                                      [&](const auto& entry) { return entry.second.readAt < now - LatencyLog::kKept; });
        series = series->second.empty() ? m_entries.erase(series) : std::next(series);
    }
}

void SignalStore::removeSource(std::string_view source) {
    if (const auto it = m_sources.find(source); it != m_sources.end()) {
        m_sources.erase(it);
    }
    std::erase_if(m_entries, [&](const auto& item) {
        if (item.first.second != source) {
            return false;
        }
        m_entryCount -= item.second.size();
        return true;
    });
}

std::vector<std::string> SignalStore::sources() const {
    std::vector<std::string> out;
    out.reserve(m_sources.size());
    for (const auto& [name, history] : m_sources) {
        out.push_back(name);
    }
    return out;
}

const SourceUpdate* SignalStore::source(std::string_view name) const {
    const auto it = m_sources.find(name);
    return it != m_sources.end() ? &it->second.update : nullptr;
}

const SignalEntry* SignalStore::find(std::string_view source, const SeriesKey& key) const {
    const auto it = m_entries.find(Key(key.id, source));
    if (it == m_entries.end()) {
        return nullptr;
    }
    const auto entry = it->second.find(key.labels);
    return entry != it->second.end() ? &entry->second : nullptr;
}

std::vector<const SignalEntry*> SignalStore::byId(std::string_view id) const {
    std::vector<const SignalEntry*> out;
    for (auto it = m_entries.lower_bound(Key(id, "")); it != m_entries.end() && it->first.first == id; ++it) {
        for (const auto& [labels, entry] : it->second) {
            out.push_back(&entry);
        }
    }
    return out;
}

std::optional<double> meanRate(const SignalEntry& counter, SteadyTime at, std::chrono::seconds window) {
    double counted = 0;
    double seconds = 0;
    counter.series.forEachSample(at - window, at, [&](const Sample& sample) {
        if (sample.since) {
            const auto span = toSeconds(sample.at - *sample.since);
            counted += sample.value * span;
            seconds += span;
        }
    });
    return seconds > 0 ? std::optional(counted / seconds) : std::nullopt;
}

} // namespace binnacle
