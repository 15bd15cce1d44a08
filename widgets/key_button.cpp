// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/key_button.h"

#include "widgets/accessible/segmented_accessible.h"
#include "widgets/draw.h"
#include "widgets/elided_texts.h"
#include "widgets/key_text.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {

constexpr double kControlHeight = 26;
constexpr double kTallHeight = 32;
constexpr double kPadding = 11;
constexpr double kSignRoom = 15;

void drawSign(QPainter& painter, double left, double middle, KeyButton::Sign sign, const QColor& color) {
    if (sign == KeyButton::Sign::Square) {
        painter.fillRect(QRectF(left, std::floor(middle - 4), 8, 8), color);
    } else if (sign == KeyButton::Sign::Dot) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(QPointF(left + 4, middle), 4, 4);
    }
}

} // namespace

KeyButton::KeyButton(const QString& text, const QString& key, QWidget* parent)
    : QAbstractButton(parent) {
    setText(text);
    setKey(key);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void KeyButton::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

void KeyButton::setRole(Role role) {
    m_role = role;
    updateGeometry();
    update();
}

void KeyButton::setKey(const QString& keys) {
    const auto key = keyText(keys);
    if (key == m_key) {
        return;
    }
    m_key = key;
    setAccessibleDescription(key.isEmpty() ? QString() : tr("Key %1").arg(key));
    updateGeometry();
    update();
}

void KeyButton::setKeyPrinted(bool printed) {
    if (m_keyPrinted != printed) {
        m_keyPrinted = printed;
        updateGeometry();
        update();
    }
}

void KeyButton::setTall(bool tall) {
    m_tall = tall;
    updateGeometry();
    update();
}

void KeyButton::setSign(Sign sign) {
    m_sign = sign;
    updateGeometry();
    update();
}

void KeyButton::setMark(Mark mark) {
    if (m_mark != mark) {
        m_mark = mark;
        updateGeometry();
        update();
    }
}

int KeyButton::heightHint() const {
    return static_cast<int>(m_tall ? kTallHeight : kControlHeight);
}

int KeyButton::widthWith(bool key) const {
    double width = kPadding * 2 + draw::textWidth(m_theme.font(Type::LabelStrong), text());
    if (m_sign != Sign::None || m_mark != Mark::None) {
        width += kSignRoom;
    }
    if (key && !m_key.isEmpty()) {
        width += 9 + draw::keyCap(nullptr, {}, m_key, m_theme.font(Type::Small), {}, {}) - 5;
    }
    if (m_role == Role::Field) {
        width = std::max(width, 212.0);
    }
    return static_cast<int>(std::ceil(width));
}

void KeyButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool danger = m_role == Role::Danger && isEnabled();
    const bool primary = danger || (m_role == Role::Primary && isEnabled());
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const QColor fill = danger                        ? m_theme.color(Token::CritFill)
                        : primary                     ? m_theme.color(underMouse() ? Token::Ink2 : Token::Ink)
                        : underMouse() && isEnabled() ? m_theme.color(Token::Sel)
                                                      : QColor(Qt::transparent);
    const QColor ink = m_theme.color(danger        ? Token::OnCritFill
                                     : primary     ? Token::Bg
                                     : isEnabled() ? Token::Ink
                                                   : Token::Ink3);
    painter.setPen(primary ? QPen(Qt::NoPen) : QPen(m_theme.color(isEnabled() ? Token::Rule2 : Token::Rule), 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(primary ? QRectF(rect()) : box, 3, 3);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(primary ? ink : m_theme.color(Token::Ink), 2));
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(primary ? 3 : 1, primary ? 3 : 1, primary ? -3 : -1, primary ? -3 : -1), 2, 2);
    }
    double left = kPadding;
    if (m_mark != Mark::None) {
        drawMark(painter, QRectF(left - 2, std::floor(height() / 2.0) - 6, 12, 12), m_mark, m_theme);
    } else {
        drawSign(painter, left, height() / 2.0, m_sign, ink);
    }
    left += m_sign == Sign::None && m_mark == Mark::None ? 0 : kSignRoom;
    double right = width() - kPadding;
    if (m_keyPrinted && !m_key.isEmpty()) {
        const double cap = draw::keyCap(nullptr, {}, m_key, m_theme.font(Type::Small), {}, {});
        if (const double at = width() - cap - 6; at >= kPadding) {
            right = at;
            draw::keyCap(&painter, QPointF(right, height() / 2.0), m_key, m_theme.font(Type::Small),
                         primary ? ink : m_theme.color(Token::Ink2), primary ? ink : m_theme.color(Token::Rule2));
            right -= 4;
        } else { // no half of a key
            ElidedTexts::note(painter, rect(), m_key);
        }
    }
    const bool field = m_role == Role::Field;
    draw::text(painter, QRectF(left, 0, right - left, height()), text(),
               m_theme.font(field ? Type::Label : Type::LabelStrong), field ? m_theme.color(Token::Ink3) : ink);
}

SegmentedControl::SegmentedControl(QWidget* parent)
    : QWidget(parent) {
    QAccessible::installFactory(&SegmentedAccessible::make);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentedControl::setSegments(std::vector<Segment> segments) {
    m_segments = std::move(segments);
    m_current = std::clamp(m_current, -1, std::max(0, static_cast<int>(m_segments.size()) - 1));
    announce();
    updateGeometry();
    update();
}

void SegmentedControl::setCurrent(int index) {
    if (m_current != index && index < static_cast<int>(m_segments.size())) {
        m_current = std::max(-1, index);
        announce();
        update();
    }
}

void SegmentedControl::announce() {
    if (m_current < 0) {
        setAccessibleDescription(tr("none of %1").arg(m_segments.size()));
    } else if (m_current < static_cast<int>(m_segments.size())) {
        setAccessibleDescription(tr("%1, %2 of %3")
                                     .arg(m_segments[static_cast<std::size_t>(m_current)].text)
                                     .arg(m_current + 1)
                                     .arg(m_segments.size()));
    }
}

void SegmentedControl::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

double SegmentedControl::segmentWidth(const Segment& segment, bool key) const {
    double width = kPadding * 2 + draw::textWidth(m_theme.font(Type::LabelStrong), segment.text);
    width += segment.sign == KeyButton::Sign::None ? 0 : kSignRoom;
    width += !key || segment.key.isEmpty()
                 ? 0
                 : 4 + draw::keyCap(nullptr, {}, segment.key, m_theme.font(Type::Small), {}, {});
    return std::ceil(width);
}

void SegmentedControl::setKeysPrinted(bool printed) {
    if (m_keysPrinted != printed) {
        m_keysPrinted = printed;
        updateGeometry();
        update();
    }
}

int SegmentedControl::widthWith(bool keys) const {
    double width = 0;
    for (const auto& segment : m_segments) {
        width += segmentWidth(segment, keys);
    }
    return static_cast<int>(width);
}

QSize SegmentedControl::sizeHint() const {
    return {widthWith(m_keysPrinted), static_cast<int>(kControlHeight)};
}

QRect SegmentedControl::segmentRect(int index) const {
    double left = 0;
    for (int i = 0; i < index && i < static_cast<int>(m_segments.size()); ++i) {
        left += segmentWidth(m_segments[static_cast<std::size_t>(i)]);
    }
    if (index < 0 || index >= static_cast<int>(m_segments.size())) {
        return {};
    }
    const double wide = segmentWidth(m_segments[static_cast<std::size_t>(index)]);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    return QRectF(mirrored ? width() - left - wide : left, 0, wide, height()).toAlignedRect();
}

int SegmentedControl::segmentAt(double x) const {
    if (layoutDirection() == Qt::RightToLeft) {
        x = width() - x;
    }
    double left = 0;
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        left += segmentWidth(m_segments[i]);
        if (x < left) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

void SegmentedControl::choose(int index) {
    if (index >= 0 && index < static_cast<int>(m_segments.size()) && index != m_current) {
        setCurrent(index);
        if (QAccessible::isActive()) {
            SegmentedAccessible::tellChosen(*this);
        }
        Q_EMIT chosen(index);
    }
}

void SegmentedControl::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    double left = 0;
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setClipPath(outline);
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        const auto& segment = m_segments[i];
        const double wide = segmentWidth(segment);
        const QRectF box(mirrored ? width() - left - wide : left, 0, wide, height());
        const bool chosen = static_cast<int>(i) == m_current;
        if (chosen) {
            painter.fillRect(box, m_theme.color(Token::Ink));
        } else if (static_cast<int>(i) == m_hover) {
            painter.fillRect(box, m_theme.color(Token::Sel));
        }
        if (i > 0) {
            draw::vertical(painter, mirrored ? box.right() : box.left(), 0, height(), m_theme.color(Token::Rule2));
        }
        const QColor ink = m_theme.color(chosen ? Token::Bg : Token::Ink2);
        double at = box.left() + kPadding;
        drawSign(painter, at, height() / 2.0, segment.sign, ink);
        at += segment.sign == KeyButton::Sign::None ? 0 : kSignRoom;
        at += draw::text(painter, QRectF(at, 0, box.right() - at, height()), segment.text,
                         m_theme.font(chosen ? Type::LabelStrong : Type::Label), ink);
        if (m_keysPrinted && !segment.key.isEmpty()) {
            const double cap = draw::keyCap(nullptr, {}, segment.key, m_theme.font(Type::Small), {}, {});
            draw::keyCap(&painter, QPointF(box.right() - cap - 6, height() / 2.0), segment.key,
                         m_theme.font(Type::Small), ink, chosen ? ink : m_theme.color(Token::Rule2));
        }
        left += wide;
    }
    painter.setClipping(false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.color(Token::Rule2), 1));
    painter.drawPath(outline);
    if (hasFocus()) {
        draw::focusRing(painter, rect(), m_theme);
        // On the chosen, inverted segment the ring must be seen as well.
        double chosenLeft = 0;
        for (int i = 0; i < m_current; ++i) {
            chosenLeft += segmentWidth(m_segments[static_cast<std::size_t>(i)]);
        }
        if (m_current >= 0 && m_current < static_cast<int>(m_segments.size())) {
            const double wide = segmentWidth(m_segments[static_cast<std::size_t>(m_current)]);
            painter.setPen(QPen(m_theme.color(Token::Bg), 1));
            painter.drawRect(QRectF(mirrored ? width() - chosenLeft - wide : chosenLeft, 0, wide, height())
                                 .adjusted(2.5, 2.5, -2.5, -2.5));
        }
    }
}

void SegmentedControl::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        choose(segmentAt(event->position().x()));
    }
}

void SegmentedControl::mouseMoveEvent(QMouseEvent* event) {
    const int hover = segmentAt(event->position().x());
    if (hover != m_hover) {
        m_hover = hover;
        update();
    }
}

void SegmentedControl::leaveEvent(QEvent*) {
    m_hover = -1;
    update();
}

void SegmentedControl::keyPressEvent(QKeyEvent* event) {
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        choose(m_current - forward);
        return;
    case Qt::Key_Right:
        choose(m_current + forward);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void SegmentedControl::focusInEvent(QFocusEvent*) {
    update();
}

void SegmentedControl::focusOutEvent(QFocusEvent*) {
    update();
}

} // namespace binnacle
