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
constexpr double kColumn = 330;
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
    m_focusBefore = window()->focusWidget();
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

void KeyHelp::keyPressEvent(QKeyEvent*) {
    close_();
}

void KeyHelp::mousePressEvent(QMouseEvent*) {
    close_();
}

void KeyHelp::paint(QPainter& painter) {
    QColor dim(Qt::black);
    dim.setAlphaF(theme().isDark() ? 0.55F : 0.35F);
    painter.fillRect(rect(), dim);
    std::vector<QString> groups;
    for (const auto& binding : m_bindings) {
        if (std::ranges::find(groups, binding.group) == groups.end()) {
            groups.push_back(binding.group);
        }
    }
    double rows = 0;
    for (const auto& group : groups) {
        rows = std::max(rows, static_cast<double>(std::ranges::count(m_bindings, group, &KeyBinding::group)));
    }
    const double paperWidth =
        std::min(width() - 32.0, std::max(1.0, static_cast<double>(groups.size())) * kColumn + 24);
    const double paperHeight = std::min(height() - 32.0, 78 + rows * kRow + 20);
    const QRectF paper(std::floor((width() - paperWidth) / 2), std::floor((height() - paperHeight) / 2), paperWidth,
                       paperHeight);
    painter.fillRect(paper, theme().color(Token::Rule2));
    painter.fillRect(paper.adjusted(1, 1, -1, -1), theme().color(Token::Rail));
    painter.setClipRect(paper);
    draw::text(painter, QRectF(paper.left() + 24, paper.top() + 12, paper.width() - 48, 28), tr("All keys"),
               theme().font(Type::Sentence), theme().color(Token::Ink));
    const double column = (paperWidth - 24) / std::max(1.0, static_cast<double>(groups.size()));
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const double left = paper.left() + 24 + static_cast<double>(g) * column;
        double y = paper.top() + 48;
        draw::text(painter, QRectF(left, y, column - 24, 18), groups[g], theme().font(Type::Small),
                   theme().color(Token::Ink3));
        draw::horizontal(painter, left, left + column - 24, y + 20, theme().color(Token::Rule2));
        y += 24;
        for (const auto& binding : m_bindings) {
            if (binding.group != groups[g]) {
                continue;
            }
            draw::keyCap(&painter, QPointF(left, y + kRow / 2), binding.keys, theme().font(Type::Small),
                         theme().color(Token::Ink), theme().color(Token::Ink3));
            draw::text(painter, QRectF(left + 96, y, column - 120, kRow), binding.text, theme().font(Type::Label),
                       theme().color(Token::Ink));
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
