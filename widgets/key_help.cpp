// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/key_help.h"

#include "widgets/draw.h"
#include "widgets/key_text.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace binnacle {

namespace {
constexpr double kRow = 24;
constexpr double kColumn = 390; // three of them in the narrowest window that is wide enough for pages
constexpr double kWideColumn = 480; ///< where there is room
constexpr double kKeys = 104;       ///< of a column, for the keys, at least
constexpr double kTop = 48;
constexpr int kHeadRows = 2; ///< a group's heading, and the room after the group
} // namespace

KeyHelp::KeyHelp(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("All keys"));
    parent->installEventFilter(this);
    hide();
}

void KeyHelp::setBindings(std::vector<KeyBinding> bindings) {
    for (auto& binding : bindings) {
        binding.keys = keyText(binding.keys);
    }
    assign(m_bindings, std::move(bindings));
}

void KeyHelp::open() {
    if (!isVisible()) {
        m_focusBefore = window()->focusWidget();
    }
    m_offset = 0;
    setGeometry(parentWidget()->rect());
    raise();
    show();
    setFocus();
}

void KeyHelp::close_() {
    hide();
    if (m_focusBefore) {
        m_focusBefore->setFocus();
    }
}

bool KeyHelp::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        setGeometry(parentWidget()->rect());
    }
    return PaintedWidget::eventFilter(watched, event);
}

void KeyHelp::scrollTo(double offset) {
    m_offset = std::clamp(offset, 0.0, m_most);
    update();
}

void KeyHelp::keyPressEvent(QKeyEvent* event) {
    const double page = std::max(kRow, height() / 2.0);
    switch (m_most > 0 ? event->key() : 0) {
    case Qt::Key_Down:
        scrollTo(m_offset + kRow);
        return;
    case Qt::Key_Up:
        scrollTo(m_offset - kRow);
        return;
    case Qt::Key_PageDown:
        scrollTo(m_offset + page);
        return;
    case Qt::Key_PageUp:
        scrollTo(m_offset - page);
        return;
    default:
        close_();
    }
}

void KeyHelp::mousePressEvent(QMouseEvent*) {
    close_();
}

std::pair<std::vector<KeyHelp::Place>, int> KeyHelp::arrange(int columns) const {
    std::vector<Place> places;
    for (const auto& binding : m_bindings) {
        auto known = std::ranges::find(places, binding.group, &Place::group);
        if (known == places.end()) {
            places.push_back({binding.group, 0, 0, kHeadRows});
            known = places.end() - 1;
        }
        ++known->rows;
    }
    // The shortest height at which the groups, in their order, fill no more columns than there are.
    int tallest = 0;
    int all = 0;
    for (const auto& place : places) {
        tallest = std::max(tallest, place.rows);
        all += place.rows;
    }
    for (int limit = std::max(tallest, (all + columns - 1) / columns);; ++limit) {
        int column = 0;
        int row = 0;
        for (auto& place : places) {
            if (row > 0 && row + place.rows > limit) {
                ++column;
                row = 0;
            }
            place.column = column;
            place.row = row;
            row += place.rows;
        }
        if (column < columns) {
            return {places, limit};
        }
    }
}

void KeyHelp::paint(QPainter& painter) {
    QColor dim(Qt::black);
    dim.setAlphaF(theme().isDark() ? 0.55F : 0.35F);
    draw::fill(painter, rect(), dim);
    const int columns = std::clamp(static_cast<int>((width() - 56) / kColumn), 1, 4);
    const auto [places, rows] = arrange(columns);
    const int used = places.empty() ? 1 : places.back().column + 1;
    const double paperWidth = std::min(width() - 32.0, used * kWideColumn + 24);
    const double wanted = kTop + rows * kRow + 12;
    const double paperHeight = std::min(height() - 32.0, wanted);
    m_most = std::max(0.0, wanted - paperHeight);
    m_offset = std::min(m_offset, m_most);
    const QRectF paper(std::floor((width() - paperWidth) / 2), std::floor((height() - paperHeight) / 2), paperWidth,
                       paperHeight);
    painter.fillRect(paper, theme().color(Token::Rule2));
    painter.fillRect(paper.adjusted(1, 1, -1, -1), theme().color(Token::Rail));
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto end = isMirrored() ? Qt::AlignLeft : Qt::AlignRight;
    const QRectF head(paper.left() + 24, paper.top() + 12, paper.width() - 48, 28);
    draw::text(painter, visual(head), tr("All keys"), theme().font(Type::Sentence), theme().color(Token::Ink), start);
    draw::text(painter, visual(head),
               m_most > 0 ? tr("\u2191 \u2193 scrolls, any other key closes") : tr("Any key closes"),
               theme().font(Type::Small), theme().color(Token::Ink3), end);
    painter.setClipRect(paper.adjusted(1, kTop - 8, -1, -1));
    const double column = (paperWidth - 24) / used;
    const auto capWidth = [&](const KeyBinding& binding) {
        return draw::keyCap(nullptr, {}, binding.keys, theme().font(Type::Small), {}, {});
    };
    std::vector<double> keysWidth(static_cast<std::size_t>(used), kKeys); // in words of some languages keys are long
    for (const auto& place : places) {
        for (const auto& binding : m_bindings) {
            if (binding.group == place.group) {
                auto& wide = keysWidth[static_cast<std::size_t>(place.column)];
                wide = std::max(wide, capWidth(binding) + 10);
            }
        }
    }
    for (const auto& place : places) {
        const double left = paper.left() + 24 + place.column * column;
        double y = paper.top() + kTop + place.row * kRow - m_offset;
        draw::text(painter, visual(QRectF(left, y, column - 24, 18)), place.group, theme().font(Type::Small),
                   theme().color(Token::Ink3), start);
        const auto rule = visual(QRectF(left, y + 20, column - 24, 1));
        draw::horizontal(painter, rule.left(), rule.right(), rule.top(), theme().color(Token::Rule2));
        y += 24;
        for (const auto& binding : m_bindings) {
            if (binding.group != place.group) {
                continue;
            }
            const double keys = keysWidth[static_cast<std::size_t>(place.column)];
            const auto cap = visual(QRectF(left, y, capWidth(binding), kRow));
            draw::keyCap(&painter, QPointF(cap.left(), y + kRow / 2), binding.keys, theme().font(Type::Small),
                         theme().color(Token::Ink), theme().color(Token::Ink3));
            draw::text(painter, visual(QRectF(left + keys, y, column - keys - 24, kRow)), binding.text,
                       theme().font(Type::Label), theme().color(Token::Ink), start);
            y += kRow;
        }
    }
}

QString KeyHelp::spokenValue() const {
    QStringList parts;
    for (const auto& binding : m_bindings) {
        parts << binding.keys + QStringLiteral(": ") + binding.text;
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace binnacle
