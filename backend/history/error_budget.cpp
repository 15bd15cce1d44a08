// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/error_budget.h"

#include "backend/domain/rate.h"
#include "backend/history/latency_log.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

using std::chrono::nanoseconds;
using std::chrono::seconds;

namespace {

constexpr std::string_view kLatencyId = "service.http.latency";
constexpr std::string_view kServicePrefix = "service/";
constexpr std::string_view kProxy = "haproxy";
constexpr double kWholeSeen = 0.95; ///< of a window: the newest reading is always a little old

/// The readings of one signal: they stand together.
std::pair<std::vector<Reading>::const_iterator, std::vector<Reading>::const_iterator> ofSignal(const Snapshot& snapshot,
                                                                                               std::string_view id) {
    const auto found = std::ranges::equal_range(
        snapshot.readings, id, {}, [](const Reading& reading) -> std::string_view { return reading.key.id; });
    return {found.begin(), found.end()};
}

/// May what was counted between two snapshots be put between their times: the same start, and no sleep of our machine
/// that its own clock did not count.
bool follows(const SnapshotHeader& earlier, const SnapshotHeader& later) {
    const auto bySender = secondsBetween(earlier, later);
    return bySender && *bySender <= 1.5 * toSeconds(later.steadyAt - earlier.steadyAt) + 5;
}

std::uint64_t whole(double count) {
    return static_cast<std::uint64_t>(std::llround(std::max(0.0, count)));
}

/// "0:20 min", "2 h 05 min".
std::string spanText(seconds span) {
    const auto two = [](long long value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    const auto minutes = span.count() / 60;
    return minutes < 60 ? std::to_string(minutes) + ":" + two(span.count() % 60) + " min"
                        : std::to_string(minutes / 60) + " h " + two(minutes % 60) + " min";
}

/// Calls `add` with each slot that [from, to) touches, and with how many seconds of it lie there.
template <typename Slots, typename Add>
void eachSlot(Slots& slots, seconds length, SteadyTime from, SteadyTime to, const Add& add) {
    for (auto start = LatencyLog::slotStart(from, length); start < to; start += length) {
        const auto begin = std::max(start, from);
        const auto end = std::min<SteadyTime>(start + length, to);
        if (end > begin) {
            add(slots[start], toSeconds(end - begin));
        }
    }
}

} // namespace

/// Its series have other names than before: they would look new, and count once more from zero.
bool ErrorBudget::renamed(const Snapshot& snapshot, const Source& known) {
    const auto [first, last] = ofSignal(snapshot, kLatencyId);
    return first != last && !known.series.empty() &&
           std::ranges::any_of(std::to_array({"role", "version"}), [&](const char* name) {
               return first->key.labels.get(name) != known.series.front().first.get(name);
           });
}

ErrorBudget::Told ErrorBudget::readService(const Snapshot& snapshot, Source& known) const {
    const LatencySelector usersTraffic;
    const auto slowNs = std::chrono::duration_cast<nanoseconds>(m_objective.slowerThan).count();
    Told told;
    auto at = known.series.begin();
    const auto [first, last] = ofSignal(snapshot, kLatencyId);
    for (auto reading = first; reading != last; ++reading) {
        const auto& labels = reading->key.labels;
        if (!reading->histogram || !usersTraffic.matches(labels)) {
            continue;
        }
        told.seen = true;
        const auto requests = static_cast<double>(reading->histogram->count());
        const bool failed = labels.get("status_class") == "5xx";
        const Tally now{requests, failed ? requests : static_cast<double>(reading->histogram->countFrom(slowNs))};
        while (at != known.series.end() && at->first < labels) {
            ++at; // it tells this one no more, or not now
        }
        if (at == known.series.end() || at->first != labels) {
            if (known.series.size() >= kMaxSeries) {
                continue;
            }
            at = known.series.emplace(at, labels, Tally{}); // counts from zero since the start that is known
        }
        if (now.requests >= at->second.requests && now.bad >= at->second.bad) {
            told.tally.requests += now.requests - at->second.requests;
            told.tally.bad += now.bad - at->second.bad;
        }
        at->second = now;
    }
    return told;
}

ErrorBudget::Told ErrorBudget::readProxy(const Snapshot& snapshot, Source& known) {
    Told told;
    if (const auto* const own = snapshot.find("haproxy.own_errors", {}); own != nullptr && own->value) {
        const auto more = known.ownErrors ? std::max(0.0, *own->value - *known.ownErrors) : 0;
        told.tally = {more, more};
        known.ownErrors = own->value;
        m_countsProxy = true;
    }
    std::optional<double> forwarded;
    const auto [first, last] = ofSignal(snapshot, "haproxy.server.requests");
    for (auto reading = first; reading != last; ++reading) {
        forwarded = forwarded.value_or(0) + reading->value.value_or(0);
    }
    told.seen = known.ownErrors && forwarded && forwarded == known.forwarded;
    known.forwarded = forwarded;
    return told;
}

void ErrorBudget::apply(const SourceUpdate& update) {
    const bool service = update.source != kProxy;
    if (!isTold(update.source)) {
        return;
    }
    m_instances = m_instances || service;
    if (!update.snapshot) {
        return;
    }
    const auto& snapshot = *update.snapshot;
    auto it = m_sources.find(update.source);
    const bool isNew = it == m_sources.end();
    if (isNew) {
        if (m_sources.size() >= kMaxSources) {
            return;
        }
        it = m_sources.emplace(update.source, Source{}).first;
    }
    auto& known = it->second;
    if (!isNew && snapshot.header.steadyAt <= known.header.steadyAt) {
        return;
    }
    const bool sameStart = !isNew && known.header.epoch == snapshot.header.epoch && !renamed(snapshot, known);
    if (!sameStart) {
        known.series.clear();
        known.ownErrors.reset();
        known.forwarded.reset();
    }
    auto told = service ? readService(snapshot, known) : readProxy(snapshot, known);
    if (service) {
        noteLatencies(snapshot, told.seen);
    }
    const auto from = known.header.steadyAt;
    const bool counts = sameStart && follows(known.header, snapshot.header);
    known.header = snapshot.header;
    if (!counts) {
        return;
    }
    put(from, snapshot.header.steadyAt, told.tally);
    if (told.seen) {
        see(from, snapshot.header.steadyAt);
        if (m_seenUntil == snapshot.header.steadyAt) {
            m_seenBy = update.source;
        }
    }
    expire();
}

seconds ErrorBudget::kept() const {
    return std::max<seconds>(m_objective.window, kSlowBurn.lasting);
}

bool ErrorBudget::isTold(std::string_view source) {
    return source.starts_with(kServicePrefix) || source == kProxy;
}

void ErrorBudget::noteLatencies(const Snapshot& snapshot, bool told) {
    m_latencies = m_latencies || told;
    const auto [first, last] = ofSignal(snapshot, kLatencyId);
    if (!told && first != last) {
        m_absentReason = first->absentReason;
    }
}

void ErrorBudget::removeSource(std::string_view source) {
    if (const auto it = m_sources.find(source); it != m_sources.end()) {
        m_sources.erase(it);
    }
}

void ErrorBudget::put(SteadyTime from, SteadyTime to, const Tally& tally) {
    from = std::max<SteadyTime>(from, to - m_objective.window);
    const auto span = toSeconds(to - from);
    if (tally.requests <= 0 || span <= 0) {
        return;
    }
    const auto add = [&](Slot& slot, double inSlot) {
        slot.requests += tally.requests * inSlot / span;
        slot.bad += tally.bad * inSlot / span;
    };
    eachSlot(m_coarse, kCoarseSlot, from, to, add);
    if (to - from <= kLongestFine) {
        eachSlot(m_fine, kSlot, from, to, add);
    }
    m_counted = std::max(m_counted.value_or(to), to);
}

void ErrorBudget::see(SteadyTime from, SteadyTime to) {
    const bool fine = to - from <= kLongestFine;
    from = std::max<SteadyTime>(from, to - m_objective.window);
    from = std::max(from, m_seenUntil.value_or(from)); // another instance told of it
    if (from >= to) {
        return;
    }
    const auto add = [](Slot& slot, double inSlot) { slot.seenSeconds += inSlot; };
    eachSlot(m_coarse, kCoarseSlot, from, to, add);
    if (fine) {
        eachSlot(m_fine, kSlot, from, to, add);
    }
    m_seenUntil = to;
}

void ErrorBudget::takeOver(const ErrorBudget& earlier) {
    const auto add = [](Slots& mine, const Slots& theirs, seconds length) {
        for (const auto& [start, slot] : theirs) {
            auto& to = mine[start];
            to.requests += slot.requests;
            to.bad += slot.bad;
            to.seenSeconds = std::min(to.seenSeconds + slot.seenSeconds, toSeconds(length));
        }
    };
    add(m_coarse, earlier.m_coarse, kCoarseSlot);
    add(m_fine, earlier.m_fine, kSlot);
    if (!m_counted) {
        m_counted = earlier.m_counted;
    }
    if (!m_seenUntil) {
        m_seenUntil = earlier.m_seenUntil;
        m_seenBy = earlier.m_seenBy;
    }
    m_instances = m_instances || earlier.m_instances;
    m_latencies = m_latencies || earlier.m_latencies;
    m_countsProxy = m_countsProxy || earlier.m_countsProxy;
    expire();
}

void ErrorBudget::expire() {
    const auto newest = std::max(m_counted, m_seenUntil);
    if (newest) {
        m_coarse.erase(m_coarse.begin(), m_coarse.lower_bound(*newest - kept() - kCoarseSlot));
        m_fine.erase(m_fine.begin(), m_fine.lower_bound(*newest - kFine - kSlot));
    }
}

ErrorBudget::Slot ErrorBudget::sum(SteadyTime now, seconds window) const {
    Slot sum;
    const auto newest = std::max(m_counted, m_seenUntil);
    if (!newest) {
        return sum;
    }
    const auto from = now - window;
    const bool fine = window <= kFine && from >= *newest - kFine;
    const auto& slots = fine ? m_fine : m_coarse;
    const seconds length = fine ? kSlot : seconds(kCoarseSlot);
    for (auto it = slots.lower_bound(LatencyLog::slotStart(from, length)); it != slots.end() && it->first <= now;
         ++it) {
        // Of a slot at an edge counts what lies within, as if it had come evenly.
        const auto& [start, slot] = *it;
        const auto end = std::min<SteadyTime>(start + length, *newest);
        const auto inside = toSeconds(std::min(end, now) - std::max(start, from));
        const auto share = end > start ? std::clamp(inside / toSeconds(end - start), 0.0, 1.0) : 0;
        sum.requests += slot.requests * share;
        sum.bad += slot.bad * share;
        sum.seenSeconds += slot.seenSeconds * share;
    }
    return sum;
}

BudgetCount ErrorBudget::counted(const Slot& sum) {
    return {whole(sum.requests), whole(sum.bad), seconds(std::llround(sum.seenSeconds))};
}

BudgetCount ErrorBudget::count(SteadyTime now, seconds window) const {
    return counted(sum(now, window));
}

/// Why nothing can be said, whatever was counted; empty when it can.
std::string ErrorBudget::whyNothing() const {
    if (!m_instances) {
        return "no instance tells its requests";
    }
    return m_latencies ? std::string() : m_absentReason;
}

BudgetFigure ErrorBudget::burn(SteadyTime now, seconds window) const {
    const auto sum = this->sum(now, window);
    BudgetFigure out{{}, whyNothing(), counted(sum)};
    const auto seenShare = sum.seenSeconds / toSeconds(window);
    if (!out.reason.empty()) {
        return out;
    }
    if (sum.seenSeconds < toSeconds(std::min<nanoseconds>(kLeastSeen, nanoseconds(window) / 2))) {
        out.reason = "only " + spanText(out.over.seen) + " of " + spanText(window) + " seen";
    } else if (out.over.requests < kLeastRequests && out.over.bad < kLeastBad) {
        out.reason = tooFew(out.over);
    } else {
        out.value = sum.bad / sum.requests / (1 - m_objective.goodShare) * (seenShare >= kWholeSeen ? 1 : seenShare);
    }
    return out;
}

bool ErrorBudget::burns(SteadyTime now, const BurnLimit& limit) const {
    const auto reaches = [&](seconds window) {
        const auto rate = burnRate(now, window);
        return rate && *rate >= limit.rate;
    };
    return reaches(limit.quick) && reaches(limit.lasting);
}

BudgetFigure ErrorBudget::remaining(SteadyTime now) const {
    const auto sum = this->sum(now, m_objective.window);
    BudgetFigure out{{}, whyNothing(), counted(sum)};
    const auto allowed = sum.requests * (1 - m_objective.goodShare);
    if (!out.reason.empty()) {
        return out;
    }
    if (allowed < 1 - 1e-6) {
        out.reason = tooFew(out.over);
    } else {
        out.value = 1 - sum.bad / allowed;
    }
    return out;
}

std::string ErrorBudget::tooFew(const BudgetCount& count) {
    return count.requests == 0 ? "no requests in this time" : "too few (" + std::to_string(count.requests) + ")";
}

} // namespace binnacle
