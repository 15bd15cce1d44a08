// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QPainter>
#include <QWidget>

namespace binnacle::app {

/// A hairline that separates two columns or two sections.
class Rule : public QWidget, public Themed {
public:
    explicit Rule(Qt::Orientation orientation, QWidget* parent = nullptr)
        : QWidget(parent) {
        if (orientation == Qt::Vertical) {
            setFixedWidth(1);
        } else {
            setFixedHeight(1);
        }
    }
    void setTheme(const Theme& theme) override {
        m_theme = theme;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), m_theme.color(Token::Rule2)); }

private:
    Theme m_theme;
};

} // namespace binnacle::app
