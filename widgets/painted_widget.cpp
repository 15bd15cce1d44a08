// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/painted_widget.h"

#include "widgets/accessible/chart_table.h"
#include "widgets/accessible/chart_table_dialog.h"
#include "widgets/accessible/painted_accessible.h"
#include "widgets/draw.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace binnacle {

PaintedWidget::PaintedWidget(QWidget* parent)
    : QWidget(parent) {
    // Installing the same function again is a no-op.
    QAccessible::installFactory(&PaintedAccessible::make);
}

void PaintedWidget::setTheme(const Theme& theme) {
    if (m_theme == theme) {
        return;
    }
    m_theme = theme;
    themeChanged();
    update();
}

void PaintedWidget::changed() {
    update();
    if (!QAccessible::isActive()) {
        return;
    }
    // A scrolling picture is not news; what would be said of it is.
    auto spoken = spokenValue();
    if (spoken == m_told) {
        return;
    }
    m_told = std::move(spoken);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    if (const auto range = spokenRange()) {
        QAccessibleValueChangeEvent moved(this, range->value);
        QAccessible::updateAccessibility(&moved);
    }
}

bool PaintedWidget::event(QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_F6 &&
        chartData(this) != nullptr) {
        openChartTable(*this);
        return true;
    }
    return QWidget::event(event);
}

void PaintedWidget::contextMenuEvent(QContextMenuEvent* event) {
    if (chartData(this) == nullptr) {
        event->ignore();
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(ChartTableDialog::actionText() + QLatin1Char('\t') + ChartTableDialog::keyText(), this,
                    [this] { openChartTable(*this); });
    menu->setObjectName(QStringLiteral("chartMenu"));
    extendMenu(*menu, *event);
    menu->popup(event->globalPos());
}

void PaintedWidget::paintEvent(QPaintEvent*) {
    ++m_paints;
    QPainter painter(this);
    paint(painter);
    if (hasFocus() && focusPolicy() != Qt::NoFocus) {
        // A tile may reach beyond its parent, so that its text stands on the page's edge.
        draw::focusRing(painter, visibleRegion().boundingRect(), m_theme);
    }
}

void PaintedWidget::focusInEvent(QFocusEvent*) {
    update();
}

void PaintedWidget::focusOutEvent(QFocusEvent*) {
    update();
}

void PaintedWidget::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::EnabledChange) {
        update();
    }
    QWidget::changeEvent(event);
}

QRectF PaintedWidget::visual(const QRectF& box) const {
    return isMirrored() ? QRectF(width() - box.right(), box.top(), box.width(), box.height()) : box;
}

} // namespace binnacle
