// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"
#include "widgets/mark.h"

#include <QMetaType>
#include <QStyledItemDelegate>

#include <cstdint>
#include <vector>

class QHeaderView;
class QTableView;

namespace binnacle {

/// The silhouette of a distribution: heights 0..255 of a few bars, cheap to keep and to compare.
struct MiniShape {
    std::vector<std::uint8_t> bars;
    /// `bars` bars between two durations in seconds on a logarithmic axis, square-root heights.
    [[nodiscard]] static MiniShape of(const LatencyHistogram& histogram, double lowSeconds = 0.001,
                                      double highSeconds = 4, int bars = 28);
    friend bool operator==(const MiniShape&, const MiniShape&) = default;
};

/// What a model tells the delegate beside Qt::DisplayRole (text) and Qt::TextAlignmentRole.
enum TableRole {
    MarkRole = Qt::UserRole + 64, ///< int(Mark), painted in its own slot left of the text
    ShapeRole,                    ///< MiniShape
    FontRole,                     ///< int(Type): Mono for routes, LabelStrong for the key column
    InkRole,                      ///< int(Token), for secondary text
    BarRole,                      ///< double 0..1: a saturation bar
    BarSeverityRole,              ///< int(Severity) of that bar
    CombRole,                     ///< int: a queue, one tick for each that waits, and the number
    LinkRole,                     ///< bool: one click leads on; underlined
};

/// Rows of 26 px: glyph slot, mono, mini shapes, right-aligned numbers; plain text only, elided at the right.
class TableDelegate : public QStyledItemDelegate, public Themed {
    Q_OBJECT

public:
    explicit TableDelegate(QObject* parent = nullptr);
    void setTheme(const Theme& theme) override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Theme m_theme;
};

/// The table of the visual language: no frame, rules between rows, fixed row heights, one delegate. Sets the model's
/// view up once; call delegate->setTheme() (or applyTheme on a parent of the view) when the theme changes.
TableDelegate* setUpTable(QTableView* view, const Theme& theme);

/// Makes the columns that a page sizes at least as wide as their heads: in another language they may be longer.
void fitHeads(QHeaderView& header);

} // namespace binnacle

Q_DECLARE_METATYPE(binnacle::MiniShape)
