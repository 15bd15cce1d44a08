// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"
#include "backend/clients/postgres_client.h"
#include "backend/clients/socket_watchdog.h"
#include "tests/clients/canned_postgres.h"
#include "tests/support/patience.h"

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

/// PostgreSQL finds its socket by directory and port.
struct Fixture {
    CannedPostgres postgres;
    QTemporaryDir dir;
    CannedServer server{postgres.script(), dir.filePath(QStringLiteral(".s.PGSQL.5432")).toStdString()};
    PostgresClient client{"host=" + dir.path().toStdString() + " port=5432 dbname=x user=x", {}};
};

} // namespace

class TestPostgresClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsRowsOverAKeptConnection() {
        Fixture fixture;
        fixture.postgres.columns = {"a", "b"};
        fixture.postgres.rows = {{"1", "NULL"}, {"", "x"}};
        for (int i = 0; i < 3; ++i) {
            const auto rows = fixture.client.query("q", "select 1", soon());
            QVERIFY2(rows, rows ? "" : rows.error().text.c_str());
            QCOMPARE(rows->size(), std::size_t{2});
            QCOMPARE((*rows)[0][0].value(), std::string("1"));
            QVERIFY(!(*rows)[0][1]);
            QCOMPARE((*rows)[1][0].value(), std::string());
        }
        QCOMPARE(fixture.server.connections(), 1);
    }
    void aServerThatStopsInAQueryEndsAtTheDeadline() {
        Fixture fixture;
        QVERIFY(fixture.client.query("q", "select 1", soon()));
        fixture.postgres.silentOnQuery = true;
        QElapsedTimer timer;
        timer.start();
        const auto rows = fixture.client.query("q", "select 1", soon(200ms));
        QVERIFY(!rows);
        QCOMPARE(rows.error().code, ErrorCode::Timeout);
        QVERIFY(timer.elapsed() >= 190);
        QVERIFY(timer.elapsed() < 2000);
        fixture.postgres.silentOnQuery = false;
        QVERIFY(fixture.client.query("q", "select 1", soon()));
        QCOMPARE(fixture.server.connections(), 2);
    }
    void aServerThatIsSilentFromTheStartEndsAtTheDeadline() {
        QTemporaryDir dir;
        const CannedServer server(CannedServer::silent(), dir.filePath(QStringLiteral(".s.PGSQL.5432")).toStdString());
        PostgresClient client("host=" + dir.path().toStdString() + " port=5432 dbname=x user=x", {});
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client.query("q", "select 1", soon(200ms)).error().code, ErrorCode::Timeout);
        QVERIFY(timer.elapsed() >= 190);
        QVERIFY(timer.elapsed() < 2000);
    }
    void aConnectionThatIsCutIsClosedAndTheNextQueryReconnects() {
        Fixture fixture;
        QVERIFY(fixture.client.query("q", "select 1", soon()));
        fixture.postgres.hangUpOnQuery = true;
        QCOMPARE(fixture.client.query("q", "select 1", soon()).error().code, ErrorCode::Closed);
        fixture.postgres.hangUpOnQuery = false;
        QVERIFY(fixture.client.query("q", "select 1", soon()));
    }
    void errorsOfTheServerLeadToTheirReactions() {
        Fixture fixture;
        for (const auto& [state, code] : std::vector<std::pair<const char*, ErrorCode>>{
                 {"42501", ErrorCode::Denied}, {"57014", ErrorCode::Timeout}, {"42P01", ErrorCode::Protocol}}) {
            fixture.postgres.queryError = state;
            QCOMPARE(fixture.client.query("q", "select 1", soon()).error().code, code);
        }
    }
    void aRefusedStatementLeavesTheConnection() {
        Fixture fixture;
        fixture.postgres.queryError = "42501";
        QCOMPARE(fixture.client.query("q", "select 1", soon()).error().code, ErrorCode::Denied);
        QVERIFY(fixture.client.connected());
        fixture.postgres.queryError.clear();
        QVERIFY(fixture.client.query("q", "select 1", soon()));
        QCOMPARE(fixture.server.connections(), 1);
        fixture.postgres.queryError = "57P01"; // the server goes down
        QCOMPARE(fixture.client.query("q", "select 1", soon()).error().code, ErrorCode::Closed);
        QVERIFY(!fixture.client.connected());
    }
    void refusedLoginsAreToldByTheirState() {
        Fixture fixture;
        for (const auto& [state, code] : std::vector<std::pair<const char*, ErrorCode>>{
                 {"28P01", ErrorCode::Denied}, {"57P03", ErrorCode::Refused}, {"3D000", ErrorCode::NotFound}}) {
            fixture.postgres.startupError = state;
            const auto rows = fixture.client.query("q", "select 1", soon());
            QCOMPARE(rows.error().code, code);
            QVERIFY(rows.error().text.find("so it is") != std::string::npos);
        }
    }
    void nothingListeningIsRefused() {
        PostgresClient client("host=/nonexistent port=5432 dbname=x user=x", {});
        QCOMPARE(client.query("q", "select 1", soon()).error().code, ErrorCode::Refused);
        PostgresClient overTcp("host=127.0.0.1 port=1 dbname=x user=x", {});
        QCOMPARE(overTcp.query("q", "select 1", soon()).error().code, ErrorCode::Refused);
    }
    void variablesOfLibpqAreForgotten() {
        ::setenv("PGPASSWORD", "someone else's", 1);
        ::setenv("PGHOSTADDR", "192.0.2.1", 1);
        forgetPostgresEnvironment();
        QVERIFY(::getenv("PGPASSWORD") == nullptr);
        QVERIFY(::getenv("PGHOSTADDR") == nullptr);
    }
    void connectionStringsAreChecked() {
        PostgresClient nonsense("host = = nonsense", {});
        QCOMPARE(nonsense.query("q", "select 1", soon()).error().code, ErrorCode::Invalid);
        PostgresClient several("host=a,b dbname=x", {});
        QCOMPARE(several.query("q", "select 1", soon()).error().code, ErrorCode::Invalid);
        QCOMPARE(withSettings("host=x", {{"passfile", "/a b/it's\\here"}}),
                 std::string("host=x passfile='/a b/it\\'s\\\\here'"));
    }
    void theWatchdogLeavesCallsAloneThatEndInTime() {
        SocketWatchdog watchdog;
        int pair[2] = {};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
        for (int i = 0; i < 1000; ++i) {
            const SocketWatchdog::Guard guard(watchdog, pair[0], soon(10s));
            QVERIFY(!guard.fired());
        }
        QCOMPARE(::send(pair[0], "x", 1, MSG_NOSIGNAL), ssize_t{1});
        {
            const SocketWatchdog::Guard guard(watchdog, pair[0], soon(20ms));
            char byte = 0;
            QCOMPARE(::recv(pair[0], &byte, 1, 0), ssize_t{0}); // shut down under the waiting call
            QTRY_VERIFY(guard.fired());
        }
        ::close(pair[0]);
        ::close(pair[1]);
    }
};

QTEST_GUILESS_MAIN(TestPostgresClient)
#include "test_postgres_client.moc"
