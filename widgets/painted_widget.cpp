// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/painted_widget.h"

#include "widgets/draw.h"

#include <QAccessibleWidget>
#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace binnacle {

namespace {

/// Gives a painted widget its name, value and role. Without it a screen reader meets a nameless rectangle.
class PaintedAccessible : public QAccessibleWidget {
public:
    explicit PaintedAccessible(PaintedWidget* widget)
        : QAccessibleWidget(widget, widget->spokenRole()) {}

    [[nodiscard]] QString text(QAccessible::Text which) const override {
        const auto* painted = static_cast<const PaintedWidget*>(widget());
        if (which == QAccessible::Value) {
            return painted->spokenValue();
        }
        // Many readers speak the name and the description, and leave the value of other roles alone.
        if (which == QAccessible::Description && painted->accessibleDescription().isEmpty()) {
            return painted->spokenValue();
        }
        return QAccessibleWidget::text(which);
    }
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object) {
    auto* painted = dynamic_cast<PaintedWidget*>(object);
    return painted ? new PaintedAccessible(painted) : nullptr;
}

} // namespace

PaintedWidget::PaintedWidget(QWidget* parent)
    : QWidget(parent) {
    // Installing the same function again is a no-op.
    QAccessible::installFactory(&makeAccessible);
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
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    }
}

void PaintedWidget::paintEvent(QPaintEvent*) {
    ++m_paints;
    QPainter painter(this);
    paint(painter);
    if (hasFocus() && focusPolicy() != Qt::NoFocus) {
        draw::focusRing(painter, rect(), m_theme);
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
