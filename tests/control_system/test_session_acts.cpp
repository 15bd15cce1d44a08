// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/control_gateway.h"
#include "backend/clients/http_client.h"
#include "backend/clients/pg_console_client.h"
#include "backend/clients/pg_session.h"
#include "backend/clients/stack_status.h"
#include "backend/collectors/control_collector.h"
#include "backend/collectors/haproxy_csv.h"
#include "tests/control_system/keep_alive_client.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/wait_for.h"
#include "tests/system/sql_session.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

QString text(const char* ascii) {
    return QString::fromLatin1(ascii);
}

SteadyTime in(std::chrono::milliseconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

/// Traffic that goes on while the test acts; its report tells whether a caller has noticed.
class Traffic {
public:
    Traffic(const QString& stateDir, int rate) {
        m_process.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + text("/binnacle-load"),
                        {text("run"), text("--rate"), QString::number(rate), text("--duration"), text("0"),
                         text("--json"), text("--state-dir"), stateDir});
    }
    ~Traffic() { (void)report(); }
    Traffic(const Traffic&) = delete;
    Traffic& operator=(const Traffic&) = delete;

    [[nodiscard]] QJsonObject report() {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.terminate();
            m_process.waitForFinished(20'000);
            m_report = QJsonDocument::fromJson(m_process.readAllStandardOutput()).object();
        }
        return m_report;
    }
    /// Requests that were turned away, failed or got no answer, by route; empty: none.
    [[nodiscard]] QString complaints() {
        QString found = report().isEmpty() ? text("no report") : QString();
        for (const auto route : report()[text("routes")].toArray()) {
            const auto status = route.toObject()[text("status")].toObject();
            for (const auto& code : status.keys()) {
                if (code.startsWith(QLatin1Char('5')) || code == text("429") || !code.front().isDigit()) {
                    found += route.toObject()[text("route")].toString() + QLatin1Char(' ') + code + QLatin1Char('\n');
                }
            }
        }
        if (const auto why = report()[text("failures")].toObject(); !found.isEmpty() && !why.isEmpty()) {
            found += QString::fromUtf8(QJsonDocument(why).toJson(QJsonDocument::Compact));
        }
        return found;
    }

private:
    QProcess m_process;
    QJsonObject m_report;
};

} // namespace

/// One stack; each function leaves it as it was.
class TestSessionActs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_home.isValid());
        qputenv("XDG_STATE_HOME", m_home.path().toUtf8()); // the memory of the audit's end
        const auto up = m_stack.up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto status = parseStackStatus(m_stack.stack({text("status"), text("--json")}).out.toStdString());
        QVERIFY2(status.has_value(), status ? "" : status.error().text.c_str());
        m_status = *status;
        m_passfile =
            QFileInfo(QString::fromStdString(m_status.credentials.pgpassFile)).path().toStdString() + "/acting.pgpass";
        m_gateway = std::make_unique<ControlGateway>(*HttpEndpoint::parse(m_status.endpoints.control), std::string());
        auto session =
            PgSession::open(actingConninfo(m_status.endpoints.postgresPrimary, "postgres"), m_passfile, {}, in(5s));
        QVERIFY2(session.has_value(), session ? "" : session.error().text.c_str());
        m_sql = std::make_unique<PgSession>(std::move(*session));
    }
    void cleanup() {
        if (!QTest::currentTestFailed()) {
            QCOMPARE(m_stack.ctl({text("audit"), text("--verify")}).exitCode, 0);
        }
    }
    void cleanupTestCase() {
        QCOMPARE(m_stack.down().exitCode, 0);
        QVERIFY(waitFor(30s, [&] { return m_stack.processes().isEmpty(); }));
    }

    void cancellingTheRootLetsAllBehindItGoOn() {
        auto root = session("app_rw");
        QVERIFY(root->run("begin") && root->run("select pg_advisory_xact_lock(42)"));
        QVERIFY(root->send("select pg_sleep(600), 'a secret'"));
        std::vector<std::unique_ptr<SqlSession>> waiters;
        for (int i = 0; i < 3; ++i) {
            waiters.push_back(session("app_rw"));
            QVERIFY(waiters.back()->send("select pg_advisory_xact_lock(42)"));
        }
        QVERIFY(waitFor(30s, [&] { return waiting() == 3; }));
        const auto who = identity("query like 'select pg_sleep%' and state = 'active'");
        auto request = wish("cancel_query", who);
        const auto preview = m_gateway->preview(request, 5s);
        QVERIFY2(preview.has_value(), preview ? "" : preview.error().text.c_str());
        QCOMPARE(integerOf(preview->before, "waiters"), std::optional<std::int64_t>(3));
        QCOMPARE(textOf(preview->before, "user"), std::string("app_rw"));
        QCOMPARE(textOf(preview->details, "statement"), std::string("select pg_sleep(?), ?"));
        QCOMPARE(preview->affected.size(), std::size_t{4});
        QCOMPARE(preview->roleNeeded, std::string("operator"));
        // By the terminal, as a script does it.
        QStringList arguments{text("--json"),   text("run"),       text("cancel_query"),
                              text("--reason"), text("it blocks"), text("--yes")};
        for (const auto& [name, value] : who) {
            arguments << QString::fromStdString(name + "=" + valueText(value));
        }
        const auto run = m_stack.ctl(arguments);
        QVERIFY2(run.exitCode == 0, (run.out + run.err).constData());
        const auto outcome = run.json();
        QCOMPARE(outcome[text("outcome")].toString(), text("applied"));
        QCOMPARE(outcome[text("observed_after")].toObject()[text("drained")].toInt(), 3);
        QCOMPARE(outcome[text("message")].toString(), text("All 3 sessions that waited behind it go on."));
        QCOMPARE(root->finish(), text("57014"));
        for (const auto& waiter : waiters) {
            QCOMPARE(waiter->finish(), QString());
        }
        QVERIFY(outcome[text("reversal")].isNull());
        const auto undo = m_stack.ctl({text("undo"), QString::number(outcome[text("number")].toInteger()),
                                       text("--reason"), text("no"), text("--yes")});
        QVERIFY(undo.exitCode != 0);
        QVERIFY2(undo.err.contains("has got the error and may send it again"), undo.err.constData());
    }

    void aSessionThatHasMovedOnIsNeverHit() {
        auto victim = session("app_rw");
        QVERIFY(victim->run("begin") && victim->run("select 'of the first transaction'"));
        auto who = identity("query like '%of the first transaction%' and state = 'idle in transaction'");
        QVERIFY(victim->run("rollback") && victim->run("begin") && victim->run("select 'of the second transaction'"));
        auto stale = runToItsEnd(wish("terminate_session", who));
        QVERIFY2(stale && stale->verdict == Verdict::Refused, said(stale).c_str());
        QVERIFY2(said(stale).find("another session or transaction") != std::string::npos, said(stale).c_str());
        QVERIFY(victim->run("select 'alive'"));
        // Idle in a transaction there is no query to cancel.
        who = identity("query like '%alive%' and state = 'idle in transaction'");
        const auto nothing = runToItsEnd(wish("cancel_query", who));
        QVERIFY2(nothing && nothing->verdict == Verdict::Refused, said(nothing).c_str());
        const auto ended = runToItsEnd(wish("terminate_session", who));
        QVERIFY2(ended && ended->verdict == Verdict::Applied, said(ended).c_str());
        QCOMPARE(said(ended), std::string("applied: Nobody waited behind it."));
        QVERIFY(!victim->run("select 1"));
        const auto again = runToItsEnd(wish("terminate_session", who));
        QVERIFY2(again && again->verdict == Verdict::Refused, said(again).c_str());
        QVERIFY2(said(again).find("it has ended") != std::string::npos, said(again).c_str());
    }

    void whatIsNobodysClientIsLeftAlone() {
        const auto refused = [&](const std::string& which, const char* why) {
            const auto outcome = runToItsEnd(wish("terminate_session", identity(which)));
            QVERIFY2(outcome && outcome->verdict == Verdict::Refused, said(outcome).c_str());
            QVERIFY2(said(outcome).find(why) != std::string::npos, said(outcome).c_str());
        };
        refused("backend_type = 'walsender'", "PostgreSQL's own walsender");
        auto own = session("console_op");
        QVERIFY(own->run("select 'of Binnacle'"));
        refused("usename = 'console_op' and state = 'idle' and query like '%of Binnacle%'", "of Binnacle itself");
        auto super = session("binnacle_admin");
        QVERIFY(super->run("select 'by a superuser'"));
        refused("query like '%by a superuser%' and usename = 'binnacle_admin'", "only a superuser may act");
        auto unknown = wish("terminate_session",
                            {{"server", "elsewhere"}, {"pid", 1}, {"backend_start", "2026-11-25T18:30:01.123456Z"}});
        const auto preview = m_gateway->preview(unknown, 5s);
        QVERIFY(!preview && preview.error().text.find("primary, replica-1, replica-2") != std::string::npos);
    }

    void aKeyIsReadAnewOnceItIsInvalidated() {
        QFile key(QString::fromStdString(m_status.credentials.apiKeyFile));
        QVERIFY(key.open(QIODevice::ReadOnly));
        KeepAliveClient client(std::atoi(m_status.endpoints.api.substr(m_status.endpoints.api.rfind(':') + 1).c_str()),
                               key.readAll().trimmed().toStdString());
        const auto cache = [&] {
            const auto answer = client.get("/v1/projects/1", "ada");
            auto head = answer ? answer->head : std::string();
            std::ranges::transform(head, head.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
            });
            constexpr std::string_view name = "x-binnacle-cache: ";
            const auto at = head.find(name);
            return at == std::string::npos ? std::string("none")
                                           : head.substr(at + name.size(), head.find('\r', at) - at - name.size());
        };
        for (const Values& which : {Values{{"key", "cache:1:project:1:1"}}, Values{{"tag", "project:1"}},
                                    Values{{"tag", "organisation:1"}}}) {
            QVERIFY(waitFor(30s, [&] { return cache() == "hit"; }));
            auto request = wish("invalidate_cache", which);
            const auto preview = m_gateway->preview(request, 5s);
            QVERIFY2(preview.has_value(), preview ? "" : preview.error().text.c_str());
            QVERIFY(integerOf(preview->before, "keys").value_or(0) >= 1);
            QVERIFY(std::ranges::find(preview->affected, "cache:1:project:1:1") != preview->affected.end());
            const auto done = runToItsEnd(request);
            QVERIFY2(done && done->verdict == Verdict::Applied, said(done).c_str());
            QVERIFY(integerOf(done->observedAfter, "removed").value_or(0) >= 1);
            QCOMPARE(cache(), std::string("miss"));
            QVERIFY(waitFor(30s, [&] { return cache() == "hit"; }));
        }
        const auto wrong = m_gateway->preview(wish("invalidate_cache", {{"key", "session:1"}}), 5s);
        QVERIFY2(!wrong && wrong.error().text.find("a key of this cache") != std::string::npos,
                 wrong ? "" : wrong.error().text.c_str());
    }

    void aPausedPoolLetsRequestsWaitAndNoneFail() {
        // A long pause does fail requests, as the preview says, and how long one lasts is up to the machine: what a
        // short one does is asked of the first that is short.
        constexpr auto kShort = 300ms;
        for (int i = 0; i < 15; ++i) {
            const auto before = served();
            Traffic traffic(m_stack.stateDir(), 20);
            // Beyond the thirty requests by which the generator learns what there is: a pause, or an end, in the
            // midst of those says nothing of users.
            QVERIFY(waitFor(30s, [&] { return served() > before + 60; }));
            auto client = pooled();
            const auto began = std::chrono::steady_clock::now();
            const auto pause = control("pause_pool", {{"pool", "binnacle"}});
            QVERIFY2(pause && pause->verdict == Verdict::Applied, said(pause).c_str());
            QVERIFY(client->send("select 1"));
            const bool paused = poolValue("paused") == "1";
            const auto resume = control("resume_pool", {{"pool", "binnacle"}});
            const auto took = std::chrono::steady_clock::now() - began;
            QVERIFY(paused);
            QVERIFY2(resume && resume->verdict == Verdict::Applied, said(resume).c_str());
            QCOMPARE(client->finish(), QString());
            QCOMPARE(poolValue("paused"), std::string("0"));
            // Who waited has an answer when others who came later have theirs: what is cut off then was lost before.
            const auto then = served();
            QVERIFY(waitFor(30s, [&] { return served() > then + 20; }));
            const auto complaints = traffic.complaints();
            if (took < kShort) {
                QCOMPARE(complaints, QString());
                return;
            }
        }
        QSKIP("No pause of fifteen was short on this machine, so that nothing is known of what one does to requests");
    }

    void aPauseThatIsHeldUpIsInDoubtAndCanBeTakenBack() {
        auto holder = pooled();
        QVERIFY(holder->run("begin") && holder->run("set local idle_in_transaction_session_timeout = 0"));
        const auto doubt = control("pause_pool", {{"pool", "binnacle"}});
        QVERIFY2(doubt && doubt->verdict == Verdict::InDoubt, said(doubt).c_str());
        QVERIFY2(said(doubt).find("1 transaction has not ended") != std::string::npos, said(doubt).c_str());
        const auto undone = undo(*doubt);
        QVERIFY2(undone && undone->verdict == Verdict::Applied, said(undone).c_str());
        QCOMPARE(poolValue("paused"), std::string("0"));
        QVERIFY(holder->run("commit") && holder->run("select 1"));
    }

    void aPauseEndsByItself() {
        const auto paused = control("pause_pool", {{"pool", "binnacle"}, {"lease_s", 1}});
        QVERIFY2(paused && paused->verdict == Verdict::Applied, said(paused).c_str());
        QVERIFY(waitFor(30s, [&] { return poolValue("paused") == "0"; }));
        const auto byControl = [&] {
            const auto entries = m_gateway->audit({}, -1, 20, 5s);
            return entries && std::ranges::any_of(*entries, [](const SealedEntry& sealed) {
                       return sealed.entry.action == "resume_pool" && sealed.entry.operatorName == "control" &&
                              sealed.entry.phase == AuditPhase::Outcome &&
                              sealed.entry.result->verdict == Verdict::Applied;
                   });
        };
        QVERIFY(waitFor(30s, byControl));
        const auto late = undo(*paused);
        QVERIFY2(late && late->verdict == Verdict::Refused, said(late).c_str());
    }

    void aSizeIsSeenInPgBouncerAndOutlivesItsReload() {
        const auto usual = poolValue("pool_size");
        const auto done = control("resize_pool", {{"pool", "binnacle"}, {"size", 4}});
        QVERIFY2(done && done->verdict == Verdict::Applied, said(done).c_str());
        QCOMPARE(poolValue("pool_size"), std::string("4"));
        QVERIFY(console().run("RELOAD", in(5s)).has_value()); // forgets what was set
        QVERIFY(waitFor(30s, [&] { return poolValue("pool_size") == "4"; }));
        const auto huge = control("resize_pool", {{"pool", "binnacle"}, {"size", 900}});
        QVERIFY2(huge && huge->verdict == Verdict::Refused, said(huge).c_str());
        QVERIFY2(said(huge).find("too many") != std::string::npos, said(huge).c_str());
        const auto undone = undo(*done);
        QVERIFY2(undone && undone->verdict == Verdict::Applied, said(undone).c_str());
        QCOMPARE(poolValue("pool_size"), usual);
    }

    void aDrainedInstanceGetsNothingNewAndNobodyNotices() {
        Traffic traffic(m_stack.stateDir(), 50);
        QVERIFY(waitFor(30s, [&] { return requestsOf("app-1") > 20; }));
        const auto done = control("drain_instance", {{"instance", "app-1"}});
        QVERIFY2(done && done->verdict == Verdict::Applied, said(done).c_str());
        QCOMPARE(textOf(done->observedAfter, "state"), std::string("drained"));
        QCOMPARE(drainedNow(), std::vector<std::string>{"app-1"}); // so that nobody is called for it
        const auto quiet = requestsOf("app-1");
        const auto busy = requestsOf("app-2");
        QVERIFY(waitFor(30s, [&] { return requestsOf("app-2") > busy + 30; }));
        QCOMPARE(requestsOf("app-1"), quiet);
        const auto last = control("drain_instance", {{"instance", "app-2"}});
        QVERIFY2(last && last->verdict == Verdict::Refused, said(last).c_str());
        QVERIFY2(said(last).find("nobody would answer") != std::string::npos, said(last).c_str());
        QCOMPARE(traffic.complaints(), QString());
        // HAProxy forgets it at its next start; control does not.
        const auto pid = m_stack.pidOf(text("haproxy"));
        ::kill(pid, SIGKILL);
        QVERIFY(waitFor(30s, [&] {
            const auto now = m_stack.pidOf(text("haproxy"));
            return now > 0 && now != pid && statusOf("app-1").starts_with("DRAIN");
        }));
        const auto undone = undo(*done);
        QVERIFY2(undone && undone->verdict == Verdict::Applied, said(undone).c_str());
        QVERIFY(statusOf("app-1").starts_with("UP"));
        QVERIFY(drainedNow().empty());
    }

private:
    /// The instances that somebody has drained, as every reader of control is told.
    [[nodiscard]] std::vector<std::string> drainedNow() const {
        std::vector<std::string> out;
        const auto state = m_gateway->state(5s);
        const auto snapshot = state ? controlSnapshot(*state) : Result<Snapshot>(std::unexpected(state.error()));
        for (const auto& reading : snapshot ? snapshot->readings : std::vector<Reading>()) {
            if (reading.key.id == "control.instance_drained") {
                out.emplace_back(reading.key.labels.get("instance"));
            }
        }
        return out;
    }
    [[nodiscard]] static std::string actingConninfo(const std::string& of, const char* database) {
        return withSettings(of, {{"dbname", database}, {"user", "console_op"}});
    }
    [[nodiscard]] static std::string said(const Result<ActionOutcome>& outcome) {
        return outcome ? std::string(verdictName(outcome->verdict)) + ": " + outcome->message : outcome.error().text;
    }
    /// A session on the primary whose statements may take their time.
    [[nodiscard]] std::unique_ptr<SqlSession> session(const char* role) const {
        const auto conninfo = withSettings(m_status.endpoints.postgresPrimary, {{"dbname", "binnacle"}});
        auto made = std::make_unique<SqlSession>(QString::fromStdString(conninfo), m_stack.stateDir(), text(role));
        (void)made->run("set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0");
        return made;
    }
    [[nodiscard]] std::unique_ptr<SqlSession> pooled() const {
        const auto conninfo = withSettings(m_status.endpoints.pgbouncer, {{"dbname", "binnacle"}});
        return std::make_unique<SqlSession>(QString::fromStdString(conninfo), m_stack.stateDir(), text("app_ro"));
    }
    [[nodiscard]] std::int64_t waiting() {
        const auto answer =
            m_sql->execute("select count(*) from pg_stat_activity where wait_event = 'advisory'", {}, in(5s));
        return answer ? std::stoll(answer->rows.front().front().value_or("0")) : -1;
    }
    /// Who that is, as the tables of the console name them.
    [[nodiscard]] Values identity(const std::string& which) {
        constexpr const char* moment = R"(at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))";
        const auto sql = "select pid, to_char(backend_start " + std::string(moment) + ", to_char(xact_start " + moment +
                         " from pg_stat_activity where " + which + " limit 1";
        std::optional<PgRow> row;
        (void)waitFor(30s, [&] {
            const auto answer = m_sql->execute(sql, {}, in(5s));
            row = answer && !answer->rows.empty() ? std::optional(answer->rows.front()) : std::nullopt;
            return row.has_value();
        });
        Values who{{"server", "primary"}};
        if (row) {
            who.emplace("pid", std::int64_t{std::stoll(row->at(0).value_or("0"))});
            who.emplace("backend_start", row->at(1).value_or(""));
            if (row->at(2)) {
                who.emplace("xact_start", *row->at(2));
            }
        }
        return who;
    }
    [[nodiscard]] ActionRequest wish(const char* action, const Values& parameters) {
        ActionRequest request;
        request.action = action;
        request.parameters = parameters;
        request.reason = "a test";
        request.requestId = "test-" + std::to_string(++m_requests);
        return request;
    }
    [[nodiscard]] Result<ActionOutcome> untilItEnds(const std::function<Result<ActionOutcome>()>& ask) const {
        auto outcome = ask();
        (void)waitFor(30s, [&] {
            if (outcome && outcome->message.starts_with("It runs.")) {
                outcome = ask();
            }
            return !outcome || !outcome->message.starts_with("It runs.");
        });
        return outcome;
    }
    [[nodiscard]] Result<ActionOutcome> runToItsEnd(ActionRequest request) {
        const auto preview = m_gateway->preview(request, 10s);
        if (!preview) {
            return std::unexpected(preview.error());
        }
        request.fingerprint = preview->fingerprint;
        return untilItEnds([&] { return m_gateway->apply(request, 10s); });
    }
    [[nodiscard]] Result<ActionOutcome> control(const char* action, const Values& parameters) {
        return runToItsEnd(wish(action, parameters));
    }
    [[nodiscard]] Result<ActionOutcome> undo(const ActionOutcome& done) {
        const auto reference = done.writerId + ":" + std::to_string(done.number);
        auto request = wish("", {});
        const auto preview = m_gateway->previewUndo(reference, 10s);
        if (!preview) {
            return std::unexpected(preview.error());
        }
        request.fingerprint = preview->fingerprint;
        return untilItEnds([&] { return m_gateway->undo(reference, request, 10s); });
    }
    [[nodiscard]] PgConsoleClient console() const {
        return {actingConninfo(m_status.endpoints.pgbouncer, "pgbouncer"), m_passfile};
    }
    /// A column of SHOW DATABASES.
    [[nodiscard]] std::string poolValue(const char* column) const {
        auto client = console();
        const auto table = client.show("SHOW DATABASES", in(5s));
        const auto name = table ? table->column("name") : std::nullopt;
        const auto wanted = table ? table->column(column) : std::nullopt;
        if (name && wanted) {
            for (const auto& row : table->rows) {
                if (row[*name] == "binnacle") {
                    return row[*wanted].value_or("");
                }
            }
        }
        return {};
    }
    [[nodiscard]] HaproxyRow balancerRow(const char* instance) const {
        HttpClient http(*HttpEndpoint::parse(m_status.endpoints.haproxyRead));
        const auto body = http.getBody("/stats;csv", in(5s));
        const auto rows = body ? parseHaproxyCsv(*body) : std::unexpected(body.error());
        if (rows) {
            for (const auto& row : *rows) {
                if (row.proxy == "be_stable" && row.name == instance) {
                    return row;
                }
            }
        }
        return {};
    }
    [[nodiscard]] double requestsOf(const char* instance) const { return balancerRow(instance).requests.value_or(-1); }
    /// What both stable instances have been sent.
    [[nodiscard]] double served() const { return requestsOf("app-1") + requestsOf("app-2"); }
    [[nodiscard]] std::string statusOf(const char* instance) const { return balancerRow(instance).status; }

    BundledStack m_stack;
    QTemporaryDir m_home;
    StackStatus m_status;
    std::string m_passfile;
    std::unique_ptr<ControlGateway> m_gateway;
    std::unique_ptr<PgSession> m_sql;
    int m_requests = 0;
};

QTEST_GUILESS_MAIN(TestSessionActs)
#include "test_session_acts.moc"
