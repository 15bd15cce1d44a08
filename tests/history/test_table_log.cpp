// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/table_log.h"

#include <QtTest>

#include <cstdio>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

SteadyTime at(std::chrono::milliseconds time) {
    return SteadyTime(1000s + time);
}

/// Slots named after the time at which they were read.
TablePtr slots(std::chrono::milliseconds time, std::size_t rows = 1) {
    const auto& spec = *findTable("postgres.slots");
    SnapshotTable table(spec);
    table.readAt = at(time);
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<TableCell> cells(spec.columns.size());
        cells.front() = std::to_string(time.count());
        table.add(std::move(cells));
    }
    return std::make_shared<const SnapshotTable>(std::move(table));
}

SourceUpdate told(TablePtr table) {
    Snapshot snapshot;
    snapshot.tables.push_back(std::move(table));
    SourceUpdate update;
    update.source = "postgres/primary";
    update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    return update;
}

std::string nameAt(const TableLog& log, std::chrono::milliseconds time) {
    const auto table = log.at("postgres/primary", "postgres.slots", at(time));
    return table ? std::string(table->text(0, "slot")) : "nothing";
}

} // namespace

class TestTableLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheNewestOfThatTime() {
        TableLog log;
        for (const auto time : {1000ms, 2000ms, 2000ms, 3000ms}) {
            log.apply(told(slots(time)));
        }
        QCOMPARE(nameAt(log, 999ms), "nothing");
        QCOMPARE(nameAt(log, 1000ms), "1000");
        QCOMPARE(nameAt(log, 2900ms), "2000");
        QCOMPARE(nameAt(log, 60s), "3000");
        QVERIFY(log.at("postgres/primary", "postgres.tables", at(2s)) == nullptr);
        QVERIFY(log.at("postgres/other", "postgres.slots", at(2s)) == nullptr);
        log.removeSource("postgres/primary");
        QCOMPARE(nameAt(log, 60s), "nothing");
    }

    void letsGoByTimeAndBySize() {
        TableLog log;
        log.apply(told(slots(0ms)));
        log.apply(told(slots(4min)));
        QCOMPARE(nameAt(log, 1min), "0");
        log.apply(told(slots(6min)));
        QCOMPARE(nameAt(log, 1min), "nothing");
        QCOMPARE(nameAt(log, 5min), "240000");
        log.apply(told(slots(6min + 1s, 100'000)));
        QCOMPARE(nameAt(log, 7min), "361000"); // the newest stays, however large
        log.apply(told(slots(6min + 2s)));
        QCOMPARE(nameAt(log, 6min + 1500ms), "nothing"); // and goes as soon as it is not
    }

    void whatChangedMakesTheWholeAgain() {
        // Two hundred sessions that come, go, age and change places, read every second for four minutes.
        const auto& spec = *findTable("postgres.sessions");
        const auto cell = [&](int second, int session, std::size_t column) -> TableCell {
            if (column == 0) {
                return static_cast<double>(1000 + session);
            }
            if (spec.columns[column].kind == ColumnKind::Number) {
                return column % 3 == 0 ? TableCell()
                                       : TableCell(0.001 * second * session + static_cast<double>(column));
            }
            // Some change from one reading to the next, most do not.
            return std::string(spec.columns[column].id) +
                   std::to_string(column == 5 ? session / (1 + second % 4) : session);
        };
        const auto make = [&](int second) {
            SnapshotTable table(spec);
            table.readAt = at(second * 1000ms);
            table.readAtUtc = UtcTime(1'700'000'000s + second * 1s);
            table.omitted = static_cast<std::uint64_t>(second);
            for (int i = 0; i < 200 - second % 7; ++i) {
                const int session = (i + second / 10) % 200 + second;
                std::vector<TableCell> cells;
                for (std::size_t column = 0; column < spec.columns.size(); ++column) {
                    cells.push_back(cell(second, session, column));
                }
                table.add(std::move(cells));
            }
            return std::make_shared<const SnapshotTable>(std::move(table));
        };
        TableLog log;
        std::vector<TablePtr> all;
        for (int second = 0; second < 240; ++second) {
            all.push_back(make(second));
            log.apply(told(all.back()));
        }
        int kept = 0;
        bool missing = false;
        for (int second = 239; second >= 0; --second) {
            const auto table = log.at("postgres/primary", spec.id, at(second * 1000ms + 400ms));
            if (!table) {
                missing = true;
                continue;
            }
            QVERIFY(!missing); // only the oldest are let go
            ++kept;
            QVERIFY2(sameTable(*table, *all[static_cast<std::size_t>(second)]), qPrintable(QString::number(second)));
            QCOMPARE(log.at("postgres/primary", spec.id, at(second * 1000ms)), table); // looked at twice is made once
        }
        QVERIFY2(kept >= 20, qPrintable(QString::number(kept)));
        std::printf("%d readings of 200 sessions are kept\n", kept);
    }

    void keepsWhatIsLookedAt() {
        TableLog log;
        log.apply(told(slots(0ms)));
        log.hold(at(500ms));
        for (auto time = 1min; time < 20min; time += 1min) {
            log.apply(told(slots(time)));
        }
        log.removeSource("postgres/primary");
        QCOMPARE(nameAt(log, 500ms), "0");
        log.hold(std::nullopt);
        QCOMPARE(nameAt(log, 500ms), "nothing");
    }
};

QTEST_GUILESS_MAIN(TestTableLog)
#include "test_table_log.moc"
