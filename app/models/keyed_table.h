// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/table_delegate.h"

#include <QAbstractTableModel>

#include <vector>

namespace binnacle::app {

/// One cell as it is shown.
struct TableCell {
    QString text{};
    Mark mark = Mark::None;
    Type font = Type::Label;
    Token ink = Token::Ink;
    QString tip{};     ///< plain text: the whole of what is elided, or why it is absent
    MiniShape shape{}; ///< painted in place of the text, which is spoken
    friend bool operator==(const TableCell&, const TableCell&) = default;
};

struct TableRow {
    QString key; ///< tells rows apart from one reading to the next; unique
    std::vector<TableCell> cells;
    friend bool operator==(const TableRow&, const TableRow&) = default;
};

struct TableColumn {
    QString head{};
    bool number = false; ///< at the right
    friend bool operator==(const TableColumn&, const TableColumn&) = default;
};

/// A table of ready texts, updated by key: a row keeps its place and its selection while its cells change. New rows
/// come where the reading has them.
class KeyedTable : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// The number of columns is that of the first call and stays.
    void setColumns(std::vector<TableColumn> columns);
    void showRows(std::vector<TableRow> rows);
    /// Empty for a row that there is not.
    [[nodiscard]] QString keyAt(int row) const;
    /// -1: there is no such row.
    [[nodiscard]] int rowOf(const QString& key) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<TableColumn> m_columns;
    std::vector<TableRow> m_rows;
};

} // namespace binnacle::app
