// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/console_style.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QStyleOption>

#include <algorithm>

namespace binnacle {

namespace {
constexpr int kButtonHeight = 26;
constexpr int kButtonPadding = 11; // with its edge
constexpr int kFieldHeight = 28;
constexpr int kFieldPadding = 9;
constexpr int kHeadHeight = 23;
constexpr int kHeadPadding = 6;
constexpr int kHeadRoom = 5; // for the mark of the order
constexpr int kBarWidth = 8;
constexpr int kShortestSlider = 24;
} // namespace

ConsoleStyle::ConsoleStyle(const Theme& theme)
    : QProxyStyle(QStringLiteral("Fusion"))
    , m_theme(theme) {}

void ConsoleStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QLineEdit*>(widget) != nullptr) {
        // A selection is seen beside the mark of the focus; elsewhere it is the paper of the chosen row.
        auto palette = widget->palette();
        palette.setColor(QPalette::Highlight, m_theme.color(Token::Ink));
        palette.setColor(QPalette::HighlightedText, m_theme.color(Token::Bg));
        widget->setPalette(palette);
    } else if (qobject_cast<QScrollBar*>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_OpaquePaintEvent, false); // only its slider is painted
    } else if (auto* head = qobject_cast<QHeaderView*>(widget)) {
        head->viewport()->setAttribute(Qt::WA_Hover);
    }
}

void ConsoleStyle::drawEdged(QPainter& painter, const QRect& rect, const QColor& ground, Token edge, int width,
                             double radius) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(edge), width));
    painter.setBrush(ground);
    const double half = width / 2.0;
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius);
    painter.restore();
}

void ConsoleStyle::drawButton(const QStyleOption& option, QPainter& painter) const {
    const bool enabled = (option.state & State_Enabled) != 0;
    const bool focused = enabled && (option.state & State_HasFocus) != 0;
    const bool held = enabled && (option.state & (State_MouseOver | State_Sunken)) != 0;
    drawEdged(painter, option.rect, held ? m_theme.color(Token::Sel) : QColor(Qt::transparent),
              focused   ? Token::Ink
              : enabled ? Token::Rule2
                        : Token::Rule,
              focused ? 2 : 1, 3);
}

void ConsoleStyle::drawHeadText(const QStyleOption& option, QPainter& painter) const {
    const auto* const head = qstyleoption_cast<const QStyleOptionHeader*>(&option);
    if (head == nullptr) {
        return;
    }
    painter.save();
    painter.setPen(m_theme.color((option.state & State_MouseOver) != 0 ? Token::Ink : Token::Ink3));
    const auto rect = option.rect.adjusted(kHeadPadding, 0, -kHeadPadding, -1);
    const auto text = painter.fontMetrics().elidedText(head->text, Qt::ElideRight, rect.width());
    painter.drawText(rect, static_cast<int>(head->textAlignment) | Qt::TextSingleLine, text);
    painter.restore();
}

void ConsoleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const {
    switch (element) {
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, m_theme.color(Token::Rule2));
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), m_theme.color(Token::Sel));
        return;
    case PE_PanelLineEdit: {
        const auto* const frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame == nullptr || frame->lineWidth <= 0) {
            return; // it lies in something that has an edge
        }
        const bool fault = widget != nullptr && widget->property(kFaultProperty).toBool();
        const bool focused = (option->state & State_HasFocus) != 0;
        drawEdged(*painter, option->rect, m_theme.color(Token::Bg),
                  fault     ? Token::Crit
                  : focused ? Token::Ink
                            : Token::Ink3,
                  focused ? 3 : 1, 2);
        return;
    }
    case PE_PanelButtonCommand:
        drawButton(*option, *painter);
        return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractButton*>(widget) != nullptr) {
            return; // the edge is the sign
        }
        break;
    case PE_IndicatorHeaderArrow: // it is part of the text
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void ConsoleStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    switch (element) {
    case CE_PushButtonBevel:
        drawButton(*option, *painter);
        return;
    case CE_Header:
        drawControl(CE_HeaderSection, option, painter, widget);
        drawHeadText(*option, *painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, m_theme.color(Token::Bg));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          m_theme.color(Token::Rule2));
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void ConsoleStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                      const QWidget* widget) const {
    if (control == CC_ScrollBar) {
        painter->fillRect(subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget),
                          m_theme.color(Token::Rule2));
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect ConsoleStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                   const QWidget* widget) const {
    const auto* const bar = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider*>(option) : nullptr;
    if (bar == nullptr) {
        return QProxyStyle::subControlRect(control, option, part, widget);
    }
    const bool horizontal = bar->orientation == Qt::Horizontal;
    const int length = horizontal ? bar->rect.width() : bar->rect.height();
    // In 64 bits: the range of a long list times its length is more than an int holds.
    const qint64 range = qint64{bar->maximum} - bar->minimum;
    const qint64 share = range + bar->pageStep > 0 ? qint64{length} * bar->pageStep / (range + bar->pageStep) : length;
    const int slider =
        range <= 0 ? length : std::clamp(static_cast<int>(share), std::min(kShortestSlider, length), length);
    const int start =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
    const auto piece = [&](int from, int size) {
        const QRect logical = horizontal ? QRect(bar->rect.left() + from, bar->rect.top(), size, bar->rect.height())
                                         : QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), size);
        return visualRect(bar->direction, bar->rect, logical);
    };
    switch (part) {
    case SC_ScrollBarSlider:
        return piece(start, slider);
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSubPage:
        return piece(0, start);
    case SC_ScrollBarAddPage:
        return piece(start + slider, length - start - slider);
    default:
        return {}; // no buttons at its ends
    }
}

QRect ConsoleStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    if (element == SE_LineEditContents) {
        const auto* const frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        return frame == nullptr || frame->lineWidth > 0 ? option->rect.adjusted(kFieldPadding, 1, -kFieldPadding, -1)
                                                        : option->rect;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize ConsoleStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                     const QWidget* widget) const {
    switch (type) {
    case CT_PushButton:
        return {contents.width() + 2 * kButtonPadding, std::max(contents.height() + 2, kButtonHeight)};
    case CT_LineEdit: {
        const auto* const frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        return frame == nullptr || frame->lineWidth > 0
                   ? QSize(contents.width() + 2 * kFieldPadding, std::max(contents.height() + 2, kFieldHeight))
                   : contents;
    }
    case CT_HeaderSection:
        if (const auto* const head = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            return {head->fontMetrics.horizontalAdvance(head->text) + 2 * kHeadPadding + kHeadRoom, kHeadHeight};
        }
        break;
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

int ConsoleStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_ScrollBarExtent:
        return kBarWidth;
    case PM_ScrollBarSliderMin:
        return kShortestSlider;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    case PM_DefaultFrameWidth:
        if (qobject_cast<const QAbstractScrollArea*>(widget) != nullptr) {
            return 0;
        }
        break;
    case PM_ToolTipLabelFrameWidth:
        return 5;
    case PM_HeaderMarkSize:
        return 0;
    default:
        break;
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int ConsoleStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                            QStyleHintReturn* data) const {
    switch (hint) {
    case SH_Table_GridLineColor:
        return 0; // transparent: rows draw their own rule
    case SH_ScrollBar_Transient:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace binnacle
