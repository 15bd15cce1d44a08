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
        remember();
        showLive();
    }
}

void TimeContext::showLive() {
    if (m_mode != Mode::Live) {
        show({Mode::Live, m_end, m_liveSpan.value_or(m_span), std::nullopt});
    }
}

void TimeContext::select(TimeSpan window) {
    constexpr SteadyTime::duration kLeast = std::chrono::seconds(1);
    const auto to = std::min(std::max(window.from, window.to), m_now);
    const auto from = std::min({window.from, window.to, to - kLeast});
    const View next{Mode::Paused, to, to - from, m_liveSpan.value_or(m_span)};
    setPending(std::nullopt);
    if (next != view()) {
        remember();
        show(next);
    }
}

void TimeContext::setSpan(SteadyTime::duration span) {
    const auto next = std::max<SteadyTime::duration>(span, std::chrono::seconds(1));
    m_liveSpan.reset();
    if (next != m_span) {
        m_span = next;
        Q_EMIT spanChanged();
    }
}

void TimeContext::chooseSpan(SteadyTime::duration span) {
    if (span != m_span) {
        remember();
    }
    setSpan(span);
}

void TimeContext::show(const View& next) {
    m_mode = next.mode;
    m_end = next.end;
    m_span = next.span;
    m_liveSpan = next.liveSpan;
    Q_EMIT modeChanged();
}

void TimeContext::remember() {
    m_forward.clear();
    if (m_back.empty() || m_back.back() != view()) {
        m_back.push_back(view());
    }
    if (m_back.size() > kMostSteps) {
        m_back.pop_front();
    }
    Q_EMIT stepsChanged();
}

void TimeContext::step(std::deque<View>& from, std::deque<View>& to) {
    const auto here = view();
    // While live the end moves by itself and does not count.
    const auto same = [&here](const View& view) {
        return view.mode == here.mode && view.span == here.span && (view.mode == Mode::Live || view.end == here.end);
    };
    while (!from.empty() && same(from.back())) {
        from.pop_back();
    }
    if (!from.empty()) {
        const auto next = from.back();
        from.pop_back();
        to.push_back(here);
        show(next);
    }
    Q_EMIT stepsChanged();
}

void TimeContext::forgetSteps() {
    m_back.clear();
    m_forward.clear();
    Q_EMIT stepsChanged();
}

void TimeContext::goBack() {
    step(m_back, m_forward);
}

void TimeContext::goForward() {
    step(m_forward, m_back);
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

void TimeContext::pinCrosshair(std::optional<SteadyTime> at) {
    if (m_crosshair || m_pinned != at) {
        m_crosshair.reset();
        m_pinned = at;
        Q_EMIT crosshairChanged();
    }
}

void TimeContext::setPending(std::optional<TimeSpan> span) {
    if (m_pending != span) {
        m_pending = span;
        Q_EMIT crosshairChanged();
    }
}

void TimeContext::setRecording(std::optional<TimeSpan> extent) {
    if (m_recording != extent) {
        m_recording = extent;
        Q_EMIT modeChanged();
    }
}

void TimeContext::setNotes(std::vector<ChartEvent> notes) {
    if (m_notes != notes) {
        m_notes = std::move(notes);
        Q_EMIT crosshairChanged();
    }
}

void TimeContext::setAlerts(std::vector<ChartEvent> alerts) {
    if (m_alerts != alerts) {
        m_alerts = std::move(alerts);
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
