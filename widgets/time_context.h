// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"
#include "widgets/chart_event.h"

#include <QObject>
#include <QString>
#include <QTimeZone>

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

class QMenu;

namespace binnacle {

/// A span of steady time.
struct TimeSpan {
    SteadyTime from{};
    SteadyTime to{};
    [[nodiscard]] SteadyTime::duration length() const { return to - from; }
    friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

/// A round moment on a time axis.
struct TimeTick {
    SteadyTime at{};
    QString label{};
    friend bool operator==(const TimeTick&, const TimeTick&) = default;
};

/// The one time selection of the application: window, now, live or paused, crosshair, what is being selected, and the
/// two windows that are compared. Every chart shows it and every chart may set it; what was chosen before can be gone
/// back to. It holds no clock: the application calls advance(). Lives on the GUI thread.
class TimeContext : public QObject {
    Q_OBJECT

public:
    enum class Mode { Live, Paused };
    Q_ENUM(Mode)
    /// Steps that can be gone back.
    static constexpr std::size_t kMostSteps = 64;

    explicit TimeContext(QObject* parent = nullptr);

    /// Moves now; while live the window's right edge follows.
    void advance(SteadyTime now, UtcTime utc);
    [[nodiscard]] SteadyTime now() const { return m_now; }
    [[nodiscard]] Mode mode() const { return m_mode; }
    void pause();
    /// With the span that live had before something was selected.
    void goLive();
    /// Shows the window that ends at `end`, as paused, or live again. No step of its own: see remember().
    void showUntil(SteadyTime end);
    void showLive();
    /// Shows exactly this span, as paused; a step that can be undone. At least a second, and nothing after now.
    void select(TimeSpan window);
    /// What is shown was selected: figures that are counted over a while are of all of it, and not of its end.
    [[nodiscard]] bool isSelected() const { return m_liveSpan.has_value(); }
    /// setSpan() by a person: a step that can be undone.
    void chooseSpan(SteadyTime::duration span);
    /// What is shown is what a next back() returns to; call it before a movement in many small parts.
    void remember();
    [[nodiscard]] bool canGoBack() const { return !m_back.empty(); }
    [[nodiscard]] bool canGoForward() const { return !m_forward.empty(); }
    /// There is nothing to go back to any more.
    void forgetSteps();
    /// Undoes the last choice of a window, or does it again.
    void goBack();
    void goForward();
    /// How far the right edge is behind now.
    [[nodiscard]] SteadyTime::duration behind() const { return m_now - end(); }

    void setSpan(SteadyTime::duration span);
    [[nodiscard]] SteadyTime::duration span() const { return m_span; }
    [[nodiscard]] SteadyTime end() const { return m_mode == Mode::Live ? m_now : m_end; }
    [[nodiscard]] TimeSpan window() const { return {end() - m_span, end()}; }
    /// The window moved to the next boundary of one of `columns` equal columns, so that a sample stays in its column
    /// while the plot scrolls, and nothing is repainted between two columns.
    [[nodiscard]] TimeSpan window(int columns) const;
    /// The only time-to-pixel function: where `at` stands in a plot of `window` from `left` of `width` pixels.
    [[nodiscard]] static double x(SteadyTime at, const TimeSpan& window, double left, double width);
    [[nodiscard]] static SteadyTime timeAt(double x, const TimeSpan& window, double left, double width);
    /// Round moments in `window`, at most `most`, with clock labels.
    [[nodiscard]] std::vector<TimeTick> ticks(const TimeSpan& window, int most) const;

    /// Where the pointer stands; over the pinned one while it does.
    void setCrosshair(std::optional<SteadyTime> at);
    /// Stays when the pointer leaves and the page changes; nothing removes both.
    void pinCrosshair(std::optional<SteadyTime> at);
    [[nodiscard]] std::optional<SteadyTime> crosshair() const { return m_crosshair ? m_crosshair : m_pinned; }
    [[nodiscard]] std::optional<SteadyTime> pinnedCrosshair() const { return m_pinned; }

    /// The span that somebody is about to select, in any chart.
    void setPending(std::optional<TimeSpan> span);
    [[nodiscard]] std::optional<TimeSpan> pending() const { return m_pending; }

    /// From when to when the recording goes that is played instead of live; now moves within it. Absent: live.
    void setRecording(std::optional<TimeSpan> extent);
    [[nodiscard]] std::optional<TimeSpan> recording() const { return m_recording; }

    /// What all charts mark: notes of people.
    void setNotes(std::vector<ChartEvent> notes);
    [[nodiscard]] const std::vector<ChartEvent>& notes() const { return m_notes; }
    /// And alerts, where they were raised.
    void setAlerts(std::vector<ChartEvent> alerts);
    [[nodiscard]] const std::vector<ChartEvent>& alerts() const { return m_alerts; }

    /// A: what is compared with. Absent: nothing is compared.
    void setReference(std::optional<TimeSpan> reference);
    [[nodiscard]] std::optional<TimeSpan> reference() const { return m_reference; }
    /// B: what is compared, by default the last 60 s of the window.
    [[nodiscard]] TimeSpan current() const;
    void setCurrent(std::optional<TimeSpan> current);

    void setZone(const QTimeZone& zone);
    [[nodiscard]] const QTimeZone& zone() const { return m_zone; }
    /// "UTC", "CET": shown once, in the top bar.
    [[nodiscard]] QString zoneName() const;
    [[nodiscard]] UtcTime utcOf(SteadyTime at) const;
    /// "14:12:08", or "14:12" without seconds.
    [[nodiscard]] QString clock(SteadyTime at, bool seconds = true) const;

Q_SIGNALS:
    void spanChanged();
    /// Live or paused, or paused elsewhere: another window is to be shown.
    void modeChanged();
    /// The crosshair, what is about to be selected, notes or alerts: all that is painted over the charts.
    void crosshairChanged();
    /// A person asks a chart for what can be done with this time: whoever has something adds it.
    void menuOpened(QMenu* menu, const binnacle::TimeSpan& span);
    /// A person wants the recording to go on from there.
    void seekRequested(SteadyTime at);
    /// There is more or less to go back to.
    void stepsChanged();
    void comparisonChanged();

private:
    struct View {
        Mode mode = Mode::Live;
        SteadyTime end{};
        SteadyTime::duration span = std::chrono::minutes(15);
        /// While something is selected: the span to go live with.
        std::optional<SteadyTime::duration> liveSpan{};
        friend bool operator==(const View&, const View&) = default;
    };
    [[nodiscard]] View view() const { return {m_mode, m_end, m_span, m_liveSpan}; }
    void show(const View& view);
    void step(std::deque<View>& from, std::deque<View>& to);

    SteadyTime m_now{};
    SteadyTime m_end{};
    UtcTime m_utc{};
    SteadyTime::duration m_span = std::chrono::minutes(15);
    std::optional<SteadyTime::duration> m_liveSpan;
    Mode m_mode = Mode::Live;
    std::deque<View> m_back;
    std::deque<View> m_forward;
    std::optional<SteadyTime> m_crosshair; ///< under the pointer
    std::optional<SteadyTime> m_pinned;
    std::optional<TimeSpan> m_pending;
    std::optional<TimeSpan> m_recording;
    std::vector<ChartEvent> m_notes;
    std::vector<ChartEvent> m_alerts;
    std::optional<TimeSpan> m_reference;
    std::optional<TimeSpan> m_current;
    QTimeZone m_zone;
};

} // namespace binnacle
