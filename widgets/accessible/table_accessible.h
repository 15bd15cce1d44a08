// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accessible/chart_table.h"

#include <QAccessibleInterface>
#include <QHash>
#include <QPointer>

#include <chrono>
#include <functional>
#include <optional>

namespace binnacle {

class PaintedWidget;

/// The table behind a chart, as assistive technology reads it. Its first row of children are the heads of the columns.
///
/// A chart moves while it is read. Who reads gets the figures of one moment in all cells: they are taken anew when
/// nobody asked for kRest, and after kHeld at the latest, so that nothing old is read as new.
class TableAccessible : public QAccessibleInterface, public QAccessibleTableInterface {
public:
    using Clock = std::function<SteadyTime()>;
    static constexpr std::chrono::seconds kRest{2};
    static constexpr std::chrono::seconds kHeld{10};

    explicit TableAccessible(
        PaintedWidget* chart, Clock clock = [] { return std::chrono::steady_clock::now(); });
    ~TableAccessible() override;

    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override;
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override;
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override;
    [[nodiscard]] QString text(QAccessible::Text which) const override;
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::Table; }
    [[nodiscard]] QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    [[nodiscard]] QAccessibleInterface* caption() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* summary() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* cellAt(int row, int column) const override;
    [[nodiscard]] QString columnDescription(int column) const override;
    [[nodiscard]] QString rowDescription(int row) const override;
    [[nodiscard]] int columnCount() const override;
    [[nodiscard]] int rowCount() const override;
    // Nothing can be chosen: the table is there to be read.
    [[nodiscard]] int selectedCellCount() const override { return 0; }
    [[nodiscard]] QList<QAccessibleInterface*> selectedCells() const override { return {}; }
    [[nodiscard]] int selectedColumnCount() const override { return 0; }
    [[nodiscard]] int selectedRowCount() const override { return 0; }
    [[nodiscard]] QList<int> selectedColumns() const override { return {}; }
    [[nodiscard]] QList<int> selectedRows() const override { return {}; }
    [[nodiscard]] bool isColumnSelected(int) const override { return false; }
    [[nodiscard]] bool isRowSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent*) override {}

    /// The picture that is read now.
    [[nodiscard]] const ChartTable& picture() const;
    /// Row -1 is the head.
    [[nodiscard]] QString cellText(int row, int column) const;

private:
    QPointer<PaintedWidget> m_chart;
    mutable ChartTable m_picture;
    Clock m_clock;
    mutable std::optional<SteadyTime> m_takenAt;
    mutable SteadyTime m_askedAt{};
    mutable QHash<int, QAccessible::Id> m_cells; ///< by (row + 1) * columns + column
};

} // namespace binnacle
