// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_frame.h"

#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLegend>
#include <QLineSeries>
#include <QPainter>

#include <algorithm>
#include <memory>

namespace binnacle {

namespace {

/// Category axes put any label at any value, which value and logarithmic axes do not ("1 s" above "500").
std::unique_ptr<QCategoryAxis> makeAxis(const std::vector<AxisTick>& ticks, const Theme& theme, bool grid) {
    auto axis = std::make_unique<QCategoryAxis>();
    axis->setRange(0, 1);
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setLabelsFont(theme.font(Type::Small));
    axis->setLabelsBrush(theme.color(Token::Ink3));
    axis->setTruncateLabels(false);
    axis->setLineVisible(false);
    axis->setGridLineVisible(grid);
    axis->setGridLinePen(QPen(theme.color(Token::Rule), 1));
    axis->setStartValue(ticks.empty() ? 0 : ticks.front().place);
    QString unique;
    for (const auto& tick : ticks) {
        // Labels are keys of the axis; invisible marks keep equal ones apart.
        axis->append(tick.label + unique, tick.place);
        unique += QChar(0x200b);
    }
    return axis;
}

} // namespace

const QPixmap& ChartFrame::picture(const Spec& spec, const Theme& theme) {
    if (!m_picture.isNull() && m_spec == spec && m_theme == theme) {
        return m_picture;
    }
    m_spec = spec;
    m_theme = theme;
    ++m_rebuilds;
    const QSize pixels = (spec.size * spec.devicePixelRatio).toSize();
    m_picture = QPixmap(pixels.expandedTo(QSize(1, 1)));
    m_picture.setDevicePixelRatio(spec.devicePixelRatio);
    m_picture.fill(theme.color(Token::Bg));

    QGraphicsScene scene;
    auto* chart = new QChart; // owned by the scene
    scene.addItem(chart);
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->setBackgroundVisible(false);
    chart->setPlotAreaBackgroundVisible(false);
    chart->setDropShadowEnabled(false);
    chart->legend()->hide();
    chart->setMargins(QMargins(0, 0, 0, 0));
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    auto* series = new QLineSeries;
    chart->addSeries(series);
    if (!spec.y.empty()) {
        auto axis = makeAxis(spec.y, theme, spec.yGrid);
        chart->addAxis(axis.get(), Qt::AlignLeft);
        series->attachAxis(axis.release());
    }
    if (!spec.x.empty()) {
        auto axis = makeAxis(spec.x, theme, false);
        chart->addAxis(axis.get(), Qt::AlignBottom);
        series->attachAxis(axis.release());
    }
    chart->setPlotArea(spec.plot);
    chart->resize(spec.size);
    chart->layout()->activate(); // else the plot area waits for an event loop
    scene.setSceneRect(QRectF(QPointF(0, 0), spec.size));

    QPainter painter(&m_picture);
    painter.setRenderHint(QPainter::TextAntialiasing);
    const QRectF all(QPointF(0, 0), spec.size);
    scene.render(&painter, all, all);
    for (const auto& tick : spec.y) {
        if (tick.strong) {
            const double y = std::floor(spec.plot.bottom() - tick.place * spec.plot.height());
            painter.fillRect(QRectF(spec.plot.left(), y, spec.plot.width(), 1), theme.color(Token::Rule2));
        }
    }
    for (const auto& tick : spec.x) {
        const double x = std::floor(spec.plot.left() + tick.place * spec.plot.width());
        painter.fillRect(QRectF(x, std::floor(spec.plot.bottom()), 1, 4), theme.color(Token::Rule2));
    }
    return m_picture;
}

} // namespace binnacle
