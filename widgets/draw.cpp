// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/draw.h"

#include "widgets/elided_texts.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPixmap>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace binnacle::draw {

void horizontal(QPainter& painter, double left, double right, double y, const QColor& color) {
    painter.fillRect(QRectF(left, std::floor(y), right - left, 1), color);
}

void vertical(QPainter& painter, double x, double top, double bottom, const QColor& color) {
    painter.fillRect(QRectF(std::floor(x), top, 1, bottom - top), color);
}

void dashed(QPainter& painter, const QLineF& line, const QColor& color, double dash, double gap, double width) {
    // Rectangles instead of a dashed pen: they stay on the pixel, and Qt's dasher is slow for long lines.
    const bool upright = std::abs(line.dx()) < std::abs(line.dy());
    const double length = upright ? std::abs(line.dy()) : std::abs(line.dx());
    const double from = upright ? std::min(line.y1(), line.y2()) : std::min(line.x1(), line.x2());
    for (double at = 0; at < length; at += dash + gap) {
        const double piece = std::min(dash, length - at);
        painter.fillRect(upright ? QRectF(std::floor(line.x1()), from + at, width, piece)
                                 : QRectF(from + at, std::floor(line.y1()), piece, width),
                         color);
    }
}

QString oneLine(const QString& text) {
    const auto unfit = [](QChar c) {
        // Embeddings, overrides and isolates would turn the words that stand around a name.
        const bool turns = (c >= QChar(0x202A) && c <= QChar(0x202E)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
        return turns || c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
               c == QChar::ParagraphSeparator;
    };
    if (std::none_of(text.begin(), text.end(), unfit)) {
        return text;
    }
    QString out = text;
    std::replace_if(out.begin(), out.end(), unfit, QLatin1Char(' '));
    return out;
}

double textWidth(const QFont& font, const QString& text) {
    return QFontMetricsF(font).horizontalAdvance(text);
}

double text(QPainter& painter, const QRectF& box, const QString& text, const QFont& font, const QColor& color,
            Qt::Alignment alignment) {
    if (text.isEmpty() || box.width() <= 0) {
        return 0;
    }
    const QFontMetricsF metrics(font);
    // Shaping a megabyte to find out that it does not fit is the one way a hostile name could stall the window.
    QString shown = oneLine(text.size() > 512 ? text.left(512) : text);
    double width = metrics.horizontalAdvance(shown);
    if (width > box.width() + 0.01) {
        ElidedTexts::note(painter, box, shown);
        shown = metrics.elidedText(shown, Qt::ElideRight, box.width());
        width = metrics.horizontalAdvance(shown);
    }
    double x = box.left();
    if (alignment & Qt::AlignRight) {
        x = box.right() - width;
    } else if (alignment & Qt::AlignHCenter) {
        x = box.center().x() - width / 2;
    }
    // Centred by the capitals, not by the line: that is what makes figures and words of one row look level.
    const double baseline = std::round(box.center().y() + metrics.capHeight() / 2);
    // The text's own direction: in a mirrored window "1 842" must not become "842 1".
    painter.setLayoutDirection(Qt::LayoutDirectionAuto);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(QPointF(x, baseline), shown);
    return width;
}

double number(QPainter& painter, const QPointF& baseline, const NumberText& number, const QFont& digits,
              const QFont& unit, const QColor& ink, const QColor& unitInk) {
    painter.setLayoutDirection(Qt::LayoutDirectionAuto);
    painter.setFont(digits);
    painter.setPen(ink);
    painter.drawText(baseline, number.value);
    double width = textWidth(digits, number.value);
    if (!number.unit.isEmpty()) {
        width += 4;
        painter.setFont(unit);
        painter.setPen(unitInk);
        painter.drawText(baseline + QPointF(width, 0), number.unit);
        width += textWidth(unit, number.unit);
    }
    return width;
}

QBrush hatch(const Theme& theme, double devicePixelRatio) {
    constexpr int kTile = 6;
    // The tile must have whole pixels; at fractional ratios the pattern is a hair denser instead of torn.
    const int pixels = std::max(1, static_cast<int>(std::lround(kTile * devicePixelRatio)));
    QPixmap tile(pixels, pixels);
    tile.fill(theme.color(Token::Bg));
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Token::Rule2), 1.4 * devicePixelRatio, Qt::SolidLine, Qt::SquareCap));
    for (int offset = -1; offset <= 1; ++offset) {
        painter.drawLine(QPointF(offset * pixels, pixels), QPointF((offset + 1) * pixels, 0));
    }
    painter.end();
    tile.setDevicePixelRatio(static_cast<double>(pixels) / kTile);
    return QBrush(tile);
}

void fill(QPainter& painter, const QRectF& area, const QBrush& brush) {
    constexpr double kRows = 64;
    const double scale = painter.device()->devicePixelRatioF();
    // Cut between rows of the device, where no antialiasing shows it.
    for (double top = area.top(); top < area.bottom();) {
        const double next = std::min(area.bottom(), (std::floor(top * scale) + kRows) / scale);
        painter.fillRect(QRectF(area.left(), top, area.width(), next - top), brush);
        top = next;
    }
}

void hatched(QPainter& painter, const QRectF& area, const Theme& theme) {
    fill(painter, area, hatch(theme, painter.device()->devicePixelRatioF()));
}

void focusRing(QPainter& painter, const QRectF& box, const Theme& theme) {
    const QColor ink = theme.color(Token::Ink);
    painter.fillRect(QRectF(box.left(), box.top(), box.width(), 2), ink);
    painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2), ink);
    painter.fillRect(QRectF(box.left(), box.top() + 2, 2, box.height() - 4), ink);
    painter.fillRect(QRectF(box.right() - 2, box.top() + 2, 2, box.height() - 4), ink);
}

double keyCap(QPainter* painter, const QPointF& leftCentre, const QString& key, const QFont& font, const QColor& ink,
              const QColor& edge) {
    const double width = std::ceil(textWidth(font, key)) + 10;
    if (painter) {
        const QRectF box(std::floor(leftCentre.x()) + 0.5, std::floor(leftCentre.y() - 8) + 0.5, width - 1, 16);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(edge, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(box, 2, 2);
        painter->restore();
        text(*painter, box, key, font, ink, Qt::AlignHCenter);
    }
    return width;
}

void tooltip(QPainter& painter, const QRectF& bounds, const QPointF& anchor, const QStringList& lines,
             const Theme& theme) {
    if (lines.isEmpty()) {
        return;
    }
    double width = 0;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        width = std::max(width, textWidth(theme.font(i == 0 ? Type::LabelStrong : Type::Small), lines[i]));
    }
    width = std::ceil(std::min(width + 18, bounds.width()));
    const double height = 12 + 16 + 14.0 * static_cast<double>(lines.size() - 1);
    double x = anchor.x() + 12;
    if (x + width > bounds.right()) {
        x = std::max(bounds.left(), anchor.x() - 12 - width);
    }
    const double y = std::clamp(anchor.y(), bounds.top(), std::max(bounds.top(), bounds.bottom() - height));
    const QRectF paper(std::floor(x), std::floor(y), width, height);
    painter.fillRect(paper, theme.color(Token::Rule2));
    painter.fillRect(paper.adjusted(1, 1, -1, -1), theme.color(Token::Sel));
    double top = paper.top() + 6;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const double line = i == 0 ? 16 : 14;
        text(painter, QRectF(paper.left() + 9, top, width - 18, line), lines[i],
             theme.font(i == 0 ? Type::LabelStrong : Type::Small), theme.color(i == 0 ? Token::Ink : Token::Ink2));
        top += line;
    }
}

bool isLine(const Curve& curve) {
    return std::ranges::count_if(curve, &CurvePoint::present) >= 2;
}

QVector<QLineF> curveLines(const Curve& curve, double left, double step) {
    QVector<QLineF> lines;
    lines.reserve(static_cast<qsizetype>(curve.size()) * 2);
    bool open = false;
    QPointF previous;
    double x = left + step / 2;
    for (std::size_t i = 0; i < curve.size(); ++i, x = left + (static_cast<double>(i) + 0.5) * step) {
        const auto& point = curve[i];
        if (!point.present) {
            continue;
        }
        const bool alike = point.bottom - point.top <= 0.25F;
        // Two samples in one column make a slope, as they would in a wider plot; more make an upright as well.
        const QPointF first(alike ? x : x - step / 4, point.first);
        const QPointF last(alike ? x : x + step / 4, point.last);
        if (open && !point.cut) {
            lines.append(QLineF(previous, first));
        }
        if (!alike) {
            const float low = std::max(point.first, point.last);
            const float high = std::min(point.first, point.last);
            if (high - point.top > 0.25F || point.bottom - low > 0.25F) {
                lines.append(QLineF(x, point.top, x, point.bottom));
            } else {
                lines.append(QLineF(first, last));
            }
        } else if (!open || point.cut) {
            // A lone sample between two gaps is a dot, not nothing.
            const bool alone = i + 1 == curve.size() || !curve[i + 1].present || curve[i + 1].cut;
            if (alone) {
                lines.append(QLineF(x - 0.5, point.first, x + 0.5, point.first));
            }
        }
        previous = last;
        open = true;
    }
    return lines;
}

void stroke(QPainter& painter, const QVector<QLineF>& lines, const QColor& color, double width, bool dashed) {
    if (lines.isEmpty()) {
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    // Square caps close the joints and keep Qt on its fast line rasteriser; round ones send each line to the stroker.
    QPen pen(color, width * painter.device()->devicePixelRatioF(), Qt::SolidLine, Qt::SquareCap);
    pen.setCosmetic(true);
    painter.setPen(pen);
    if (!dashed) {
        painter.drawLines(lines);
        return;
    }
    // Dash 4 3 along the x axis, where it stays put while single lines come and go.
    QVector<QLineF> pieces;
    pieces.reserve(lines.size());
    for (const auto& line : lines) {
        if (std::fmod(std::max(0.0, (line.x1() + line.x2()) / 2), 7.0) < 4.0) {
            pieces.append(line);
        }
    }
    painter.drawLines(pieces);
}

} // namespace binnacle::draw
