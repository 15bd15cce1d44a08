// SPDX-License-Identifier: GPL-3.0-or-later
// A PostgreSQL that is not ours, named by a profile: over TLS, with a role that has pg_monitor and no more.
// BINNACLE_PG_BINDIR and BINNACLE_PG_ROOT choose another PostgreSQL (tests/collectors/prove_postgres.sh).
#include "backend/clients/pg_connect.h"
#include "backend/clients/postgres_client.h"
#include "backend/collectors/collector_runner.h"
#include "backend/collectors/profile.h"
#include "tests/support/fault_proxy.h"
#include "tests/support/patience.h"
#include "tests/support/private_postgres.h"

#include <QTest>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;
using nlohmann::json;
using std::chrono::steady_clock;

namespace {

constexpr const char* kPassword = "correct horse";
constexpr const char* kOwnSessions = "select count(*) from pg_stat_activity where application_name = 'binnacle'";

SteadyTime soon() {
    return steady_clock::now() + 20s;
}

} // namespace

class TestForeignPostgres : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(m_server.answers(), m_server.lastWords().constData());
        qInfo("PostgreSQL %s", m_server.version().c_str());
        QVERIFY(m_server.run(std::string("create role watcher login password '") + kPassword +
                             "'; grant pg_monitor to watcher; create role guest login password '" + kPassword + "'"));
        m_passfile = file("pgpass", std::string("localhost:*:*:*:") + kPassword + "\n");
        ::chmod(m_passfile.c_str(), 0600);
    }
    void pgMonitorAloneReadsEverythingOverTls() {
        const auto collector = only(profileFor("watcher"));
        const auto snapshot = collector->collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        const Labels labels{{"server", "main"}};
        QCOMPARE(snapshot->find("postgres.up", labels)->value.value(), 1.0);
        QCOMPARE(snapshot->find("postgres.max_connections", labels)->value.value(), 20.0);
        QVERIFY(snapshot->find("postgres.wal.bytes", labels) != nullptr);
        QVERIFY(snapshot->find("postgres.deadlocks", labels)->value.has_value());
        QCOMPARE(m_server.number("select count(*) from pg_stat_activity a join pg_stat_ssl using (pid) where ssl and "
                                 "application_name = 'binnacle' and usename = 'watcher'"),
                 1);
    }
    void withoutPgMonitorTheRestIsStillRead() {
        const auto collector = only(profileFor("guest"));
        const auto snapshot = collector->collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        QCOMPARE(snapshot->find("postgres.up", {{"server", "main"}})->value.value(), 1.0);
    }
    void theSessionOnlyReadsAndEndsItself() {
        PostgresClient client(conninfo("watcher"), m_passfile);
        const auto settings = client.query("s",
                                           "select current_setting('transaction_read_only'), "
                                           "current_setting('statement_timeout'), current_setting('lock_timeout'), "
                                           "current_setting('idle_session_timeout', true)",
                                           soon());
        QVERIFY2(settings, settings ? "" : settings.error().text.c_str());
        QCOMPARE((*settings)[0][0].value(), std::string("on"));
        QCOMPARE((*settings)[0][1].value(), std::string("800ms"));
        QCOMPARE((*settings)[0][2].value(), std::string("100ms"));
        if (m_server.number("select current_setting('server_version_num')") >= 140000) {
            QCOMPARE((*settings)[0][3].value(), std::string("5s"));
        }
    }
    void aServerThatNobodyTrustedVouchesForIsRefused() {
        const TestCertificates others(folder("others"), "others");
        sentenceHas(conninfo("watcher", "localhost", others.caFile()), ErrorCode::Refused, "certificate verify failed");
    }
    void aServerOfAnotherNameIsRefused() {
        sentenceHas(conninfo("watcher", "127.0.0.1"), ErrorCode::Refused, "does not match host name");
    }
    void aServerThatWantsTlsIsNotSpokenToWithoutIt() {
        sentenceHas("host=localhost user=watcher dbname=postgres sslmode=disable port=" + port(), ErrorCode::Denied,
                    "no encryption");
    }
    void aWrongPasswordIsDeniedWithoutASecretInTheSentence() {
        const auto right = std::exchange(m_passfile, file("wrong", "localhost:*:*:*:battery staple\n"));
        ::chmod(m_passfile.c_str(), 0600);
        sentenceHas(conninfo("watcher"), ErrorCode::Denied, "password authentication failed");
        m_passfile = right;
    }
    void cutHalfOpenItIsLateReturnsAndLeavesOneSession() {
        FaultProxy proxy({{}, m_server.port()});
        QVERIFY(proxy.good());
        std::mutex mutex;
        std::optional<SourceUpdate> newest;
        const auto failed = [&] {
            const std::lock_guard lock(mutex);
            return newest && newest->failure && newest->failure->error.code == ErrorCode::Timeout;
        };
        const auto fresh = [&] {
            const std::lock_guard lock(mutex);
            return newest && newest->snapshot && !newest->failure;
        };
        CollectorRunner runner([&](SourceUpdate update) {
            const std::lock_guard lock(mutex);
            newest = std::move(update);
        });
        runner.run(collectorsFor(profileFor("watcher", proxy.port())));
        QTRY_VERIFY(fresh());
        proxy.cutHalfOpen();
        QTRY_VERIFY(failed());
        // Our end is closed and the server can't know: it ends what nobody asks any more.
        QTRY_COMPARE(m_server.number(kOwnSessions), 0);
        QCOMPARE(proxy.mostToServer(), std::size_t{1});
        proxy.heal();
        QTRY_VERIFY(fresh());
        QTRY_COMPARE(m_server.number(kOwnSessions), 1);
        runner.stop();
        QTRY_COMPARE(m_server.number(kOwnSessions), 0);
    }

private:
    [[nodiscard]] std::string folder(const char* name) const {
        const auto path = m_server.folder().toStdString() + "/" + name;
        std::filesystem::create_directories(path);
        return path;
    }
    [[nodiscard]] std::string file(const char* name, const std::string& text) const {
        const auto path = m_server.folder().toStdString() + "/" + name;
        std::ofstream(path) << text;
        return path;
    }
    [[nodiscard]] std::string port() const { return std::to_string(m_server.port()); }
    [[nodiscard]] std::string conninfo(const std::string& user, const std::string& host = "localhost",
                                       std::string caFile = {}) const {
        if (caFile.empty()) {
            caFile = m_server.caFile();
        }
        return "host=" + host + " port=" + port() + " user=" + user +
               " dbname=postgres sslmode=verify-full sslrootcert=" + caFile;
    }
    [[nodiscard]] Profile profileFor(const std::string& user, quint16 throughPort = 0) const {
        auto text = conninfo(user);
        if (throughPort > 0) {
            text += " port=" + std::to_string(throughPort);
        }
        const json document{{"format", 1},
                            {"environment", "staging"},
                            {"postgres", {{{"name", "main"}, {"conninfo", text}, {"passfile", m_passfile}}}}};
        auto profile = parseProfile(document.dump(), "foreign");
        return profile ? *profile : Profile{};
    }
    static std::unique_ptr<Collector> only(const Profile& profile) {
        auto collectors = collectorsFor(profile);
        return collectors.empty() ? nullptr : std::move(collectors.front());
    }
    void sentenceHas(const std::string& conninfo, ErrorCode code, const char* part) const {
        PostgresClient client(conninfo, m_passfile);
        const auto rows = client.query("one", "select 1", soon());
        QVERIFY(!rows);
        QVERIFY2(rows.error().text.contains(part), rows.error().text.c_str());
        QVERIFY2(!rows.error().text.contains(kPassword) && !rows.error().text.contains("staple"),
                 rows.error().text.c_str());
        QCOMPARE(rows.error().code, code);
    }

    PrivatePostgres m_server;
    std::string m_passfile;
};

QTEST_GUILESS_MAIN(TestForeignPostgres)
#include "test_foreign_postgres.moc"
