// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency_histogram_view.h"

#include "widgets/draw.h"
#include "widgets/number_text.h"
#include "widgets/state_overlay.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace binnacle {

namespace {

constexpr double kTop = 34;
constexpr double kBottom = 24;
constexpr double kLeft = 52;
constexpr double kSide = 40; ///< room for the bars below and above the range
constexpr int kBars = 77;
constexpr std::array kQuantiles{0.5, 0.95, 0.99, 0.999};

} // namespace

LatencyHistogramView::LatencyHistogramView(QWidget* parent)
    : PaintedWidget(parent)
    , m_firstName(tr("requests")) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Latency histogram"));
    m_shown.first.bars.assign(kBars, 0);
}

void LatencyHistogramView::setRange(double lowSeconds, double highSeconds) {
    m_low = std::max(lowSeconds, 1e-6);
    m_high = std::max(highSeconds, m_low * 2);
    changed();
}

void LatencyHistogramView::setNames(const QString& first, const QString& second) {
    assign(m_firstName, first);
    assign(m_secondName, second);
}

void LatencyHistogramView::setSecondLook(Token color, bool dashed) {
    assign(m_secondLook, std::pair(color, dashed));
}

void LatencyHistogramView::setStatus(PanelStatus status) {
    status.age = status.state == PanelState::Live ? std::nullopt : shownAge(status.age);
    status.lastAt.reset();
    assign(m_status, std::move(status));
}

LatencyHistogramView::Distribution LatencyHistogramView::distribute(const LatencyHistogram& histogram) const {
    Distribution out;
    out.bars.assign(kBars, 0);
    out.below = histogram.below();
    out.above = histogram.above();
    out.total = histogram.count();
    const auto [first, last] = histogram.usedRange();
    const double scale = kBars / std::log(m_high / m_low);
    for (std::size_t index = first; index < last; ++index) {
        const auto count = histogram.cell(index);
        if (count == 0) {
            continue;
        }
        const double middle =
            0.5e-9 * static_cast<double>(LatencyHistogram::bucketLowNs(index) + LatencyHistogram::bucketHighNs(index));
        const double at = std::floor(std::log(middle / m_low) * scale);
        if (at < 0) {
            out.below += count;
        } else if (at >= kBars) {
            out.above += count;
        } else {
            out.bars[static_cast<std::size_t>(at)] += count;
        }
    }
    return out;
}

void LatencyHistogramView::showHistogram(const LatencyHistogram& first, const LatencyHistogram* second) {
    Shown next;
    next.first = distribute(first);
    if (second) {
        next.second = distribute(*second);
    }
    for (std::size_t i = 0; i < kQuantiles.size(); ++i) {
        next.quantiles[i] = first.supportedQuantile(kQuantiles[i]);
    }
    double top = 0;
    const auto raise = [&top](const Distribution& d) {
        if (d.total > 0) {
            const auto most = std::max({*std::ranges::max_element(d.bars), d.below, d.above});
            top = std::max(top, static_cast<double>(most) / static_cast<double>(d.total));
        }
    };
    raise(next.first);
    if (next.second) {
        raise(*next.second);
    }
    // Steps of the scale, with a little air; shrinking waits for a clear difference so that bars do not breathe.
    static constexpr std::array kTops{0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0};
    const auto wanted = *std::ranges::find_if(kTops, [&](double t) { return t >= std::min(1.0, top * 1.04); });
    const double held = m_shown.topShare;
    next.topShare = wanted > held || top < held * 0.45 ? wanted : held;
    assign(m_shown, std::move(next));
}

std::vector<std::uint64_t> LatencyHistogramView::paintedCounts() const {
    std::vector<std::uint64_t> out{m_shown.first.below};
    out.insert(out.end(), m_shown.first.bars.begin(), m_shown.first.bars.end());
    out.push_back(m_shown.first.above);
    return out;
}

QString LatencyHistogramView::countsText() const {
    return tr("%1 below %2, counts add up to %3")
        .arg(countText(static_cast<double>(m_shown.first.below)), axisLabel(m_low, Quantity::Duration, true),
             countText(static_cast<double>(m_shown.first.total)));
}

QRectF LatencyHistogramView::plotRect() const {
    const double left = kLeft + (m_shown.first.below > 0 ? kSide : 0);
    return QRectF(left, kTop, std::max(0.0, width() - left - kSide - 4), std::max(0.0, height() - kTop - kBottom));
}

double LatencyHistogramView::edgeSeconds(int bar) const {
    return m_low * std::pow(m_high / m_low, static_cast<double>(bar) / kBars);
}

int LatencyHistogramView::barAt(double x) const {
    const QRectF plot = plotRect();
    if (x < plot.left() || x >= plot.right()) {
        return -1;
    }
    return static_cast<int>((x - plot.left()) / plot.width() * kBars);
}

void LatencyHistogramView::paint(QPainter& painter) {
    const QRectF plot = plotRect();
    const bool values = m_status.hasValue() && m_status.state != PanelState::Empty && m_shown.first.total > 0;
    if (plot.width() < 40 || plot.height() < 20) {
        painter.fillRect(rect(), theme().color(Token::Bg));
        return;
    }
    const AxisScale x(AxisScale::Kind::Log, m_low, m_high);
    const AxisScale y(AxisScale::Kind::SquareRoot, 0, m_shown.topShare);
    ChartFrame::Spec spec;
    spec.size = size();
    // The frame reaches under the bar below the range, so that its labels stand left of everything that is drawn.
    spec.plot = plot.adjusted(kLeft - plot.left(), 0, 0, 0);
    spec.y = y.ticks(Quantity::Share, plot.height());
    spec.x = x.ticks(Quantity::Duration, plot.width());
    // The bars below and above the range have their own labels at the ends of the axis.
    const double first = m_shown.first.below > 0 ? 0.04 : -1;
    std::erase_if(spec.x, [first](const AxisTick& tick) { return tick.place > 0.96 || tick.place < first; });
    // What would run into the name before it gives way.
    double taken = -1e9;
    for (auto& tick : spec.x) {
        const double half = draw::textWidth(theme().font(Type::Small), tick.label) / 2;
        const double at = tick.place * plot.width();
        if (at - half < taken + 8) {
            tick.label.clear();
        } else {
            taken = at + half;
        }
    }
    for (auto& tick : spec.x) {
        tick.place = (plot.left() - kLeft + tick.place * plot.width()) / spec.plot.width();
    }
    spec.devicePixelRatio = devicePixelRatioF();
    painter.drawPixmap(0, 0, m_frame.picture(spec, theme()));

    if (!values) {
        StateWords words = stateWords(m_status);
        if (m_status.hasValue() && m_status.title.isEmpty()) {
            words = {tr("No requests in the window"), tr("This is a fact, not a gap.")};
        }
        if (m_status.state == PanelState::Lost) {
            draw::hatched(painter, plot, theme());
        }
        drawStateWords(painter, plot, words, theme());
        return;
    }
    const double total = static_cast<double>(m_shown.first.total);
    const auto top = [&](std::uint64_t count, double of) {
        return plot.bottom() - y.place(static_cast<double>(count) / of) * plot.height();
    };
    QColor bar = theme().color(Token::D1);
    bar.setAlphaF(m_status.state == PanelState::Late ? 0.3F : 0.55F);
    // The fill is pale, so that lines over it stay visible: the height is told by an edge that stands out.
    const QColor edge = theme().color(Token::D1);
    const double dpr = devicePixelRatioF();
    const auto snap = [dpr](double v) { return std::round(v * dpr) / dpr; };
    const double zero = std::floor(plot.bottom());
    const auto column = [&](double left, double right, std::uint64_t count) {
        if (count > 0) {
            const double high = std::min(snap(top(count, total)), zero - 1 / dpr);
            draw::fill(painter, QRectF(left, high, right - left, zero - high), bar);
            painter.fillRect(QRectF(left, high, right - left, 1), edge);
        }
    };
    for (int i = 0; i < kBars; ++i) {
        const double left = snap(plot.left() + plot.width() * i / kBars);
        const double right = snap(plot.left() + plot.width() * (i + 1) / kBars) - 1;
        column(left, right, m_shown.first.bars[static_cast<std::size_t>(i)]);
    }
    const auto outside = [&](double left, std::uint64_t count, const QString& label, bool always) {
        if (count == 0 && !always) {
            return;
        }
        const QRectF box(left, 0, 12, 0);
        column(box.left(), box.right(), count);
        const double high = count > 0 ? top(count, total) : zero;
        draw::text(painter, QRectF(left - 16, high - 17, 44, 14), countText(static_cast<double>(count)),
                   theme().font(Type::Small), theme().color(Token::Ink2), Qt::AlignHCenter);
        draw::text(painter, QRectF(left - 26, plot.bottom() + 6, 64, 14), label, theme().font(Type::Small),
                   theme().color(Token::Ink3), Qt::AlignHCenter);
    };
    outside(plot.right() + 12, m_shown.first.above,
            QStringLiteral("> %1").arg(axisLabel(m_high, Quantity::Duration, true)), true);
    outside(kLeft + 8, m_shown.first.below, QStringLiteral("< %1").arg(axisLabel(m_low, Quantity::Duration, true)),
            false);

    if (m_shown.second && m_shown.second->total > 0) {
        paintSecond(painter, plot, y);
    }
    paintQuantiles(painter, plot);
    if (m_hover >= 0) {
        paintTip(painter, plot);
    }
}

std::array<QString, 4> LatencyHistogramView::quantileNames() {
    return {QStringLiteral("p50"), QStringLiteral("p95"), QStringLiteral("p99"), tr("p99.9")};
}

void LatencyHistogramView::paintSecond(QPainter& painter, const QRectF& plot, const AxisScale& y) const {
    const double dpr = devicePixelRatioF();
    const auto snap = [dpr](double v) { return std::round(v * dpr) / dpr; };
    const double zero = std::floor(plot.bottom());
    const auto total = static_cast<double>(m_shown.second->total);
    QPolygonF outline;
    outline.reserve(kBars * 2);
    for (int i = 0; i < kBars; ++i) {
        const auto count = static_cast<double>(m_shown.second->bars[static_cast<std::size_t>(i)]);
        const double top = plot.bottom() - y.place(count / total) * plot.height();
        const double level = std::min(snap(top) + 0.5, zero - 0.5);
        if (outline.size() >= 2 && outline.last().y() == level) {
            outline.last().setX(snap(plot.left() + plot.width() * (i + 1) / kBars));
            continue;
        }
        outline << QPointF(snap(plot.left() + plot.width() * i / kBars), level)
                << QPointF(snap(plot.left() + plot.width() * (i + 1) / kBars), level);
    }
    QPen pen(theme().color(m_secondLook.first), 1.5 * dpr, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin);
    if (m_secondLook.second) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({4 / 1.5, 3 / 1.5}); // in widths of the pen
    }
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawPolyline(outline);
}

void LatencyHistogramView::paintQuantiles(QPainter& painter, const QRectF& plot) const {
    const auto names = quantileNames();
    const AxisScale x(AxisScale::Kind::Log, m_low, m_high);
    // From the right, so that the tail's names stay when room is short; a second row takes what would collide.
    std::array<double, 2> freeUntil{static_cast<double>(width()), static_cast<double>(width())};
    for (std::size_t i = m_shown.quantiles.size(); i-- > 0;) {
        if (!m_shown.quantiles[i]) {
            continue;
        }
        const double seconds = *m_shown.quantiles[i];
        if (seconds < m_low || seconds > m_high) {
            continue;
        }
        const double at = std::floor(plot.left() + x.place(seconds) * plot.width());
        const QString label = names[i] + QLatin1Char(' ') + numberText(seconds, Quantity::Duration).joined();
        const double wide = draw::textWidth(theme().font(Type::Small), label) + 1;
        const std::size_t row = at + 5 + wide <= freeUntil[0] ? 0 : 1;
        // Three that stand close: the third goes left of its line.
        const bool left = row == 1 && at + 5 + wide > freeUntil[1] && at - 5 - wide >= 0;
        const double y = row == 0 ? 6 : 20;
        draw::dashed(painter, QLineF(at, y, at, plot.bottom()), theme().color(Token::Ink2), 1, 2);
        const QRectF words(left ? at - 5 - wide : at + 5, y - 2, std::min(wide, width() - at - 5), 14);
        painter.fillRect(words, theme().color(Token::Bg)); // a neighbour's line may pass here
        draw::text(painter, words, label, theme().font(Type::Small), theme().color(Token::Ink2));
        freeUntil[row] = std::min(at, words.left()) - 6;
    }
}

void LatencyHistogramView::paintTip(QPainter& painter, const QRectF& plot) const {
    const double x = plot.left() + plot.width() * (m_hover + 0.5) / kBars;
    draw::vertical(painter, x, plot.top() - 6, plot.bottom(), theme().color(Token::Ink));
    const auto low = numberText(edgeSeconds(m_hover), Quantity::Duration);
    const auto high = numberText(edgeSeconds(m_hover + 1), Quantity::Duration);
    QStringList lines{(low.unit == high.unit ? low.value : low.joined()) + QStringLiteral(" \u2013 ") + high.joined()};
    const auto describe = [&](const QString& name, const Distribution& d) {
        const auto count = d.bars[static_cast<std::size_t>(m_hover)];
        const double share = d.total == 0 ? 0 : static_cast<double>(count) / static_cast<double>(d.total);
        lines << tr("%1 %2, %3 requests")
                     .arg(name, numberText(share, Quantity::Share).joined(), countText(static_cast<double>(count)));
    };
    describe(m_firstName, m_shown.first);
    if (m_shown.second) {
        describe(m_secondName, *m_shown.second);
    }
    draw::tooltip(painter, plot, QPointF(x, plot.top() + 8), lines, theme());
}

void LatencyHistogramView::setHover(int bar) {
    if (m_hover != bar) {
        m_hover = bar;
        update();
    }
}

void LatencyHistogramView::mouseMoveEvent(QMouseEvent* event) {
    setHover(barAt(event->position().x()));
}

void LatencyHistogramView::leaveEvent(QEvent*) {
    setHover(-1);
}

void LatencyHistogramView::keyPressEvent(QKeyEvent* event) {
    const int step = (event->modifiers() & Qt::ShiftModifier) ? 10 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        setHover(std::clamp((m_hover < 0 ? kBars : m_hover) - step, 0, kBars - 1));
        return;
    case Qt::Key_Right:
        setHover(std::clamp(m_hover + step, 0, kBars - 1));
        return;
    case Qt::Key_Escape:
        if (m_hover >= 0) {
            setHover(-1);
            return;
        }
        break;
    default:
        break;
    }
    PaintedWidget::keyPressEvent(event);
}

QString LatencyHistogramView::spokenValue() const {
    if (!m_status.hasValue()) {
        return stateWord(m_status.state);
    }
    const auto names = quantileNames();
    QStringList parts{stateWord(m_status.state),
                      tr("%1 requests").arg(countText(static_cast<double>(m_shown.first.total)))};
    for (std::size_t i = 0; i < names.size(); ++i) {
        parts << names[i] + QLatin1Char(' ') + numberText(m_shown.quantiles[i], Quantity::Duration).joined();
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace binnacle
