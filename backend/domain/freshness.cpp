// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/freshness.h"

#include <algorithm>

namespace binnacle {

using std::chrono::milliseconds;

milliseconds lateAfter(milliseconds interval) {
    if (interval == milliseconds(1000)) {
        return milliseconds(1500);
    }
    return std::min(2 * interval, interval + milliseconds(2000));
}

milliseconds lostAfter(milliseconds interval) {
    return 10 * interval;
}

std::chrono::nanoseconds ageOf(const SourceUpdate& update, SteadyTime now) {
    const auto since = update.snapshot ? update.snapshot->header.steadyAt : update.startedAt;
    return std::max(std::chrono::nanoseconds(0), std::chrono::nanoseconds(now - since));
}

Freshness freshnessOf(const SourceUpdate& update, SteadyTime now) {
    const auto age = ageOf(update, now);
    if (update.failure && update.failure->error.code != ErrorCode::Timeout) {
        return Freshness::Lost;
    }
    if (age > lostAfter(update.interval)) {
        return Freshness::Lost;
    }
    if (!update.snapshot) {
        // Nothing was ever read: there is no value to call late. Two seconds are the promise for every source.
        return age > milliseconds(2000) ? Freshness::Lost : Freshness::Late;
    }
    if (update.failure || age > lateAfter(update.interval)) {
        return Freshness::Late;
    }
    return Freshness::Fresh;
}

SourceState sourceStateOf(const SourceUpdate& update, SteadyTime now) {
    if (update.failure && update.failure->error.code == ErrorCode::Denied) {
        return SourceState::Denied;
    }
    if (update.failure && update.failure->error.code == ErrorCode::Protocol) {
        return SourceState::Error;
    }
    if (!update.snapshot && !update.failure && ageOf(update, now) <= milliseconds(2000)) {
        return SourceState::Loading;
    }
    switch (freshnessOf(update, now)) {
    case Freshness::Fresh:
        return SourceState::Live;
    case Freshness::Late:
        return update.snapshot ? SourceState::Late : SourceState::Loading;
    case Freshness::Lost:
        break;
    }
    return SourceState::Lost;
}

std::string_view freshnessName(Freshness freshness) {
    switch (freshness) {
    case Freshness::Fresh:
        return "fresh";
    case Freshness::Late:
        return "late";
    case Freshness::Lost:
        break;
    }
    return "lost";
}

std::string_view sourceStateName(SourceState state) {
    switch (state) {
    case SourceState::Loading:
        return "loading";
    case SourceState::Live:
        return "live";
    case SourceState::Late:
        return "late";
    case SourceState::Lost:
        return "lost";
    case SourceState::Denied:
        return "denied";
    case SourceState::Error:
        break;
    }
    return "error";
}

} // namespace binnacle
