// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_console_client.h"
#include "tests/clients/canned_postgres.h"

#include <QElapsedTimer>
#include <QTest>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

SteadyTime soon(std::chrono::milliseconds time = 5s) {
    return steady_clock::now() + time;
}

struct Fixture {
    CannedPostgres postgres;
    QTemporaryDir dir;
    CannedServer server{postgres.script(), dir.filePath(QStringLiteral(".s.PGSQL.6432")).toStdString()};
    PgConsoleClient client{"host=" + dir.path().toStdString() + " port=6432 dbname=pgbouncer user=x", {}};
};

} // namespace

class TestPgConsoleClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsATableByTheSimpleProtocol() {
        Fixture fixture;
        fixture.postgres.columns = {"database", "cl_waiting"};
        fixture.postgres.rows = {{"binnacle", "3"}, {"NULL", "0"}};
        for (int i = 0; i < 2; ++i) {
            const auto table = fixture.client.show("SHOW POOLS", soon());
            QVERIFY2(table, table ? "" : table.error().text.c_str());
            QCOMPARE(table->column("cl_waiting").value(), std::size_t{1});
            QVERIFY(!table->column("nothing"));
            QCOMPARE(table->rows[0][1].value(), std::string("3"));
            QVERIFY(!table->rows[1][0]);
        }
        QCOMPARE(fixture.server.connections(), 1);
    }
    void aServerThatStopsEndsAtTheDeadline() {
        Fixture fixture;
        fixture.postgres.silentOnQuery = true;
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(fixture.client.show("SHOW POOLS", soon(200ms)).error().code, ErrorCode::Timeout);
        QVERIFY(timer.elapsed() < 2000);
        fixture.postgres.silentOnQuery = false;
        QVERIFY(fixture.client.show("SHOW POOLS", soon()));
    }
    void aConnectionThatIsCutIsClosed() {
        Fixture fixture;
        fixture.postgres.hangUpOnQuery = true;
        QCOMPARE(fixture.client.show("SHOW POOLS", soon()).error().code, ErrorCode::Closed);
    }
    void refusalsLeadToTheirReactions() {
        Fixture fixture;
        fixture.postgres.queryError = "42501";
        QCOMPARE(fixture.client.show("SHOW POOLS", soon()).error().code, ErrorCode::Denied);
        fixture.postgres.startupError = "28P01";
        QCOMPARE(fixture.client.show("SHOW POOLS", soon()).error().code, ErrorCode::Denied);
    }
};

QTEST_GUILESS_MAIN(TestPgConsoleClient)
#include "test_pg_console_client.moc"
