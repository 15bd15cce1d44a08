// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lane_view.h"

#include "widgets/plot.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {

constexpr double kLeft = 150;
constexpr double kRight = 96;
constexpr double kAxisLabel = 56; ///< the most that a figure of the axis takes
constexpr double kEventStrip = 20;
constexpr double kTimeStrip = 24;
constexpr double kMostLane = 44;
constexpr double kLeastLane = 20;
constexpr double kWholeLane = 32;  ///< with room for two lines of text: title and subtitle
constexpr double kFoldedLane = 22; ///< of a lane that says nothing new, where height is short

/// Nothing of it needs the eye now.
bool isCalm(const LaneReading& reading) {
    const auto state = reading.status.state;
    return reading.severity == Severity::Normal && !reading.onsetOrder && state != PanelState::Late &&
           reading.status.hasValue();
}

} // namespace

LaneView::LaneView(QWidget* parent)
    : TimeChart(parent) {
    setAccessibleName(tr("Signals on one time axis"));
}

void LaneView::setLanes(std::vector<Lane> lanes) {
    if (assign(m_lanes, std::move(lanes))) {
        m_tops.assign(m_lanes.size(), {});
        m_columns.assign(m_lanes.size(), {});
        m_shown.lanes.assign(m_lanes.size(), {});
        arrange(m_shown);
        updateGeometry();
    }
}

void LaneView::setEvents(std::vector<ChartEvent> events) {
    assign(m_events, std::move(events));
}

bool LaneView::showsLive() const {
    return std::ranges::any_of(m_shown.lanes, [](const ShownLane& lane) {
        return lane.reading.status.state == PanelState::Live && draw::isLine(lane.curve);
    });
}

QSize LaneView::sizeHint() const {
    return {1056, static_cast<int>(kEventStrip + kTimeStrip + kMostLane * static_cast<double>(m_lanes.size()))};
}

QSize LaneView::minimumSizeHint() const {
    return {480, static_cast<int>(kEventStrip + kTimeStrip + kLeastLane * static_cast<double>(m_lanes.size()))};
}

QRectF LaneView::plotRect() const {
    const double wanted = kMostLane * static_cast<double>(m_lanes.size());
    const QRectF all =
        plot::plotRect(size(), static_cast<int>(kLeft), static_cast<int>(kRight), kEventStrip, kTimeStrip);
    return QRectF(all.left(), all.top(), all.width(), std::min(all.height(), wanted));
}

void LaneView::arrange(const Shown& shown) {
    const double room = plotRect().height();
    const auto count = static_cast<double>(m_lanes.size());
    const double each = std::floor(room / std::max(1.0, count));
    const auto folded = static_cast<double>(
        std::ranges::count_if(shown.lanes, [](const ShownLane& lane) { return isCalm(lane.reading); }));
    const double open = count - folded;
    double openHeight = each;
    double foldedHeight = each;
    if (each < kWholeLane && each > kFoldedLane && open > 0 && folded > 0) {
        openHeight = std::min(kMostLane, std::floor((room - folded * kFoldedLane) / open));
        foldedHeight = std::floor((room - open * openHeight) / folded);
    }
    m_bottoms.clear();
    double bottom = 0;
    for (const auto& lane : shown.lanes) {
        bottom += isCalm(lane.reading) ? foldedHeight : openHeight;
        m_bottoms.push_back(bottom);
    }
}

QRectF LaneView::laneRect(int lane) const {
    const QRectF all = plotRect();
    const auto at = static_cast<std::size_t>(lane);
    if (at >= m_bottoms.size()) {
        return {};
    }
    const double top = at == 0 ? 0 : m_bottoms[at - 1];
    return QRectF(all.left(), all.top() + top, all.width(), m_bottoms[at] - top);
}

void LaneView::showLanes(std::span<const LaneReading> readings, std::span<const Series* const> series) {
    if (!context() || columnCount() <= 0) {
        return;
    }
    Shown next;
    next.window = context()->window(columnCount());
    next.lanes.resize(m_lanes.size());
    const double seconds = toSeconds(context()->now().time_since_epoch());
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        auto& lane = next.lanes[i];
        lane.top = m_lanes[i].ratio ? 1 : std::max(m_tops[i].top(), m_lanes[i].leastTop);
        if (i < readings.size()) {
            lane.reading = readings[i];
            lane.reading.status.age =
                plot::showsAge(lane.reading.status.state) ? shownAge(lane.reading.status.age) : std::nullopt;
            if (lane.reading.status.state == PanelState::Live) {
                lane.reading.status.lastAt.reset();
            }
        }
        m_columns[i].clear();
        if (i >= series.size() || !series[i]) {
            continue;
        }
        auto& columns = m_columns[i];
        columns = series[i]->columns(next.window.from, next.window.to, static_cast<std::size_t>(columnCount()));
        if (!m_lanes[i].ratio) {
            double largest = m_lanes[i].leastTop;
            for (const auto& column : columns) {
                largest = column.present ? std::max(largest, column.max) : largest;
            }
            lane.top = m_tops[i].follow(largest, seconds);
        }
    }
    arrange(next);
    rebuild(next);
    assign(m_shown, std::move(next));
}

void LaneView::rebuild(Shown& shown) const {
    for (std::size_t i = 0; i < shown.lanes.size() && i < m_columns.size(); ++i) {
        const QRectF box = laneRect(static_cast<int>(i)).adjusted(0, 6, 0, -3);
        shown.lanes[i].curve =
            plot::curve(m_columns[i], AxisScale(AxisScale::Kind::Linear, 0, shown.lanes[i].top), box);
    }
}

void LaneView::resizeEvent(QResizeEvent*) {
    // Until the next tick brings columns for the new width, the old ones stretch.
    auto next = m_shown;
    arrange(next);
    rebuild(next);
    assign(m_shown, std::move(next));
}

void LaneView::paint(QPainter& painter) {
    painter.fillRect(rect(), theme().color(Token::Bg));
    if (plotRect().width() < 40) {
        return;
    }
    paintBackground(painter);
    paintNotes(painter, plotRect());
    for (int lane = 0; lane < static_cast<int>(m_lanes.size()); ++lane) {
        paintLane(painter, lane);
    }
    const QRectF plot = plotRect();
    if (context()) {
        drawEvents(painter, withNotes(m_events), m_shown.window, QRectF(plot.left(), 0, plot.width(), kEventStrip - 4),
                   plot.adjusted(0, -2, 0, 0), theme());
    }
    paintOnsets(painter);
    paintCrosshair(painter);
    paintPending(painter, plot);
}

void LaneView::paintBackground(QPainter& painter) const {
    const QRectF plot = plotRect();
    if (context()) {
        for (const auto& tick : context()->ticks(m_shown.window, std::max(1, static_cast<int>(plot.width() / 100)))) {
            draw::vertical(painter, TimeContext::x(tick.at, m_shown.window, plot.left(), plot.width()), plot.top(),
                           plot.bottom(), theme().color(Token::Rule));
        }
        plot::drawTimeAxis(painter, plot, *context(), m_shown.window, theme());
    }
    for (int lane = 0; lane < static_cast<int>(m_lanes.size()); ++lane) {
        draw::horizontal(painter, 0, width(), laneRect(lane).bottom(), theme().color(Token::Rule));
    }
}

void LaneView::paintLane(QPainter& painter, int index) const {
    const auto& lane = m_lanes[static_cast<std::size_t>(index)];
    const auto& shown = m_shown.lanes[static_cast<std::size_t>(index)];
    const auto& reading = shown.reading;
    const auto state = reading.status.state;
    const QRectF box = laneRect(index);
    const QRectF curve = box.adjusted(0, 6, 0, -3);
    const double middle = box.top() + box.height() / 2;

    // The words may have what the figure of the axis beside them leaves.
    const auto axis = [&](double y, double value) {
        const double wide = draw::text(painter, QRectF(kLeft - 6 - kAxisLabel, y - 7, kAxisLabel, 14),
                                       value == 0 ? QStringLiteral("0") : axisLabel(value, lane.quantity, true),
                                       theme().font(Type::Small), theme().color(Token::Ink3), Qt::AlignRight);
        return kLeft - 6 - wide - 6;
    };
    if (box.height() >= kWholeLane) {
        draw::text(painter, QRectF(0, middle - 17, axis(curve.top() + 3, shown.top), 16), lane.title,
                   theme().font(Type::LabelStrong), theme().color(Token::Ink));
        draw::text(painter, QRectF(0, middle - 1, axis(curve.bottom() - 4, 0), 15), lane.subtitle,
                   theme().font(Type::Small), theme().color(Token::Ink3));
    } else { // one line: the title, and where the scale ends
        draw::text(painter, QRectF(0, middle - 8, axis(middle, shown.top), 16), lane.title,
                   theme().font(Type::LabelStrong), theme().color(Token::Ink));
    }

    if (lane.limit && *lane.limit < shown.top) {
        const double y = curve.bottom() - *lane.limit / shown.top * curve.height();
        draw::dashed(painter, QLineF(curve.left(), y, curve.right(), y), theme().color(Token::Ink3), 6, 4);
    }
    plot::drawGaps(painter, curve, shown.curve, m_shown.window, theme());
    painter.save();
    painter.setClipRect(box.adjusted(0, 0, 1, 0));
    painter.setOpacity(state == PanelState::Lost ? 0.55 : 1.0);
    const double step = curve.width() / std::max<double>(1, static_cast<double>(shown.curve.size()));
    const auto lines = draw::curveLines(shown.curve, curve.left(), step);
    draw::stroke(painter, lines, theme().color(lane.color), 1.25);
    if (lane.limit && *lane.limit < shown.top) {
        // Only what lies beyond the limit is coloured: the same line again, clipped to there.
        const double y = curve.bottom() - *lane.limit / shown.top * curve.height();
        painter.setClipRect(QRectF(curve.left(), box.top(), curve.width() + 1, y - box.top()));
        draw::stroke(painter, lines, theme().shape(std::max(reading.severity, Severity::Caution)), 1.5);
    }
    painter.restore();

    const QRectF value(box.right() + 8, middle - 12, width() - box.right() - 8, 22);
    if (state == PanelState::Late || state == PanelState::Lost) {
        const double x =
            reading.status.lastAt && context()
                ? std::clamp(TimeContext::x(*reading.status.lastAt, m_shown.window, curve.left(), curve.width()),
                             curve.left(), curve.right())
                : curve.left();
        draw::hatched(painter, QRectF(x, box.top() + 1, curve.right() - x, box.height() - 1), theme());
    }
    Mark mark = markOf(state);
    if (mark == Mark::None && reading.status.hasValue()) {
        mark = markOf(reading.severity); // colour alone would not reach every eye
    }
    if (state == PanelState::Loading || state == PanelState::Denied) {
        const QString words = reading.status.detail.isEmpty() ? stateWord(state) : reading.status.detail;
        draw::text(painter, QRectF(curve.left() + 8, middle - 8, curve.width() - 16, 16), words,
                   theme().font(Type::Small), theme().color(Token::Ink2), Qt::AlignHCenter);
    }
    NumberText number = reading.status.hasValue() ? reading.number : NumberText{absentText(), {}};
    const double unit = number.unit.isEmpty() ? 0 : draw::textWidth(theme().font(Type::Small), number.unit) + 4;
    const QColor ink = state == PanelState::Late   ? theme().color(Token::Ink3)
                       : reading.status.hasValue() ? theme().text(reading.severity)
                                                   : theme().color(Token::Ink2);
    draw::text(painter, value, number.unit, theme().font(Type::Small), theme().color(Token::Ink2), Qt::AlignRight);
    const double digits = draw::text(painter, value.adjusted(0, 0, -unit, 0), number.value,
                                     theme().font(Type::LaneValue), ink, Qt::AlignRight);
    if (mark != Mark::None) {
        drawMark(painter, QRectF(value.right() - unit - digits - 18, middle - 7, 12, 12), mark, theme());
    }
}

void LaneView::paintOnsets(QPainter& painter) const {
    if (!context()) {
        return;
    }
    struct Disc {
        int order;
        QPointF at;
        QString clock;
    };
    std::vector<Disc> discs;
    for (int lane = 0; lane < static_cast<int>(m_lanes.size()); ++lane) {
        const auto& reading = m_shown.lanes[static_cast<std::size_t>(lane)].reading;
        if (!reading.onsetOrder || !reading.onsetAt || *reading.onsetAt < m_shown.window.from ||
            *reading.onsetAt > m_shown.window.to) {
            continue;
        }
        const QRectF box = laneRect(lane);
        const double x = std::floor(TimeContext::x(*reading.onsetAt, m_shown.window, box.left(), box.width()));
        discs.push_back({*reading.onsetOrder, QPointF(x, box.top() + std::min(13.0, box.height() / 2)),
                         context()->clock(*reading.onsetAt)});
    }
    std::ranges::sort(discs, {}, &Disc::order);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 1; i < discs.size(); ++i) {
        painter.setPen(QPen(theme().color(Token::Ink3), 1, Qt::DotLine));
        painter.drawLine(discs[i - 1].at, discs[i].at);
    }
    for (const auto& [order, at, clock] : discs) {
        const double wide = draw::textWidth(theme().font(Type::Small), clock);
        const QRectF words(at.x() - wide - 14, at.y() - 7, wide + 1, 14);
        painter.fillRect(words.adjusted(-2, 0, 2, 0), theme().color(Token::Bg));
        draw::text(painter, words, clock, theme().font(Type::Small), theme().color(Token::Ink2));
        painter.setPen(QPen(theme().color(Token::Ink), 1.25));
        painter.setBrush(theme().color(Token::Bg));
        painter.drawEllipse(at, 8, 8);
        draw::text(painter, QRectF(at.x() - 8, at.y() - 8, 16, 16), QString::number(order),
                   theme().font(Type::SmallStrong), theme().color(Token::Ink), Qt::AlignHCenter);
    }
    painter.restore();
}

void LaneView::paintCrosshair(QPainter& painter) const {
    if (!context() || !context()->crosshair()) {
        return;
    }
    const QRectF plot = plotRect();
    plot::drawCrosshairLine(painter, plot, *context(), m_shown.window, true, theme());
    const double at = TimeContext::x(*context()->crosshair(), m_shown.window, 0, plot.width());
    if (at < 0 || at > plot.width()) {
        return;
    }
    const QFont& font = theme().font(Type::LabelStrong);
    for (std::size_t i = 0; i < m_shown.lanes.size(); ++i) {
        const auto& curve = m_shown.lanes[i].curve;
        const auto said = crosshairText(static_cast<int>(i));
        const auto found = crosshairColumn(static_cast<int>(i));
        const double x = plot.left() + at;
        const QRectF box = laneRect(static_cast<int>(i));
        double y = box.center().y();
        if (found && static_cast<std::size_t>(*found) < curve.size()) {
            const double step = plot.width() / std::max<double>(1, static_cast<double>(curve.size()));
            y = curve[static_cast<std::size_t>(*found)].last;
            plot::drawRing(painter, QPointF(plot.left() + (*found + 0.5) * step, y), theme());
        }
        // Beside the line, and inside of the lane: readings stand below each other, each in its own lane.
        const double wide = draw::textWidth(font, said) + 10;
        const double left = x + 8 + wide <= plot.right() ? x + 8 : x - 8 - wide;
        const double top = std::clamp(y - 8, box.top() + 1, std::max(box.top() + 1, box.bottom() - 17));
        const QRectF paper(std::floor(left), std::floor(top), std::ceil(wide), 16);
        painter.fillRect(paper, theme().color(Token::Rule2));
        painter.fillRect(paper.adjusted(1, 1, -1, -1), theme().color(Token::Sel));
        draw::text(painter, paper.adjusted(5, 0, -4, 0), said, font, theme().color(Token::Ink));
    }
}

std::optional<int> LaneView::crosshairColumn(int lane) const {
    return context() ? plot::sampleAt(m_columns[static_cast<std::size_t>(lane)], m_shown.window, context()->crosshair())
                     : std::nullopt;
}

QString LaneView::crosshairText(int lane) const {
    const auto found = crosshairColumn(lane);
    const auto index = static_cast<std::size_t>(lane);
    return found ? numberText(m_columns[index][static_cast<std::size_t>(*found)].last, m_lanes[index].quantity).joined()
                 : absentText();
}

QString LaneView::spokenValue() const {
    QStringList parts;
    for (std::size_t i = 0; i < std::min(m_lanes.size(), m_shown.lanes.size()); ++i) {
        const auto& reading = m_shown.lanes[i].reading;
        QString part =
            m_lanes[i].title + QLatin1Char(' ') + (reading.status.hasValue() ? reading.number.joined() : absentText());
        if (reading.status.state != PanelState::Live) {
            part += QLatin1Char(' ') + stateWord(reading.status.state);
        }
        if (reading.onsetOrder) {
            part += QLatin1Char(' ') + tr("moved as number %1").arg(*reading.onsetOrder);
        }
        parts << part;
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace binnacle
