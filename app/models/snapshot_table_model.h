// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot_table.h"
#include "widgets/table_delegate.h"

#include <QAbstractTableModel>
#include <QByteArray>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace binnacle::app {

/// How the cells of a column are written.
enum class ColumnForm {
    Auto,  ///< by the column's kind, unit and id
    Name,  ///< a number that names something, hence without grouping: a pid
    Age,   ///< 0.4 s, 12 s, 3:07 min
    Share, ///< percent
    YesNo, ///< 1 is yes
    Bar,   ///< a share of 0..1 as a saturation bar, caution from PathLimits::saturationCaution on
    Comb,  ///< so many wait: one tick each, and the number
};

/// A column of the catalogue as it is shown.
struct ShownColumn {
    std::string_view id;
    const char* title = nullptr; ///< translated in context "Table"; none: that of the catalogue
    ColumnForm form = ColumnForm::Auto;
    /// The state of a cell, painted left of it; may be null.
    Mark (*mark)(const SnapshotTable& table, std::size_t row) = nullptr;
    bool key = false;       ///< the column that an eye looks for: stronger
    int leastWidth = 0;     ///< in pixels, where longer texts than the first ones are to be expected
    std::string_view tip{}; ///< id of a column that the cell's tooltip tells: the same since the start of the server
};

/// A table and who told it.
struct SourceTable {
    std::string source; ///< as in the snapshot
    QString name;       ///< as shown
    TablePtr table;
    bool faded = false; ///< it is late
    friend bool operator==(const SourceTable&, const SourceTable&) = default;
};

/// One row of a table, for as long as the reference is held.
struct TableRowRef {
    std::string source;
    TablePtr table;
    std::size_t row = 0;

    [[nodiscard]] std::optional<double> number(std::string_view column) const { return table->number(row, column); }
    [[nodiscard]] std::string_view text(std::string_view column) const { return table->text(row, column); }
};

/// Rows of one kind of table from one source or several, updated by key, so that a row keeps its place and its
/// selection while its cells change. Cells are formatted when they are painted: the model keeps none. Shared tables
/// that did not change cost a comparison of pointers.
class SnapshotTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using Accepts = std::function<bool(const SnapshotTable& table, std::size_t row)>;
    /// The value to sort by: a number or a text; absent comes last where the largest come first.
    static constexpr int kSortRole = Qt::UserRole + 1;

    /// Columns that the catalogue does not have are left out. With `names` the first column says who told a row.
    SnapshotTableModel(const TableSpec& spec, std::span<const ShownColumn> columns, bool names,
                       QObject* parent = nullptr);

    /// Which rows are shown; from the next showTables() on.
    void setAccepts(Accepts accepts);
    /// Cells of that column lead on by a click, where they hold something (a number: other than 0).
    void setLink(std::string_view column) { m_link = columnOf(column); }
    /// All of the catalogue's id; null tables are left out.
    void showTables(std::vector<SourceTable> tables);

    [[nodiscard]] const TableSpec& spec() const { return m_spec; }
    [[nodiscard]] std::optional<TableRowRef> rowAt(int row) const;
    /// The row's source and key cells as one text; empty for a row that there is not.
    [[nodiscard]] QString keyAt(int row) const;
    /// -1: there is no such row.
    [[nodiscard]] int rowOf(const QString& key) const;
    /// Place of a column by its id, -1 if it is not shown.
    [[nodiscard]] int columnOf(std::string_view id) const;
    [[nodiscard]] bool isSql(int column) const;
    [[nodiscard]] int leastWidth(int column) const;

    /// All columns of the catalogue, these rows in their order, as RFC 4180 with a head; numbers in the C locale and
    /// the column's unit, who told it and when it was read. A text that a spreadsheet would take for a formula gets a
    /// leading apostrophe.
    [[nodiscard]] QByteArray csv(std::span<const int> rows) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        std::string key;
        std::size_t table = 0; ///< in m_tables
        std::size_t row = 0;
    };
    struct Column {
        std::size_t at = 0; ///< in the spec
        ShownColumn shown;
    };
    [[nodiscard]] const Column* column(int column) const; ///< nullptr: the one with the names
    [[nodiscard]] bool isNumber(int column) const;
    [[nodiscard]] bool differs(const Row& held, const SourceTable& nextTable, std::size_t nextRow) const;
    [[nodiscard]] QVariant sortValue(const Row& row, const Column* column) const;
    void dropMissing(const std::vector<Row>& next);
    void update(std::vector<Row> next, std::vector<SourceTable> tables);

    const TableSpec& m_spec;
    std::vector<Column> m_columns;
    bool m_names;
    Accepts m_accepts;
    std::vector<SourceTable> m_tables;
    std::vector<Row> m_rows;
    bool m_again = false; ///< what is accepted has changed
    int m_link = -1;      ///< column that leads on
};

/// A cell as it is shown, in the form of its column: one line of plain text.
[[nodiscard]] QString cellText(const TableColumn& column, const binnacle::TableCell& cell,
                               ColumnForm form = ColumnForm::Auto);
/// The catalogue's title of a column in the language of the display.
[[nodiscard]] QString columnTitle(const TableColumn& column);

} // namespace binnacle::app
