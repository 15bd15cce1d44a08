// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/pool_sizing.h"

#include "widgets/decimal_text.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PoolSizing)
};

QString count(double value) {
    return value < 9.95 && std::abs(value - std::round(value)) > 0.05 ? decimalText(value, 1)
                                                                      : countText(std::round(value));
}

} // namespace

PoolSizing sizingOf(const PoolLoad& load) {
    PoolSizing out;
    out.busy = load.perSecond * load.holdSeconds;
    out.withBursts = std::ceil(out.busy + 2 * std::sqrt(out.busy));
    out.useful = std::floor(load.cores * 2 + load.spindles);
    return out;
}

QString sizingSentence(const PoolLoad& load) {
    const auto sizing = sizingOf(load);
    const auto busy = count(sizing.busy);
    const auto bursts = count(sizing.withBursts);
    const auto useful = count(sizing.useful);
    if (sizing.busy > sizing.useful) {
        return Words::
            tr("%1 connections are needed on average and the database works on about %2 at once: a larger pool will "
               "not help, shorter transactions or more cores will.")
                .arg(busy, useful);
    }
    if (!load.size) {
        return Words::tr(
                   "%1 connections are needed on average, %2 with bursts; the database works on about %3 at once.")
            .arg(busy, bursts, useful);
    }
    const auto size = count(*load.size);
    if (*load.size < sizing.busy) {
        return Words::tr(
                   "The pool of %1 is too small: %2 connections are needed on average, and what waits grows without "
                   "end.")
            .arg(size, busy);
    }
    if (*load.size < sizing.withBursts) {
        return Words::tr("The pool of %1 covers the average of %2, not bursts up to %3: expect short waits.")
            .arg(size, busy, bursts);
    }
    if (*load.size > sizing.useful) {
        return Words::tr(
                   "The pool of %1 covers bursts up to %2. It lets in more than the %3 that the database works on at "
                   "once: in a rush each of them becomes slower.")
            .arg(size, bursts, useful);
    }
    return Words::tr(
               "The pool of %1 covers the average of %2 and bursts up to %3, and the database can work on all of it at "
               "once.")
        .arg(size, busy, bursts);
}

} // namespace binnacle::app
