// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QLabel>

namespace binnacle::app {

/// A label of plain, wrapped text in one of the theme's types.
class PlainLabel : public QLabel, public Themed {
public:
    explicit PlainLabel(Type type, QWidget* parent = nullptr)
        : QLabel(parent)
        , m_type(type) {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
    }
    void setTheme(const Theme& theme) override {
        setFont(theme.font(m_type));
        auto colors = theme.palette();
        colors.setColor(QPalette::WindowText, theme.color(Token::Ink2));
        setPalette(colors);
    }

private:
    Type m_type;
};

} // namespace binnacle::app
