// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/line_chart.h"

#include "widgets/key_button.h"
#include "widgets/plot.h"
#include "widgets/state_overlay.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {

constexpr double kEventStrip = 18;
constexpr double kTimeStrip = 22;
constexpr double kRoomToWiden = 104; ///< of the plot, for two lines of words and the button below them
constexpr std::array kWider = {std::chrono::minutes(5), std::chrono::minutes(15), std::chrono::minutes(60),
                               std::chrono::minutes(120)};

} // namespace

LineChart::LineChart(QWidget* parent)
    : TimeChart(parent)
    , m_widen(new KeyButton({}, {}, this)) {
    m_widen->setObjectName(QStringLiteral("widen"));
    m_widen->hide();
    connect(m_widen, &QAbstractButton::clicked, this, [this] {
        if (context() != nullptr) {
            context()->chooseSpan(m_wider);
        }
    });
}

void LineChart::offerWider() {
    const auto wider =
        std::ranges::find_if(kWider, [this](auto span) { return context() != nullptr && span > context()->span(); });
    const bool offers = m_status.state == PanelState::Empty && wider != kWider.end() &&
                        context()->mode() == TimeContext::Mode::Live && plotRect().height() >= kRoomToWiden;
    if (offers) {
        m_wider = *wider;
        const auto text = tr("Widen to %1")
                              .arg(*wider < std::chrono::minutes(60) ? tr("%1 min").arg(wider->count())
                                                                     : tr("%1 h").arg(wider->count() / 60));
        if (m_widen->text() != text) {
            m_widen->setText(text);
        }
        const auto size = m_widen->sizeHint();
        const auto middle = plotRect().center();
        const QRect box(int(middle.x()) - size.width() / 2, int(middle.y()) + 26, size.width(), size.height());
        if (m_widen->geometry() != box) {
            m_widen->setGeometry(box);
        }
    }
    m_widen->setVisible(offers);
}

void LineChart::setLines(std::vector<ChartLine> lines) {
    if (assign(m_lines, std::move(lines))) {
        m_columns.assign(m_lines.size(), {});
        m_lows.clear();
        m_highs.clear();
        rebuild();
    }
}

void LineChart::setQuantity(Quantity quantity) {
    if (assign(m_quantity, quantity)) {
        rebuild();
    }
}

void LineChart::setScale(AxisScale scale) {
    if (assign(m_fixedScale, std::optional(scale))) {
        rebuild();
    }
}

void LineChart::setLimits(std::vector<ChartLimit> limits) {
    assign(m_limits, std::move(limits));
}

void LineChart::setEvents(std::vector<ChartEvent> events) {
    assign(m_events, std::move(events));
}

void LineChart::setStatus(PanelStatus status) {
    if (!plot::showsAge(status.state)) {
        status.age.reset(); // nothing painted depends on it
    }
    status.age = shownAge(status.age);
    if (status.state == PanelState::Live) {
        status.lastAt.reset();
    }
    assign(m_status, std::move(status));
    offerWider();
}

void LineChart::setGutters(int left, int right) {
    m_left = left;
    m_right = right;
    rebuild();
    update();
}

void LineChart::setTimeLabelsVisible(bool visible) {
    assign(m_timeLabels, visible);
}

QRectF LineChart::plotRect() const {
    return plot::plotRect(size(), m_left, m_right, kEventStrip, m_timeLabels ? kTimeStrip : 4);
}

void LineChart::showSeries(std::span<const Series* const> series, std::span<const ChartBand> bands) {
    if (!context() || columnCount() <= 0) {
        return;
    }
    Shown next;
    next.window = context()->window(columnCount());
    double largest = 0;
    const auto columnsOf = [&](const Series* line) {
        auto columns = line != nullptr
                           ? line->columns(next.window.from, next.window.to, static_cast<std::size_t>(columnCount()))
                           : std::vector<SeriesColumn>();
        for (const auto& column : columns) {
            largest = column.present ? std::max(largest, column.max) : largest;
        }
        return columns;
    };
    m_columns.assign(m_lines.size(), {});
    m_lows.clear();
    m_highs.clear();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_columns[i] = columnsOf(i < series.size() ? series[i] : nullptr);
        if (i < bands.size()) {
            m_lows.push_back(columnsOf(bands[i].low));
            m_highs.push_back(columnsOf(bands[i].high));
        }
    }
    for (const auto& limit : m_limits) {
        largest = std::max(largest, limit.value);
    }
    m_top.follow(largest, toSeconds(context()->now().time_since_epoch()));
    next.scale = m_fixedScale.value_or(AxisScale(AxisScale::Kind::Linear, 0, std::max(1e-9, m_top.top())));
    fill(next);
    assign(m_shown, std::move(next));
}

bool LineChart::showsLive() const {
    return m_status.state == PanelState::Live && std::ranges::any_of(m_shown.curves, draw::isLine);
}

void LineChart::rebuild() {
    Shown next;
    next.window = m_shown.window;
    next.scale = m_fixedScale.value_or(AxisScale(AxisScale::Kind::Linear, 0, std::max(1e-9, m_top.top())));
    fill(next);
    assign(m_shown, std::move(next));
}

void LineChart::fill(Shown& shown) const {
    const auto plot = plotRect();
    shown.curves = plot::curves(m_columns, shown.scale, plot);
    shown.lows = plot::curves(m_lows, shown.scale, plot);
    shown.highs = plot::curves(m_highs, shown.scale, plot);
    shown.last = plot::newest(m_columns);
}

void LineChart::paint(QPainter& painter) {
    const QRectF plot = plotRect();
    if (plot.width() <= 8 || plot.height() <= 8) {
        painter.fillRect(rect(), theme().color(Token::Bg));
        return;
    }
    ChartFrame::Spec spec;
    spec.size = size();
    spec.plot = plot;
    spec.y = m_shown.scale.ticks(m_quantity, plot.height());
    spec.devicePixelRatio = devicePixelRatioF();
    std::erase_if(spec.y, [&](const AxisTick& tick) {
        return std::ranges::any_of(m_limits, [&](const ChartLimit& limit) {
            return std::abs(m_shown.scale.place(limit.value) - tick.place) * plot.height() < 10 && !tick.strong;
        });
    });
    painter.drawPixmap(0, 0, m_frame.picture(spec, theme()));

    paintTimeAxis(painter, plot);
    const bool values = m_status.hasValue() && m_status.state != PanelState::Empty;
    const bool history = values || m_status.state == PanelState::Lost || m_status.state == PanelState::Error;
    if (history) {
        paintNotes(painter, plot);
        paintGaps(painter, plot);
        for (const auto& limit : m_limits) {
            plot::drawLimit(painter, plot, plot.bottom() - m_shown.scale.place(limit.value) * plot.height(),
                            limit.label, theme());
        }
        painter.save();
        painter.setClipRect(plot.adjusted(0, -2, 1, 2));
        painter.setOpacity(m_status.state == PanelState::Lost ? 0.55 : 1.0);
        paintBands(painter, plot);
        for (std::size_t i = 0; i < m_shown.curves.size(); ++i) {
            const double step = plot.width() / std::max<double>(1, static_cast<double>(m_shown.curves[i].size()));
            draw::stroke(painter, draw::curveLines(m_shown.curves[i], plot.left(), step),
                         theme().color(m_lines[i].color), m_lines[i].width, m_lines[i].dashed);
        }
        painter.restore();
        if (context()) {
            drawEvents(painter, withNotes(m_events), m_shown.window,
                       QRectF(plot.left(), 0, plot.width(), kEventStrip - 3), plot, theme());
        }
        paintLabels(painter, plot);
    }
    paintState(painter, plot);
    if (history) {
        paintCrosshair(painter, plot);
    }
    paintPending(painter, plot);
}

/// From one column with data to the next; a gap is never bridged.
void LineChart::paintBands(QPainter& painter, const QRectF& plot) const {
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < m_shown.lows.size() && i < m_lines.size(); ++i) {
        const auto& low = m_shown.lows[i];
        const auto& high = m_shown.highs[i];
        auto wash = theme().color(m_lines[i].color);
        wash.setAlphaF(0.25F);
        painter.setBrush(wash);
        const double step = plot.width() / std::max<double>(1, static_cast<double>(low.size()));
        QPolygonF upper;
        QPolygonF lower;
        const auto flush = [&] {
            for (auto it = lower.crbegin(); it != lower.crend(); ++it) {
                upper.append(*it);
            }
            painter.drawPolygon(upper);
            upper.clear();
            lower.clear();
        };
        for (std::size_t at = 0; at < low.size() && at < high.size(); ++at) {
            if (!low[at].present || !high[at].present) {
                continue;
            }
            if (low[at].cut) {
                flush();
            }
            const double x = plot.left() + (static_cast<double>(at) + 0.5) * step;
            upper.append(QPointF(x, high[at].top));
            lower.append(QPointF(x, low[at].bottom));
        }
        flush();
    }
}

void LineChart::paintGaps(QPainter& painter, const QRectF& plot) const {
    if (!m_shown.curves.empty()) {
        plot::drawGaps(painter, plot, m_shown.curves.front(), m_shown.window, theme());
    }
}

void LineChart::paintLabels(QPainter& painter, const QRectF& plot) const {
    std::vector<plot::EndLabel> labels;
    for (std::size_t i = 0; i < m_lines.size() && i < m_shown.last.size(); ++i) {
        const auto value = m_status.hasValue() ? m_shown.last[i] : std::nullopt;
        const double at = value             ? m_shown.scale.place(*value)
                          : m_shown.last[i] ? m_shown.scale.place(*m_shown.last[i])
                                            : 0;
        labels.push_back({plot.bottom() - at * plot.height(), m_lines[i].name, numberText(value, m_quantity).joined()});
    }
    const double below = m_timeLabels ? 0 : 6; // without them a label at the bottom would be cut
    plot::drawEndLabels(painter, QRectF(plot.right(), plot.top(), width() - plot.right(), plot.height() - below),
                        std::move(labels), m_status.state == PanelState::Late, theme());
}

void LineChart::paintTimeAxis(QPainter& painter, const QRectF& plot) const {
    if (context() && m_timeLabels) {
        plot::drawTimeAxis(painter, plot, *context(), m_shown.window, theme());
    }
}

void LineChart::paintState(QPainter& painter, const QRectF& plot) const {
    plot::drawState(painter, plot, m_status, context(), m_shown.window, theme());
}

void LineChart::paintCrosshair(QPainter& painter, const QRectF& plot) const {
    if (!context() || !context()->crosshair()) {
        return;
    }
    const auto at = *context()->crosshair();
    if (at < m_shown.window.from || at > m_shown.window.to) {
        return;
    }
    const double step = plot.width() / std::max(1, columnCount());
    plot::drawCrosshairLine(painter, plot, *context(), m_shown.window, m_timeLabels, theme());
    const auto order = readingOrder();
    for (const std::size_t i : order) {
        const auto found = i < m_columns.size() ? plot::sampleAt(m_columns[i], m_shown.window, at) : std::nullopt;
        if (!found) {
            continue;
        }
        const double value = m_columns[i][static_cast<std::size_t>(*found)].last;
        const QPointF dot(plot.left() + (*found + 0.5) * step,
                          plot.bottom() - m_shown.scale.place(value) * plot.height());
        if (i == order.front()) {
            draw::dashed(painter, QLineF(plot.left(), dot.y(), plot.right(), dot.y()), theme().color(Token::Ink2), 1,
                         3);
        }
        plot::drawRing(painter, dot, theme());
    }
    if (!context()->pending()) { // while something is being selected, its own words stand here
        draw::tooltip(painter, plot,
                      QPointF(TimeContext::x(at, m_shown.window, plot.left(), plot.width()), plot.top() + 6),
                      crosshairTexts(), theme());
    }
}

/// The line that matters speaks first.
std::vector<std::size_t> LineChart::readingOrder() const {
    std::vector<std::size_t> order(m_lines.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return m_lines[a].width > m_lines[b].width; });
    return order;
}

QStringList LineChart::crosshairTexts() const {
    if (!context() || !context()->crosshair() || *context()->crosshair() < m_shown.window.from ||
        *context()->crosshair() > m_shown.window.to) {
        return {};
    }
    const auto at = context()->crosshair();
    QStringList lines;
    for (const std::size_t i : readingOrder()) {
        const auto found = i < m_columns.size() ? plot::sampleAt(m_columns[i], m_shown.window, at) : std::nullopt;
        lines << m_lines[i].name + QLatin1Char(' ') +
                     (found ? numberText(m_columns[i][static_cast<std::size_t>(*found)].last, m_quantity).joined()
                            : absentText());
    }
    return lines;
}

QString LineChart::spokenValue() const {
    QStringList parts{stateWord(m_status.state)};
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto value = m_status.hasValue() && i < m_shown.last.size() ? m_shown.last[i] : std::nullopt;
        parts << m_lines[i].name + QLatin1Char(' ') + numberText(value, m_quantity).joined();
    }
    return parts.join(QStringLiteral(", "));
}

void LineChart::resizeEvent(QResizeEvent*) {
    offerWider();
    rebuild();
}

} // namespace binnacle
