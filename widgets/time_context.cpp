// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time_context.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {

QDateTime dateTime(UtcTime at, const QTimeZone& zone) {
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
    return QDateTime::fromMSecsSinceEpoch(ms, zone);
}

} // namespace

TimeContext::TimeContext(QObject* parent)
    : QObject(parent)
    , m_zone(QTimeZone::utc()) {}

void TimeContext::advance(SteadyTime now, UtcTime utc) {
    m_now = now;
    m_utc = utc;
}

void TimeContext::pause() {
    showUntil(end());
}

void TimeContext::showUntil(SteadyTime end) {
    const auto next = std::min(end, m_now);
    const bool moved = m_mode != Mode::Paused || m_end != next;
    m_end = next;
    m_mode = Mode::Paused;
    if (moved) {
        Q_EMIT modeChanged();
    }
}

void TimeContext::goLive() {
    if (m_mode != Mode::Live) {
        m_mode = Mode::Live;
        Q_EMIT modeChanged();
    }
}

void TimeContext::setSpan(SteadyTime::duration span) {
    const auto next = std::max<SteadyTime::duration>(span, std::chrono::seconds(1));
    if (next != m_span) {
        m_span = next;
        Q_EMIT spanChanged();
    }
}

TimeSpan TimeContext::window(int columns) const {
    if (columns <= 0) {
        return window();
    }
    const auto step = std::max<SteadyTime::rep>(1, m_span.count() / columns);
    const auto at = end().time_since_epoch().count();
    // The first boundary after the right edge, so that the newest sample has its column.
    const auto boundary = (at / step + 1) * step;
    const SteadyTime to{SteadyTime::duration(boundary)};
    return {to - SteadyTime::duration(step * columns), to};
}

double TimeContext::x(SteadyTime at, const TimeSpan& window, double left, double width) {
    const auto length = static_cast<double>(window.length().count());
    return length <= 0 ? left : left + static_cast<double>((at - window.from).count()) / length * width;
}

SteadyTime TimeContext::timeAt(double x, const TimeSpan& window, double left, double width) {
    const double share = width <= 0 ? 0 : (x - left) / width;
    return window.from +
           SteadyTime::duration(static_cast<SteadyTime::rep>(share * static_cast<double>(window.length().count())));
}

std::vector<TimeTick> TimeContext::ticks(const TimeSpan& window, int most) const {
    static constexpr std::array<long long, 19> kSteps{1,   2,    5,    10,   15,    30,    60,    120,   300,   600,
                                                      900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 604800};
    const double seconds = toSeconds(window.length());
    const double least = seconds / std::max(1, most);
    const auto found = std::ranges::find_if(kSteps, [least](long long s) { return static_cast<double>(s) >= least; });
    const long long step = found == kSteps.end() ? kSteps.back() : *found;

    // Round in the zone's wall time.
    const auto first = dateTime(utcOf(window.from), m_zone);
    const long long offset = first.offsetFromUtc();
    const long long start = std::chrono::floor<std::chrono::seconds>(utcOf(window.from)).time_since_epoch().count();
    std::vector<TimeTick> out;
    for (long long at = ((start + offset) / step + 1) * step - offset;; at += step) {
        const UtcTime utc{std::chrono::seconds(at)};
        const SteadyTime steady = m_now + std::chrono::duration_cast<SteadyTime::duration>(utc - m_utc);
        if (steady > window.to || out.size() > 64) {
            break;
        }
        const auto form = step < 60      ? QStringLiteral("HH:mm:ss")
                          : step < 86400 ? QStringLiteral("HH:mm")
                                         : tr("d MMM", "a day on a time axis, as Qt writes dates: 5 Mar");
        out.push_back({steady, QLocale().toString(dateTime(utc, m_zone), form)});
    }
    return out;
}

void TimeContext::setCrosshair(std::optional<SteadyTime> at) {
    if (m_crosshair != at) {
        m_crosshair = at;
        Q_EMIT crosshairChanged();
    }
}

void TimeContext::setReference(std::optional<TimeSpan> reference) {
    if (m_reference != reference) {
        m_reference = reference;
        Q_EMIT comparisonChanged();
    }
}

TimeSpan TimeContext::current() const {
    return m_current.value_or(
        TimeSpan{end() - std::min<SteadyTime::duration>(m_span, std::chrono::seconds(60)), end()});
}

void TimeContext::setCurrent(std::optional<TimeSpan> current) {
    if (m_current != current) {
        m_current = current;
        Q_EMIT comparisonChanged();
    }
}

void TimeContext::setZone(const QTimeZone& zone) {
    if (zone.isValid() && zone != m_zone) {
        m_zone = zone;
        Q_EMIT spanChanged();
    }
}

QString TimeContext::zoneName() const {
    return m_zone.abbreviation(dateTime(m_utc, m_zone));
}

UtcTime TimeContext::utcOf(SteadyTime at) const {
    return m_utc + std::chrono::duration_cast<UtcTime::duration>(at - m_now);
}

QString TimeContext::clock(SteadyTime at, bool seconds) const {
    return dateTime(utcOf(at), m_zone).toString(seconds ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

} // namespace binnacle
