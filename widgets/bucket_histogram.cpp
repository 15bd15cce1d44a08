// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bucket_histogram.h"

#include "widgets/axis_scale.h"
#include "widgets/draw.h"
#include "widgets/number_text.h"
#include "widgets/state_overlay.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {
constexpr double kTop = 26;
constexpr double kBottom = 24;
constexpr double kLeft = 44;
constexpr double kRight = 26;
constexpr double kLabelWidth = 48;
constexpr double kLabelRow = 14;

/// Where room is short decades keep their labels, and of the others those that stand clear of them.
void thinOut(std::vector<AxisTick>& ticks, double width, double low, double high) {
    const auto isDecade = [&](const AxisTick& tick) {
        const double decades = std::log10(low) + tick.place * std::log10(high / low);
        return std::abs(decades - std::round(decades)) < 1e-6;
    };
    std::vector<double> kept;
    for (const bool decades : {true, false}) {
        for (auto& tick : ticks) {
            if (isDecade(tick) != decades || tick.label.isEmpty()) {
                continue;
            }
            const double at = tick.place * width;
            if (std::ranges::any_of(kept, [at](double other) { return std::abs(other - at) < kLabelWidth; })) {
                tick.label.clear();
            } else {
                kept.push_back(at);
            }
        }
    }
}
} // namespace

BucketHistogram::BucketHistogram(QWidget* parent)
    : PaintedWidget(parent)
    , m_unit(tr("calls")) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Latency histogram"));
}

void BucketHistogram::setUnit(const QString& unit) {
    assign(m_unit, unit);
}

void BucketHistogram::setStatus(PanelStatus status) {
    status.age = status.state == PanelState::Live ? std::nullopt : shownAge(status.age);
    status.lastAt.reset();
    assign(m_status, std::move(status));
}

void BucketHistogram::showBuckets(std::vector<DurationBucket> buckets) {
    if (!assign(m_buckets, std::move(buckets))) {
        return;
    }
    m_total = 0;
    std::uint64_t most = 0;
    for (const auto& bucket : m_buckets) {
        m_total += bucket.count;
        most = std::max(most, bucket.count);
    }
    if (m_hover >= static_cast<int>(m_buckets.size())) {
        m_hover = -1;
    }
    if (m_total == 0) {
        return;
    }
    // Whole decades: an axis that followed every bucket could not be read.
    const auto low = m_buckets.front().from > 0 ? m_buckets.front().from : m_buckets.front().upto / 2;
    m_low = std::pow(10, std::floor(std::log10(std::max(low, 1e-7)) + 1e-9));
    m_high = std::max(m_low * 10, std::pow(10, std::ceil(std::log10(std::max(m_buckets.back().upto, 1e-6)) - 1e-9)));
    static constexpr std::array kTops{0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0};
    const auto share = static_cast<double>(most) / static_cast<double>(m_total);
    m_top = *std::ranges::find_if(kTops, [&](double top) { return top >= std::min(1.0, share); });
}

double BucketHistogram::quantileEdge(double q) const {
    const auto wanted = std::max(1.0, std::ceil(q * static_cast<double>(m_total)));
    std::uint64_t counted = 0;
    for (const auto& bucket : m_buckets) {
        counted += bucket.count;
        if (static_cast<double>(counted) >= wanted) {
            return bucket.upto;
        }
    }
    return 0;
}

QRectF BucketHistogram::plotRect() const {
    return QRectF(kLeft, kTop, std::max(0.0, width() - kLeft - kRight), std::max(0.0, height() - kTop - kBottom));
}

QRectF BucketHistogram::barRect(std::size_t bucket) const {
    const auto plot = plotRect();
    const AxisScale x(AxisScale::Kind::Log, m_low, m_high);
    const AxisScale y(AxisScale::Kind::SquareRoot, 0, m_top);
    const auto& of = m_buckets[bucket];
    const double left = std::round(plot.left() + x.place(of.from) * plot.width());
    const double right = std::round(plot.left() + x.place(of.upto) * plot.width()) - 1;
    const double zero = std::floor(plot.bottom());
    const double share = m_total == 0 ? 0 : static_cast<double>(of.count) / static_cast<double>(m_total);
    const double high =
        of.count == 0 ? zero : std::min(zero - 1, std::round(plot.bottom() - y.place(share) * plot.height()));
    return QRectF(left, high, std::max(1.0, right - left), zero - high);
}

void BucketHistogram::paint(QPainter& painter) {
    const auto plot = plotRect();
    if (plot.width() < 40 || plot.height() < 20) {
        painter.fillRect(rect(), theme().color(Token::Bg));
        return;
    }
    ChartFrame::Spec spec;
    spec.size = size();
    spec.plot = plot;
    spec.y = AxisScale(AxisScale::Kind::SquareRoot, 0, m_top).ticks(Quantity::Share, plot.height());
    spec.x = AxisScale(AxisScale::Kind::Log, m_low, m_high).ticks(Quantity::Duration, plot.width());
    thinOut(spec.x, plot.width(), m_low, m_high);
    spec.devicePixelRatio = devicePixelRatioF();
    painter.drawPixmap(0, 0, m_frame.picture(spec, theme()));
    if (!m_status.hasValue() || m_status.state == PanelState::Empty || m_total == 0) {
        auto words = stateWords(m_status);
        if (m_status.hasValue() && m_status.title.isEmpty()) {
            words = {tr("No %1 counted").arg(m_unit), tr("This is a fact, not a gap.")};
        }
        if (m_status.state == PanelState::Lost) {
            draw::hatched(painter, plot, theme());
        }
        drawStateWords(painter, plot, words, theme());
        return;
    }
    QColor bar = theme().color(Token::D1);
    bar.setAlphaF(m_status.state == PanelState::Late ? 0.3F : 0.55F);
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        if (m_buckets[i].count > 0) {
            const auto box = barRect(i);
            draw::fill(painter, box, bar);
            // The fill is pale, so that lines over it stay visible: the height is told by an edge that stands out.
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1), theme().color(Token::D1));
        }
    }
    const AxisScale x(AxisScale::Kind::Log, m_low, m_high);
    double freeUntil = width();
    double row = 6;
    for (const auto& [q, name] : {std::pair(0.99, QStringLiteral("p99")), std::pair(0.5, QStringLiteral("p50"))}) {
        const double edge = quantileEdge(q);
        const double at = std::floor(plot.left() + x.place(edge) * plot.width());
        const auto label = name + QStringLiteral(" \u2264 ") + numberText(edge, Quantity::Duration).joined();
        const double wide = draw::textWidth(theme().font(Type::Small), label) + 1;
        // Beside its line; where neither side has room for it, a row lower.
        const bool fitsRight = at + 5 + wide <= freeUntil - 6;
        const bool fitsLeft = at - 5 - wide >= 0 && at - 5 <= freeUntil;
        const bool right = fitsRight || (!fitsLeft && at + 5 + wide <= width());
        row += fitsRight || fitsLeft ? 0 : kLabelRow;
        draw::dashed(painter, QLineF(at, row + 2, at, plot.bottom()), theme().color(Token::Ink2), 1, 2);
        const double left = right ? at + 5 : at - wide - 5;
        const QRectF words(left, row, wide, kLabelRow);
        painter.fillRect(words, theme().color(Token::Bg));
        draw::text(painter, words, label, theme().font(Type::Small), theme().color(Token::Ink2));
        freeUntil = std::min(left, at) - 4;
    }
    if (m_hover >= 0) {
        paintTip(painter, plot);
    }
}

void BucketHistogram::paintTip(QPainter& painter, const QRectF& plot) const {
    const auto& bucket = m_buckets[static_cast<std::size_t>(m_hover)];
    const double x = barRect(static_cast<std::size_t>(m_hover)).center().x();
    draw::vertical(painter, x, plot.top() - 6, plot.bottom(), theme().color(Token::Ink));
    const auto low = numberText(bucket.from, Quantity::Duration);
    const auto high = numberText(bucket.upto, Quantity::Duration);
    const double share = static_cast<double>(bucket.count) / static_cast<double>(std::max<std::uint64_t>(1, m_total));
    draw::tooltip(
        painter, plot, QPointF(x, plot.top() + 8),
        {(low.unit == high.unit ? low.value : low.joined()) + QStringLiteral(" \u2013 ") + high.joined(),
         QStringLiteral("%1, %2 %3")
             .arg(numberText(share, Quantity::Share).joined(), countText(static_cast<double>(bucket.count)), m_unit)},
        theme());
}

void BucketHistogram::setHover(int bucket) {
    if (m_hover != bucket) {
        m_hover = bucket;
        update();
    }
}

void BucketHistogram::mouseMoveEvent(QMouseEvent* event) {
    int under = -1;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        const auto bar = barRect(i);
        if (event->position().x() >= bar.left() && event->position().x() < bar.right() + 1) {
            under = static_cast<int>(i);
        }
    }
    setHover(under);
}

void BucketHistogram::leaveEvent(QEvent*) {
    setHover(-1);
}

void BucketHistogram::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_buckets.size()) - 1;
    if (event->key() == Qt::Key_Left && last >= 0) {
        setHover(m_hover < 0 ? last : std::max(0, m_hover - 1));
    } else if (event->key() == Qt::Key_Right && last >= 0) {
        setHover(std::min(last, m_hover + 1));
    } else if (event->key() == Qt::Key_Escape && m_hover >= 0) {
        setHover(-1);
    } else {
        PaintedWidget::keyPressEvent(event);
    }
}

QString BucketHistogram::spokenValue() const {
    if (!m_status.hasValue()) {
        return stateWord(m_status.state);
    }
    if (m_total == 0) {
        return tr("No %1 counted").arg(m_unit);
    }
    return tr("%1 %2, half within %3, 99 of 100 within %4")
        .arg(countText(static_cast<double>(m_total)), m_unit,
             numberText(quantileEdge(0.5), Quantity::Duration).joined(),
             numberText(quantileEdge(0.99), Quantity::Duration).joined());
}

} // namespace binnacle
