// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/now_after_table.h"

#include "widgets/draw.h"

#include <QPainter>

namespace binnacle {

namespace {
constexpr int kHead = 22;
constexpr int kRow = 26;
constexpr int kPad = 8;
constexpr double kNameShare = 0.36;
} // namespace

NowAfterTable::NowAfterTable(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Now and after"));
}

void NowAfterTable::showRows(std::vector<NowAfterRow> rows) {
    const auto before = sizeHint();
    if (assign(m_rows, std::move(rows)) && sizeHint() != before) {
        updateGeometry();
    }
}

QSize NowAfterTable::sizeHint() const {
    return {380, kHead + kRow * static_cast<int>(m_rows.size())};
}

QString NowAfterTable::spokenValue() const {
    QStringList out;
    for (const auto& row : m_rows) {
        out << tr("%1: now %2, after %3").arg(row.name, row.now, row.after);
    }
    return out.join(QStringLiteral("; "));
}

void NowAfterTable::paint(QPainter& painter) {
    const double name = width() * kNameShare;
    const double half = (width() - name) / 2;
    const auto end = isMirrored() ? Qt::AlignLeft : Qt::AlignRight;
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto cell = [&](double left, double top, double wide, double high) {
        return visual({left + kPad, top, wide - 2 * kPad, high});
    };
    const QFont& small = theme().font(Type::Small);
    draw::text(painter, cell(name, 0, half, kHead), tr("Now"), small, theme().color(Token::Ink3), end);
    draw::text(painter, cell(name + half, 0, half, kHead), tr("After"), small, theme().color(Token::Ink3), end);
    draw::horizontal(painter, 0, width(), kHead - 1, theme().color(Token::Rule2));
    double top = kHead;
    for (const auto& row : m_rows) {
        const bool moves = row.now != row.after;
        draw::text(painter, cell(0, top, name, kRow), row.name, theme().font(Type::Label), theme().color(Token::Ink2),
                   start);
        draw::text(painter, cell(name, top, half, kRow), row.now, theme().font(Type::Label), theme().color(Token::Ink),
                   end);
        draw::text(painter, cell(name + half, top, half, kRow), row.after,
                   theme().font(moves ? Type::LabelStrong : Type::Label),
                   theme().color(moves ? Token::Ink : Token::Ink3), end);
        top += kRow;
        draw::horizontal(painter, 0, width(), top - 1, theme().color(Token::Rule));
    }
}

} // namespace binnacle
