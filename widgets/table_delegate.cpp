// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table_delegate.h"

#include "widgets/draw.h"
#include "widgets/queue_comb.h"
#include "widgets/saturation_bar.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {

/// Logarithm of the middle of each bucket, in seconds: asked for hundreds of times for each of hundreds of routes.
const std::array<double, LatencyHistogram::kBucketCount>& logMiddles() {
    static const auto all = [] {
        std::array<double, LatencyHistogram::kBucketCount> out{};
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = std::log(
                0.5e-9 * static_cast<double>(LatencyHistogram::bucketLowNs(i) + LatencyHistogram::bucketHighNs(i)));
        }
        return out;
    }();
    return all;
}

} // namespace

MiniShape MiniShape::of(const LatencyHistogram& histogram, double lowSeconds, double highSeconds, int bars) {
    MiniShape out;
    out.bars.assign(static_cast<std::size_t>(bars), 0);
    std::vector<double> counts(out.bars.size(), 0);
    const double scale = bars / std::log(highSeconds / lowSeconds);
    const double low = std::log(lowSeconds);
    const auto& middles = logMiddles();
    const auto [first, last] = histogram.usedRange();
    for (std::size_t i = first; i < last; ++i) {
        const int bar = std::clamp(static_cast<int>((middles[i] - low) * scale), 0, bars - 1);
        counts[static_cast<std::size_t>(bar)] += static_cast<double>(histogram.cell(i));
    }
    counts.front() += static_cast<double>(histogram.below());
    counts.back() += static_cast<double>(histogram.above());
    const double most = *std::ranges::max_element(counts);
    for (std::size_t i = 0; most > 0 && i < counts.size(); ++i) {
        out.bars[i] = static_cast<std::uint8_t>(std::lround(std::sqrt(counts[i] / most) * 255));
    }
    return out;
}

namespace {

/// The ring is around the row where rows are chosen, and around the cell else.
bool hasRowFocus(const QStyleOptionViewItem& option, const QModelIndex& index) {
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    if (option.widget == nullptr || !option.widget->hasFocus()) {
        return false;
    }
    return view != nullptr && view->selectionBehavior() == QAbstractItemView::SelectRows &&
                   view->selectionMode() != QAbstractItemView::NoSelection
               ? view->currentIndex().row() == index.row() && (option.state & QStyle::State_Selected)
               : bool(option.state & QStyle::State_HasFocus);
}

} // namespace

TableDelegate::TableDelegate(QObject* parent)
    : QStyledItemDelegate(parent) {}

void TableDelegate::setTheme(const Theme& theme) {
    m_theme = theme;
    if (auto* view = qobject_cast<QTableView*>(parent())) {
        view->setFont(theme.font(Type::Label));
        view->horizontalHeader()->setFont(theme.font(Type::Small));
        view->viewport()->update();
    }
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const auto shape = index.data(ShapeRole);
    if (shape.isValid()) {
        return {static_cast<int>(shape.value<MiniShape>().bars.size()) * 4 + 16, 26};
    }
    const auto type = index.data(FontRole);
    const auto& font = m_theme.font(type.isValid() ? static_cast<Type>(type.toInt()) : Type::Label);
    const double mark = index.data(MarkRole).isValid() ? 18 : 0;
    const double text = draw::textWidth(font, index.data(Qt::DisplayRole).toString().left(256));
    return {static_cast<int>(std::ceil(text + mark)) + 14, 26};
}

void TableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QRectF row = option.rect;
    painter->save();
    painter->setClipRect(row);
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter->fillRect(row, m_theme.color(selected ? Token::Sel : hovered ? Token::Rail : Token::Bg));
    draw::horizontal(*painter, row.left(), row.right(), row.bottom() - 1, m_theme.color(Token::Rule));
    const bool mirrored = option.direction == Qt::RightToLeft;
    if (selected && index.column() == 0 &&
        !index.parent().isValid()) { // below a tree's root it stands at the very left
        painter->fillRect(QRectF(mirrored ? row.right() - 3 : row.left(), row.top(), 3, row.height() - 1),
                          m_theme.color(Token::Ink));
    }
    QRectF box = row.adjusted(index.column() == 0 ? 8 : 6, 0, -6, -1);
    const auto shape = index.data(ShapeRole);
    if (shape.isValid()) {
        const auto mini = shape.value<MiniShape>();
        const double pitch = std::min(4.0, box.width() / std::max<double>(1, static_cast<double>(mini.bars.size())));
        const double zero = std::floor(box.bottom() - 4);
        draw::horizontal(*painter, box.left(), box.left() + pitch * static_cast<double>(mini.bars.size()), zero,
                         m_theme.color(Token::Rule2));
        for (std::size_t i = 0; i < mini.bars.size(); ++i) {
            if (mini.bars[i] > 0) {
                const double height = std::max(1.0, std::round(mini.bars[i] / 255.0 * 16));
                painter->fillRect(QRectF(std::round(box.left() + static_cast<double>(i) * pitch), zero - height,
                                         std::max(1.0, pitch - 1), height),
                                  m_theme.color(Token::Ink2));
            }
        }
        painter->restore();
        return;
    }
    if (const auto comb = index.data(CombRole); comb.isValid()) {
        // Ticks end left of the number, which stands where numbers stand.
        const auto number = index.data(Qt::DisplayRole).toString();
        draw::text(*painter, box, number, m_theme.font(Type::Label),
                   m_theme.text(comb.toInt() > 0 ? Severity::Caution : Severity::Normal), Qt::AlignRight);
        drawQueueComb(*painter, QRectF(box.left(), box.center().y() - 6, std::max(0.0, box.width() - 44), 12),
                      comb.toInt(), m_theme);
        painter->restore();
        return;
    }
    if (const auto bar = index.data(BarRole); bar.isValid()) {
        drawSaturation(*painter, QRectF(box.left(), box.center().y() - 2, box.width(), 4), bar.toDouble(),
                       static_cast<Severity>(index.data(BarSeverityRole).toInt()), m_theme);
        painter->restore();
        return;
    }
    const auto type = index.data(FontRole);
    const auto& font = m_theme.font(type.isValid() ? static_cast<Type>(type.toInt()) : Type::Label);
    const auto inkData = index.data(InkRole);
    const auto ink = inkData.isValid() ? static_cast<Token>(inkData.toInt()) : Token::Ink;
    auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    if (mirrored) {
        alignment = alignment & Qt::AlignRight ? Qt::AlignLeft : Qt::AlignRight;
    }
    const QString text = index.data(Qt::DisplayRole).toString();
    const auto mark = static_cast<Mark>(index.data(MarkRole).toInt());
    if (mark != Mark::None) {
        // The glyph has a slot of its own left of the digits, so that they stay aligned.
        const double wide = std::min(draw::textWidth(font, text.left(256)), box.width() - 16);
        const double x = alignment & Qt::AlignRight ? box.right() - wide - 16 : box.left();
        drawMark(*painter, QRectF(x, box.center().y() - 6, 12, 12), mark, m_theme);
        box.setLeft(box.left() + 16); // a text that is too long ends there, too
    }
    if (index.data(LinkRole).toBool()) {
        const double wide = std::min(draw::textWidth(font, text.left(256)), box.width());
        const double x = alignment & Qt::AlignRight ? box.right() - wide : box.left();
        draw::horizontal(*painter, x, x + wide, box.center().y() + 8,
                         m_theme.color(hovered ? Token::Ink : Token::Ink3));
    }
    draw::text(*painter, box, text, font, m_theme.color(ink), alignment ? alignment : Qt::AlignLeft);
    if (hasRowFocus(option, index)) {
        const QColor ring = m_theme.color(Token::Ink);
        painter->fillRect(QRectF(row.left(), row.top(), row.width(), 2), ring);
        painter->fillRect(QRectF(row.left(), row.bottom() - 2, row.width(), 2), ring);
    }
    painter->restore();
}

TableDelegate* setUpTable(QTableView* view, const Theme& theme) {
    auto* delegate = new TableDelegate(view);
    view->setItemDelegate(delegate);
    view->setShowGrid(false);
    view->setFrameShape(QFrame::NoFrame);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setMouseTracking(true);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setMinimumSectionSize(26);
    view->verticalHeader()->setDefaultSectionSize(26);
    view->horizontalHeader()->setFixedHeight(22);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setTextElideMode(Qt::ElideRight); // else right-aligned heads lose their beginning
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    delegate->setTheme(theme);
    return delegate;
}

void fitHeads(QHeaderView& header) {
    constexpr int kPadding = 16;
    for (int column = 0; column < header.count(); ++column) {
        if (header.sectionResizeMode(column) == QHeaderView::Interactive) {
            const auto words = header.model()->headerData(column, header.orientation()).toString();
            header.resizeSection(
                column, std::max(header.sectionSize(column), header.fontMetrics().horizontalAdvance(words) + kPadding));
        }
    }
}

} // namespace binnacle
