// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/latency_comparison.h"

#include <QAbstractTableModel>

#include <array>

namespace binnacle::app {

/// What one side of a comparison did.
struct Cohort {
    QString name; ///< "Stable 1.0.0", "14:00:00 – 14:00:30"
    LatencySide side;
};

/// What the change of the requests is.
enum class RequestsAs {
    Share,  ///< of the second in both: cohorts share their time
    Change, ///< from the first to the second: windows of one length
    Nothing ///< windows of two lengths
};

/// Two sides as a table: counts, quantiles, errors, and the change from the first to the second with its interval.
class CohortModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Row { Requests, P50, P95, P99, P999, Errors, RowCount };
    enum Column { Name, First, Second, Change, ColumnCount };

    explicit CohortModel(QObject* parent = nullptr);
    /// `over`: what both were counted over, "30 s".
    void showCohorts(const Cohort& first, const Cohort& second, const QString& over, RequestsAs requests);
    /// How p99 differs, as a sentence: by how much, or that it may be chance, or that one of them is too few.
    [[nodiscard]] const QString& verdict() const { return m_verdict; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Cells {
        std::array<std::array<QString, ColumnCount>, RowCount> texts;
        std::array<QString, RowCount> tips; ///< of the change
        std::array<bool, RowCount> sure{};  ///< the change is beyond chance
        friend bool operator==(const Cells&, const Cells&) = default;
    };
    void showChange(Cells& cells, Row row, const SideChange& change, bool share) const;
    [[nodiscard]] QString verdictOf(const Cohort& first, const Cohort& second) const;
    Cells m_cells;
    QString m_over;
    QString m_firstName;
    QString m_secondName;
    QString m_verdict;
};

/// "+1.2 ms", "−0.4 points": of seconds, or of a share.
[[nodiscard]] QString differenceText(double difference, bool share);
/// Of a side: the quantile, "too few (6)", or a dash without requests.
[[nodiscard]] QString sideQuantileText(const LatencySide& side, double q);
[[nodiscard]] QString sideErrorText(const LatencySide& side);

} // namespace binnacle::app
