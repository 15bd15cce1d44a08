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

int badnessOf(SourceState state) {
    switch (state) {
    case SourceState::Live:
        return 0;
    case SourceState::Late:
        return 1;
    case SourceState::Loading:
        return 2;
    case SourceState::Denied:
        return 3;
    case SourceState::Error:
        return 4;
    case SourceState::Lost:
        break;
    }
    return 5;
}

void SumState::add(SourceState state, std::chrono::nanoseconds age) {
    if (state == SourceState::Late) {
        m_late = std::max(m_late.value_or(age), age);
    }
    if (!m_best || badnessOf(state) < badnessOf(*m_best)) {
        m_best = state;
        m_age = age;
    } else if (state == *m_best) {
        m_age = state == SourceState::Live ? std::max(m_age, age) : std::min(m_age, age);
    }
}

SourceState SumState::state() const {
    const auto best = m_best.value_or(SourceState::Loading);
    return m_late && best == SourceState::Live ? SourceState::Late : best;
}

std::chrono::nanoseconds SumState::age() const {
    return m_late && m_best == SourceState::Live ? *m_late : m_age;
}

bool SumState::shows() const {
    const auto is = state();
    return is == SourceState::Live || is == SourceState::Late;
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
