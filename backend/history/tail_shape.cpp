// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/tail_shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace binnacle {

namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;
using Rules = TailRules;

double share(std::uint64_t part, std::uint64_t of) {
    return of == 0 ? 0 : static_cast<double>(part) / static_cast<double>(of);
}

/// How likely chance gives `count` or more where `mean` are expected.
double chanceOfAtLeast(std::uint64_t count, double mean) {
    const auto least = static_cast<double>(count);
    if (least <= mean) {
        return 1;
    }
    if (mean > 50) {
        return 0.5 * std::erfc((least - 0.5 - mean) / std::sqrt(2 * mean));
    }
    // From the far end, whose terms fall: a difference to 1 would lose them.
    double term = std::exp(least * std::log(std::max(mean, 1e-12)) - mean - std::lgamma(least + 1));
    double sum = 0;
    for (double next = least + 1; term > sum * 1e-9 && term > 0; ++next) {
        sum += term;
        term *= mean / next;
    }
    return std::min(1.0, sum);
}

bool hot(const SlowSlot& slot, double usual) {
    return slot.slow > 0 && share(slot.slow, slot.total) >= Rules::kTimes * usual &&
           chanceOfAtLeast(slot.slow, usual * static_cast<double>(slot.total)) < Rules::kSlotChance;
}

double medianShare(std::span<const SlowSlot> slots) {
    std::vector<double> shares;
    for (const auto& slot : slots) {
        if (slot.total > 0) {
            shares.push_back(share(slot.slow, slot.total));
        }
    }
    const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
    std::ranges::nth_element(shares, middle);
    return middle != shares.end() ? *middle : 0;
}

struct Found {
    TailBurst burst;
    double excess = 0;
};

/// Runs of hot slots, at most one other between them, and only those that weigh something.
std::vector<Found> burstsOf(std::span<const SlowSlot> slots, seconds step, double usual) {
    std::vector<Found> found;
    for (std::size_t i = 0; i < slots.size();) {
        if (!hot(slots[i], usual)) {
            ++i;
            continue;
        }
        auto last = i;
        for (auto next = i + 1; next < slots.size() && next <= last + 2; ++next) {
            last = hot(slots[next], usual) ? next : last;
        }
        Found one;
        one.burst.from = slots[i].from;
        one.burst.to = slots[last].from + step;
        double moment = 0; // about the first slot, in steps
        for (auto at = i; at <= last; ++at) {
            const auto above =
                std::max(0.0, static_cast<double>(slots[at].slow) - usual * static_cast<double>(slots[at].total));
            one.burst.total += slots[at].total;
            one.burst.slow += slots[at].slow;
            one.excess += above;
            moment += above * (static_cast<double>(at - i) + 0.5);
        }
        const auto steps = one.excess > 0 ? moment / one.excess : 0.5;
        one.burst.middle =
            one.burst.from + nanoseconds(std::llround(steps * static_cast<double>(nanoseconds(step).count())));
        found.push_back(one);
        i = last + 1;
    }
    std::erase_if(found, [](const Found& one) { return one.excess < Rules::kLeastBurst; });
    if (!found.empty()) {
        std::vector<double> weights;
        for (const auto& one : found) {
            weights.push_back(one.excess);
        }
        const auto middle = weights.begin() + static_cast<std::ptrdiff_t>(weights.size() / 2);
        std::ranges::nth_element(weights, middle);
        const auto least = *middle / 4;
        std::erase_if(found, [least](const Found& one) { return one.excess < least; });
    }
    return found;
}

struct Rhythm {
    double period = 0; ///< in seconds, as the jitter
    double jitter = 0;
    std::size_t skipped = 0;
};

/// The even distance of bursts whose middles stand at `times`, in seconds, `end` being the end of the window.
std::optional<Rhythm> rhythmOf(const std::vector<double>& times, double step, double end) {
    constexpr std::size_t kLeastTimes = 4;
    constexpr double kMostJitter = 0.15;
    if (times.size() < kLeastTimes) {
        return std::nullopt;
    }
    std::vector<double> gaps;
    for (std::size_t i = 1; i < times.size(); ++i) {
        gaps.push_back(times[i] - times[i - 1]);
    }
    auto sorted = gaps;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    const auto usualGap = *middle;

    // Each burst gets the number of its turn; the period is the slope of the line through them.
    Rhythm out;
    std::vector<double> turns{0};
    for (const auto gap : gaps) {
        const auto turnsOn = std::max(1.0, std::round(gap / usualGap));
        out.skipped += static_cast<std::size_t>(turnsOn) - 1;
        turns.push_back(turns.back() + turnsOn);
    }
    if (out.skipped * 5 > times.size()) {
        return std::nullopt;
    }
    const auto count = static_cast<double>(times.size());
    const auto meanTurn = std::accumulate(turns.begin(), turns.end(), 0.0) / count;
    const auto meanTime = std::accumulate(times.begin(), times.end(), 0.0) / count;
    double covariance = 0;
    double variance = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
        covariance += (turns[i] - meanTurn) * (times[i] - meanTime);
        variance += (turns[i] - meanTurn) * (turns[i] - meanTurn);
    }
    out.period = covariance / variance;

    double worst = 0;
    double squares = 0;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        const auto off = gaps[i] - (turns[i + 1] - turns[i]) * out.period;
        worst = std::max(worst, std::abs(off));
        squares += off * off;
    }
    const auto gapCount = static_cast<double>(gaps.size());
    out.jitter = std::sqrt(squares / gapCount);

    // Points placed at random on a line leave gaps that all lie within a part `off` of their mean with a chance of at
    // most (g-1)! (2 off / g)^(g-1). Nearer than three slots there are no two bursts, so only the rest is free.
    const auto least = 3 * step;
    if (out.period <= least || out.jitter > kMostJitter * out.period) {
        return std::nullopt;
    }
    const auto off = (worst + step / 2) / (out.period - least);
    const auto skipped = static_cast<double>(out.skipped);
    const auto waysToSkip = std::lgamma(gapCount + skipped + 1) - std::lgamma(gapCount + 1) - std::lgamma(skipped + 1);
    const auto chance = std::lgamma(gapCount) + (gapCount - 1) * std::log(2 * off / gapCount) + waysToSkip;
    const bool goesOn = end - times.back() <= 2 * out.period + step;
    return off < 0.5 && chance < std::log(Rules::kRhythmChance) && goesOn ? std::optional(out) : std::nullopt;
}

/// What `slow` of `total` weigh as one even stream.
double likelihood(double slow, double total) {
    return slow > 0 && total > 0 ? slow * std::log(slow / total) : 0;
}

struct Step {
    std::size_t first = 0;   ///< slot
    bool fromBefore = false; ///< it was so from the first slot on
};

bool holds(std::span<const SlowSlot> slots, seconds step, double level) {
    constexpr double kBlockSlow = 8; ///< enough that half of it is not chance
    constexpr std::size_t kLeastBlocks = 5;
    std::uint64_t total = 0;
    for (const auto& slot : slots) {
        total += slot.total;
    }
    const auto perSlot = level * static_cast<double>(total) / static_cast<double>(slots.size());
    const auto size = static_cast<std::size_t>(std::max(1.0, std::ceil(kBlockSlow / std::max(perSlot, 1e-9))));
    if (slots.size() < kLeastBlocks * size || step * static_cast<int>(slots.size()) < Rules::kLeastPlateau) {
        return false;
    }
    std::size_t blocks = 0;
    std::size_t up = 0;
    bool lastIsUp = false;
    // From the end, so that the newest requests are never left over.
    for (auto end = slots.size(); end >= size; end -= size) {
        std::uint64_t slow = 0;
        std::uint64_t all = 0;
        for (const auto& slot : slots.subspan(end - size, size)) {
            slow += slot.slow;
            all += slot.total;
        }
        if (all == 0) {
            continue; // a gap tells nothing
        }
        const bool isUp = share(slow, all) >= level / 2;
        // The newest slot may have only begun.
        lastIsUp = blocks < 2 ? lastIsUp || isUp : lastIsUp;
        ++blocks;
        up += isUp ? 1 : 0;
    }
    double filled = 0;
    double wouldBe = 0;
    for (const auto& slot : slots) {
        filled += slot.slow > 0 ? 1 : 0;
        wouldBe += 1 - std::exp(-level * static_cast<double>(slot.total));
    }
    return blocks >= kLeastBlocks && up * 5 >= blocks * 4 && lastIsUp && filled >= 0.6 * wouldBe;
}

/// Since when the share of slow requests is higher, if it stays so to the end.
std::optional<Step> plateauOf(std::span<const SlowSlot> slots, seconds step, double usual) {
    double allSlow = 0;
    double all = 0;
    for (const auto& slot : slots) {
        allSlow += static_cast<double>(slot.slow);
        all += static_cast<double>(slot.total);
    }
    const auto flat = likelihood(allSlow, all);
    double best = flat;
    std::size_t at = 0;
    double slowBefore = 0;
    double before = 0;
    double atSlowBefore = 0;
    double atBefore = 0;
    for (std::size_t i = 0; i + 1 < slots.size(); ++i) {
        slowBefore += static_cast<double>(slots[i].slow);
        before += static_cast<double>(slots[i].total);
        const auto split = likelihood(slowBefore, before) + likelihood(allSlow - slowBefore, all - before);
        const bool rises = before > 0 && all > before && (allSlow - slowBefore) / (all - before) > slowBefore / before;
        if (rises && split > best) {
            best = split;
            at = i + 1;
            atSlowBefore = slowBefore;
            atBefore = before;
        }
    }
    constexpr double kClearStep = 10; ///< so much likelier than no step at all, in nats
    const auto stays = [&](std::size_t first, double slow, double total) {
        return total > 0 && slow / total >= Rules::kTimes * usual && holds(slots.subspan(first), step, slow / total);
    };
    if (at > 0 && best - flat > kClearStep) {
        const auto level = (allSlow - atSlowBefore) / (all - atBefore);
        if (level >= 2 * atSlowBefore / atBefore && stays(at, allSlow - atSlowBefore, all - atBefore)) {
            return Step{at, false};
        }
    }
    return stays(0, allSlow, all) ? std::optional(Step{0, true}) : std::nullopt;
}

struct Usual {
    TailShape::Baseline from = TailShape::Baseline::None;
    SteadyTime begin;
    SteadyTime end;
    double p99 = 0;
};

Usual usualOf(const LatencyLog& log, const LatencySelector& selector, SteadyTime from, SteadyTime to) {
    constexpr seconds kShortest{300};
    constexpr seconds kLongest{900};
    const auto length = std::clamp<nanoseconds>(to - from, kShortest, kLongest);
    Usual out;
    if (const auto past = log.merged(selector, from - length, from); past.count() >= Rules::kLeastBaseline) {
        return {TailShape::Baseline::Before, from - length, from, past.quantile(0.99).value_or(0)};
    }
    constexpr int kParts = 4;
    const auto part = (to - from) / kParts;
    for (int i = 0; i < kParts; ++i) {
        const auto begin = from + part * i;
        const auto end = i + 1 == kParts ? to : begin + part;
        const auto seen = log.merged(selector, begin, end);
        const auto p99 = seen.quantile(0.99).value_or(0);
        if (seen.count() >= Rules::kLeastBaseline && (out.from == TailShape::Baseline::None || p99 < out.p99)) {
            out = {TailShape::Baseline::Window, begin, end, p99};
        }
    }
    return out;
}

struct Part {
    double slow = 0;
    double total = 0;
    double usualSlow = 0;
    double usualTotal = 0;
};

std::vector<TailConcentration> concentrate(const LatencyLog& log, const LatencySelector& selector,
                                           const std::vector<std::pair<SteadyTime, SteadyTime>>& spans,
                                           const Usual& usual, std::int64_t limitNs, double usualShare) {
    constexpr std::array kLabels = {"route", "instance", "version", "role"};
    constexpr double kOwnUsual = 100; ///< requests from which a label's own usual share is known
    std::array<std::map<std::string, Part, std::less<>>, kLabels.size()> parts;
    double total = 0;
    const auto add = [&](const SlowSeries& series, double Part::*slow, double Part::*all) {
        for (std::size_t i = 0; i < kLabels.size(); ++i) {
            auto& part = parts[i][std::string(series.labels.get(kLabels[i]))];
            part.*slow += static_cast<double>(series.slow);
            part.*all += static_cast<double>(series.total);
        }
    };
    for (const auto& [from, to] : spans) {
        for (const auto& series : log.slowSeries(selector, from, to, limitNs)) {
            add(series, &Part::slow, &Part::total);
            total += static_cast<double>(series.total);
        }
    }
    for (const auto& series : log.slowSeries(selector, usual.begin, usual.end, limitNs)) {
        add(series, &Part::usualSlow, &Part::usualTotal);
    }
    std::vector<TailConcentration> out;
    for (std::size_t i = 0; i < kLabels.size(); ++i) {
        double excess = 0;
        std::vector<std::pair<const std::string*, double>> above;
        for (const auto& [value, part] : parts[i]) {
            // A route that is slow by nature is no news when it is slow again.
            const auto own = part.usualTotal >= kOwnUsual ? part.usualSlow / part.usualTotal : usualShare;
            above.emplace_back(&value, std::max(0.0, part.slow - own * part.total));
            excess += above.back().second;
        }
        const auto most = std::ranges::max_element(above, {}, &std::pair<const std::string*, double>::second);
        if (most == above.end() || excess <= 0 || total <= 0 || most->first->empty()) {
            continue;
        }
        TailConcentration one{kLabels[i], *most->first, most->second / excess, parts[i][*most->first].total / total};
        if (one.ofExcess >= Rules::kExplains && one.ofExcess >= Rules::kLift * one.ofRequests) {
            out.push_back(std::move(one));
        }
    }
    std::ranges::stable_sort(out, std::greater(), [](const auto& one) { return one.ofExcess - one.ofRequests; });
    return out;
}

} // namespace

TailTiming tailTiming(std::span<const SlowSlot> slots, seconds step, double usualShare) {
    TailTiming out;
    const auto usual = std::max(usualShare, Rules::kLeastUsual);
    std::uint64_t total = 0;
    std::uint64_t slow = 0;
    std::size_t seen = 0;
    for (const auto& slot : slots) {
        total += slot.total;
        slow += slot.slow;
        seen += slot.total > 0 ? 1 : 0;
    }
    if (seen < Rules::kLeastSlots || total < Rules::kLeastRequests) {
        return out;
    }
    // Where half of the window is above the usual, a burst has to stand out of that; unless that half is the burst.
    auto found = burstsOf(slots, step, std::max(usual, medianShare(slots)));
    if (found.empty() && static_cast<double>(slow) >= Rules::kTimes * usual * static_cast<double>(total)) {
        found = burstsOf(slots, step, usual);
    }
    std::vector<double> times;
    for (const auto& one : found) {
        times.push_back(toSeconds(one.burst.middle - slots.front().from));
    }
    const auto bursts = [&found] {
        std::vector<TailBurst> all;
        for (const auto& one : found) {
            all.push_back(one.burst);
        }
        return all;
    };
    const auto end = toSeconds(slots.back().from + step - slots.front().from);
    if (const auto rhythm = rhythmOf(times, toSeconds(step), end)) {
        out.kind = TailKind::Regular;
        out.bursts = bursts();
        out.period = nanoseconds(std::llround(rhythm->period * 1e9));
        out.jitter = nanoseconds(std::llround(rhythm->jitter * 1e9));
        out.skipped = rhythm->skipped;
    } else if (const auto plateau = plateauOf(slots, step, usual)) {
        out.kind = TailKind::Plateau;
        if (!plateau->fromBefore) {
            out.since = slots[plateau->first].from;
        }
    } else if (!found.empty()) {
        out.kind = TailKind::Sporadic;
        out.bursts = bursts();
    } else {
        out.kind = TailKind::Steady;
    }
    return out;
}

TailShape tailShape(const LatencyLog& log, const LatencySelector& selector, SteadyTime from, SteadyTime to,
                    SteadyTime now) {
    const auto step = from < now - LatencyLog::kFine - LatencyLog::kFold ? LatencyLog::kFold : LatencyLog::kSlot;
    const auto begin = LatencyLog::slotStart(from, step);
    const auto usual = usualOf(log, selector, begin, to);
    TailShape out;
    out.step = step;
    out.baseline = usual.from;
    if (usual.from == TailShape::Baseline::None) {
        out.total = log.merged(selector, begin, to).count();
        return out;
    }
    out.baselineSpan = usual.end - usual.begin;
    out.baselineP99 = usual.p99;
    out.limitSeconds = usual.p99 * Rules::kClearly;
    const auto limitNs = std::llround(out.limitSeconds * 1e9);
    const auto past = log.merged(selector, usual.begin, usual.end);
    out.usualShare = share(past.countFrom(limitNs), past.count());

    const auto slots = log.slowSlots(selector, from, to, limitNs, step);
    for (const auto& slot : slots) {
        out.total += slot.total;
        out.slow += slot.slow;
    }
    out.timing = tailTiming(slots, step, out.usualShare);
    std::vector<std::pair<SteadyTime, SteadyTime>> spans;
    for (const auto& burst : out.timing.bursts) {
        spans.emplace_back(burst.from, burst.to);
        out.slowInBursts += burst.slow;
    }
    if (out.timing.kind == TailKind::Plateau) {
        spans.emplace_back(out.timing.since.value_or(begin), to);
        for (const auto& slot : slots) {
            out.slowInBursts += slot.from >= spans.front().first ? slot.slow : 0;
        }
    }
    if (!spans.empty()) {
        out.concentrations = concentrate(log, selector, spans, usual, limitNs, out.usualShare);
    }
    return out;
}

} // namespace binnacle
