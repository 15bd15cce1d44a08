// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/pgbouncer_collector.h"
#include "backend/collectors/pgbouncer_tables.h"

#include <QTest>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

// Columns as these versions of pgBouncer tell them.
const TextTable kPools115{{"database", "user", "cl_active", "cl_waiting", "sv_active", "sv_idle", "sv_used",
                           "sv_tested", "sv_login", "maxwait", "maxwait_us", "pool_mode"},
                          {{"shop", "app", "4", "2", "5", "1", "0", "0", "1", "1", "500000", "transaction"},
                           {"pgbouncer", "pgbouncer", "1", "0", "0", "0", "0", "0", "0", "0", "0", "statement"}}};
const TextTable kPools124{{"database", "user", "cl_active", "cl_waiting", "cl_active_cancel_req",
                           "cl_waiting_cancel_req", "sv_active", "sv_active_cancel", "sv_being_canceled", "sv_idle",
                           "sv_used", "sv_tested", "sv_login", "maxwait", "maxwait_us", "pool_mode",
                           "load_balance_hosts"},
                          {{"shop", "app", "4", "2", "0", "0", "5", "0", "0", "1", "0", "0", "1", "1", "500000",
                            "transaction", std::nullopt}}};
const TextTable kDatabases115{
    {"name", "host", "port", "database", "force_user", "pool_size", "reserve_pool", "pool_mode", "max_connections",
     "current_connections", "paused", "disabled"},
    {{"shop", "10.0.0.5", "5432", "shop", std::nullopt, "20", "5", std::nullopt, "0", "6", "0", "0"},
     {"pgbouncer", std::nullopt, "6432", "pgbouncer", "pgbouncer", "2", "0", "statement", "0", "0", "0", "0"}}};
const TextTable kDatabases124{{"name", "host", "port", "database", "force_user", "pool_size", "min_pool_size",
                               "reserve_pool_size", "server_lifetime", "pool_mode", "load_balance_hosts",
                               "max_connections", "current_connections", "max_client_connections",
                               "current_client_connections", "paused", "disabled"},
                              {{"shop", "10.0.0.5", "5432", "shop", std::nullopt, "20", "3", "5", "3600", std::nullopt,
                                std::nullopt, "0", "6", "0", "6", "1", "0"}}};
const TextTable kStats{{"database", "total_xact_count", "total_query_count", "total_received", "total_sent",
                        "total_xact_time", "total_query_time", "total_wait_time"},
                       {{"shop", "1000", "3000", "5000", "9000", "2000000", "1500000", "100000"}}};
const TextTable kLaterStats{kStats.columns, {{"shop", "1100", "3300", "6000", "9500", "2400000", "1800000", "150000"}}};

} // namespace

class TestPgBouncerTables : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void poolsAreTheSameOfOldAndNewVersions() {
        for (const auto& [pools, databases] : {std::pair(kPools115, kDatabases115), {kPools124, kDatabases124}}) {
            const auto table = pgBouncerPools(pools, databases);
            QCOMPARE(table.rowCount(), std::size_t{1}); // the console's own is none
            QCOMPARE(table.text(0, "user"), std::string_view("app"));
            QCOMPARE(table.number(0, "cl_waiting").value(), 2.0);
            QCOMPARE(table.number(0, "sv_login").value(), 1.0);
            QCOMPARE(table.number(0, "maxwait").value(), 1.5);
            QCOMPARE(table.number(0, "pool_size").value(), 20.0);
            QCOMPARE(table.number(0, "reserve").value(), 5.0);
            QVERIFY(pgBouncerReadings(pools, databases, kStats));
        }
    }
    void databasesTellRatesAndMeansOfTheirOwnTime() {
        PgBouncerDatabases databases;
        const auto start = std::chrono::steady_clock::now();
        auto table = databases.build(kDatabases115, kStats, start);
        QCOMPARE(table.rowCount(), std::size_t{1});
        QCOMPARE(table.text(0, "paused"), std::string_view("no"));
        QVERIFY(!table.number(0, "min_pool_size")); // since 1.16
        QVERIFY(!table.number(0, "xact_rate"));
        table = databases.build(kDatabases124, kLaterStats, start + 2s);
        QCOMPARE(table.text(0, "paused"), std::string_view("yes"));
        QCOMPARE(table.number(0, "min_pool_size").value(), 3.0);
        QCOMPARE(table.number(0, "xact_rate").value(), 50.0);
        QCOMPARE(table.number(0, "query_rate").value(), 150.0);
        QCOMPARE(table.number(0, "in_rate").value(), 500.0);
        QCOMPARE(table.number(0, "xact_time").value(), 0.004);
        QCOMPARE(table.number(0, "query_time").value(), 0.001);
        QCOMPARE(table.number(0, "wait_time").value(), 0.0005);
    }
    void clientsAndServersKnowEachOther() {
        const TextTable clients{{"type", "user", "database", "state", "addr", "port", "connect_time", "request_time",
                                 "wait", "wait_us", "ptr", "link", "tls"},
                                {{"C", "app", "shop", "active", "unix", "6432", "2026-11-25 18:20:47 UTC",
                                  "2026-11-25 18:20:48 UTC", "2", "250000", "0x5", "0x9", ""}}};
        const auto table = pgBouncerClients(clients);
        QCOMPARE(table.text(0, "id"), std::string_view("0x5"));
        QCOMPARE(table.text(0, "server"), std::string_view("0x9"));
        QCOMPARE(table.number(0, "wait").value(), 2.25);
        QVERIFY(table.text(0, "application").empty()); // told since 1.18
        const TextTable servers{{"type", "user", "database", "state", "addr", "port", "ptr", "link", "remote_pid"},
                                {{"S", "app", "shop", "active", "10.0.0.5", "5432", "0x9", "0x5", "4711"}}};
        QCOMPARE(pgBouncerServers(servers).number(0, "pid").value(), 4711.0);
        QCOMPARE(pgBouncerServers(servers).text(0, "address"), std::string_view("10.0.0.5:5432"));
        TextTable many{{"ptr"}, {}};
        many.rows.assign(600, {"0x1"});
        QCOMPARE(pgBouncerClients(many).rowCount(), std::size_t{500});
        QCOMPARE(pgBouncerClients(many).omitted, std::uint64_t{100});
    }
    void tablesOfUnknownShapeAreEmptyAndNoCrash() {
        const TextTable strange{{"x"}, {{std::nullopt}, {}}};
        QVERIFY(pgBouncerPools(strange, strange).rowCount() <= 2);
        QCOMPARE(PgBouncerDatabases().build(strange, strange, {}).rowCount(), std::size_t{0});
        QCOMPARE(pgBouncerReadings(strange, strange, strange).error().code, ErrorCode::Protocol);
    }
};

QTEST_APPLESS_MAIN(TestPgBouncerTables)
#include "test_pgbouncer_tables.moc"
