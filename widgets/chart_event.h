// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"
#include "widgets/theme.h"

#include <QString>

#include <vector>

class QPainter;

namespace binnacle {

struct TimeSpan;

/// Something that happened, marked on every plot of the time axis.
struct ChartEvent {
    enum class Kind { Automatic, Operator, Caution, Critical, CautionAlert, CriticalAlert };
    SteadyTime at{};
    QString label{};
    Kind kind = Kind::Automatic;
    SteadyTime until{}; ///< after `at`: the end of a span, and not a moment
    friend bool operator==(const ChartEvent&, const ChartEvent&) = default;
};

[[nodiscard]] QColor eventColor(ChartEvent::Kind kind, const Theme& theme);
/// Diamonds and labels in `strip`, lines through `plot` in `line` colour (invalid: the event's own); alerts have no
/// line: they tell what is seen anyway. Labels that would collide give way to the newest; the others become a count.
void drawEvents(QPainter& painter, const std::vector<ChartEvent>& events, const TimeSpan& window, const QRectF& strip,
                const QRectF& plot, const Theme& theme, const QColor& line = {});
/// The diamond alone, 8 px.
void drawDiamond(QPainter& painter, const QPointF& centre, const QColor& color);

} // namespace binnacle
