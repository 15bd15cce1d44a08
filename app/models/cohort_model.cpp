// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/cohort_model.h"

#include "widgets/number_text.h"
#include "widgets/table_delegate.h"

#include <utility>

namespace binnacle::app {

namespace {

constexpr std::array kQuantiles = {0.5, 0.95, 0.99, 0.999};

QString quantileText(const LatencyHistogram& histogram, double q) {
    if (const auto value = histogram.supportedQuantile(q)) {
        return numberText(*value, Quantity::Duration).joined();
    }
    return histogram.empty() ? absentText() : CohortModel::tr("too few (%1)").arg(histogram.count());
}

QString errorText(const Cohort& cohort) {
    return cohort.latency.empty()
               ? absentText()
               : numberText(static_cast<double>(cohort.errors) / static_cast<double>(cohort.latency.count()),
                            Quantity::Share)
                     .joined();
}

} // namespace

CohortModel::CohortModel(QObject* parent)
    : QAbstractTableModel(parent) {
    constexpr std::array kNames = {QT_TR_NOOP("Requests"), QT_TR_NOOP("p50"),   QT_TR_NOOP("p95"),
                                   QT_TR_NOOP("p99"),      QT_TR_NOOP("p99.9"), QT_TR_NOOP("Errors")};
    for (std::size_t row = 0; row < RowCount; ++row) {
        m_cells[row].fill(absentText());
        m_cells[row][Name] = tr(kNames[row]);
    }
}

void CohortModel::showCohorts(const Cohort& first, const Cohort& second, const QString& over) {
    auto cells = m_cells;
    const auto firstCount = static_cast<double>(first.latency.count());
    const auto secondCount = static_cast<double>(second.latency.count());
    cells[Requests][First] = countText(firstCount);
    cells[Requests][Second] = countText(secondCount);
    cells[Requests][Change] =
        firstCount + secondCount > 0
            ? tr("%1 share").arg(numberText(secondCount / (firstCount + secondCount), Quantity::Share).joined())
            : absentText();
    for (std::size_t i = 0; i < kQuantiles.size(); ++i) {
        auto& row = cells[P50 + i];
        row[First] = quantileText(first.latency, kQuantiles[i]);
        row[Second] = quantileText(second.latency, kQuantiles[i]);
        const auto before = first.latency.supportedQuantile(kQuantiles[i]);
        const auto after = second.latency.supportedQuantile(kQuantiles[i]);
        row[Change] = before && after ? changeText(*after, before) : absentText();
    }
    cells[Errors][First] = errorText(first);
    cells[Errors][Second] = errorText(second);

    if (first.name != m_firstName || second.name != m_secondName || over != m_over) {
        m_over = over;
        m_firstName = first.name;
        m_secondName = second.name;
        Q_EMIT headerDataChanged(Qt::Horizontal, Name, Second);
    }
    if (cells != m_cells) {
        m_cells = std::move(cells);
        Q_EMIT dataChanged(index(0, 0), index(RowCount - 1, ColumnCount - 1));
    }
    if (second.latency.empty()) {
        m_verdict = tr("The canary took no request in these %1.").arg(over);
    } else if (!second.latency.supportedQuantile(0.99)) {
        m_verdict = tr("Too few canary requests yet to compare the tails.");
    } else {
        m_verdict = tr("Changes are from stable to canary over the same %1.").arg(over);
    }
}

int CohortModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(RowCount);
}

int CohortModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant CohortModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const auto column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return m_cells[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(column)];
    case Qt::TextAlignmentRole:
        return column == Name ? int(Qt::AlignLeft | Qt::AlignVCenter) : int(Qt::AlignRight | Qt::AlignVCenter);
    case FontRole:
        return column == First || column == Second ? int(Type::LabelStrong) : int(Type::Label);
    case InkRole:
        return column == Name || column == Change ? QVariant(int(Token::Ink2)) : QVariant();
    default:
        return {};
    }
}

QVariant CohortModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return section == Name ? int(Qt::AlignLeft | Qt::AlignVCenter) : int(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) { // a narrow head is cut
        return {};
    }
    switch (section) {
    case Name:
        return tr("%1 window").arg(m_over);
    case First:
        return m_firstName;
    case Second:
        return m_secondName;
    default:
        return tr("Change");
    }
}

} // namespace binnacle::app
