// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/alert_book.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>
#include <utility>

namespace binnacle {

namespace {

bool covers(const Silence& silence, const AlertRule& rule, const std::string& subject) {
    return silence.key.rule == rule.id && (silence.key.subject.empty() || silence.key.subject == subject);
}

/// What stands first in a list.
int rankOf(const Alert& alert) {
    if (alert.calls()) {
        return 0;
    }
    switch (alert.state) {
    case AlertState::Raised:
    case AlertState::Acknowledged:
        return 1;
    case AlertState::Pending:
        return 2;
    case AlertState::Cleared:
        break;
    }
    return 3;
}

} // namespace

AlertBook::AlertBook(std::span<const AlertRule> rules)
    : m_rules(rules) {}

void AlertBook::evaluate(const AlertInputs& inputs, SteadyTime now, UtcTime utc) {
    if (m_evaluations > 0 && now - m_now > kGap) {
        for (auto& entry : m_entries) {
            entry.beyondSince.reset();
            entry.criticalSince.reset();
            entry.calmSince.reset();
        }
    }
    m_now = now;
    m_utc = utc;
    ++m_evaluations;
    for (const auto& rule : m_rules) {
        m_measures.clear();
        rule.measure(inputs, m_measures);
        for (const auto& measure : m_measures) {
            if (auto* entry = entryFor(rule, measure)) {
                entry->seen = m_evaluations;
                follow(*entry, measure);
            }
        }
    }
    for (auto& entry : m_entries) {
        if (entry.seen != m_evaluations) {
            // Nobody speaks of it any more: it is no part of the place, as an instance that was stopped on purpose.
            entry.alert.unknownSince.reset();
            quiet(entry);
        }
    }
    applySilences();
    forget();
    show();
}

/// Nothing is kept of what was never beyond its limit.
AlertBook::Entry* AlertBook::entryFor(const AlertRule& rule, const AlertMeasure& measure) {
    const auto found = std::ranges::find_if(m_entries, [&](const Entry& entry) {
        return entry.alert.rule == &rule && entry.alert.subject == measure.subject;
    });
    if (found != m_entries.end()) {
        return &*found;
    }
    if (!measure.value || !rule.limits.isBeyond(*measure.value)) {
        return nullptr;
    }
    if (m_entries.size() >= kMostAlerts) {
        // What is over makes room for what is not.
        const auto over =
            std::ranges::find(m_entries, AlertState::Cleared, [](const Entry& e) { return e.alert.state; });
        if (over == m_entries.end()) {
            ++m_dropped;
            return nullptr;
        }
        m_entries.erase(over);
    }
    Entry entry;
    entry.alert.rule = &rule;
    entry.alert.subject = measure.subject;
    entry.alert.severity = rule.severity;
    entry.alert.since = m_now;
    m_entries.push_back(std::move(entry));
    ++m_revision;
    return &m_entries.back();
}

void AlertBook::follow(Entry& entry, const AlertMeasure& measure) {
    auto& alert = entry.alert;
    alert.source = measure.source;
    if (!measure.value || !std::isfinite(*measure.value)) {
        unknown(entry);
        return;
    }
    if (alert.unknownSince) {
        alert.unknownSince.reset();
        ++m_revision;
    }
    const auto& limits = alert.rule->limits;
    alert.value = measure.value;
    if (limits.isBeyond(*measure.value)) {
        grow(entry, *measure.value);
    } else if (alert.active() && !limits.isCalm(*measure.value)) {
        entry.calmSince.reset(); // between the limits
        entry.criticalSince.reset();
    } else {
        quiet(entry);
    }
}

/// Holds everything where it is: time in which nothing was seen counts for neither end.
void AlertBook::unknown(Entry& entry) {
    entry.beyondSince.reset();
    entry.criticalSince.reset();
    entry.calmSince.reset();
    if (!entry.alert.unknownSince && entry.alert.state != AlertState::Cleared) {
        entry.alert.unknownSince = m_now;
        ++m_revision;
    }
}

void AlertBook::grow(Entry& entry, double value) {
    auto& alert = entry.alert;
    const auto& limits = alert.rule->limits;
    entry.calmSince.reset();
    if (!entry.beyondSince) {
        entry.beyondSince = m_now;
    }
    const bool worst = limits.isCritical(value);
    entry.criticalSince = worst ? std::optional(entry.criticalSince.value_or(m_now)) : std::nullopt;
    const bool critical = worst && m_now - *entry.criticalSince >= limits.raiseFor;
    if (!alert.active()) {
        if (alert.state == AlertState::Cleared) {
            alert.state = AlertState::Pending;
            alert.since = m_now;
            ++m_revision;
        }
        if (m_now - *entry.beyondSince >= limits.raiseFor) {
            alert.severity = critical ? AlertSeverity::Critical : alert.rule->severity;
            raise(entry);
        }
        return;
    }
    if (critical && alert.severity != AlertSeverity::Critical) {
        alert.severity = AlertSeverity::Critical;
        alert.state = AlertState::Raised; // what was acknowledged was less than this
        if (auto* episode = openEpisode(alert)) {
            episode->severity = alert.severity;
        }
        tell(AlertEvent::Kind::Worse, alert);
        ++m_revision;
    }
}

void AlertBook::raise(Entry& entry) {
    auto& alert = entry.alert;
    alert.state = AlertState::Raised;
    alert.raisedAt = m_now;
    alert.clearedAt.reset();
    while (!entry.raises.empty() && m_now - entry.raises.front() > kFlapWindow) {
        entry.raises.pop_front();
    }
    entry.raises.push_back(m_now);
    alert.flapping = entry.raises.size() >= kFlapRaises;
    m_episodes.push_back({alert.rule, alert.subject, alert.severity, m_now, std::nullopt});
    if (m_episodes.size() > kMostEpisodes) {
        m_episodes.pop_front();
    }
    ++m_revision;
    const bool knownBefore = m_now <= m_beforeUntil && std::erase(m_before, alert.key()) > 0;
    if (knownBefore) {
        alert.state = AlertState::Acknowledged;
        return;
    }
    tell(AlertEvent::Kind::Raised, alert);
}

void AlertBook::quiet(Entry& entry) {
    auto& alert = entry.alert;
    entry.beyondSince.reset();
    entry.criticalSince.reset();
    if (alert.state == AlertState::Pending) {
        // It was not to be: what had been cleared is so again, the rest is forgotten.
        alert.state = AlertState::Cleared;
        ++m_revision;
        return;
    }
    if (!alert.active()) {
        return;
    }
    if (!entry.calmSince) {
        entry.calmSince = m_now;
    }
    const std::chrono::seconds calm = alert.flapping
                                          ? std::max<std::chrono::seconds>(kFlapCalm, alert.rule->limits.clearFor)
                                          : alert.rule->limits.clearFor;
    if (m_now - *entry.calmSince >= calm) {
        clear(entry);
    }
}

void AlertBook::clear(Entry& entry) {
    auto& alert = entry.alert;
    alert.state = AlertState::Cleared;
    alert.clearedAt = m_now;
    entry.calmSince.reset();
    if (std::exchange(alert.flapping, false)) {
        entry.raises.clear();
    }
    if (auto* episode = openEpisode(alert)) {
        episode->to = m_now;
    }
    tell(AlertEvent::Kind::Cleared, alert);
    ++m_revision;
}

AlertEpisode* AlertBook::openEpisode(const Alert& alert) {
    const auto found = std::ranges::find_if(m_episodes, [&](const AlertEpisode& episode) {
        return episode.rule == alert.rule && episode.subject == alert.subject && !episode.to;
    });
    return found != m_episodes.end() ? &*found : nullptr;
}

void AlertBook::tell(AlertEvent::Kind kind, const Alert& alert) {
    m_events.push_back({kind, alert});
    // A silence counts from the moment it was asked for, also for what is raised in the same step.
    for (const auto& silence : m_silences) {
        if (silence.until > m_utc && covers(silence, *alert.rule, alert.subject)) {
            m_events.back().alert.silencedUntil = silence.until;
        }
    }
    if (m_events.size() > kMostEvents) {
        m_events.pop_front();
        ++m_dropped;
    }
}

void AlertBook::applySilences() {
    if (std::erase_if(m_silences, [this](const Silence& silence) { return silence.until <= m_utc; }) > 0) {
        ++m_revision;
    }
    for (auto& silence : m_silences) {
        silence.until = std::min<UtcTime>(silence.until, m_utc + kLongestSilence); // the clock was set back
    }
    for (auto& entry : m_entries) {
        auto& alert = entry.alert;
        std::optional<UtcTime> until;
        for (const auto& silence : m_silences) {
            if (covers(silence, *alert.rule, alert.subject)) {
                until = std::max(until.value_or(silence.until), silence.until);
            }
        }
        const auto was = std::exchange(alert.silencedUntil, until);
        if (was && !until && alert.state == AlertState::Raised && *was <= m_utc) {
            tell(AlertEvent::Kind::SilenceEnded, alert);
        }
        m_revision += was != until ? 1 : 0;
    }
}

void AlertBook::forget() {
    const auto old = [this](const Entry& entry) {
        const auto& alert = entry.alert;
        return alert.state == AlertState::Cleared && (!alert.clearedAt || m_now - *alert.clearedAt > kShownCleared);
    };
    m_revision += std::erase_if(m_entries, old) > 0 ? 1 : 0;
    while (!m_episodes.empty() && m_episodes.front().to && m_now - *m_episodes.front().to > kEpisodesKept) {
        m_episodes.pop_front();
        ++m_revision;
    }
}

void AlertBook::show() {
    m_shown.clear();
    std::ranges::transform(m_entries, std::back_inserter(m_shown), &Entry::alert);
    const auto order = [](const Alert& alert) {
        const auto at = alert.state == AlertState::Cleared && alert.clearedAt ? *alert.clearedAt : alert.since;
        return std::tuple(rankOf(alert), alert.severity == AlertSeverity::Critical ? 0 : 1, -at.time_since_epoch());
    };
    std::ranges::stable_sort(m_shown, {}, order);
}

void AlertBook::reset() {
    m_entries.clear();
    m_episodes.clear();
    m_events.clear();
    m_before.clear();
    m_evaluations = 0;
    ++m_revision;
    show();
}

const Alert* AlertBook::find(const AlertKey& key) const {
    const auto found = std::ranges::find_if(
        m_shown, [&](const Alert& alert) { return alert.rule->id == key.rule && alert.subject == key.subject; });
    return found != m_shown.end() ? &*found : nullptr;
}

bool AlertBook::acknowledge(const AlertKey& key) {
    for (auto& entry : m_entries) {
        auto& alert = entry.alert;
        if (alert.state == AlertState::Raised && alert.rule->id == key.rule && alert.subject == key.subject) {
            alert.state = AlertState::Acknowledged;
            ++m_revision;
            show();
            return true;
        }
    }
    return false;
}

void AlertBook::acknowledgedBefore(std::vector<AlertKey> keys, SteadyTime until) {
    keys.resize(std::min(keys.size(), kMostAlerts));
    m_before = std::move(keys);
    m_beforeUntil = until;
}

bool AlertBook::silence(const AlertKey& key, UtcTime until, UtcTime utc) {
    const bool known = std::ranges::any_of(m_rules, [&](const AlertRule& rule) { return rule.id == key.rule; });
    const auto end = std::min<UtcTime>(until, utc + kLongestSilence);
    if (!known || end <= utc) {
        return false;
    }
    const auto found = std::ranges::find(m_silences, key, &Silence::key);
    if (found != m_silences.end()) {
        found->until = end;
    } else if (m_silences.size() < kMostSilences) {
        m_silences.push_back({key, end});
    } else {
        return false;
    }
    m_utc = utc;
    ++m_revision;
    applySilences();
    show();
    return true;
}

bool AlertBook::unsilence(const AlertKey& key) {
    if (std::erase_if(m_silences, [&](const Silence& silence) { return silence.key == key; }) == 0 &&
        std::erase_if(m_silences, [&](const Silence& silence) {
            return silence.key == AlertKey{key.rule, {}};
        }) == 0) {
        return false;
    }
    ++m_revision;
    applySilences();
    show();
    return true;
}

std::vector<AlertEvent> AlertBook::takeEvents() {
    std::vector<AlertEvent> out(std::make_move_iterator(m_events.begin()), std::make_move_iterator(m_events.end()));
    m_events.clear();
    return out;
}

} // namespace binnacle
