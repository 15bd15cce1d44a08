// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/relation_tables.h"

namespace binnacle::postgres {

namespace {

std::string keyOf(const PgRow& row) {
    return textAt(row, 0) + '\n' + textAt(row, 1);
}

std::optional<double> sum(std::optional<double> a, std::optional<double> b) {
    return a && b ? std::optional(*a + *b) : std::nullopt;
}

TableCell share(double part, double of) {
    return of > 0 ? TableCell(part / of) : TableCell();
}

/// Counters in these columns; a column without a value counts as zero (a table without an index has no scans of one).
template <std::size_t N>
std::array<double, N> countersOf(const PgRow& row, const std::array<std::size_t, N>& columns) {
    std::array<double, N> counters{};
    for (std::size_t i = 0; i < N; ++i) {
        counters[i] = numberAt(row, columns[i]).value_or(0);
    }
    return counters;
}

/// The rate of one of the counters of a row.
template <std::size_t N>
auto ratesOf(RowDeltas<N>& deltas, const std::string& key, const std::array<double, N>& counters) {
    return [gained = deltas.gained(key, counters), seconds = deltas.seconds()](std::size_t counter) {
        return gained ? TableCell((*gained)[counter] / seconds) : TableCell();
    };
}

} // namespace

TablePtr RelationTables::tables(const std::vector<PgRow>& rows, const ReadMoment& moment) {
    enum Column : std::size_t {
        Schema,
        Name,
        Heap,
        WithToast,
        IndexBytes,
        Live,
        Dead,
        Modified,
        VacuumAge,
        AutovacuumAge,
        AnalyzeAge,
        VacuumDue,
        XidAge,
        SeqScans,
        SeqRows,
        IndexScans,
        Inserts,
        Updates,
        Deletes,
        HotUpdates,
        TableCount,
    };
    auto table = newTable("postgres.tables", moment);
    table->omitted = omittedOf(rows, TableCount);
    m_tables.begin(moment.steady, table->omitted == 0);
    for (const auto& row : rows) {
        const auto rate = ratesOf(m_tables, keyOf(row),
                                  countersOf<6>(row, {SeqScans, SeqRows, IndexScans, Inserts, Updates, Deletes}));
        const auto heap = numberAt(row, Heap);
        const double live = numberAt(row, Live).value_or(0);
        const double dead = numberAt(row, Dead).value_or(0);
        const auto deadShare = share(dead, live + dead);
        const auto* const portion = std::get_if<double>(&deadShare);
        table->add({textCell(row, Schema),
                    textCell(row, Name),
                    cell(sum(numberAt(row, WithToast), numberAt(row, IndexBytes).value_or(0))),
                    cell(heap),
                    numberCell(row, IndexBytes),
                    numberCell(row, Live),
                    numberCell(row, Dead),
                    deadShare,
                    heap && portion != nullptr ? TableCell(*heap * *portion) : TableCell(),
                    numberCell(row, Modified),
                    numberCell(row, VacuumAge),
                    numberCell(row, AutovacuumAge),
                    numberCell(row, AnalyzeAge),
                    numberCell(row, VacuumDue),
                    numberCell(row, XidAge),
                    numberCell(row, SeqScans),
                    rate(0),
                    rate(1),
                    numberCell(row, IndexScans),
                    rate(2),
                    rate(3),
                    rate(4),
                    rate(5),
                    share(numberAt(row, HotUpdates).value_or(0), numberAt(row, Updates).value_or(0))});
    }
    return table;
}

TablePtr RelationTables::indexes(const std::vector<PgRow>& rows, SqlTextCache& texts, const ReadMoment& moment) {
    enum Column : std::size_t {
        Schema,
        Name,
        Table,
        Size,
        Scans,
        Entries,
        Valid,
        Unique,
        Primary,
        Definition,
        IndexCount,
    };
    auto table = newTable("postgres.indexes", moment);
    table->omitted = omittedOf(rows, IndexCount);
    m_indexes.begin(moment.steady, table->omitted == 0);
    for (const auto& row : rows) {
        const auto rate = ratesOf(m_indexes, keyOf(row), countersOf<2>(row, {Scans, Entries}));
        table->add({textCell(row, Schema), textCell(row, Name), textCell(row, Table), numberCell(row, Size),
                    numberCell(row, Scans), rate(0), rate(1), numberCell(row, Valid), numberCell(row, Unique),
                    numberCell(row, Primary), textCell(texts.shown(textAt(row, Definition)))});
    }
    return table;
}

TablePtr RelationTables::databases(const std::vector<PgRow>& rows, const ReadMoment& moment) {
    enum Column : std::size_t {
        Name,
        Size,
        Connections,
        Commits,
        Rollbacks,
        Hit,
        Fetched,
        RowsRead,
        RowsWritten,
        Temp,
        Deadlocks,
        Conflicts,
        XidAge,
    };
    auto table = newTable("postgres.databases", moment);
    m_databases.begin(moment.steady, true);
    for (const auto& row : rows) {
        const auto counters = countersOf<7>(row, {Commits, Rollbacks, Hit, Fetched, RowsRead, RowsWritten, Temp});
        const auto gained = m_databases.gained(textAt(row, Name), counters);
        const auto rate = [&](std::size_t counter) {
            return gained ? TableCell((*gained)[counter] / m_databases.seconds()) : TableCell();
        };
        table->add({textCell(row, Name), numberCell(row, Size), numberCell(row, Connections), rate(0), rate(1),
                    gained ? share((*gained)[2], (*gained)[3]) : TableCell(), rate(4), rate(5), numberCell(row, Temp),
                    rate(6), numberCell(row, Deadlocks), numberCell(row, Conflicts), numberCell(row, XidAge)});
    }
    return table;
}

void RelationTables::clear() {
    m_tables.clear();
    m_indexes.clear();
    m_databases.clear();
}

} // namespace binnacle::postgres
