// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/time_steering.h"

#include "app/feed/snapshot_feed.h"
#include "app/settings.h"
#include "widgets/key_button.h"
#include "widgets/time_context.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

#include <algorithm>

namespace binnacle::app {

using std::chrono::minutes;

namespace {

constexpr minutes kWidestOwnSpan{15}; ///< a window that follows the history by itself grows to this

/// The clock of an event is told anew with each reading, a little differently.
constexpr std::chrono::milliseconds kSameEvent{50};

bool takesText(QWidget* widget) {
    return qobject_cast<QLineEdit*>(widget) != nullptr || qobject_cast<QTextEdit*>(widget) != nullptr ||
           qobject_cast<QPlainTextEdit*>(widget) != nullptr || qobject_cast<QAbstractSpinBox*>(widget) != nullptr ||
           qobject_cast<QComboBox*>(widget) != nullptr;
}

bool takesSpace(QWidget* widget) {
    return takesText(widget) || qobject_cast<QAbstractButton*>(widget) != nullptr ||
           qobject_cast<SegmentedControl*>(widget) != nullptr;
}

} // namespace

void lookAt(TimeContext& time, SteadyTime at) {
    const auto shown = time.window();
    if (at < shown.from || at > shown.to) {
        time.remember();
        time.showUntil(at + time.span() / 2);
    }
    time.pinCrosshair(at);
}

TimeSteering::TimeSteering(TimeContext& time, const SnapshotFeed& feed, Settings& settings, QWidget& window)
    : m_time(time)
    , m_feed(feed)
    , m_settings(settings)
    , m_window(window) {
    m_time.setZone(QTimeZone::systemTimeZone());
    m_time.advance(feed.now(), feed.utcNow());
    const minutes span(settings.spanMinutes());
    m_spanFollows = std::ranges::find(spans(), span) == spans().end();
    m_time.setSpan(m_spanFollows ? spans().front() : span);
    connect(&m_time, &TimeContext::modeChanged, this, &TimeSteering::moved);
    connect(&m_time, &TimeContext::spanChanged, this, [this] {
        if (!m_growing) {
            m_spanFollows = false;
            m_settings.setSpanMinutes(static_cast<int>(std::chrono::duration_cast<minutes>(m_time.span()).count()));
        }
        Q_EMIT moved();
    });
    qApp->installEventFilter(this);
}

TimeSteering::~TimeSteering() {
    qApp->removeEventFilter(this);
}

const std::vector<minutes>& TimeSteering::spans() {
    static const std::vector<minutes> all = {minutes(1), minutes(5), minutes(15), minutes(60), minutes(120)};
    return all;
}

std::vector<TimeSteering::Key> TimeSteering::keys() {
    std::vector<Key> out{{tr("Space"), tr("Pause, or go on live"), [this] { togglePause(); }, true}};
    for (std::size_t i = 0; i < spans().size(); ++i) {
        const auto span = spans()[i];
        out.push_back(
            {QStringLiteral("%1").arg(i + 1),
             tr("Time span %1")
                 .arg(span < minutes(60) ? tr("%1 min").arg(span.count()) : tr("%1 h").arg(span.count() / 60)),
             [this, span] { m_time.chooseSpan(span); }});
    }
    out.push_back(
        {QStringLiteral("Alt+Left"), tr("Back to the window before (also Backspace)"), [this] { m_time.goBack(); }});
    out.push_back({QStringLiteral("Alt+Right"), tr("Forward again"), [this] { m_time.goForward(); }});
    out.push_back({QStringLiteral(","), tr("Crosshair to the event before"), [this] { stepEvent(-1); }});
    out.push_back({QStringLiteral("."), tr("Crosshair to the next event"), [this] { stepEvent(1); }});
    out.push_back({QStringLiteral("\u2190 \u2192"), tr("In a chart: move the crosshair, with Ctrl by ten")});
    out.push_back({tr("Shift+\u2190 \u2192"), tr("In a chart: extend a span")});
    out.push_back({tr("Enter"), tr("In a chart: show the extended span on all pages")});
    out.push_back({tr("Esc"), tr("In a chart: give the span up, remove the crosshair")});
    return out;
}

void TimeSteering::togglePause() {
    if (m_time.mode() == TimeContext::Mode::Live) {
        m_time.pause();
    } else {
        m_time.goLive();
    }
}

std::optional<SteadyTime> TimeSteering::eventBeside(int direction) const {
    // From the end of what is shown the first step leads back.
    const auto here = m_time.crosshair().value_or(m_time.end());
    std::optional<SteadyTime> found;
    const auto look = [&](const std::vector<ChartEvent>& events) {
        for (const auto& event : events) {
            const bool beside =
                direction < 0 ? event.at < here - kSameEvent : event.at > here + kSameEvent && event.at <= m_time.now();
            if (beside && (!found || (direction < 0 ? event.at > *found : event.at < *found))) {
                found = event.at;
            }
        }
    };
    look(m_events);
    look(m_time.notes());
    look(m_time.alerts());
    return found;
}

void TimeSteering::stepEvent(int direction) {
    if (const auto at = eventBeside(direction)) {
        lookAt(m_time, *at);
    }
}

bool TimeSteering::eventFilter(QObject* watched, QEvent* event) {
    // Space pauses and Backspace goes back where the focused control has no use for them. A shortcut would take them
    // away from every button and field.
    if (event->type() != QEvent::KeyPress || !m_window.isActiveWindow()) {
        return QObject::eventFilter(watched, event);
    }
    const auto* key = static_cast<QKeyEvent*>(event);
    auto* target = qobject_cast<QWidget*>(watched);
    if (key->modifiers() != Qt::NoModifier || target == nullptr || target->window() != &m_window) {
        return QObject::eventFilter(watched, event);
    }
    if (key->key() == Qt::Key_Space && !takesSpace(target)) {
        if (!key->isAutoRepeat()) {
            togglePause();
        }
        return true;
    }
    if (key->key() == Qt::Key_Backspace && !takesText(target) && m_time.canGoBack()) {
        m_time.goBack();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

/// Until somebody chooses a span, it is the smallest that holds what was seen so far.
void TimeSteering::growSpan() {
    const auto first = m_feed.history().line(PathLine::Requests).firstAt();
    if (!m_spanFollows || !first || m_time.mode() != TimeContext::Mode::Live) {
        return;
    }
    const auto seen = m_feed.now() - *first;
    const auto wanted = std::ranges::find_if(spans(), [&](minutes span) { return span >= seen; });
    const auto span = wanted == spans().end() ? kWidestOwnSpan : std::min(*wanted, kWidestOwnSpan);
    if (span > m_time.span()) {
        m_growing = true;
        m_time.setSpan(span);
        m_growing = false;
    }
}

void TimeSteering::tick() {
    m_time.advance(m_feed.now(), m_feed.utcNow());
    growSpan();
}

} // namespace binnacle::app
