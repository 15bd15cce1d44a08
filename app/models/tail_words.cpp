// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/tail_words.h"

#include "app/pages/panel_of.h"
#include "widgets/number_text.h"
#include "widgets/time_context.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Tail)
};

constexpr std::size_t kMostTimes = 3;    ///< of bursts that are named
constexpr std::size_t kLongestName = 48; ///< of a label

QString shareText(std::uint64_t part, std::uint64_t of) {
    return of == 0 ? absentText()
                   : numberText(static_cast<double>(part) / static_cast<double>(of), Quantity::Share).joined();
}

/// "14:00:02, 14:00:32 and 14:01:02": the newest of them.
QString burstTimes(const std::vector<TailBurst>& bursts, const TimeContext& time) {
    QStringList out;
    for (std::size_t i = bursts.size() - std::min(bursts.size(), kMostTimes); i < bursts.size(); ++i) {
        out << time.clock(bursts[i].from);
    }
    return out.join(QStringLiteral(", "));
}

QString burstWords(const TailShape& shape, const TimeContext& time) {
    const auto& bursts = shape.timing.bursts;
    const auto count = static_cast<int>(bursts.size());
    const auto held = shareText(shape.slowInBursts, shape.slow);
    auto times = burstTimes(bursts, time);
    times = bursts.size() > kMostTimes ? Words::tr("the last at %1").arg(times) : Words::tr("at %1").arg(times);
    if (shape.timing.kind == TailKind::Regular) {
        const auto give = std::max<std::chrono::nanoseconds>(shape.timing.jitter, shape.step / 2);
        return Words::tr("%n bursts, %1 apart (\u00b1%2), hold %3 of the slow requests; %4.", nullptr, count)
            .arg(ageText(shape.timing.period), ageText(give), held, times);
    }
    if (count == 1) {
        return Words::tr("It took %1 and holds %2 of the slow requests; %3.")
            .arg(ageText(bursts.front().to - bursts.front().from), held, times);
    }
    return Words::tr("They hold %1 of the slow requests; %2.").arg(held, times);
}

QString standsOut(const TailShape& shape) {
    if (shape.concentrations.empty()) {
        return Words::tr("No route, version or instance stands out.");
    }
    const auto& first = shape.concentrations.front();
    auto out = Words::tr("%1 holds %2 of the excess with %3 of the requests.")
                   .arg(labelWords(first.label, first.value), numberText(first.ofExcess, Quantity::Share).joined(),
                        numberText(first.ofRequests, Quantity::Share).joined());
    QStringList others;
    for (std::size_t i = 1; i < shape.concentrations.size(); ++i) {
        others << labelWords(shape.concentrations[i].label, shape.concentrations[i].value);
    }
    if (!others.isEmpty()) {
        out += QLatin1Char(' ') + Words::tr("Likewise %1.").arg(others.join(QStringLiteral(", ")));
    }
    return out;
}

QString evidence(const TailShape& shape) {
    const auto limit = numberText(shape.limitSeconds, Quantity::Duration).joined();
    const auto than = shape.baseline == TailShape::Baseline::Before
                          ? Words::tr("the p99 of the %1 before").arg(ageText(shape.baselineSpan))
                          : Words::tr("the p99 of its calmest quarter");
    return Words::tr("slow is from %1, %2 and a tenth: %3 of %4 requests, usually %5")
        .arg(limit, than, shareText(shape.slow, shape.total), countText(static_cast<double>(shape.total)),
             numberText(shape.usualShare, Quantity::Share).joined());
}

void sayTooFew(TailWords& out, const TailShape& shape) {
    const auto count = countText(static_cast<double>(shape.total));
    out.evidence.clear();
    out.clause = Words::tr("Too few requests to tell.");
    if (shape.baseline == TailShape::Baseline::None) {
        out.detail = Words::tr("%1 in this window; to know what is usual it takes %2 before it or in a quarter of it.")
                         .arg(count, countText(TailRules::kLeastBaseline));
    } else if (shape.total < TailRules::kLeastRequests) {
        out.detail = Words::tr("%1 in this window; it takes %2.").arg(count, countText(TailRules::kLeastRequests));
    } else {
        out.clause = Words::tr("Too short a time to tell.");
        out.detail = Words::tr("It takes requests over some %1.").arg(ageText(shape.step * TailRules::kLeastSlots));
    }
}

} // namespace

QString labelWords(std::string_view label, std::string_view value) {
    const auto name = plain(value, kLongestName);
    if (label == "version") {
        return Words::tr("version %1").arg(name);
    }
    if (label == "role") {
        return value == "canary" ? Words::tr("the canary") : value == "stable" ? Words::tr("Stable") : name;
    }
    return name;
}

TailWords tailWords(const TailShape& shape, const TimeContext& time) {
    TailWords out;
    if (shape.baseline != TailShape::Baseline::None) {
        out.evidence = evidence(shape);
    }
    switch (shape.timing.kind) {
    case TailKind::TooFew:
        sayTooFew(out, shape);
        break;
    case TailKind::Steady:
        out.clause = Words::tr("Steady: no time stands out.");
        out.detail = Words::tr("Slow requests are spread as chance spreads them.");
        break;
    case TailKind::Regular:
        out.clause = Words::tr("Regular: a burst each %1.").arg(ageText(shape.timing.period));
        out.detail = burstWords(shape, time) + QLatin1Char(' ') + standsOut(shape);
        break;
    case TailKind::Sporadic:
        out.clause =
            Words::tr("Sporadic: %n bursts without a rhythm.", nullptr, static_cast<int>(shape.timing.bursts.size()));
        out.detail = burstWords(shape, time) + QLatin1Char(' ') + standsOut(shape);
        break;
    case TailKind::Plateau:
        out.clause = shape.timing.since
                         ? Words::tr("Plateau: the tail is up since %1.").arg(time.clock(*shape.timing.since))
                         : Words::tr("Plateau: the tail is up in all of this window.");
        out.detail = Words::tr("It stays up: %1 of the slow requests came since.")
                         .arg(shareText(shape.slowInBursts, shape.slow)) +
                     QLatin1Char(' ') + standsOut(shape);
        break;
    }
    return out;
}

} // namespace binnacle::app
