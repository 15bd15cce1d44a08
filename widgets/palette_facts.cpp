// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette_facts.h"

#include "widgets/draw.h"
#include "widgets/mark.h"

#include <QPainter>

namespace binnacle {

namespace {
constexpr int kMargin = 20;
constexpr int kLabel = 104;
} // namespace

PaletteFacts::PaletteFacts(QWidget* parent)
    : PaintedWidget(parent) {
    setAccessibleName(tr("What is chosen"));
}

void PaletteFacts::showRow(const PaletteRow* row, const QString& kind) {
    if (const auto next = row == nullptr ? PaletteRow() : *row; next != m_row || kind != m_kind) {
        m_row = next;
        m_kind = kind;
        changed();
    }
}

void PaletteFacts::paint(QPainter& painter) {
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto words = [&](const QRectF& box, const QString& text, Type type, Token ink) {
        const auto shown = visual(box);
        painter.setFont(theme().font(type));
        painter.setPen(theme().color(ink));
        QRectF used;
        painter.drawText(shown, static_cast<int>(start | Qt::AlignTop) | Qt::TextWordWrap, draw::oneLine(text), &used);
        return used.height();
    };
    if (m_row.title.isEmpty()) {
        return;
    }
    const double wide = width() - 2 * kMargin;
    double y = 8; // on one line with the first head of the list
    y += words({kMargin, y, wide, 16}, m_kind, Type::Small, Token::Ink3) + 6;
    y += words({kMargin, y, wide, 100}, m_row.title, Type::Heading, Token::Ink) + 6;
    if (!m_row.may) {
        drawMark(painter, visual(QRectF(kMargin, y + 2, 12, 12)), Mark::Denied, theme());
        y += words({kMargin + 18, y, wide - 18, 120}, m_row.detail, Type::Label, Token::Ink) + 8;
    } else if (!m_row.detail.isEmpty()) {
        y += words({kMargin, y, wide, 120}, m_row.detail, Type::Label, Token::Ink2) + 8;
    }
    if (!m_row.facts.empty()) {
        y += 4;
        draw::horizontal(painter, kMargin, width() - kMargin, y, theme().color(Token::Rule2));
        y += 10;
    }
    for (const auto& [label, value] : m_row.facts) {
        if (y > height() - 16) {
            break;
        }
        words({kMargin, y, kLabel - 8, 32}, label, Type::Label, Token::Ink3);
        y += std::max(16.0, words({kMargin + kLabel, y, wide - kLabel, 160}, value, Type::Label, Token::Ink)) + 6;
    }
}

QString PaletteFacts::spokenValue() const {
    QStringList parts{m_kind, m_row.title, m_row.detail};
    for (const auto& [label, value] : m_row.facts) {
        parts << label + QStringLiteral(": ") + value;
    }
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

} // namespace binnacle
