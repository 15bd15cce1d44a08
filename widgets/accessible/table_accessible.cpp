// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accessible/table_accessible.h"

#include "widgets/accessible/part_accessible.h"
#include "widgets/painted_widget.h"

namespace binnacle {

namespace {

/// A cell, or with row -1 the head of a column. It goes before its table.
class TableCellAccessible : public QAccessibleInterface, public QAccessibleTableCellInterface {
public:
    TableCellAccessible(TableAccessible* table, int row, int column)
        : m_table(table)
        , m_row(row)
        , m_column(column) {}

    [[nodiscard]] bool isValid() const override {
        const auto& picture = m_table->picture();
        return m_table->isValid() && m_row < static_cast<int>(picture.rows.size()) &&
               m_column < static_cast<int>(picture.columns.size());
    }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_table->window(); }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return m_table; }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text which) const override {
        return which == QAccessible::Name || which == QAccessible::Value ? m_table->cellText(m_row, m_column)
                                                                         : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override { return m_table->rect(); }
    [[nodiscard]] QAccessible::Role role() const override {
        return m_row < 0 ? QAccessible::ColumnHeader : QAccessible::Cell;
    }
    [[nodiscard]] QAccessible::State state() const override {
        auto out = m_table->state();
        out.invalid = !isValid();
        return out;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface*>(this) : nullptr;
    }

    [[nodiscard]] bool isSelected() const override { return false; }
    [[nodiscard]] QList<QAccessibleInterface*> columnHeaderCells() const override {
        return m_row < 0 ? QList<QAccessibleInterface*>() : QList<QAccessibleInterface*>{m_table->child(m_column)};
    }
    [[nodiscard]] QList<QAccessibleInterface*> rowHeaderCells() const override {
        return m_row < 0 || m_column == 0 ? QList<QAccessibleInterface*>()
                                          : QList<QAccessibleInterface*>{m_table->cellAt(m_row, 0)};
    }
    [[nodiscard]] int columnIndex() const override { return m_column; }
    [[nodiscard]] int rowIndex() const override { return m_row; }
    [[nodiscard]] int columnExtent() const override { return 1; }
    [[nodiscard]] int rowExtent() const override { return 1; }
    [[nodiscard]] QAccessibleInterface* table() const override { return m_table; }

private:
    TableAccessible* m_table;
    int m_row;
    int m_column;
};

} // namespace

TableAccessible::TableAccessible(PaintedWidget* chart, Clock clock)
    : m_chart(chart)
    , m_clock(std::move(clock)) {}

TableAccessible::~TableAccessible() {
    for (const auto id : std::as_const(m_cells)) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

const ChartTable& TableAccessible::picture() const {
    const auto now = m_clock();
    if (!m_takenAt || now - m_askedAt > kRest || now - *m_takenAt > kHeld) {
        const auto* data = dynamic_cast<const ChartData*>(m_chart.data());
        m_picture = data != nullptr ? data->table() : ChartTable{};
        m_takenAt = now;
    }
    m_askedAt = now;
    return m_picture;
}

bool TableAccessible::isValid() const {
    return !m_chart.isNull();
}

QWindow* TableAccessible::window() const {
    return m_chart ? m_chart->window()->windowHandle() : nullptr;
}

QAccessibleInterface* TableAccessible::parent() const {
    return m_chart ? QAccessible::queryAccessibleInterface(m_chart) : nullptr;
}

QAccessibleInterface* TableAccessible::child(int index) const {
    const auto columns = static_cast<int>(picture().columns.size());
    if (index < 0 || columns == 0 || index >= (static_cast<int>(picture().rows.size()) + 1) * columns) {
        return nullptr;
    }
    if (const auto made = m_cells.constFind(index); made != m_cells.constEnd()) {
        return QAccessible::accessibleInterface(*made);
    }
    auto* cell = new TableCellAccessible(const_cast<TableAccessible*>(this), index / columns - 1, index % columns);
    m_cells.insert(index, QAccessible::registerAccessibleInterface(cell));
    return cell;
}

int TableAccessible::childCount() const {
    return static_cast<int>((picture().rows.size() + 1) * picture().columns.size());
}

int TableAccessible::indexOfChild(const QAccessibleInterface* child) const {
    for (auto it = m_cells.constBegin(); it != m_cells.constEnd(); ++it) {
        if (QAccessible::accessibleInterface(it.value()) == child) {
            return it.key();
        }
    }
    return -1;
}

QString TableAccessible::text(QAccessible::Text which) const {
    if (!m_chart) {
        return {};
    }
    if (which == QAccessible::Name) {
        return m_chart->accessibleName();
    }
    if (which == QAccessible::Description) {
        return picture().note + (picture().summary.isEmpty() ? QString() : QLatin1Char(' ') + picture().summary);
    }
    return {};
}

QRect TableAccessible::rect() const {
    return m_chart ? onScreen(*m_chart, {}) : QRect();
}

QAccessible::State TableAccessible::state() const {
    QAccessible::State out;
    out.readOnly = true;
    out.invisible = !m_chart || !m_chart->isVisible();
    return out;
}

void* TableAccessible::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface*>(this) : nullptr;
}

QAccessibleInterface* TableAccessible::cellAt(int row, int column) const {
    const auto columns = static_cast<int>(picture().columns.size());
    return row < 0 || column < 0 || column >= columns ? nullptr : child((row + 1) * columns + column);
}

QString TableAccessible::columnDescription(int column) const {
    return cellText(-1, column);
}

QString TableAccessible::rowDescription(int row) const {
    return cellText(row, 0);
}

int TableAccessible::columnCount() const {
    return static_cast<int>(picture().columns.size());
}

int TableAccessible::rowCount() const {
    return static_cast<int>(picture().rows.size());
}

QString TableAccessible::cellText(int row, int column) const {
    const auto& shown = picture();
    if (column < 0 || static_cast<std::size_t>(column) >= shown.columns.size()) {
        return {};
    }
    const auto at = static_cast<std::size_t>(column);
    if (row < 0) {
        return shown.columns[at].title;
    }
    return static_cast<std::size_t>(row) < shown.rows.size() ? shown.rows[static_cast<std::size_t>(row)][at].text
                                                             : QString();
}

} // namespace binnacle
