// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/number_text.h"
#include "widgets/theme.h"

#include <QBrush>
#include <QLineF>
#include <QPointF>
#include <QRectF>
#include <QVector>

#include <vector>

class QPainter;

/// The strokes that all painters share. Rules and text boxes only; what is moving is drawn by the widgets.
namespace binnacle::draw {

/// Rule lines without antialiasing, on the pixel.
void horizontal(QPainter& painter, double left, double right, double y, const QColor& color);
void vertical(QPainter& painter, double x, double top, double bottom, const QColor& color);
/// Dashed rules; the pattern is in pixels and starts at the first end.
void dashed(QPainter& painter, const QLineF& line, const QColor& color, double dash, double gap, double width = 1);

/// Plain text in one line, elided, vertically centred in `box`. Returns the width that was used.
double text(QPainter& painter, const QRectF& box, const QString& text, const QFont& font, const QColor& color,
            Qt::Alignment alignment = Qt::AlignLeft);
[[nodiscard]] double textWidth(const QFont& font, const QString& text);
/// A control character has no place in a line of text: they become spaces, line ends included.
[[nodiscard]] QString oneLine(const QString& text);

/// Digits with the unit set smaller after a thin space, both on one base line. Returns the width that was used.
double number(QPainter& painter, const QPointF& baseline, const NumberText& number, const QFont& digits,
              const QFont& unit, const QColor& ink, const QColor& unitInk);

/// fillRect() for tall areas that are translucent or patterned. Those of 96 rows or more Qt hands to a pool of threads,
/// and waits for them: on a busy machine for tens of milliseconds. Here the thread that paints does it, piece by piece.
void fill(QPainter& painter, const QRectF& area, const QBrush& brush);

/// 45 degree hatch of 2 px lines every 6, `rule2` on `bg`.
[[nodiscard]] QBrush hatch(const Theme& theme, double devicePixelRatio);
/// Paints the hatch over `area`; the pattern's origin is fixed to the painter's.
void hatched(QPainter& painter, const QRectF& area, const Theme& theme);

/// Focus: 2 px of ink just inside `box`.
void focusRing(QPainter& painter, const QRectF& box, const Theme& theme);
/// A key as it is printed on buttons: small text in a 1 px frame. Returns its width; draws nothing without painter.
double keyCap(QPainter* painter, const QPointF& leftCentre, const QString& key, const QFont& font, const QColor& ink,
              const QColor& edge);
/// Paper of a tooltip with its lines; the first is strong. Stays inside `bounds`, beside `anchor`.
void tooltip(QPainter& painter, const QRectF& bounds, const QPointF& anchor, const QStringList& lines,
             const Theme& theme);

/// One pixel column of a curve in device-independent pixels; NaN where nothing is known.
struct CurvePoint {
    float top = 0;
    float bottom = 0;
    float first = 0;
    float last = 0;
    bool present = false;
    bool cut = false;
    friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};
using Curve = std::vector<CurvePoint>;
/// It has points in two columns or more.
[[nodiscard]] bool isLine(const Curve& curve);

/// Lines of a curve whose column i stands at left + (i + 0.5) * step. A gap is never bridged; a run of empty columns
/// without a gap mark is joined (slow samples).
[[nodiscard]] QVector<QLineF> curveLines(const Curve& curve, double left, double step);
/// Strokes lines with a cosmetic pen: drawLines, since a thick antialiased polyline costs thirty times as much.
void stroke(QPainter& painter, const QVector<QLineF>& lines, const QColor& color, double width, bool dashed = false);

} // namespace binnacle::draw
