// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/mark.h"
#include "widgets/painted_widget.h"
#include "widgets/time_context.h"

#include <QPointer>

#include <chrono>
#include <optional>
#include <vector>

namespace binnacle {

class KeyButton;
class SegmentedControl;

/// The environment line and the bar below it: environment, time span, window in clock time, Live and Pause, what is
/// compared, and who operates. 47 px high. Palette and panic are there only once something answers them.
class TopBar : public PaintedWidget {
    Q_OBJECT

public:
    static constexpr int kHeight = 47;
    static constexpr int kRailWidth = 184;

    explicit TopBar(QWidget* parent = nullptr);

    void setTimeContext(TimeContext* context);
    void setEnvironment(Environment environment, const QString& profile);
    /// What goes on is a recording, of whatever environment it was.
    void setRecording(const QString& name);
    /// Nothing: a recording.
    [[nodiscard]] std::optional<Environment> environment() const { return m_environment; }
    [[nodiscard]] const QString& profile() const { return m_profile; }
    /// "live", or "paused, 0:42 behind".
    [[nodiscard]] QString modeText() const;
    /// "m.okafor \u00b7 operator".
    void setOperator(const QString& text);
    void setSpans(std::vector<std::chrono::minutes> spans);
    void setPaletteVisible(bool visible);
    /// How many alerts there are, with the shape of the gravest that wants to be looked at; there is no such button
    /// before the first call. `words` say it in full.
    void setAlerts(const QString& text, Mark mark, const QString& words);
    void setPanicVisible(bool visible);
    /// Why it does nothing here; empty: it works.
    void setPanicWhyNot(const QString& why);
    /// What goes on is a recording: it says Replay where it said Live.
    void setReplay(bool replay);
    /// 184, or 48 while the rail is collapsed.
    void setRailWidth(int width);
    /// Shows the context's window. Call it at every tick.
    void refresh();

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::ToolBar; }
    [[nodiscard]] QSize sizeHint() const override { return {1280, kHeight}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {800, kHeight}; }

Q_SIGNALS:
    void paletteRequested();
    void alertsRequested();
    void panicRequested();

protected:
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Shown {
        QString from;
        QString to;
        QString zone;
        QString behind;
        QString reference;
        bool live = true;
        bool back = false;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    void place();
    void namePanic(bool room);
    /// What stands in the bar beside the operator and the field, in pixels from end to end.
    [[nodiscard]] int taken(bool keys, bool wholeClock) const;
    [[nodiscard]] double clockWidth(bool whole) const;

    QPointer<TimeContext> m_context;
    std::optional<Environment> m_environment = Environment::Development;
    QString m_profile;
    QString m_operator;
    QString m_panicWhyNot;
    std::vector<std::chrono::minutes> m_spans;
    SegmentedControl* m_spanControl;
    SegmentedControl* m_liveControl;
    KeyButton* m_back;
    KeyButton* m_palette;
    KeyButton* m_alerts;
    KeyButton* m_panic;
    Shown m_shown;
    QRectF m_clockBox;
    QRectF m_referenceBox;
    QRectF m_operatorBox;
    int m_railWidth = kRailWidth;
    bool m_wholeClock = true; ///< from and to; where room is short only to
};

} // namespace binnacle
