// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QProxyStyle>

namespace binnacle {

/// How Qt's own controls look in a theme: buttons, fields, heads of tables, scroll bars, tool tips. A style and
/// not a style sheet, because a sheet for the whole application keeps some 7 kB for every widget that there is, also
/// for those that no rule names, and is asked whenever one of them is shown.
class ConsoleStyle final : public QProxyStyle {
    Q_OBJECT

public:
    /// Set to true on a field whose text is at fault: its edge says so.
    static constexpr const char* kFaultProperty = "binnacleFault";

    explicit ConsoleStyle(const Theme& theme);

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                       const QWidget* widget) const override;
    [[nodiscard]] QRect subElementRect(SubElement element, const QStyleOption* option,
                                       const QWidget* widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                         const QWidget* widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                                QStyleHintReturn* data) const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;

private:
    /// A rectangle with an edge of `width` inside of it.
    void drawEdged(QPainter& painter, const QRect& rect, const QColor& ground, Token edge, int width,
                   double radius) const;
    void drawButton(const QStyleOption& option, QPainter& painter) const;
    void drawHeadText(const QStyleOption& option, QPainter& painter) const;

    Theme m_theme;
};

} // namespace binnacle
