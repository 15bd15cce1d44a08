// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QLabel>

namespace binnacle::app {

/// A label of plain, wrapped text in one of the theme's types.
class PlainLabel : public QLabel, public Themed {
public:
    explicit PlainLabel(Type type, QWidget* parent = nullptr)
        : PlainLabel(type, Token::Ink2, parent) {}
    PlainLabel(Type type, Token ink, QWidget* parent = nullptr)
        : QLabel(parent)
        , m_type(type)
        , m_ink(ink) {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
    }
    void setInk(Token ink) {
        m_ink = ink;
        setTheme(m_theme);
    }
    void setTheme(const Theme& theme) override {
        m_theme = theme;
        setFont(theme.font(m_type));
        auto colors = theme.palette();
        colors.setColor(QPalette::WindowText, theme.color(m_ink));
        setPalette(colors);
    }

private:
    Type m_type;
    Token m_ink;
    Theme m_theme;
};

} // namespace binnacle::app
