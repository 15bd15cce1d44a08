// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <QObject>
#include <QString>
#include <QTimeZone>

#include <chrono>
#include <optional>
#include <vector>

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

/// The one time selection of the application: window, now, live or paused, crosshair, and the two windows that are
/// compared. It holds no clock: the application calls advance(). Lives on the GUI thread.
class TimeContext : public QObject {
    Q_OBJECT

public:
    enum class Mode { Live, Paused, Replay };
    Q_ENUM(Mode)

    explicit TimeContext(QObject* parent = nullptr);

    /// Moves now; while live the window's right edge follows.
    void advance(SteadyTime now, UtcTime utc);
    [[nodiscard]] SteadyTime now() const { return m_now; }
    [[nodiscard]] Mode mode() const { return m_mode; }
    void pause();
    void goLive();
    /// Shows the window that ends at `end`, as paused.
    void showUntil(SteadyTime end);
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

    void setCrosshair(std::optional<SteadyTime> at);
    [[nodiscard]] std::optional<SteadyTime> crosshair() const { return m_crosshair; }

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
    void modeChanged();
    void crosshairChanged();
    void comparisonChanged();

private:
    SteadyTime m_now{};
    SteadyTime m_end{};
    UtcTime m_utc{};
    SteadyTime::duration m_span = std::chrono::minutes(15);
    Mode m_mode = Mode::Live;
    std::optional<SteadyTime> m_crosshair;
    std::optional<TimeSpan> m_reference;
    std::optional<TimeSpan> m_current;
    QTimeZone m_zone;
};

} // namespace binnacle
