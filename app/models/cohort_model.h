// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"

#include <QAbstractTableModel>

#include <array>
#include <cstdint>

namespace binnacle::app {

/// What one cohort did within the window.
struct Cohort {
    QString name; ///< "Stable 1.0.0"
    LatencyHistogram latency;
    std::uint64_t errors = 0; ///< answers of class 5xx
};

/// Stable against canary as a table: counts, quantiles, errors, and the change from the first to the second.
class CohortModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Row { Requests, P50, P95, P99, P999, Errors, RowCount };
    enum Column { Name, First, Second, Change, ColumnCount };

    explicit CohortModel(QObject* parent = nullptr);
    /// `over`: what both were counted over, "30 s".
    void showCohorts(const Cohort& first, const Cohort& second, const QString& over);
    /// One plain sentence about the two.
    [[nodiscard]] const QString& verdict() const { return m_verdict; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    using Cells = std::array<std::array<QString, ColumnCount>, RowCount>;
    Cells m_cells;
    QString m_over;
    QString m_firstName;
    QString m_secondName;
    QString m_verdict;
};

} // namespace binnacle::app
