// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/snapshot.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <set>

using namespace binnacle;

namespace {
constexpr std::array<TableColumn, 3> kColumns{{
    {"pid", "PID", "1", ColumnKind::Number},
    {"start", "Started", ""},
    {"query", "Statement", "", ColumnKind::Sql},
}};
constexpr TableSpec kSpec{"test.sessions", "Sessions", kColumns, 2};
} // namespace

class TestSnapshotTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCatalogueIsSortedAndWhole() {
        const auto catalogue = tableCatalogue();
        QVERIFY(std::ranges::adjacent_find(
                    catalogue, [](const TableSpec& a, const TableSpec& b) { return a.id >= b.id; }) == catalogue.end());
        for (const auto& spec : catalogue) {
            QCOMPARE(findTable(spec.id), &spec);
            QVERIFY(!spec.title.empty());
            QVERIFY(spec.keyColumns >= 1 && spec.keyColumns <= spec.columns.size());
            std::set<std::string_view> ids;
            for (const auto& column : spec.columns) {
                QVERIFY(!column.id.empty() && !column.title.empty());
                QVERIFY2(column.kind != ColumnKind::Number || !column.unit.empty(), "a number has a unit");
                QVERIFY2(ids.insert(column.id).second, "columns are unique");
            }
        }
        QVERIFY(findTable("no.such.table") == nullptr);
    }
    void cellsAreReadByRowAndColumn() {
        SnapshotTable table(kSpec);
        table.add({7.0, std::string("a"), std::string("select ?")});
        table.add({7.0, std::string("b"), std::monostate()});
        QCOMPARE(table.rowCount(), std::size_t{2});
        QCOMPARE(table.number(0, "pid"), std::optional(7.0));
        QCOMPARE(std::string(table.text(0, "query")), std::string("select ?"));
        QVERIFY(table.text(1, "query").empty());
        QVERIFY(!table.number(1, "query"));
        QVERIFY(!table.number(2, "pid"));
        QVERIFY(!table.number(0, "no such column"));
        const std::array<TableCell, 2> key{7.0, std::string("b")};
        QCOMPARE(table.find(key), std::optional(std::size_t{1}));
        const std::array<TableCell, 2> other{7.0, std::string("c")};
        QVERIFY(!table.find(other));
    }
    void aSnapshotFindsItsTables() {
        Snapshot snapshot;
        QVERIFY(snapshot.table("test.sessions") == nullptr);
        snapshot.tables.push_back(std::make_shared<SnapshotTable>(kSpec));
        snapshot.tables.push_back(std::make_shared<SnapshotTable>(*findTable("stack.processes")));
        snapshot.sort();
        QVERIFY(snapshot.table("test.sessions") == snapshot.tables[1]);
        QVERIFY(snapshot.table("stack.processes") == snapshot.tables[0]);
        QVERIFY(snapshot.table("zzz") == nullptr);
    }
};

QTEST_APPLESS_MAIN(TestSnapshotTable)
#include "test_snapshot_table.moc"
