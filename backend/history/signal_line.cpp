// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/signal_line.h"

#include <algorithm>
#include <utility>

namespace binnacle {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr milliseconds kStep{500};
constexpr milliseconds kCoarseStep{10'000}; // what the store has folded is no finer
constexpr minutes kFine{19};
constexpr std::chrono::hours kKept{2};
/// Series that one call looks at, over all its points: with hundreds of them a call makes fewer points.
constexpr std::size_t kMostLooks = 3000;

enum class Part { Told, Late, Gone };

/// What a series whose newest sample is that old has to do with a moment.
Part partOf(SteadyTime::duration age, milliseconds interval) {
    return age <= lateAfter(interval) ? Part::Told : age <= lostAfter(interval) ? Part::Late : Part::Gone;
}

milliseconds intervalOf(const SignalStore& store, const SignalEntry& entry) {
    const auto* update = store.source(entry.source);
    return update != nullptr ? update->interval : kStep;
}

} // namespace

SignalLine::SignalLine(LineSpec spec)
    : m_spec(std::move(spec))
    , m_series({2400, 720, kCoarseStep}) {}

milliseconds SignalLine::step() const {
    return m_spec.kind == LineSpec::Kind::Quantile ? milliseconds(LatencyLog::kSlot) : kStep;
}

bool SignalLine::known(const SignalStore& store) const {
    return m_spec.kind == LineSpec::Kind::Quantile ? !store.waits().series().empty() : firstAt(store).has_value();
}

std::optional<SteadyTime> SignalLine::firstAt(const SignalStore& store) const {
    std::optional<SteadyTime> first;
    for (const auto* entry : store.byId(m_spec.id)) {
        if (m_spec.accept && !m_spec.accept(*entry)) {
            continue;
        }
        const auto at = entry->series.firstAt().value_or(entry->readAt);
        first = std::min(first.value_or(at), at);
    }
    return first;
}

void SignalLine::follow(const SignalStore& store, SteadyTime now) {
    if (m_from && m_next > now) {
        return;
    }
    const auto kept = now - kKept;
    auto begin = kept;
    if (m_spec.kind != LineSpec::Kind::Quantile) {
        const auto first = firstAt(store);
        if (!first) {
            return;
        }
        begin = std::max(kept, *first);
    }
    if (!m_from || begin < *m_from - 2 * kCoarseStep) {
        // Opened for the first time, or a past came in that was not there before.
        m_series = Series({2400, 720, kCoarseStep});
        m_from = begin;
        m_next = LatencyLog::slotStart(begin, std::chrono::seconds(2));
    }
    if (m_next < kept) {
        m_next = LatencyLog::slotStart(kept, std::chrono::seconds(2)); // nobody looked for hours
    }
    if (m_next > now) {
        return;
    }
    const auto series = m_spec.kind == LineSpec::Kind::Quantile
                            ? store.waits().series().size()
                            : store.byId(m_spec.id).size() + (m_spec.rest.empty() ? 0 : store.byId(m_spec.rest).size());
    const auto most = std::clamp<int>(static_cast<int>(kMostLooks / std::max<std::size_t>(1, series)), 4, kMostPoints);
    for (int made = 0; made < most && m_next <= now; ++made) {
        if (const auto told = value(store, m_next)) {
            m_series.append(m_next, *told);
        } else {
            m_series.appendGap(m_next);
        }
        m_next += m_next < now - kFine ? kCoarseStep : step();
    }
}

std::optional<double> SignalLine::value(const SignalStore& store, SteadyTime at) const {
    switch (m_spec.kind) {
    case LineSpec::Kind::Sum:
    case LineSpec::Kind::Largest:
        return gaugeAt(store, at);
    case LineSpec::Kind::Rate: {
        const auto rate = rateAt(store, m_spec.id, at);
        const auto rest = m_spec.rest.empty() ? std::optional(0.0) : rateAt(store, m_spec.rest, at);
        return rate && rest ? std::optional(*rate + *rest) : std::nullopt;
    }
    case LineSpec::Kind::Share: {
        const auto part = rateAt(store, m_spec.id, at);
        const auto rest = rateAt(store, m_spec.rest, at);
        return part && rest && *part + *rest > 0 ? std::optional(*part / (*part + *rest)) : std::nullopt;
    }
    case LineSpec::Kind::Quantile:
        break;
    }
    return store.waits().merged({}, at - PathReading::kRecentWindow, at).supportedQuantile(m_spec.quantile);
}

std::optional<double> SignalLine::gaugeAt(const SignalStore& store, SteadyTime at) const {
    std::optional<double> out;
    for (const auto* entry : store.byId(m_spec.id)) {
        const auto sample = m_spec.accept && !m_spec.accept(*entry) ? std::nullopt : entry->series.at(at);
        if (!sample) {
            continue;
        }
        // A fold tells its ends only: what lies between is not late.
        const auto interval = at < entry->readAt - kFine ? kCoarseStep : intervalOf(store, *entry);
        const auto part = partOf(at - sample->at, interval);
        if (part == Part::Late) {
            return std::nullopt;
        }
        if (part == Part::Told) {
            out = !out                                 ? sample->value
                  : m_spec.kind == LineSpec::Kind::Sum ? *out + sample->value
                                                       : std::max(*out, sample->value);
        }
    }
    return out;
}

std::optional<double> SignalLine::rateAt(const SignalStore& store, std::string_view id, SteadyTime at) const {
    std::optional<double> out;
    for (const auto* entry : store.byId(id)) {
        if (m_spec.accept && !m_spec.accept(*entry)) {
            continue;
        }
        const auto newest = entry->series.at(at);
        if (!newest) {
            continue;
        }
        const auto interval = at < entry->readAt - kFine ? kCoarseStep : intervalOf(store, *entry);
        const auto part = partOf(at - newest->at, interval);
        if (part == Part::Late) {
            return std::nullopt;
        }
        if (part == Part::Gone) {
            continue;
        }
        out = out.value_or(0) + meanRate(*entry, at, PathReading::kRateWindow).value_or(newest->value);
    }
    return out;
}

Figure figureOf(const PathReading& path, std::string_view source, std::optional<double> value, std::string reason) {
    const bool group = source.ends_with('/');
    Figure out;
    out.source = std::string(source) + (group ? "*" : "");
    SumState sum;
    for (const auto& health : path.sources) {
        if (group ? health.name.starts_with(source) : health.name == source) {
            sum.add(health.state, health.age);
        }
    }
    out.state = sum.state();
    out.age = sum.age();
    if (sum.shows()) {
        out.value = value;
    }
    if (!out.value) {
        out.reason = std::move(reason);
    }
    return out;
}

} // namespace binnacle
