// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/postgres_client.h"
#include "backend/collectors/parse_number.h"
#include "backend/domain/snapshot_table.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace binnacle::postgres {

/// When and how often a table is read.
struct ReadMoment {
    SteadyTime steady;
    UtcTime utc;
    std::chrono::milliseconds interval{1000};
};

[[nodiscard]] inline std::string textAt(const PgRow& row, std::size_t column) {
    return column < row.size() ? row[column].value_or(std::string()) : std::string();
}

[[nodiscard]] inline std::optional<double> numberAt(const PgRow& row, std::size_t column) {
    return column < row.size() && row[column] ? parseNumber(*row[column]) : std::nullopt;
}

[[nodiscard]] inline int pidAt(const PgRow& row, std::size_t column) {
    const auto number = numberAt(row, column);
    return number && *number > 0 && *number < 2147483648.0 ? static_cast<int>(*number) : 0;
}

[[nodiscard]] inline TableCell cell(std::optional<double> number) {
    return number ? TableCell(*number) : TableCell();
}

/// Nothing for NULL and for empty text: a column without a value is not one that says "".
[[nodiscard]] inline TableCell textCell(std::string text) {
    return text.empty() ? TableCell() : TableCell(std::move(text));
}

[[nodiscard]] inline TableCell textCell(const PgRow& row, std::size_t column) {
    return textCell(textAt(row, column));
}

[[nodiscard]] inline TableCell numberCell(const PgRow& row, std::size_t column) {
    return cell(numberAt(row, column));
}

/// An empty table of the catalogue, read at that moment.
[[nodiscard]] inline std::shared_ptr<SnapshotTable> newTable(std::string_view id, const ReadMoment& moment) {
    auto table = std::make_shared<SnapshotTable>(*findTable(id));
    table->readAt = moment.steady;
    table->readAtUtc = moment.utc;
    table->interval = moment.interval;
    return table;
}

/// A table without rows, and why.
[[nodiscard]] inline TablePtr absentTable(std::string_view id, const ReadMoment& moment, std::string reason) {
    auto table = newTable(id, moment);
    table->absentReason = std::move(reason);
    return table;
}

/// How many rows there are beyond those in the answer; each row tells in `column` how many there are in all.
[[nodiscard]] inline std::uint64_t omittedOf(const std::vector<PgRow>& rows, std::size_t column) {
    const auto all = rows.empty() ? std::nullopt : numberAt(rows.front(), column);
    const auto shown = static_cast<double>(rows.size());
    return all && *all > shown ? static_cast<std::uint64_t>(*all - shown) : 0;
}

} // namespace binnacle::postgres
