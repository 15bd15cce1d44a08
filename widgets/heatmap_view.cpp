// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap_view.h"

#include "widgets/axis_scale.h"
#include "widgets/draw.h"
#include "widgets/plot.h"
#include "widgets/state_overlay.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {

constexpr int kCapacity = 2048; ///< columns kept: 15 min are 225 of 4 s
constexpr double kStrip = 6;
constexpr double kStripGap = 3;

/// Where a step stands in the ring, also one from before the steady clock began.
int ringOf(std::int64_t index) {
    return static_cast<int>((index % kCapacity + kCapacity) % kCapacity);
}

} // namespace

HeatmapView::HeatmapView(QWidget* parent)
    : TimeChart(parent)
    , m_ring(kCapacity, kRows, QImage::Format_RGB32) {
    setAccessibleName(tr("Latency heatmap"));
    themeChanged();
}

void HeatmapView::setRange(double lowSeconds, double highSeconds) {
    m_low = std::max(lowSeconds, 1e-6);
    m_high = std::max(highSeconds, m_low * 2);
    clear();
}

void HeatmapView::setStep(SteadyTime::duration step) {
    m_step = std::max<SteadyTime::duration>(step, std::chrono::milliseconds(100));
    clear();
}

void HeatmapView::setEvents(std::vector<ChartEvent> events) {
    assign(m_events, std::move(events));
}

void HeatmapView::setStatus(PanelStatus status) {
    if (!plot::showsAge(status.state)) {
        status.age.reset();
    }
    status.age = shownAge(status.age);
    if (status.state == PanelState::Live) {
        status.lastAt.reset();
    }
    assign(m_status, std::move(status));
}

void HeatmapView::setGutters(int left, int right) {
    m_left = left;
    m_right = right;
    changed();
}

void HeatmapView::setTimeLabelsVisible(bool visible) {
    assign(m_timeLabels, visible);
}

int HeatmapView::rowOf(double seconds) const {
    const double at = std::floor(std::log(seconds / m_low) / std::log(m_high / m_low) * kBuckets);
    return at < 0 ? 0 : at >= kBuckets ? kBuckets + 1 : static_cast<int>(at) + 1;
}

void HeatmapView::addColumn(SteadyTime from, const LatencyHistogram& recorded) {
    const auto index = from.time_since_epoch() / m_step;
    if (!m_columns.empty() && index < m_columns.back().index) {
        return; // the past does not change
    }
    const bool fresh = m_columns.empty() || m_columns.back().index != index;
    if (fresh) {
        m_columns.push_back({index, {}, 0});
        while (m_columns.size() > kCapacity || m_columns.front().index <= index - kCapacity) {
            m_columns.pop_front();
        }
    }
    auto& column = m_columns.back();
    const auto add = [&column](int row, std::uint64_t count) {
        column.counts[static_cast<std::size_t>(row)] += static_cast<std::uint32_t>(count);
        column.total += count;
    };
    add(0, recorded.below());
    add(kBuckets + 1, recorded.above());
    const auto [first, last] = recorded.usedRange();
    for (std::size_t i = first; i < last; ++i) {
        if (const auto count = recorded.cell(i); count > 0) {
            add(rowOf(0.5e-9 *
                      static_cast<double>(LatencyHistogram::bucketLowNs(i) + LatencyHistogram::bucketHighNs(i))),
                count);
        }
    }
    if (fresh || !recorded.empty()) {
        paintColumn(column);
        ++m_revision;
    }
}

void HeatmapView::clear() {
    m_columns.clear();
    ++m_revision;
    refresh();
    update();
}

void HeatmapView::refresh() {
    if (!context()) {
        return;
    }
    Shown next;
    next.window = context()->window(plot::columnCount(plotRect().width()));
    next.firstIndex = next.window.from.time_since_epoch() / m_step;
    next.lastIndex = next.window.to.time_since_epoch() / m_step;
    next.revision = m_revision;
    std::uint32_t most = 0;
    for (const auto& column : m_columns) {
        if (column.index >= next.firstIndex && column.index <= next.lastIndex) {
            next.total += column.total;
            most = std::max(most, *std::ranges::max_element(column.counts));
        }
    }
    const int wanted = static_cast<int>(AxisScale::roundUp(std::max(10.0, static_cast<double>(most))));
    next.scaleTop = wanted > m_shown.scaleTop || wanted * 4 < m_shown.scaleTop ? wanted : m_shown.scaleTop;
    const bool rescaled = next.scaleTop != m_shown.scaleTop;
    assign(m_shown, next);
    if (rescaled) {
        repaintImage();
    }
}

void HeatmapView::resizeEvent(QResizeEvent*) {
    refresh();
}

void HeatmapView::themeChanged() {
    m_ramp.resize(256);
    for (int i = 0; i < 256; ++i) {
        m_ramp[static_cast<std::size_t>(i)] = theme().heat(0.12 + 0.88 * i / 255.0).rgb();
    }
    repaintImage();
}

void HeatmapView::repaintImage() {
    for (const auto& column : m_columns) {
        paintColumn(column);
    }
}

void HeatmapView::paintColumn(const Column& column) {
    const auto x = ringOf(column.index);
    const double scale = 255.0 / std::log1p(static_cast<double>(m_shown.scaleTop));
    const QRgb none = theme().color(Token::Bg).rgb();
    for (int row = 0; row < kRows; ++row) {
        const auto count = column.counts[static_cast<std::size_t>(row)];
        QRgb color = none;
        if (count > 0) {
            const auto level = std::min<long>(255, std::lround(std::log1p(static_cast<double>(count)) * scale));
            color = m_ramp[static_cast<std::size_t>(level)];
        } else if (row == 0 || row == kRows - 1) {
            color = theme().color(Token::Rail).rgb();
        }
        reinterpret_cast<QRgb*>(m_ring.scanLine(kRows - 1 - row))[x] = color;
    }
}

const HeatmapView::Column* HeatmapView::columnAt(std::int64_t index) const {
    const auto it = std::ranges::lower_bound(m_columns, index, {}, &Column::index);
    return it != m_columns.end() && it->index == index ? &*it : nullptr;
}

QRectF HeatmapView::plotRect() const {
    return plot::plotRect(size(), m_left, m_right, 4, m_timeLabels ? 24 : 4);
}

QRectF HeatmapView::cellRect() const {
    constexpr double kEdge = kStrip + kStripGap;
    return plotRect().adjusted(0, kEdge, 0, -kEdge);
}

void HeatmapView::paint(QPainter& painter) {
    const QRectF all = plotRect();
    if (all.width() < 20 || all.height() < 40) {
        painter.fillRect(rect(), theme().color(Token::Bg));
        return;
    }
    const QRectF plot = cellRect();
    const QRectF above(all.left(), all.top(), all.width(), kStrip);
    const QRectF below(all.left(), all.bottom() - kStrip, all.width(), kStrip);

    ChartFrame::Spec spec;
    spec.size = size();
    spec.plot = plot;
    spec.y = AxisScale(AxisScale::Kind::Log, m_low, m_high).ticks(Quantity::Duration, plot.height());
    std::erase_if(spec.y, [](const AxisTick& tick) { return tick.place < 0.06 || tick.place > 0.94; });
    if (!spec.y.empty() && !spec.y.front().label.contains(QChar(0x2009))) {
        spec.y.front().label += QStringLiteral("\u2009ms");
    }
    spec.yGrid = false;
    spec.devicePixelRatio = devicePixelRatioF();
    painter.drawPixmap(0, 0, m_frame.picture(spec, theme()));
    const auto side = [&](const QRectF& strip, const QString& word) {
        draw::text(painter, QRectF(0, strip.center().y() - 7, all.left() - 8, 14), word, theme().font(Type::Small),
                   theme().color(Token::Ink3), Qt::AlignRight);
    };
    side(above, tr("above"));
    side(below, tr("below"));
    if (context() && m_timeLabels) {
        plot::drawTimeAxis(painter, all, *context(), m_shown.window, theme());
    }
    const bool history =
        m_status.hasValue() || m_status.state == PanelState::Lost || m_status.state == PanelState::Error;
    if (history && context()) {
        painter.save();
        painter.setClipRect(all);
        painter.setOpacity(m_status.state == PanelState::Lost ? 0.55 : 1.0);
        // Runs of columns that stand side by side in the ring are one blit each: two where nothing is missing.
        const auto xOf = [&](std::int64_t index) {
            return TimeContext::x(SteadyTime(m_step * index), m_shown.window, all.left(), all.width());
        };
        QColor gap = theme().color(Token::Track);
        gap.setAlphaF(0.35F);
        std::optional<std::int64_t> end;
        for (auto it = std::ranges::lower_bound(m_columns, m_shown.firstIndex, {}, &Column::index);
             it != m_columns.end() && it->index <= m_shown.lastIndex;) {
            const auto from = it->index;
            auto to = from;
            for (; it != m_columns.end() && it->index <= m_shown.lastIndex && it->index == to &&
                   (to == from || to % kCapacity != 0);
                 ++it) {
                ++to;
            }
            if (end && from > *end) {
                draw::fill(painter, QRectF(xOf(*end), all.top(), xOf(from) - xOf(*end), all.height()), gap);
            }
            end = to;
            const auto blit = [&](const QRectF& target, int row, int rows) {
                painter.drawImage(QRectF(xOf(from), target.top(), xOf(to) - xOf(from), target.height()), m_ring,
                                  QRectF(ringOf(from), row, static_cast<double>(to - from), rows));
            };
            blit(plot, 1, kBuckets);
            blit(above, 0, 1);
            blit(below, kRows - 1, 1);
        }
        drawEvents(painter, withNotes(m_events), m_shown.window, QRectF(), all, theme(), theme().color(Token::Bg));
        painter.restore();
        paintLegend(painter, all);
    }
    if (m_status.state != PanelState::Paused) {
        plot::drawState(painter, all, m_status, context(), m_shown.window, theme());
    }
    if (history && context() && context()->crosshair()) {
        plot::drawCrosshairLine(painter, all, *context(), m_shown.window, m_timeLabels, theme());
        paintTip(painter, plot);
    }
    paintPending(painter, all);
}

void HeatmapView::paintLegend(QPainter& painter, const QRectF& plot) const {
    if (m_right < 60) {
        return;
    }
    const QRectF bar(plot.right() + 12, plot.top() + 4, 9, std::max(20.0, plot.height() - 48));
    const auto steps = static_cast<int>(bar.height());
    for (int i = 0; i < steps; ++i) {
        const auto level = static_cast<std::size_t>(255 - 255 * i / std::max(1, steps - 1));
        painter.fillRect(QRectF(bar.left(), bar.top() + i, bar.width(), 1), QColor::fromRgb(m_ramp[level]));
    }
    const double top = std::log1p(static_cast<double>(m_shown.scaleTop));
    double below = bar.bottom() + 24;
    for (double count = 1; count <= m_shown.scaleTop; count *= 10) {
        const double y = bar.bottom() - std::log1p(count) / top * bar.height();
        if (below - y < 13) {
            continue;
        }
        below = y;
        draw::text(painter, QRectF(bar.right() + 7, y - 7, width() - bar.right() - 7, 14), countText(count),
                   theme().font(Type::Small), theme().color(Token::Ink3));
    }
    const QRectF words(plot.right() + 8, bar.bottom() + 8, width() - plot.right() - 8, 14);
    draw::text(painter, words, tr("requests / cell"), theme().font(Type::Small), theme().color(Token::Ink3),
               Qt::AlignRight);
    draw::text(painter, words.translated(0, 15), countText(static_cast<double>(m_shown.total)),
               theme().font(Type::Small), theme().color(Token::Ink2), Qt::AlignRight);
}

QStringList HeatmapView::crosshairTexts() const {
    if (!context() || !context()->crosshair() || *context()->crosshair() < m_shown.window.from ||
        *context()->crosshair() > m_shown.window.to) {
        return {};
    }
    const auto* column = columnAt(context()->crosshair()->time_since_epoch() / m_step);
    if (!column) {
        return {tr("no data")};
    }
    const auto total = static_cast<double>(column->total);
    const auto from = tr("from %1").arg(context()->clock(SteadyTime(m_step * column->index)));
    if (!m_hover) {
        // The crosshair stands in another chart and has no height here: all of the column.
        return {tr("%1 requests").arg(countText(total)), from};
    }
    const auto plot = cellRect();
    const double share = std::clamp((plot.bottom() - m_hover->y()) / plot.height(), -0.001, 1.001);
    const int row = share < 0 ? 0 : share >= 1 ? kBuckets + 1 : static_cast<int>(share * kBuckets) + 1;
    const auto edge = [&](int bucket) {
        return numberText(m_low * std::pow(m_high / m_low, static_cast<double>(bucket) / kBuckets), Quantity::Duration)
            .joined();
    };
    return {row == 0              ? tr("below %1").arg(edge(0))
            : row == kBuckets + 1 ? tr("above %1").arg(edge(kBuckets))
                                  : edge(row - 1) + QStringLiteral(" \u2013 ") + edge(row),
            tr("%1 of %2 requests").arg(countText(column->counts[static_cast<std::size_t>(row)]), countText(total)),
            from};
}

void HeatmapView::paintTip(QPainter& painter, const QRectF& plot) const {
    if (context()->pending()) {
        return; // its own words stand here
    }
    const auto lines = crosshairTexts();
    const double x = TimeContext::x(*context()->crosshair(), m_shown.window, plot.left(), plot.width());
    draw::tooltip(painter, plot, m_hover.value_or(QPointF(x, plot.top() + 6)), lines, theme());
}

void HeatmapView::hovered(const std::optional<QPointF>& position) {
    m_hover = position;
    update();
}

QString HeatmapView::spokenValue() const {
    if (!m_status.hasValue()) {
        return stateWord(m_status.state);
    }
    return tr("%1, %2 requests in the window")
        .arg(stateWord(m_status.state), countText(static_cast<double>(m_shown.total)));
}

} // namespace binnacle
