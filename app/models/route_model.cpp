// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/route_model.h"

#include "widgets/number_text.h"
#include "widgets/tip_text.h"

#include <QHash>

#include <cmath>

namespace binnacle::app {

namespace {

QString quantileText(const RouteRow& row, const std::optional<double>& value, double q) {
    if (value) {
        return numberText(*value, Quantity::Duration).joined();
    }
    const auto needed = std::llround(1 / (1 - q));
    return row.count == 0 || row.count >= static_cast<std::uint64_t>(needed)
               ? absentText()
               : RouteModel::tr("too few (%1)").arg(row.count);
}

const std::optional<double>& quantileOf(const RouteRow& row, int column) {
    switch (column) {
    case RouteModel::P50:
        return row.p50;
    case RouteModel::P95:
        return row.p95;
    case RouteModel::P99:
        return row.p99;
    default:
        return row.p999;
    }
}

} // namespace

void RouteModel::setCountedOver(const QString& span) {
    if (m_over != span) {
        m_over = span;
        Q_EMIT headerDataChanged(Qt::Horizontal, Requests, Requests);
    }
}

void RouteModel::showRows(std::vector<RouteRow> rows) {
    QHash<QString, std::size_t> fresh;
    fresh.reserve(static_cast<qsizetype>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        fresh.insert(rows[i].route, i);
    }
    for (std::size_t i = 0; i < m_rows.size();) {
        const auto known = fresh.constFind(m_rows[i].route);
        const auto at = static_cast<int>(i);
        if (known == fresh.cend()) {
            beginRemoveRows({}, at, at);
            m_rows.erase(m_rows.begin() + at);
            endRemoveRows();
            continue;
        }
        if (auto& row = rows[*known]; m_rows[i] != row) {
            m_rows[i] = std::move(row);
            Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
        }
        fresh.erase(known);
        ++i;
    }
    for (auto& row : rows) {
        if (fresh.contains(row.route)) {
            const auto at = static_cast<int>(m_rows.size());
            beginInsertRows({}, at, at);
            m_rows.push_back(std::move(row));
            endInsertRows();
        }
    }
}

int RouteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RouteModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString RouteModel::textOf(const RouteRow& row, int column) const {
    switch (column) {
    case Route:
        return row.route;
    case Requests:
        return countText(static_cast<double>(row.count));
    case PerSecond:
        return numberText(row.perSecond, Quantity::Rate).value;
    case P50:
        return quantileText(row, row.p50, 0.5);
    case P95:
        return quantileText(row, row.p95, 0.95);
    case P99:
        return quantileText(row, row.p99, 0.99);
    case P999:
        return quantileText(row, row.p999, 0.999);
    case Errors:
        return row.errorShare ? numberText(*row.errorShare, Quantity::Share).value : absentText();
    default:
        return {};
    }
}

QVariant RouteModel::sortValue(const RouteRow& row, int column) const {
    switch (column) {
    case Route:
        return row.route;
    case Requests:
        return static_cast<double>(row.count);
    case PerSecond:
    case Shape:
        return row.perSecond.value_or(-1);
    case Errors:
        return row.errorShare.value_or(-1);
    default:
        return quantileOf(row, column).value_or(-1);
    }
}

QVariant RouteModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, column);
    case Qt::ToolTipRole:
        return column == Route ? QVariant(tipText(row.route)) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Route || column == Shape ? int(Qt::AlignLeft | Qt::AlignVCenter)
                                                  : int(Qt::AlignRight | Qt::AlignVCenter);
    case kSortRole:
        return sortValue(row, column);
    case FontRole:
        return column == Route ? int(Type::Mono) : column == P99 ? int(Type::LabelStrong) : int(Type::Label);
    case InkRole:
        return column >= P50 && column <= P999 && !quantileOf(row, column) ? QVariant(int(Token::Ink3)) : QVariant();
    case LinkRole:
        return column == Route;
    case MarkRole:
        return column == P99 ? int(markOf(row.severity)) : int(Mark::None);
    case ShapeRole:
        return column == Shape ? QVariant::fromValue(row.shape) : QVariant();
    default:
        return {};
    }
}

QVariant RouteModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return section == Route || section == Shape ? int(Qt::AlignLeft | Qt::AlignVCenter)
                                                    : int(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) { // a narrow head is cut
        return {};
    }
    switch (section) {
    case Route:
        return tr("Route");
    case Requests:
        return tr("Requests, %1").arg(m_over);
    case PerSecond:
        return tr("req/s");
    case Shape:
        return tr("Shape, 50 \u00b5s to 4 s");
    case P50:
        return tr("p50");
    case P95:
        return tr("p95");
    case P99:
        return tr("p99");
    case P999:
        return tr("p99.9");
    default:
        return tr("Errors %");
    }
}

} // namespace binnacle::app
