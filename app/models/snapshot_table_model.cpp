// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/snapshot_table_model.h"

#include "app/models/worded.h"
#include "backend/domain/time.h"
#include "backend/history/request_path.h"
#include "widgets/csv.h"
#include "widgets/draw.h"
#include "widgets/number_text.h"
#include "widgets/tip_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace binnacle::app {

namespace {

constexpr qsizetype kMostShown = 400; ///< characters of a cell; its tip and its details have more
constexpr qsizetype kMostTip = 2000;

QString textOf(const std::string& text, qsizetype most) {
    // Cut before decoding: a label of any length must not cost layout time.
    return draw::oneLine(QString::fromUtf8(text.data(), std::min(static_cast<qsizetype>(text.size()), most)));
}

ColumnForm formOf(const binnacle::TableColumn& column, ColumnForm wanted) {
    if (wanted != ColumnForm::Auto) {
        return wanted;
    }
    const auto id = column.id;
    if (column.unit == "1") {
        if (id == "pid" || id.ends_with("_pid")) {
            return ColumnForm::Name;
        }
        if (id == "share" || id.ends_with("_share") || id.ends_with("_ratio") || id == "vacuum_due" || id == "cpu") {
            return ColumnForm::Share;
        }
    }
    return column.unit == "s" && (id == "age" || id.ends_with("_age")) ? ColumnForm::Age : ColumnForm::Auto;
}

QString numberCell(std::string_view unit, double value, ColumnForm form) {
    switch (form) {
    case ColumnForm::Name:
        return QString::number(static_cast<qlonglong>(value));
    case ColumnForm::Age:
        return ageText(std::chrono::nanoseconds(static_cast<std::int64_t>(std::clamp(value, 0.0, 1e9) * 1e9)));
    case ColumnForm::Share:
    case ColumnForm::Bar:
        return numberText(value, Quantity::Share).joined();
    case ColumnForm::YesNo:
        return value != 0 ? SnapshotTableModel::tr("yes") : SnapshotTableModel::tr("no");
    case ColumnForm::Auto:
    case ColumnForm::Comb:
        break;
    }
    if (unit == "s") {
        return numberText(value, Quantity::Duration).joined();
    }
    if (unit == "s/s") {
        return SnapshotTableModel::tr("%1/s").arg(numberText(value, Quantity::Duration).joined());
    }
    if (unit == "1/s") {
        return numberText(value, Quantity::Rate).value; // the head says what of, and per second
    }
    if (unit == "bytes") {
        return numberText(value, Quantity::Bytes).joined();
    }
    if (unit == "bytes/s") {
        return numberText(value, Quantity::ByteRate).joined();
    }
    return numberText(value, Quantity::Count).joined();
}

/// What the delegate paints in place of the number, or beside it.
QVariant instrument(const binnacle::TableCell& cell, ColumnForm form, int role) {
    const auto* number = std::get_if<double>(&cell);
    if (number == nullptr) {
        return {};
    }
    switch (role) {
    case BarRole:
        return form == ColumnForm::Bar ? QVariant(*number) : QVariant();
    case BarSeverityRole:
        return int(*number >= PathLimits{}.saturationCaution ? Severity::Caution : Severity::Normal);
    default:
        return form == ColumnForm::Comb ? QVariant(static_cast<int>(std::clamp(*number, 0.0, 1e6))) : QVariant();
    }
}

std::string keyOf(const std::string& source, const SnapshotTable& table, std::size_t row) {
    std::string key = source;
    const auto cells = table.row(row);
    for (std::size_t i = 0; i < table.spec().keyColumns; ++i) {
        key += '\x1f';
        if (const auto* text = std::get_if<std::string>(&cells[i])) {
            key += *text;
        } else if (const auto* number = std::get_if<double>(&cells[i])) {
            key += std::to_string(*number);
        }
    }
    return key;
}

QByteArray isoUtc(UtcTime at) {
    const auto sinceEpoch = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count(), Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
}

} // namespace

QString cellText(const binnacle::TableColumn& column, const binnacle::TableCell& cell, ColumnForm form) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
        // States are words of a few; what else stands in a cell is data.
        return column.id == "state" ? worded(*text) : textOf(*text, kMostShown);
    }
    const auto* number = std::get_if<double>(&cell);
    return number == nullptr ? absentText() : numberCell(column.unit, *number, formOf(column, form));
}

QString columnTitle(const binnacle::TableColumn& column) {
    // The catalogue's titles are literals, hence terminated.
    return QCoreApplication::translate("Table", column.title.data());
}

SnapshotTableModel::SnapshotTableModel(const TableSpec& spec, std::span<const ShownColumn> columns, bool names,
                                       QObject* parent)
    : QAbstractTableModel(parent)
    , m_spec(spec)
    , m_names(names) {
    for (const auto& shown : columns) {
        if (const auto at = spec.column(shown.id)) {
            m_columns.push_back({*at, shown});
        }
    }
}

void SnapshotTableModel::setAccepts(Accepts accepts) {
    m_accepts = std::move(accepts);
    m_again = true;
}

void SnapshotTableModel::showTables(std::vector<SourceTable> tables) {
    std::erase_if(tables, [](const SourceTable& one) { return one.table == nullptr; });
    if (!std::exchange(m_again, false) && tables == m_tables) {
        return;
    }
    std::vector<Row> next;
    for (std::size_t at = 0; at < tables.size(); ++at) {
        const auto& table = *tables[at].table;
        for (std::size_t row = 0; row < table.rowCount(); ++row) {
            if (!m_accepts || m_accepts(table, row)) {
                next.push_back({keyOf(tables[at].source, table, row), at, row});
            }
        }
    }
    dropMissing(next);
    update(std::move(next), std::move(tables));
}

void SnapshotTableModel::dropMissing(const std::vector<Row>& next) {
    std::unordered_map<std::string_view, int> wanted;
    for (const auto& row : next) {
        wanted.emplace(row.key, 0);
    }
    // Runs of rows, from the end, so that one step removes all that went together.
    for (auto end = rowCount(); end > 0;) {
        const auto gone = [&](int row) { return !wanted.contains(m_rows[static_cast<std::size_t>(row)].key); };
        if (!gone(end - 1)) {
            --end;
            continue;
        }
        auto begin = end - 1;
        while (begin > 0 && gone(begin - 1)) {
            --begin;
        }
        beginRemoveRows({}, begin, end - 1);
        m_rows.erase(m_rows.begin() + begin, m_rows.begin() + end);
        endRemoveRows();
        end = begin;
    }
}

void SnapshotTableModel::update(std::vector<Row> next, std::vector<SourceTable> tables) {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < next.size(); ++i) {
        places.emplace(next[i].key, i);
    }
    std::vector<bool> taken(next.size(), false);
    std::vector<bool> changed(m_rows.size(), false);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto place = places.at(m_rows[i].key);
        const auto& after = next[place];
        taken[place] = true;
        changed[i] = differs(m_rows[i], tables[after.table], after.row);
        m_rows[i].table = after.table;
        m_rows[i].row = after.row;
    }
    m_tables = std::move(tables);
    for (std::size_t i = 0; i < changed.size(); ++i) {
        if (!changed[i]) {
            continue;
        }
        const auto first = i;
        while (i + 1 < changed.size() && changed[i + 1]) {
            ++i;
        }
        Q_EMIT dataChanged(index(static_cast<int>(first), 0), index(static_cast<int>(i), columnCount() - 1));
    }
    std::vector<Row> fresh;
    for (std::size_t i = 0; i < next.size(); ++i) {
        // A source that tells a key twice keeps its first row: keys name rows.
        if (!taken[i] && places.at(next[i].key) == i) {
            fresh.push_back(next[i]);
        }
    }
    if (!fresh.empty()) {
        const auto first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
        std::ranges::move(fresh, std::back_inserter(m_rows));
        endInsertRows();
    }
}

bool SnapshotTableModel::differs(const Row& held, const SourceTable& nextTable, std::size_t nextRow) const {
    const auto& before = m_tables[held.table];
    if (before.faded != nextTable.faded || (m_names && before.name != nextTable.name)) {
        return true;
    }
    return before.table != nextTable.table &&
           !std::ranges::equal(before.table->row(held.row), nextTable.table->row(nextRow));
}

std::optional<TableRowRef> SnapshotTableModel::rowAt(int row) const {
    if (row < 0 || row >= rowCount()) {
        return std::nullopt;
    }
    const auto& held = m_rows[static_cast<std::size_t>(row)];
    const auto& table = m_tables[held.table];
    return TableRowRef{table.source, table.table, held.row};
}

QString SnapshotTableModel::keyAt(int row) const {
    return row >= 0 && row < rowCount() ? QString::fromStdString(m_rows[static_cast<std::size_t>(row)].key) : QString();
}

int SnapshotTableModel::rowOf(const QString& key) const {
    const auto known = std::ranges::find(m_rows, key.toStdString(), &Row::key);
    return known == m_rows.end() ? -1 : static_cast<int>(known - m_rows.begin());
}

int SnapshotTableModel::columnOf(std::string_view id) const {
    const auto at = std::ranges::find(m_columns, id, [](const Column& column) { return column.shown.id; });
    return at == m_columns.end() ? -1 : static_cast<int>(at - m_columns.begin()) + (m_names ? 1 : 0);
}

const SnapshotTableModel::Column* SnapshotTableModel::column(int column) const {
    const auto at = column - (m_names ? 1 : 0);
    return at < 0 ? nullptr : &m_columns[static_cast<std::size_t>(at)];
}

bool SnapshotTableModel::isNumber(int index) const {
    const auto* known = column(index);
    return known != nullptr && m_spec.columns[known->at].kind == ColumnKind::Number;
}

int SnapshotTableModel::leastWidth(int at) const {
    const auto* shown = column(at);
    return shown != nullptr ? shown->shown.leastWidth : 0;
}

bool SnapshotTableModel::isSql(int index) const {
    const auto* known = column(index);
    return known != nullptr && m_spec.columns[known->at].kind == ColumnKind::Sql;
}

int SnapshotTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SnapshotTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + (m_names ? 1 : 0);
}

QVariant SnapshotTableModel::sortValue(const Row& row, const Column* column) const {
    const auto& table = m_tables[row.table];
    if (column == nullptr) {
        return table.name;
    }
    const auto& cell = table.table->row(row.row)[column->at];
    if (const auto* number = std::get_if<double>(&cell)) {
        return *number;
    }
    if (m_spec.columns[column->at].kind == ColumnKind::Number) {
        return std::numeric_limits<double>::lowest();
    }
    const auto* text = std::get_if<std::string>(&cell);
    return text == nullptr ? QString() : textOf(*text, kMostShown);
}

QVariant SnapshotTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto& table = m_tables[row.table];
    const auto* shown = column(index.column());
    switch (role) {
    case Qt::TextAlignmentRole:
        return int((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case kSortRole:
        return sortValue(row, shown);
    case FontRole:
        return int(isSql(index.column())                  ? Type::Mono
                   : shown != nullptr && shown->shown.key ? Type::LabelStrong
                                                          : Type::Label);
    default:
        break;
    }
    if (shown == nullptr) {
        return role == Qt::DisplayRole ? QVariant(table.name)
               : role == InkRole       ? QVariant(int(table.faded ? Token::Ink3 : Token::Ink2))
                                       : QVariant();
    }
    const auto& spec = m_spec.columns[shown->at];
    const auto& cell = table.table->row(row.row)[shown->at];
    const auto mark = shown->shown.mark != nullptr ? shown->shown.mark(*table.table, row.row) : Mark::None;
    switch (role) {
    case Qt::DisplayRole:
        return cellText(spec, cell, shown->shown.form);
    case Qt::AccessibleTextRole:
        return mark == Mark::None ? cellText(spec, cell, shown->shown.form)
                                  : markWord(mark) + QStringLiteral(", ") + cellText(spec, cell, shown->shown.form);
    case Qt::ToolTipRole: {
        if (const auto told = m_spec.column(shown->shown.tip)) {
            const auto& other = m_spec.columns[*told];
            return tipText(columnTitle(other) + QStringLiteral(": ") +
                           cellText(other, table.table->row(row.row)[*told]));
        }
        const auto* text = std::get_if<std::string>(&cell);
        return text != nullptr && !text->empty() ? QVariant(tipText(textOf(*text, kMostTip))) : QVariant();
    }
    case MarkRole:
        return mark == Mark::None ? QVariant() : QVariant(int(mark));
    case LinkRole: {
        const auto* number = std::get_if<double>(&cell);
        return index.column() == m_link && (number == nullptr ? cell.index() != 0 : *number != 0);
    }
    case BarRole:
    case BarSeverityRole:
    case CombRole:
        return instrument(cell, shown->shown.form, role);
    case InkRole:
        return int(table.faded || std::holds_alternative<std::monostate>(cell) ? Token::Ink3 : Token::Ink);
    default:
        return {};
    }
}

QVariant SnapshotTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    const auto* shown = column(section);
    if (role == Qt::ToolTipRole) {
        return shown == nullptr ? QVariant() : QVariant(tipText(columnTitle(m_spec.columns[shown->at])));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (shown == nullptr) {
        return tr("Server");
    }
    return shown->shown.title != nullptr ? QCoreApplication::translate("Table", shown->shown.title)
                                         : columnTitle(m_spec.columns[shown->at]);
}

QByteArray SnapshotTableModel::csv(std::span<const int> rows) const {
    QByteArray out = "source,read_at";
    for (const auto& column : m_spec.columns) {
        out += ',';
        out +=
            csvField(QByteArray(column.id.data(), static_cast<qsizetype>(column.id.size())) +
                     (column.unit.empty() || column.unit == "1"
                          ? QByteArray()
                          : " (" + QByteArray(column.unit.data(), static_cast<qsizetype>(column.unit.size())) + ')'));
    }
    out += "\r\n";
    for (const int at : rows) {
        const auto row = rowAt(at);
        if (!row) {
            continue;
        }
        out += csvField(QByteArray::fromStdString(row->source));
        out += ',';
        out += csvField(isoUtc(row->table->readAtUtc));
        for (const auto& cell : row->table->row(row->row)) {
            out += ',';
            if (const auto* number = std::get_if<double>(&cell)) {
                out +=
                    QByteArray::number(*number, 'g', QLocale::FloatingPointShortest); // no formula: a minus is a sign
            } else if (const auto* text = std::get_if<std::string>(&cell)) {
                out += csvField(QByteArray::fromStdString(*text));
            }
        }
        out += "\r\n";
    }
    return out;
}

} // namespace binnacle::app
