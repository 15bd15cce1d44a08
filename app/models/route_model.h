// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/table_delegate.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace binnacle::app {

/// What is known of one route over the window. Seconds, 1/s, share 0..1; absent quantiles have too few requests.
struct RouteRow {
    QString route;
    std::uint64_t count = 0;
    std::optional<double> perSecond; ///< absent while there is less than a second to divide by
    std::optional<double> p50, p95, p99, p999;
    std::optional<double> errorShare;
    Severity severity = Severity::Normal;
    MiniShape shape;
    friend bool operator==(const RouteRow&, const RouteRow&) = default;
};

/// The routes as a table, updated by key: a row keeps its place and its selection while its numbers change.
class RouteModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Route, Requests, PerSecond, Shape, P50, P95, P99, P999, Errors, ColumnCount };
    /// The value to sort by.
    static constexpr int kSortRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    /// Takes over rows: changes, appends and removes by route.
    void showRows(std::vector<RouteRow> rows);
    /// What they are counted over: "30 s".
    void setCountedOver(const QString& span);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOf(const RouteRow& row, int column) const;
    [[nodiscard]] QVariant sortValue(const RouteRow& row, int column) const;
    std::vector<RouteRow> m_rows;
    QString m_over;
};

} // namespace binnacle::app
