// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_event.h"

#include "widgets/draw.h"
#include "widgets/mark.h"
#include "widgets/time_context.h"

#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <vector>

namespace binnacle {

QColor eventColor(ChartEvent::Kind kind, const Theme& theme) {
    switch (kind) {
    case ChartEvent::Kind::Automatic:
        return theme.color(Token::Ink2);
    case ChartEvent::Kind::Operator:
        return theme.color(Token::Ink);
    case ChartEvent::Kind::Caution:
    case ChartEvent::Kind::CautionAlert:
        return theme.color(Token::Caut);
    case ChartEvent::Kind::Critical:
    case ChartEvent::Kind::CriticalAlert:
        return theme.color(Token::Crit);
    }
    return theme.color(Token::Ink2);
}

void drawDiamond(QPainter& painter, const QPointF& centre, const QColor& color) {
    QPainterPath path;
    path.moveTo(centre + QPointF(0, -4));
    path.lineTo(centre + QPointF(4, 0));
    path.lineTo(centre + QPointF(0, 4));
    path.lineTo(centre + QPointF(-4, 0));
    path.closeSubpath();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(path, color);
    painter.restore();
}

namespace {

/// A diamond of its severity's colour; the critical one is larger, with the bar and the dot of its state.
void drawAlert(QPainter& painter, const QPointF& centre, ChartEvent::Kind kind, const Theme& theme) {
    const bool critical = kind == ChartEvent::Kind::CriticalAlert;
    const double reach = critical ? 5.5 : 4.5;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(critical ? Token::Crit : Token::CautFill));
    painter.drawPolygon(QPolygonF({centre + QPointF(0, -reach), centre + QPointF(reach, 0), centre + QPointF(0, reach),
                                   centre + QPointF(-reach, 0)}));
    if (critical) {
        painter.setBrush(theme.color(Token::Bg));
        painter.drawRect(QRectF(centre.x() - 0.75, centre.y() - 3.2, 1.5, 3.6));
        painter.drawRect(QRectF(centre.x() - 0.75, centre.y() + 1.4, 1.5, 1.5));
    }
    painter.restore();
}

/// Each kind has a silhouette of its own: hollow by itself, filled by somebody, and the shapes of the states.
void drawSign(QPainter& painter, const QPointF& centre, ChartEvent::Kind kind, const Theme& theme) {
    switch (kind) {
    case ChartEvent::Kind::Automatic:
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(eventColor(kind, theme), 1.3));
        painter.setBrush(theme.color(Token::Bg));
        painter.drawPolygon(QPolygonF({centre + QPointF(0, -3.6), centre + QPointF(3.6, 0), centre + QPointF(0, 3.6),
                                       centre + QPointF(-3.6, 0)}));
        painter.restore();
        return;
    case ChartEvent::Kind::Operator:
        drawDiamond(painter, centre, eventColor(kind, theme));
        return;
    case ChartEvent::Kind::Caution:
    case ChartEvent::Kind::Critical:
        drawMark(painter, QRectF(centre.x() - 5, centre.y() - 5, 10, 10),
                 kind == ChartEvent::Kind::Caution ? Mark::Caution : Mark::Critical, theme);
        return;
    case ChartEvent::Kind::CautionAlert:
    case ChartEvent::Kind::CriticalAlert:
        drawAlert(painter, centre, kind, theme);
        return;
    }
}

/// Events whose signs are one sight: the newest of them is named, the others are counted beside it.
struct EventGroup {
    double left = 0;  ///< x of the oldest
    double right = 0; ///< x of the newest
    const ChartEvent* newest = nullptr;
    int others = 0; ///< that would have a label

    [[nodiscard]] QString count() const { return others > 0 ? QStringLiteral("+%1").arg(others) : QString(); }
};

constexpr double kLeastLabel = 72; ///< of a label less than that says nothing
constexpr double kClose = 24;      ///< signs that are one sight
constexpr double kBeside = 8;      ///< from a sign to its label
constexpr double kBetween = 12;    ///< from a label to the next sign
constexpr double kCount = 5;       ///< from a label to the count of the others

class EventLabels {
public:
    EventLabels(QPainter& painter, const QRectF& strip, const Theme& theme)
        : m_painter(painter)
        , m_strip(strip)
        , m_font(theme.font(Type::Small))
        , m_theme(theme) {}

    /// From the newest to the oldest.
    void add(const ChartEvent& event, double x) {
        if (!m_groups.empty()) {
            auto& next = m_groups.back();
            const bool named = !event.label.isEmpty();
            if (next.left - x < kClose) {
                next.left = x;
                if (next.newest == nullptr && named) {
                    next.newest = &event;
                } else {
                    next.others += named ? 1 : 0;
                }
                return;
            }
        }
        m_groups.push_back({x, x, event.label.isEmpty() ? nullptr : &event, 0});
    }

    void paint() const {
        double until = m_strip.right();
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            until = paintGroup(m_groups[i], before(i + 1), until) - kBetween;
        }
    }

private:
    [[nodiscard]] double wide(const QString& text) const { return draw::textWidth(m_font, text); }
    [[nodiscard]] double least(const ChartEvent& event) const { return std::min(wide(event.label), kLeastLabel); }

    /// Where what is before the group ends: the signs of the next older one, or the strip begins.
    [[nodiscard]] double before(std::size_t older) const {
        return older < m_groups.size() ? m_groups[older].right + kBetween : m_strip.left();
    }
    [[nodiscard]] double counted(const EventGroup& group) const {
        return group.others > 0 ? wide(group.count()) + kCount : 0;
    }
    [[nodiscard]] double needed(const EventGroup& group) const { return least(*group.newest) + counted(group); }
    [[nodiscard]] double roomBehind(const EventGroup& group, double until) const {
        return until - group.right - kBeside;
    }
    [[nodiscard]] double roomAhead(const EventGroup& group, double before) const {
        return group.left - kBeside - before;
    }

    /// The left end of what it took.
    double paintGroup(const EventGroup& group, double before, double until) const {
        if (group.newest == nullptr) {
            return group.left;
        }
        const double behind = roomBehind(group, until);
        if (behind >= needed(group)) {
            put(QRectF(group.right + kBeside, m_strip.top(), behind, m_strip.height()), *group.newest, group.count(),
                false);
            return group.left;
        }
        // At the end of the strip alone the label stands before the signs: elsewhere it would seem to be another's.
        const double ahead = until >= m_strip.right() ? roomAhead(group, before) : 0;
        if (ahead >= needed(group)) {
            const double taken = std::min(ahead, wide(group.newest->label) + counted(group));
            const double left = group.left - kBeside - taken;
            put(QRectF(left, m_strip.top(), taken, m_strip.height()), *group.newest, group.count(), true);
            return left;
        }
        const auto all = QStringLiteral("+%1").arg(group.others + 1);
        if (group.others > 0 && behind >= wide(all)) {
            draw::text(m_painter, QRectF(group.right + kBeside, m_strip.top(), behind, m_strip.height()), all, m_font,
                       m_theme.color(Token::Ink3));
        }
        return group.left;
    }

    void put(const QRectF& box, const ChartEvent& event, const QString& count, bool atEnd) const {
        const double counted = count.isEmpty() ? 0 : wide(count) + kCount;
        const double used = draw::text(m_painter, box.adjusted(0, 0, -counted, 0), event.label, m_font,
                                       eventColor(event.kind, m_theme));
        const double left = atEnd ? box.right() - counted + kCount : box.left() + used + kCount;
        draw::text(m_painter, QRectF(left, box.top(), counted + 1, box.height()), count, m_font,
                   m_theme.color(Token::Ink3));
    }

    QPainter& m_painter;
    QRectF m_strip;
    QFont m_font;
    const Theme& m_theme;
    std::vector<EventGroup> m_groups; ///< the newest first
};

} // namespace

void drawEvents(QPainter& painter, const std::vector<ChartEvent>& events, const TimeSpan& window, const QRectF& strip,
                const QRectF& plot, const Theme& theme, const QColor& line) {
    EventLabels labels(painter, strip, theme);
    for (auto it = events.rbegin(); it != events.rend(); ++it) {
        if (it->at < window.from || it->at > window.to) {
            continue;
        }
        const double x = std::floor(TimeContext::x(it->at, window, plot.left(), plot.width()));
        const QColor color = eventColor(it->kind, theme);
        const bool alert = it->kind == ChartEvent::Kind::CautionAlert || it->kind == ChartEvent::Kind::CriticalAlert;
        if (plot.height() > 0 && !alert) {
            draw::dashed(painter, QLineF(x, plot.top(), x, plot.bottom()), line.isValid() ? line : color, 4, 3);
        }
        if (strip.height() > 0) {
            drawSign(painter, QPointF(x + 0.5, strip.center().y()), it->kind, theme);
            labels.add(*it, x);
        }
    }
    if (strip.height() > 0) {
        labels.paint();
    }
}

} // namespace binnacle
