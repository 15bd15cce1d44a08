// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot.h"

#include "widgets/state_overlay.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle::plot {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Plot)
};

} // namespace

QRectF plotRect(const QSizeF& size, int left, int right, double top, double bottom) {
    return QRectF(left, top, std::max(0.0, size.width() - left - right), std::max(0.0, size.height() - top - bottom));
}

int columnCount(double width) {
    return std::max(0, static_cast<int>(width / 2));
}

bool showsAge(PanelState state) {
    return state == PanelState::Late || state == PanelState::Empty || state == PanelState::Loading;
}

draw::Curve curve(const std::vector<SeriesColumn>& columns, const AxisScale& scale, const QRectF& plot) {
    draw::Curve out(columns.size());
    const auto y = [&](double value) {
        // Quarters of a pixel: what moves less is not seen, and must not cause a repaint.
        return static_cast<float>(std::round((plot.bottom() - scale.place(value) * plot.height()) * 4) / 4);
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& column = columns[i];
        if (column.present) {
            out[i] = {y(column.max), y(column.min), y(column.first), y(column.last), true, column.gapBefore};
        }
    }
    return out;
}

std::vector<draw::Curve> curves(const std::vector<std::vector<SeriesColumn>>& columns, const AxisScale& scale,
                                const QRectF& plot) {
    std::vector<draw::Curve> out;
    out.reserve(columns.size());
    for (const auto& line : columns) {
        out.push_back(curve(line, scale, plot));
    }
    return out;
}

std::vector<std::optional<double>> newest(const std::vector<std::vector<SeriesColumn>>& columns) {
    std::vector<std::optional<double>> out(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        for (auto it = columns[i].rbegin(); it != columns[i].rend(); ++it) {
            if (it->present) {
                out[i] = it->last;
                break;
            }
        }
    }
    return out;
}

std::optional<int> snap(const std::vector<SeriesColumn>& columns, int column) {
    const auto size = static_cast<int>(columns.size());
    for (int i = std::min(column, size - 1); i >= 0; --i) {
        if (columns[static_cast<std::size_t>(i)].present) {
            // Nothing is known between the last sample and the one that a gap precedes.
            for (int later = i + 1; later < size; ++later) {
                const auto& next = columns[static_cast<std::size_t>(later)];
                if (next.present) {
                    return next.gapBefore && column > i ? std::nullopt : std::optional(i);
                }
            }
            return i;
        }
    }
    return std::nullopt;
}

std::optional<int> sampleAt(const std::vector<SeriesColumn>& columns, const TimeSpan& window,
                            const std::optional<SteadyTime>& at) {
    if (!at || columns.empty() || *at < window.from || *at > window.to) {
        return std::nullopt;
    }
    const auto count = static_cast<double>(columns.size());
    const double x = TimeContext::x(*at, window, 0, count);
    return snap(columns, static_cast<int>(std::clamp(x, 0.0, count - 1)));
}

void drawGaps(QPainter& painter, const QRectF& plot, const draw::Curve& curve, const TimeSpan& window,
              const Theme& theme) {
    const double step = plot.width() / std::max<double>(1, static_cast<double>(curve.size()));
    std::optional<std::size_t> before;
    for (std::size_t i = 0; i < curve.size(); ++i) {
        if (!curve[i].present) {
            continue;
        }
        if (curve[i].cut && before) {
            const double left = plot.left() + (static_cast<double>(*before) + 1) * step;
            const double right = plot.left() + static_cast<double>(i) * step;
            QColor fill = theme.color(Token::Track);
            fill.setAlphaF(0.35F);
            draw::fill(painter, QRectF(left, plot.top(), right - left, plot.height()), fill);
            const auto length = window.length() / static_cast<SteadyTime::rep>(curve.size()) *
                                static_cast<SteadyTime::rep>(i - *before);
            const QString words =
                Words::tr("no data %1").arg(ageText(std::chrono::round<std::chrono::seconds>(length)));
            const double wide = draw::textWidth(theme.font(Type::Small), words) + 4;
            if (right - left >= std::max(40.0, wide)) { // over the curve beside it nobody could read them
                const QRectF box((left + right - wide) / 2, plot.top() + 2, wide, 14);
                painter.fillRect(box, theme.color(Token::Bg));
                painter.fillRect(box, fill);
                draw::text(painter, box, words, theme.font(Type::Small), theme.color(Token::Ink3), Qt::AlignHCenter);
            }
        }
        before = i;
    }
}

void drawLimit(QPainter& painter, const QRectF& plot, double y, const QString& label, const Theme& theme) {
    draw::dashed(painter, QLineF(plot.left(), y, plot.right(), y), theme.color(Token::Ink2), 6, 4);
    draw::text(painter, QRectF(0, y - 8, plot.left() - 8, 16), label, theme.font(Type::Small), theme.color(Token::Ink),
               Qt::AlignRight);
}

void drawTimeAxis(QPainter& painter, const QRectF& plot, const TimeContext& context, const TimeSpan& window,
                  const Theme& theme) {
    const auto ticks = context.ticks(window, std::max(1, static_cast<int>(plot.width() / 90)));
    std::optional<double> tag;
    if (context.crosshair()) {
        tag = TimeContext::x(*context.crosshair(), window, plot.left(), plot.width());
    }
    for (const auto& tick : ticks) {
        const double x = std::floor(TimeContext::x(tick.at, window, plot.left(), plot.width()));
        painter.fillRect(QRectF(x, std::floor(plot.bottom()) + 1, 1, 4), theme.color(Token::Rule2));
        if (tag && std::abs(*tag - x) < 54) {
            continue; // the crosshair's own label stands here
        }
        const double wide = draw::textWidth(theme.font(Type::Small), tick.label);
        const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, plot.right() + 24 - wide));
        draw::text(painter, QRectF(left, plot.bottom() + 7, wide + 1, 14), tick.label, theme.font(Type::Small),
                   theme.color(Token::Ink3));
    }
}

void drawState(QPainter& painter, const QRectF& plot, const PanelStatus& status, const TimeContext* context,
               const TimeSpan& window, const Theme& theme) {
    const auto words = stateWords(status, context);
    const auto xOf = [&](SteadyTime at) {
        return std::clamp(TimeContext::x(at, window, plot.left(), plot.width()), plot.left(), plot.right());
    };
    const auto beside = [&](double x, const QString& text, double y) {
        // Left of the line where there is room, else right of it.
        const double wide = draw::textWidth(theme.font(Type::Small), text);
        const bool left = x - wide - 6 >= plot.left();
        const QRectF box(left ? x - wide - 6 : x + 6, y, wide + 1, 16);
        painter.fillRect(box.adjusted(-2, 0, 2, 0), theme.color(Token::Bg));
        draw::text(painter, box, text, theme.font(Type::Small), theme.color(Token::Ink));
    };
    switch (status.state) {
    case PanelState::Live:
    case PanelState::Replay:
        return;
    case PanelState::Empty:
    case PanelState::Denied:
        drawStateWords(painter, plot, words, theme);
        return;
    case PanelState::Loading: {
        const double share =
            status.age ? std::clamp(std::chrono::duration<double>(*status.age).count() / 2, 0.0, 1.0) : 0;
        painter.fillRect(QRectF(plot.left(), plot.bottom() - 1, plot.width(), 2), theme.color(Token::Track));
        painter.fillRect(QRectF(plot.left(), plot.bottom() - 1, plot.width() * share, 2), theme.color(Token::Ink));
        drawStateWords(painter, plot, words, theme);
        return;
    }
    case PanelState::Late:
    case PanelState::Lost: {
        const double x = status.lastAt ? xOf(*status.lastAt) : plot.left();
        draw::hatched(painter, QRectF(x, plot.top(), plot.right() - x, plot.height()), theme);
        draw::dashed(painter, QLineF(x, plot.top(), x, plot.bottom()), theme.color(Token::Ink2), 1, 2);
        if (status.state == PanelState::Late) {
            beside(x, words.title, plot.top());
        } else if (plot.right() - x >= draw::textWidth(theme.font(Type::LabelStrong), words.title) + 8) {
            drawStateWords(painter, QRectF(x, plot.top(), plot.right() - x, plot.height()), words, theme);
        } else {
            beside(x,
                   words.detail.isEmpty()    ? words.title
                   : status.detail.isEmpty() ? words.title + QLatin1Char(' ') + words.detail
                                             : words.title + QStringLiteral(", ") + words.detail,
                   plot.top());
        }
        return;
    }
    case PanelState::Error: {
        const double x = status.lastAt ? xOf(*status.lastAt) : plot.right();
        draw::dashed(painter, QLineF(x, plot.top(), x, plot.bottom()), theme.color(Token::Crit), 2, 2);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.color(Token::Crit), 1.6));
        const QPointF at(std::floor(x) + 0.5, plot.bottom() - 7);
        painter.drawLine(at + QPointF(-3.5, -3.5), at + QPointF(3.5, 3.5));
        painter.drawLine(at + QPointF(-3.5, 3.5), at + QPointF(3.5, -3.5));
        painter.restore();
        beside(x, words.title, plot.top());
        return;
    }
    case PanelState::Paused: {
        const double x = status.lastAt ? xOf(*status.lastAt) : plot.right();
        painter.fillRect(QRectF(std::floor(x) - 1, plot.top(), 2, plot.height()), theme.color(Token::Ink));
        beside(x, words.title, plot.top());
        return;
    }
    }
}

void drawCrosshairLine(QPainter& painter, const QRectF& plot, const TimeContext& context, const TimeSpan& window,
                       bool timeTag, const Theme& theme) {
    if (!context.crosshair()) {
        return;
    }
    const double x = TimeContext::x(*context.crosshair(), window, plot.left(), plot.width());
    if (x < plot.left() - 0.5 || x > plot.right() + 0.5) {
        return;
    }
    draw::vertical(painter, x, plot.top(), plot.bottom() + 1, theme.color(Token::Ink));
    if (timeTag) {
        const QString label = context.clock(*context.crosshair());
        const double wide = std::ceil(draw::textWidth(theme.font(Type::Small), label)) + 12;
        const QRectF box(std::floor(x - wide / 2), plot.bottom() + 5, wide, 16);
        painter.fillRect(box, theme.color(Token::Ink));
        draw::text(painter, box, label, theme.font(Type::Small), theme.color(Token::Bg), Qt::AlignHCenter);
    }
}

void drawRing(QPainter& painter, const QPointF& centre, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Token::Ink), 1.5));
    painter.setBrush(theme.color(Token::Bg));
    painter.drawEllipse(centre, 3, 3);
    painter.restore();
}

void drawEndLabels(QPainter& painter, const QRectF& gutter, std::vector<EndLabel> labels, bool dimmed,
                   const Theme& theme) {
    if (gutter.width() < 60) {
        return;
    }
    constexpr double kApart = 13;
    std::ranges::stable_sort(labels, {}, &EndLabel::y);
    std::vector<double> y;
    for (const auto& label : labels) {
        y.push_back(y.empty() ? label.y : std::max(label.y, y.back() + kApart));
    }
    // Pushed out at the bottom: push back up from there.
    double lowest = gutter.bottom() + 2;
    for (std::size_t i = y.size(); i-- > 0;) {
        y[i] = std::min(y[i], lowest);
        lowest = y[i] - kApart;
    }
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const QRectF box(gutter.left() + 8, y[i] - 8, gutter.width() - 8, 16);
        if (std::abs(y[i] - labels[i].y) > 2) {
            painter.save();
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(theme.color(Token::Rule2), 1));
            painter.drawLine(QPointF(gutter.left() + 1, labels[i].y), QPointF(gutter.left() + 7, y[i]));
            painter.restore();
        }
        // The number stays whole, with its unit; the name gives way.
        const double value = draw::text(painter, box, labels[i].value, theme.font(Type::BodyStrong),
                                        theme.color(dimmed ? Token::Ink3 : Token::Ink), Qt::AlignRight);
        draw::text(painter, box.adjusted(0, 0, -value - 6, 0), labels[i].name, theme.font(Type::Small),
                   theme.color(Token::Ink2));
    }
}

} // namespace binnacle::plot
