// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/in_force_list.h"

#include "widgets/draw.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace binnacle::app {

namespace {
constexpr int kTitle = 20;
constexpr int kLine = 17;
constexpr int kPad = 8;
constexpr int kGlyph = 18;
constexpr int kFoldedHeight = 34;
constexpr double kBetweenRows = 24;
constexpr double kBetweenWords = 8;
constexpr double kLeastLine = 60; ///< of a line that is worth its room
} // namespace

InForceList::InForceList(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("In force"));
}

int InForceList::heightOf(const InForceRow& row) {
    return 2 * kPad + kTitle + kLine * static_cast<int>(row.lines.size()) + row.room;
}

double InForceList::Place::end() const {
    return left + kGlyph + title + (age > 0 ? kBetweenWords + age : 0) + (line > 0 ? kBetweenWords + line : 0);
}

std::vector<InForceList::Place> InForceList::places() const {
    std::vector<Place> out;
    double left = 0;
    const auto behind = [](const InForceRow& row) { return row.beside > 0 ? kBetweenWords + row.beside : 0; };
    for (const auto& row : m_rows) {
        Place place;
        place.left = left;
        place.title = std::ceil(draw::textWidth(theme().font(Type::BodyStrong), row.title));
        place.age = std::ceil(draw::textWidth(theme().font(row.dim ? Type::SmallStrong : Type::Small), row.age));
        left = place.end() + behind(row) + kBetweenRows;
        out.push_back(place);
    }
    // What is left goes to the lines, first come, first served: the first rows matter most.
    double free = width() - kBetweenWords - (left - kBetweenRows);
    double moved = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].left += moved;
        const auto& lines = m_rows[i].lines;
        const double wanted =
            lines.isEmpty() ? 0 : std::ceil(draw::textWidth(theme().font(Type::Label), lines.first())) + 1;
        const double given = std::min(wanted, free - kBetweenWords);
        if (given >= std::min(wanted, kLeastLine) && given > 0) {
            out[i].line = given;
            free -= kBetweenWords + given;
            moved += kBetweenWords + given;
        }
    }
    return out;
}

void InForceList::setFolded(bool folded) {
    if (assign(m_folded, folded)) {
        updateGeometry();
    }
}

QSize InForceList::sizeHint() const {
    if (m_folded) {
        return {480, m_rows.empty() ? 0 : kFoldedHeight};
    }
    int height = 0;
    for (const auto& row : m_rows) {
        height += heightOf(row);
    }
    return {240, height};
}

QSize InForceList::minimumSizeHint() const {
    auto size = sizeHint();
    if (!m_folded && !m_rows.empty()) { // the last row is what runs anyway: its lines give way
        size.rheight() -= kLine * static_cast<int>(m_rows.back().lines.size()) + kPad;
    }
    return size;
}

QRect InForceList::actionRect(int row, const QSize& size) const {
    if (m_folded) {
        const auto all = places();
        const auto at = static_cast<std::size_t>(row);
        const double left = at < all.size() ? all[at].end() + kBetweenWords : 0;
        return visual(QRectF(left, (kFoldedHeight - size.height()) / 2.0, size.width(), size.height())).toRect();
    }
    int bottom = 0;
    for (int i = 0; i <= row && i < static_cast<int>(m_rows.size()); ++i) {
        bottom += heightOf(m_rows[static_cast<std::size_t>(i)]);
    }
    const QRectF box(width() - size.width(), bottom - kPad - size.height(), size.width(), size.height());
    return visual(box).toRect();
}

void InForceList::showRows(std::vector<InForceRow> rows) {
    const auto before = sizeHint();
    if (assign(m_rows, std::move(rows)) && sizeHint() != before) {
        updateGeometry();
    }
}

QString InForceList::spokenValue() const {
    QStringList out;
    for (const auto& row : m_rows) {
        out << QStringLiteral("%1, %2, %3, %4")
                   .arg(row.title, row.lines.join(QStringLiteral(", ")), markWord(row.mark), row.age);
    }
    return out.join(QStringLiteral("; "));
}

void InForceList::paintFolded(QPainter& painter) const {
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto all = places();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& row = m_rows[i];
        double left = all[i].left;
        drawMark(painter, visual({left, (kFoldedHeight - 12) / 2.0, 12, 12}), row.mark, theme());
        left += kGlyph;
        const auto put = [&](double wide, const QString& text, const QFont& font, Token ink) {
            if (wide > 0) {
                const double given = std::clamp(wide, 0.0, std::max(0.0, width() - left)); // the last one gives way
                draw::text(painter, visual({left, 0, given, double(kFoldedHeight)}), text, font, theme().color(ink),
                           start);
                left += wide + kBetweenWords;
            }
        };
        put(all[i].title, row.title, theme().font(Type::BodyStrong), Token::Ink);
        put(all[i].age, row.age, theme().font(row.dim ? Type::SmallStrong : Type::Small),
            row.dim ? Token::Ink : Token::Ink3);
        put(all[i].line, row.lines.value(0), theme().font(Type::Label), Token::Ink2);
    }
}

void InForceList::paint(QPainter& painter) {
    if (m_folded) {
        paintFolded(painter);
        return;
    }
    double top = 0;
    for (const auto& row : m_rows) {
        double y = top + kPad;
        if (y + kTitle > height()) {
            return; // half a row says nothing
        }
        drawMark(painter, visual({0, y + 4, 12, 12}), row.mark, theme());
        const auto ageWidth = draw::textWidth(theme().font(row.dim ? Type::SmallStrong : Type::Small), row.age) + 8;
        draw::text(painter, visual({double(kGlyph), y, width() - kGlyph - ageWidth, kTitle}), row.title,
                   theme().font(Type::BodyStrong), theme().color(Token::Ink),
                   isMirrored() ? Qt::AlignRight : Qt::AlignLeft);
        draw::text(painter, visual({width() - ageWidth, y, ageWidth, kTitle}), row.age,
                   theme().font(row.dim ? Type::SmallStrong : Type::Small),
                   theme().color(row.dim ? Token::Ink : Token::Ink3), isMirrored() ? Qt::AlignLeft : Qt::AlignRight);
        y += kTitle;
        for (const auto& line : row.lines) {
            if (y + kLine > height()) {
                break;
            }
            draw::text(painter, visual({double(kGlyph), y, double(width() - kGlyph), kLine}), line,
                       theme().font(Type::Label), theme().color(Token::Ink2),
                       isMirrored() ? Qt::AlignRight : Qt::AlignLeft);
            y += kLine;
        }
        top += heightOf(row);
        draw::horizontal(painter, 0, width(), top - 1, theme().color(Token::Rule));
    }
}

} // namespace binnacle::app
