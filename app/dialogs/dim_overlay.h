// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QEvent>
#include <QPainter>
#include <QWidget>

namespace binnacle::app {

/// Darkens a window while a dialog stands over it; as large as the window, and gone with its owner.
class DimOverlay : public QWidget, public Themed {
public:
    explicit DimOverlay(QWidget* window)
        : QWidget(window) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setGeometry(window->rect());
        window->installEventFilter(this);
        raise();
        show();
    }
    void setTheme(const Theme& theme) override {
        m_isDark = theme.isDark();
        update();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Resize) {
            setGeometry(static_cast<QWidget*>(watched)->rect());
        }
        return false;
    }
    void paintEvent(QPaintEvent*) override {
        constexpr double kDark = 0.55;
        constexpr double kLight = 0.35;
        QColor shade(Qt::black);
        shade.setAlphaF(m_isDark ? kDark : kLight);
        QPainter(this).fillRect(rect(), shade);
    }

private:
    bool m_isDark = true;
};

} // namespace binnacle::app
