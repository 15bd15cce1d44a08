// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/cohort_model.h"

#include "widgets/decimal_text.h"
#include "widgets/number_text.h"
#include "widgets/table_delegate.h"

#include <cmath>
#include <utility>

namespace binnacle::app {

namespace {

constexpr std::array kQuantiles = {0.5, 0.95, 0.99, 0.999};

QString boundText(double bound, bool share) {
    // Open where a quantile's rank may lie beyond all that was seen.
    return std::isfinite(bound) ? differenceText(bound, share) : QString(bound > 0 ? u'+' : u'\u2212') + QChar(0x221e);
}

} // namespace

QString differenceText(double difference, bool share) {
    const double size = std::abs(difference);
    const auto text = share ? CohortModel::tr("%1 points").arg(decimalText(size * 100, size < 0.01 ? 2 : 1))
                            : numberText(size, Quantity::Duration).joined();
    return (difference > 0 ? QStringLiteral("+") : difference < 0 ? QStringLiteral("\u2212") : QString()) + text;
}

QString sideQuantileText(const LatencySide& side, double q) {
    if (const auto value = side.latency.supportedQuantile(q)) {
        return numberText(*value, Quantity::Duration).joined();
    }
    return side.latency.empty() ? absentText() : CohortModel::tr("too few (%1)").arg(side.latency.count());
}

QString sideErrorText(const LatencySide& side) {
    const auto share = side.errorShare();
    return share ? numberText(*share, Quantity::Share).joined() : absentText();
}

CohortModel::CohortModel(QObject* parent)
    : QAbstractTableModel(parent) {
    constexpr std::array kNames = {QT_TR_NOOP("Requests"), QT_TR_NOOP("p50"),   QT_TR_NOOP("p95"),
                                   QT_TR_NOOP("p99"),      QT_TR_NOOP("p99.9"), QT_TR_NOOP("Errors")};
    for (std::size_t row = 0; row < RowCount; ++row) {
        m_cells.texts[row].fill(absentText());
        m_cells.texts[row][Name] = tr(kNames[row]);
    }
}

void CohortModel::showChange(Cells& cells, Row row, const SideChange& change, bool share) const {
    if (!change.before || !change.after) {
        cells.texts[row][Change] = absentText();
        cells.tips[row].clear();
        cells.sure[row] = false;
        return;
    }
    const double difference = *change.after - *change.before;
    const auto interval = change.difference95 ? tr("95 % interval: %1 to %2")
                                                    .arg(boundText(change.difference95->low, share),
                                                         boundText(change.difference95->high, share))
                                              : QString();
    cells.sure[row] = change.measurable();
    cells.texts[row][Change] =
        difference == 0    ? tr("unchanged")
        : !cells.sure[row] ? tr("%1, chance?").arg(differenceText(difference, share))
                           : differenceText(difference, share) +
                                 (share ? QString() : QStringLiteral(", ") + changeText(*change.after, change.before));
    cells.tips[row] = interval;
}

void CohortModel::showCohorts(const Cohort& first, const Cohort& second, const QString& over, RequestsAs requests) {
    auto cells = m_cells;
    const auto firstCount = static_cast<double>(first.side.latency.count());
    const auto secondCount = static_cast<double>(second.side.latency.count());
    cells.texts[Requests][First] = countText(firstCount);
    cells.texts[Requests][Second] = countText(secondCount);
    cells.texts[Requests][Change] =
        requests == RequestsAs::Nothing || firstCount + secondCount <= 0 ? absentText()
        : requests == RequestsAs::Change
            ? changeText(secondCount, firstCount)
            : tr("%1 share").arg(numberText(secondCount / (firstCount + secondCount), Quantity::Share).joined());
    cells.sure[Requests] = true;
    for (std::size_t i = 0; i < kQuantiles.size(); ++i) {
        const auto row = static_cast<Row>(P50 + i);
        cells.texts[row][First] = sideQuantileText(first.side, kQuantiles[i]);
        cells.texts[row][Second] = sideQuantileText(second.side, kQuantiles[i]);
        showChange(cells, row, quantileChange(first.side, second.side, kQuantiles[i]), false);
    }
    cells.texts[Errors][First] = sideErrorText(first.side);
    cells.texts[Errors][Second] = sideErrorText(second.side);
    showChange(cells, Errors, errorChange(first.side, second.side), true);

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
    m_verdict = verdictOf(first, second);
}

QString CohortModel::verdictOf(const Cohort& first, const Cohort& second) const {
    constexpr std::uint64_t kForP99 = 100;
    const auto few = [](const Cohort& cohort) { return cohort.side.latency.count() < kForP99; };
    if (few(first) || few(second)) {
        const auto& side = few(first) ? first : second;
        return tr("Too few requests to compare the tails: %1 has %2 of %3.")
            .arg(side.name)
            .arg(side.side.latency.count())
            .arg(kForP99);
    }
    const auto change = quantileChange(first.side, second.side, kQuantiles[2]);
    if (!change.before || !change.after || !change.difference95) {
        return {};
    }
    const auto range =
        tr("%1 to %2").arg(boundText(change.difference95->low, false), boundText(change.difference95->high, false));
    if (!change.measurable()) {
        return tr("No measurable difference of p99: %1 are possible with these counts.").arg(range);
    }
    const auto by = differenceText(*change.after - *change.before, false);
    return *change.after > *change.before ? tr("p99 is higher by %1 (95 %: %2).").arg(by, range)
                                          : tr("p99 is lower by %1 (95 %: %2).").arg(by, range);
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
    const auto row = static_cast<std::size_t>(index.row());
    const auto column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return m_cells.texts[row][static_cast<std::size_t>(column)];
    case Qt::ToolTipRole:
        return column == Change && !m_cells.tips[row].isEmpty() ? QVariant(m_cells.tips[row]) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Name ? int(Qt::AlignLeft | Qt::AlignVCenter) : int(Qt::AlignRight | Qt::AlignVCenter);
    case FontRole:
        return column == First || column == Second ? int(Type::LabelStrong) : int(Type::Label);
    case InkRole:
        return column == Name                           ? QVariant(int(Token::Ink2))
               : column == Change && !m_cells.sure[row] ? QVariant(int(Token::Ink3))
               : column == Change                       ? QVariant(int(Token::Ink2))
                                                        : QVariant();
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
