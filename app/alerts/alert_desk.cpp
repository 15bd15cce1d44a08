// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/alerts/alert_desk.h"

#include "app/alerts/alert_words.h"
#include "app/feed/snapshot_feed.h"
#include "app/settings.h"
#include "backend/history/error_budget.h"
#include "widgets/time_context.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace binnacle::app {

using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr std::size_t kMostWaiting = 64;
constexpr seconds kUsualEvery{10};
constexpr minutes kPast{60}; ///< of the hours before the start: longer ago nothing began that matters now

UtcTime tomorrow(UtcTime now, const QTimeZone& zone) {
    constexpr int kHour = 8; // when people are at their desks again
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
    const auto next = QDateTime(QDateTime::fromMSecsSinceEpoch(ms, zone).date().addDays(1), QTime(kHour, 0), zone);
    return UtcTime(std::chrono::milliseconds(next.toMSecsSinceEpoch()));
}

UtcTime endOf(SilenceFor span, UtcTime now, const QTimeZone& zone) {
    switch (span) {
    case SilenceFor::QuarterHour:
        return now + minutes(15);
    case SilenceFor::Hour:
        return now + std::chrono::hours(1);
    case SilenceFor::FourHours:
        return now + std::chrono::hours(4);
    case SilenceFor::UntilTomorrow:
        break;
    }
    return tomorrow(now, zone);
}

BurnRates burnRatesOf(const ErrorBudget& budget, SteadyTime now) {
    return {budget.burnRate(now, kFastBurn.quick), budget.burnRate(now, kFastBurn.lasting),
            budget.burnRate(now, kSlowBurn.quick), budget.burnRate(now, kSlowBurn.lasting)};
}

ChartEvent::Kind kindOf(AlertSeverity severity) {
    return severity == AlertSeverity::Critical ? ChartEvent::Kind::CriticalAlert : ChartEvent::Kind::CautionAlert;
}

} // namespace

AlertDesk::AlertDesk(SnapshotFeed& feed, TimeContext& time, Settings& settings, Parts parts)
    : m_feed(feed)
    , m_time(time)
    , m_settings(settings)
    , m_parts(std::move(parts))
    , m_store(m_parts.file, m_parts.disk) {
    m_rememberedUntil = feed.now() + kRemembered;
    m_readPatience = feed.now() + kReadPatience;
    m_store.whenRead([this] { takeKept(); });
    connect(&feed, &SnapshotFeed::pathRead, this, &AlertDesk::evaluate);
    connect(&feed, &SnapshotFeed::pastFilled, this, &AlertDesk::beginEarlier);
    connect(&feed, &SnapshotFeed::jumped, this, &AlertDesk::beginAnew);
}

/// What was said meanwhile is newer than what was kept, and alerts may have been raised.
void AlertDesk::takeKept() {
    const auto utc = m_feed.utcNow();
    for (const auto& silence : m_store.kept().silences) {
        if (std::ranges::find(m_silencedHere, silence.key) == m_silencedHere.end()) {
            m_book.silence(silence.key, silence.until, utc);
        }
    }
    m_remembered = m_store.kept().acknowledged;
    m_book.acknowledgedBefore(m_remembered, m_rememberedUntil);
    if (m_feed.now() <= m_rememberedUntil) {
        for (const auto& key : m_remembered) {
            m_book.acknowledge(key);
        }
    }
    keep();
    Q_EMIT changed();
    Q_EMIT storeRead();
}

AlertInputs AlertDesk::inputsOf(const PathReading& path, SteadyTime now) {
    if (now >= m_nextUsual) {
        m_nextUsual = now + kUsualEvery;
        m_usualHits = m_feed.history().median(PathLine::HitRatio, now - minutes(16), now - minutes(1));
    }
    return {path, m_rates ? m_rates(now) : burnRatesOf(m_feed.budget(), now), m_usualHits, &m_feed.store()};
}

void AlertDesk::evaluate() {
    const auto& path = m_feed.path();
    m_book.evaluate(inputsOf(path, m_feed.now()), m_clock ? m_clock() : m_feed.now(), m_feed.utcNow());
    follow(m_book.takeEvents());
    tell();
    mark();
    Q_EMIT changed();
}

/// The hour before the start is judged as well, so that "since" is true and the marks stand. Nobody is told of it.
void AlertDesk::takePast() {
    const auto now = m_feed.now();
    const auto utc = m_feed.utcNow();
    m_book.reset();
    m_book.acknowledgedBefore(m_remembered, m_rememberedUntil);
    std::shared_ptr<const PathReading> before;
    for (auto at = now - kPast; at < now; at += PathHistory::kCoarseStep) {
        auto reading = m_feed.history().readingAt(at);
        if (reading && reading != before) {
            m_book.evaluate({*reading, {}, {}, nullptr}, at, utc - (now - at));
            before = std::move(reading);
        }
    }
    static_cast<void>(m_book.takeEvents());
    m_nextUsual = SteadyTime::min();
}

/// What was raised and said in the first seconds is so still.
void AlertDesk::beginEarlier() {
    std::vector<AlertKey> acknowledged;
    for (const auto& alert : m_book.alerts()) {
        const auto key = alert.key();
        if (!alert.active()) {
            continue;
        }
        if (std::ranges::find(m_waiting, key) == m_waiting.end()) {
            m_told.push_back(key);
        }
        if (alert.state == AlertState::Acknowledged) {
            acknowledged.push_back(key);
            if (std::ranges::find(m_remembered, key) == m_remembered.end()) {
                m_remembered.push_back(key);
            }
        }
    }
    m_rememberedUntil = std::max(m_rememberedUntil, m_feed.now() + kRemembered);
    takePast();
    // An episode of before may have used up what was remembered.
    for (const auto& key : acknowledged) {
        m_book.acknowledge(key);
    }
}

/// Elsewhere in a recording: what had begun before that is shown there, as if it had been played.
void AlertDesk::beginAnew() {
    m_waiting.clear();
    m_told.clear();
    m_remembered.clear(); // it was said of another time
    takePast();
    mark();
    Q_EMIT changed();
}

void AlertDesk::follow(const std::vector<AlertEvent>& events) {
    bool over = false;
    for (const auto& event : events) {
        if (event.kind == AlertEvent::Kind::Cleared) {
            over = true;
            std::erase(m_remembered, event.alert.key());
            std::erase(m_told, event.alert.key());
        } else if (event.kind == AlertEvent::Kind::Raised && std::erase(m_told, event.alert.key()) > 0) {
            continue; // raised before the past came
        } else if (!event.alert.silencedUntil && m_waiting.size() < kMostWaiting) {
            m_waiting.push_back(event.alert.key());
        }
    }
    if (over || m_book.silences().size() != m_store.kept().silences.size()) {
        keep();
    }
}

void AlertDesk::tell() {
    const bool unread = !m_store.isRead() && m_feed.now() < m_readPatience;
    if (m_waiting.empty() || unread || m_feed.now() < m_nextNotice) {
        return;
    }
    std::vector<Alert> alerts;
    for (const auto& key : std::exchange(m_waiting, {})) {
        const auto* alert = m_book.find(key);
        const bool told = std::ranges::any_of(alerts, [&](const Alert& other) { return other.key() == key; });
        if (alert != nullptr && alert->calls() && !told) {
            alerts.push_back(*alert);
        }
    }
    if (alerts.empty() || m_parts.replay || !m_parts.notifier) {
        return;
    }
    std::ranges::stable_sort(alerts, std::ranges::greater(), &Alert::severity);
    if (m_settings.alertNotices()) {
        m_parts.notifier->notify(noticeOf(alerts, m_parts.place));
    }
    if (m_settings.alertSound()) {
        m_parts.notifier->sound();
    }
    m_nextNotice = m_feed.now() + kBetweenNotices;
}

void AlertDesk::mark() {
    if (std::exchange(m_marked, m_book.revision()) == m_book.revision()) {
        return;
    }
    std::vector<ChartEvent> marks;
    for (const auto& episode : m_book.episodes()) {
        ChartEvent event;
        event.at = episode.from;
        event.label = titleOf(*episode.rule, episode.subject);
        event.kind = kindOf(episode.severity);
        marks.push_back(std::move(event));
    }
    m_time.setAlerts(std::move(marks));
}

void AlertDesk::keep() {
    if (m_parts.replay) {
        return;
    }
    KeptAlerts kept{m_book.silences(), {}};
    for (const auto& alert : m_book.alerts()) {
        if (alert.state == AlertState::Acknowledged) {
            kept.acknowledged.push_back(alert.key());
        }
    }
    if (m_feed.now() <= m_rememberedUntil) {
        for (const auto& key : m_remembered) {
            if (std::ranges::find(kept.acknowledged, key) == kept.acknowledged.end()) {
                kept.acknowledged.push_back(key);
            }
        }
    }
    m_store.keep(std::move(kept));
}

AlertCounts AlertDesk::counts() const {
    AlertCounts counts;
    for (const auto& alert : m_book.alerts()) {
        if (alert.calls()) {
            ++(alert.severity == AlertSeverity::Critical ? counts.critical : counts.caution);
        } else if (alert.active()) {
            ++counts.quiet;
        }
    }
    return counts;
}

void AlertDesk::acknowledge(const AlertKey& key) {
    if (m_book.acknowledge(key)) {
        keep();
        Q_EMIT changed();
    }
}

void AlertDesk::acknowledgeAll() {
    bool any = false;
    const auto alerts = m_book.alerts(); // they change on the way
    for (const auto& alert : alerts) {
        any = (alert.calls() && m_book.acknowledge(alert.key())) || any;
    }
    if (any) {
        keep();
        Q_EMIT changed();
    }
}

void AlertDesk::silence(const AlertKey& key, SilenceFor span) {
    const auto utc = m_feed.utcNow();
    if (m_book.silence(key, endOf(span, utc, m_time.zone()), utc)) {
        if (!m_store.isRead()) {
            m_silencedHere.push_back(key);
        }
        keep();
        Q_EMIT changed();
    }
}

void AlertDesk::unsilence(const AlertKey& key) {
    if (m_book.unsilence(key)) {
        keep();
        Q_EMIT changed();
    }
}

} // namespace binnacle::app
