// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "widgets/axis_scale.h"
#include "widgets/draw.h"
#include "widgets/panel_status.h"
#include "widgets/time_context.h"

#include <optional>
#include <vector>

class QPainter;

/// What the plots on the time axis have in common; used by their widgets only.
namespace binnacle::plot {

[[nodiscard]] QRectF plotRect(const QSizeF& size, int left, int right, double top, double bottom);
/// Columns of a plot: two pixels each, enough for a line and half the cost.
[[nodiscard]] int columnCount(double width);
/// The state's words contain the running age.
[[nodiscard]] bool showsAge(PanelState state);

[[nodiscard]] draw::Curve curve(const std::vector<SeriesColumn>& columns, const AxisScale& scale, const QRectF& plot);
[[nodiscard]] std::vector<draw::Curve> curves(const std::vector<std::vector<SeriesColumn>>& columns,
                                              const AxisScale& scale, const QRectF& plot);
[[nodiscard]] std::vector<std::optional<double>> newest(const std::vector<std::vector<SeriesColumn>>& columns);
/// The column of the newest sample at or left of `column`; none across a gap.
[[nodiscard]] std::optional<int> snap(const std::vector<SeriesColumn>& columns, int column);

/// The column of the newest sample at or left of the moment; none outside the window, and none across a gap.
[[nodiscard]] std::optional<int> sampleAt(const std::vector<SeriesColumn>& columns, const TimeSpan& window,
                                          const std::optional<SteadyTime>& at);

void drawGaps(QPainter& painter, const QRectF& plot, const draw::Curve& curve, const TimeSpan& window,
              const Theme& theme);
void drawLimit(QPainter& painter, const QRectF& plot, double y, const QString& label, const Theme& theme);
void drawTimeAxis(QPainter& painter, const QRectF& plot, const TimeContext& context, const TimeSpan& window,
                  const Theme& theme);
/// Hatch, words and lines of the states that are not plainly live.
void drawState(QPainter& painter, const QRectF& plot, const PanelStatus& status, const TimeContext* context,
               const TimeSpan& window, const Theme& theme);
void drawCrosshairLine(QPainter& painter, const QRectF& plot, const TimeContext& context, const TimeSpan& window,
                       bool timeTag, const Theme& theme);
void drawRing(QPainter& painter, const QPointF& centre, const Theme& theme);

/// A direct label at the right end of a line.
struct EndLabel {
    double y = 0;
    QString name;
    QString value;
};
/// Labels nearer than 13 px are pushed apart, with a leader to their line.
void drawEndLabels(QPainter& painter, const QRectF& gutter, std::vector<EndLabel> labels, bool dimmed,
                   const Theme& theme);

} // namespace binnacle::plot
