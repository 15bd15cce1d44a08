// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot_table.h"
#include "widgets/table_delegate.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace binnacle::app {

/// Of the table postgres.blocking, the root with the most sessions behind it; nothing: nobody waits.
[[nodiscard]] std::optional<std::size_t> worstRoot(const SnapshotTable& table);

/// Who waits for whom: the table postgres.blocking as a tree, roots at the top. Sessions are known by pid and start, so
/// a selection stays with its session while the tree around it changes.
class BlockingTree : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Session, From, State, Transaction, Waited, ShareOfLongest, WaitsFor, Statement, Behind, ColumnCount };

    explicit BlockingTree(QObject* parent = nullptr);
    ~BlockingTree() override;

    /// Null: nothing is known. `faded`: it is late.
    void showTable(const TablePtr& table, bool faded = false);

    /// The row of the table behind an index; absent for an invalid one.
    [[nodiscard]] std::optional<std::size_t> rowAt(const QModelIndex& index) const;
    [[nodiscard]] const TablePtr& table() const { return m_table; }
    /// The first session with that pid; invalid: it is not in the tree.
    [[nodiscard]] QModelIndex indexOfPid(double pid) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    struct Wanted;
    [[nodiscard]] static std::vector<Wanted> forest(const SnapshotTable& table, std::size_t& row, double depth);
    void sync(Node& node, const QModelIndex& at, std::vector<Wanted> wanted);
    [[nodiscard]] const Node& nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QString textOf(const Node& node, int column) const;

    std::unique_ptr<Node> m_root; // its children are the roots of the tree
    TablePtr m_table;
    double m_longest = 0; ///< seconds that the longest waiter has waited
    bool m_faded = false;
};

} // namespace binnacle::app
