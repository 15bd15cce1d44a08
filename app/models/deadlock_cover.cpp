// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/deadlock_cover.h"

#include "backend/history/counted_within.h"

#include <algorithm>
#include <cmath>

namespace binnacle::app {

namespace {

/// The counter is so late, and a moment: what it tells at first may have been before.
constexpr std::chrono::seconds kCounterLate{11};

/// The series of that source, if it tells one.
const SignalEntry* entryOf(const SignalStore& store, std::string_view id, const std::string& source) {
    for (const auto* entry : store.byId(id)) {
        if (entry->source == source) {
            return entry;
        }
    }
    return nullptr;
}

} // namespace

DeadlockCover deadlockCover(const SignalStore& store, const std::string& source, SteadyTime end,
                            const std::vector<Deadlock>& reports, bool omitted, std::chrono::nanoseconds utcAhead) {
    DeadlockCover out;
    if (const auto* span = entryOf(store, "postgres.deadlock_reports.span_seconds", source)) {
        if (const auto told = span->series.at(end)) {
            out.since = told->at - std::chrono::duration_cast<SteadyTime::duration>(
                                       std::chrono::duration<double>(std::max(0.0, told->value)));
        }
    }
    const auto steadyOf = [&](UtcTime at) {
        return SteadyTime(std::chrono::duration_cast<SteadyTime::duration>(at.time_since_epoch() - utcAhead));
    };
    if (omitted) {
        for (const auto& report : reports) { // newest first: of what was before the last of them some are not here
            out.since = report.at ? steadyOf(*report.at) : out.since;
        }
    }
    const auto* counter = entryOf(store, "postgres.deadlocks", source);
    const auto from = out.since ? *out.since + kCounterLate : SteadyTime::min();
    if (const auto counted = counter != nullptr ? countedWithin(*counter, from, end) : std::nullopt) {
        out.counted = static_cast<int>(std::clamp(std::round(counted->count), 0.0, 1e9));
        out.countedSince = counted->since;
        out.reported = static_cast<int>(std::ranges::count_if(reports, [&](const Deadlock& report) {
            return !report.at || steadyOf(*report.at) >= counted->since - kCounterLate;
        }));
    }
    return out;
}

} // namespace binnacle::app
