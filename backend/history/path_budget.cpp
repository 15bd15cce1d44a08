// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/path_budget.h"

#include <algorithm>

namespace binnacle {

namespace {

bool shows(SourceState state) {
    return state == SourceState::Live || state == SourceState::Late;
}

} // namespace

PathBudget readBudget(const ErrorBudget& budget, const PathReading& path) {
    PathBudget out;
    const auto remaining = budget.remaining(path.at);
    out.over = remaining.over;
    if (remaining.value) {
        out.spent = 1 - *remaining.value;
    }
    out.fastQuick = budget.burn(path.at, kFastBurn.quick);
    out.fastLasting = budget.burn(path.at, kFastBurn.lasting);
    out.slowQuick = budget.burn(path.at, kSlowBurn.quick);
    out.slowLasting = budget.burn(path.at, kSlowBurn.lasting);

    auto& left = out.left;
    left.source = path.requestsPerSecond.source;
    left.state = path.requestsPerSecond.state;
    left.age = path.requestsPerSecond.age;
    // Nobody else tells of requests that reach no instance.
    const auto seen = budget.seenUntil();
    if (!shows(left.state) && shows(path.proxy.state) && budget.seenBy() == path.proxy.source && seen &&
        path.at - *seen <= path.proxy.age + lateAfter(std::chrono::milliseconds(500))) {
        left.source = path.proxy.source;
        left.state = path.proxy.state;
        left.age = path.proxy.age;
    }
    if (!shows(left.state)) {
        if (seen) {
            out.lastSeen = std::min(*seen, path.at);
            if (const auto last = budget.remaining(*out.lastSeen).value) {
                out.lastLeft = std::max(0.0, *last);
            }
        }
        return out;
    }
    if (remaining.value) {
        left.value = std::max(0.0, *remaining.value);
    }
    left.reason = remaining.reason;
    const auto burns = [](const BudgetFigure& quick, const BudgetFigure& lasting, const BurnLimit& limit) {
        return quick.value.value_or(0) >= limit.rate && lasting.value.value_or(0) >= limit.rate;
    };
    if (burns(out.fastQuick, out.fastLasting, kFastBurn)) {
        left.concern = Concern::Critical;
    } else if (burns(out.slowQuick, out.slowLasting, kSlowBurn) || (left.value && *left.value <= 0)) {
        left.concern = Concern::Caution;
    }
    return out;
}

} // namespace binnacle
