// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/coding/table_coding.h"

#include "backend/coding/chunk_limits.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace binnacle {

namespace {

using std::chrono::nanoseconds;

bool sameCell(const TableCell& a, const TableCell& b) {
    if (a.index() != b.index()) {
        return false;
    }
    if (const auto* const number = std::get_if<double>(&a)) {
        return std::bit_cast<std::uint64_t>(*number) == std::bit_cast<std::uint64_t>(std::get<double>(b));
    }
    return a == b;
}

/// The leading cells of a row as one text: equal keys give equal texts.
std::string keyOf(std::span<const TableCell> row, std::size_t columns) {
    std::string key;
    for (const auto& cell : row.first(std::min(columns, row.size()))) {
        key += static_cast<char>('0' + cell.index());
        if (const auto* const number = std::get_if<double>(&cell)) {
            key.append(reinterpret_cast<const char*>(number), sizeof *number);
        } else if (const auto* const text = std::get_if<std::string>(&cell)) {
            key += std::to_string(text->size()) + ':' + *text;
        }
    }
    return key;
}

/// Finds the row before that has the key of a row now; most often it is the one after the last one found.
class RowMatcher {
public:
    explicit RowMatcher(const SnapshotTable* before)
        : m_before(before) {}

    [[nodiscard]] std::optional<std::size_t> match(std::span<const TableCell> row) {
        if (m_before == nullptr || m_before->rowCount() == 0) {
            return std::nullopt;
        }
        const auto keys = m_before->spec().keyColumns;
        if (m_next < m_before->rowCount() &&
            std::ranges::equal(row.first(keys), m_before->row(m_next).first(keys), sameCell)) {
            return m_next++;
        }
        if (m_byKey.empty()) {
            for (std::size_t i = 0; i < m_before->rowCount(); ++i) {
                m_byKey.emplace(keyOf(m_before->row(i), keys), i);
            }
        }
        const auto found = m_byKey.find(keyOf(row, keys));
        if (found == m_byKey.end()) {
            return std::nullopt;
        }
        m_next = found->second + 1;
        return found->second;
    }

private:
    const SnapshotTable* m_before;
    std::size_t m_next = 0;
    std::unordered_map<std::string, std::size_t> m_byKey;
};

void writeCell(ByteWriter& out, const TableCell& before, const TableCell& now) {
    out.raw(static_cast<std::uint8_t>(now.index()));
    if (const auto* const number = std::get_if<double>(&now)) {
        const auto* const old = std::get_if<double>(&before);
        out.real(old != nullptr ? *old : 0, *number);
    } else if (const auto* const text = std::get_if<std::string>(&now)) {
        out.text(*text);
    }
}

TableCell readCell(ByteReader& in, const TableCell& before) {
    switch (in.raw()) {
    case 0:
        return {};
    case 1: {
        const auto* const old = std::get_if<double>(&before);
        return in.real(old != nullptr ? *old : 0);
    }
    case 2:
        return std::string(in.text());
    default:
        in.fail();
        return {};
    }
}

void writeRow(ByteWriter& out, std::span<const TableCell> before, std::span<const TableCell> row) {
    static const TableCell nothing;
    const auto old = [&](std::size_t i) -> const TableCell& { return before.empty() ? nothing : before[i]; };
    for (std::size_t first = 0; first < row.size(); first += 8) {
        std::uint8_t changed = 0;
        for (std::size_t i = first; i < std::min(first + 8, row.size()); ++i) {
            changed |= static_cast<std::uint8_t>(sameCell(old(i), row[i]) ? 0U : 1U << (i - first));
        }
        out.raw(changed);
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (!sameCell(old(i), row[i])) {
            writeCell(out, old(i), row[i]);
        }
    }
}

std::int64_t nanosecondsOf(auto time) {
    return std::chrono::duration_cast<nanoseconds>(time.time_since_epoch()).count();
}

} // namespace

bool sameTable(const SnapshotTable& a, const SnapshotTable& b) {
    if (&a == &b) {
        return true;
    }
    if (a.spec().id != b.spec().id || a.readAt != b.readAt || a.readAtUtc != b.readAtUtc || a.interval != b.interval ||
        a.omitted != b.omitted || a.absentReason != b.absentReason || a.rowCount() != b.rowCount()) {
        return false;
    }
    for (std::size_t i = 0; i < a.rowCount(); ++i) {
        if (!std::ranges::equal(a.row(i), b.row(i), sameCell)) {
            return false;
        }
    }
    return true;
}

void TableWriter::define(ByteWriter& out, const TableSpec& spec) {
    out.text(spec.id);
    out.number(spec.columns.size());
    for (const auto& column : spec.columns) {
        out.text(column.id);
    }
}

void TableWriter::write(ByteWriter& out, const std::vector<TablePtr>& tables, std::int64_t steadyNs,
                        std::int64_t utcOffsetNs) {
    out.number(tables.size());
    for (const auto& table : tables) {
        auto known = m_known.find(table->spec().id);
        if (known == m_known.end()) {
            known = m_known.emplace(std::string(table->spec().id), Known{m_known.size(), nullptr}).first;
            out.number(0);
            define(out, table->spec());
        } else {
            out.number(known->second.number + 1);
        }
        auto& last = known->second.last;
        if (last && sameTable(*last, *table)) {
            out.raw(0);
            continue;
        }
        out.raw(1);
        const auto readAt = nanosecondsOf(table->readAt);
        out.difference(readAt - steadyNs);
        out.difference(nanosecondsOf(table->readAtUtc) - readAt - utcOffsetNs);
        out.difference(table->interval.count());
        out.number(table->omitted);
        out.text(table->absentReason);
        out.number(table->rowCount());
        RowMatcher matcher(last.get());
        std::size_t expected = 0;
        for (std::size_t i = 0; i < table->rowCount(); ++i) {
            const auto match = matcher.match(table->row(i));
            if (match) {
                // One more than the fold of the difference, so that zero is "a new row".
                const auto step = static_cast<std::int64_t>(*match) - static_cast<std::int64_t>(expected);
                out.number(1 + (step >= 0 ? static_cast<std::uint64_t>(step) << 1U
                                          : (static_cast<std::uint64_t>(-step) << 1U) - 1));
                expected = *match + 1;
            } else {
                out.number(0);
            }
            writeRow(out, match ? last->row(*match) : std::span<const TableCell>(), table->row(i));
        }
        last = table;
    }
}

void TableReader::define(ByteReader& in) {
    Known known;
    known.spec = findTable(in.text());
    const auto columns = static_cast<std::size_t>(in.number(kMaxColumns));
    for (std::size_t i = 0; i < columns && !in.failed(); ++i) {
        const auto id = in.text();
        known.where.push_back(known.spec != nullptr ? known.spec->column(id) : std::nullopt);
    }
    if (known.where.empty() || m_known.size() >= kMaxTables) {
        in.fail();
        return;
    }
    m_known.push_back(std::move(known));
}

void TableReader::readRows(ByteReader& in, Known& known, std::size_t& cells) {
    const auto columns = known.where.size();
    const auto rows = static_cast<std::size_t>(in.number(kMaxRows));
    const auto before = std::exchange(known.cells, {});
    const auto rowsBefore = before.size() / columns;
    std::size_t expected = 0;
    for (std::size_t i = 0; i < rows && !in.failed(); ++i) {
        cells += columns;
        if (cells > kMaxCells) {
            in.fail();
            return;
        }
        const auto start = known.cells.size();
        if (const auto tag = in.number(4 * kMaxRows)) {
            const auto step = tag - 1;
            const auto index = (step & 1U) == 0 ? expected + (step >> 1U) : expected - ((step + 1) >> 1U);
            if (index >= rowsBefore) { // also what went below zero
                in.fail();
                return;
            }
            expected = index + 1;
            const auto from = before.begin() + static_cast<std::ptrdiff_t>(index * columns);
            known.cells.insert(known.cells.end(), from, from + static_cast<std::ptrdiff_t>(columns));
        } else {
            known.cells.resize(start + columns);
        }
        std::vector<std::uint8_t> changed;
        for (std::size_t first = 0; first < columns; first += 8) {
            changed.push_back(in.raw());
        }
        for (std::size_t c = 0; c < columns; ++c) {
            auto& cell = known.cells[start + c];
            if (((static_cast<unsigned>(changed[c / 8]) >> (c % 8)) & 1U) != 0) {
                cell = readCell(in, cell);
            }
            const auto* const text = std::get_if<std::string>(&cell);
            cells += text != nullptr ? text->size() / kBytesPerCell : 0;
        }
    }
}

void TableReader::read(ByteReader& in, std::vector<TablePtr>& tables, std::int64_t steadyNs, std::int64_t utcOffsetNs,
                       std::size_t& cells) {
    for (auto left = in.number(kMaxTables); left > 0 && !in.failed(); --left) {
        const auto reference = in.number(kMaxTables);
        if (reference == 0) {
            define(in);
        }
        if (in.failed() || reference > m_known.size()) {
            in.fail();
            return;
        }
        auto& known = reference == 0 ? m_known.back() : m_known[static_cast<std::size_t>(reference - 1)];
        if (in.raw() != 0) {
            SnapshotTable table(known.spec != nullptr ? *known.spec : tableCatalogue().front());
            const auto readAt = addNs(steadyNs, in.difference());
            table.readAt = SteadyTime(nanoseconds(steadyWithin(in, readAt)));
            table.readAtUtc = UtcTime(nanoseconds(utcWithin(in, addNs(addNs(readAt, utcOffsetNs), in.difference()))));
            table.interval = std::chrono::milliseconds(intervalWithin(in, in.difference()));
            table.omitted = in.number();
            table.absentReason = in.text();
            cells += table.absentReason.size() / kBytesPerCell;
            readRows(in, known, cells);
            if (in.failed()) {
                return;
            }
            if (known.spec != nullptr) {
                for (auto row = std::span(known.cells); !row.empty(); row = row.subspan(known.where.size())) {
                    std::vector<TableCell> mapped(known.spec->columns.size());
                    for (std::size_t c = 0; c < known.where.size(); ++c) {
                        if (known.where[c]) {
                            mapped[*known.where[c]] = row[c];
                        }
                    }
                    table.add(std::move(mapped));
                }
                known.last = std::make_shared<const SnapshotTable>(std::move(table));
            }
        }
        if (known.last) {
            tables.push_back(known.last);
        }
    }
}

} // namespace binnacle
