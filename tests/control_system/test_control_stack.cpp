// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/control_gateway.h"
#include "backend/clients/secret_file.h"
#include "backend/clients/stack_status.h"
#include "tests/control_system/keep_alive_client.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/wait_for.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QtTest>

#include <csignal>
#include <set>
#include <thread>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr int kUsers = 10000;
constexpr const char* kMigration = "20261101120000_tasks_by_assignee";

QString text(const char* ascii) {
    return QString::fromLatin1(ascii);
}

QString outcomeOf(const ProgramResult& result) {
    return result.json()[text("outcome")].toString();
}

/// A process that is stopped while this lives: alive for the kernel, silent for everybody else.
class Stopped {
public:
    explicit Stopped(std::vector<pid_t> pids)
        : m_pids(std::move(pids)) {
        for (const auto pid : m_pids) {
            ::kill(pid, SIGSTOP);
        }
    }
    ~Stopped() { resume(); }
    Stopped(const Stopped&) = delete;
    Stopped& operator=(const Stopped&) = delete;
    void resume() {
        for (const auto pid : m_pids) {
            ::kill(pid, SIGCONT);
        }
        m_pids.clear();
    }

private:
    std::vector<pid_t> m_pids;
};

} // namespace

/// One stack for all functions; each leaves level and share at 0.
class TestControlStack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto up = m_stack.up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto status = parseStackStatus(m_stack.stack({text("status"), text("--json")}).out.toStdString());
        QVERIFY2(status.has_value(), status ? "" : status.error().text.c_str());
        m_status = *status;
        QVERIFY(!m_status.endpoints.control.empty());
        QVERIFY(m_status.component("control") != nullptr);
        m_key = *readSecretFile(m_status.credentials.apiKeyFile);
        m_port = std::atoi(m_status.endpoints.api.substr(m_status.endpoints.api.rfind(':') + 1).c_str());
        // The memory of the audit's end must not be that of the person who runs the tests.
        QVERIFY(m_home.isValid());
        qputenv("XDG_STATE_HOME", m_home.path().toUtf8());
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

    void nothingOfItComesIntoACoreFile() {
        QFile limits(QStringLiteral("/proc/%1/limits").arg(m_stack.pidOf(text("control"))));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        const auto all = QString::fromLatin1(limits.readAll());
        QVERIFY2(all.contains(QRegularExpression(QStringLiteral("Max core file size +0 +0 "))), qPrintable(all));
    }
    void levelTwoIsInEffectEverywhereWithinASecond() {
        QCOMPARE(levels(), (std::vector<int>{0, 0, 0}));
        const auto result = run({text("set_degradation_level"), text("level=2")});
        QVERIFY2(result.exitCode == 0, result.err.constData());
        const auto document = result.json();
        QCOMPARE(document[text("outcome")].toString(), text("applied"));
        QCOMPARE(document[text("before")].toObject()[text("level")].toInt(-1), 0);
        QCOMPARE(document[text("after")].toObject()[text("level")].toInt(-1), 2);
        QCOMPARE(document[text("observed_after")].toObject()[text("level")].toInt(-1), 2);
        QVERIFY(document[text("stragglers")].toArray().isEmpty());
        QVERIFY(!document[text("lease_until")].toString().isEmpty());
        QCOMPARE(levels(), (std::vector<int>{2, 2, 2}));
        QVERIFY2(lastActTook() < 1s, qPrintable(QString::number(lastActTook().count())));

        KeepAliveClient client(m_port, m_key);
        const auto suggestions = client.get("/v1/search/suggestions?q=a", "u1");
        QVERIFY(suggestions.has_value());
        QCOMPARE(suggestions->status, 200);
        QVERIFY2(suggestions->body.find(R"("degraded":true)") != std::string::npos, suggestions->body.c_str());
        const auto dashboard = client.get("/v1/dashboard", "u1");
        QCOMPARE(dashboard->status, 200);
        QVERIFY(dashboard->body.find("analytics") == std::string::npos);
        QVERIFY(dashboard->body.find(R"("degraded":true)") != std::string::npos);

        const auto undone = undo(document[text("number")].toInt());
        QVERIFY2(undone.exitCode == 0, undone.err.constData());
        QCOMPARE(levels(), (std::vector<int>{0, 0, 0}));
        QVERIFY(client.get("/v1/dashboard", "u1")->body.find(R"("degraded":true)") == std::string::npos);
        // It is taken back already.
        QCOMPARE(undo(document[text("number")].toInt()).exitCode, 3);
    }

    void aLevelGoesThroughWithRedisAndPostgresStopped() {
        Stopped stopped({m_stack.pidOf(text("redis")), m_stack.pidOf(text("primary")), m_stack.pidOf(text("replica-1")),
                         m_stack.pidOf(text("replica-2")), m_stack.pidOf(text("pgbouncer"))});
        const auto result = run({text("set_degradation_level"), text("level=2")});
        QVERIFY2(result.exitCode == 0, (result.err + result.out).constData());
        QCOMPARE(levels(), (std::vector<int>{2, 2, 2}));
        QVERIFY2(lastActTook() < 1s, qPrintable(QString::number(lastActTook().count())));
        stopped.resume();
        QCOMPARE(undo(result.json()[text("number")].toInt()).exitCode, 0);
        QCOMPARE(levels(), (std::vector<int>{0, 0, 0}));
    }

    void aStoppedInstanceIsNamedAndFollowsWhenItReturns() {
        Stopped stopped({m_stack.pidOf(text("app-2"))});
        const auto result = run({text("set_degradation_level"), text("level=1")});
        QCOMPARE(result.exitCode, 4);
        QCOMPARE(outcomeOf(result), text("in_doubt"));
        QCOMPARE(result.json()[text("stragglers")].toArray(), QJsonArray{text("app-2")});
        stopped.resume();
        QVERIFY(waitFor(30s, [&] { return levels() == std::vector<int>{1, 1, 1}; }));
        QCOMPARE(run({text("set_degradation_level"), text("level=0")}).exitCode, 0);
    }

    void aLeaseEndsByItself() {
        QCOMPARE(run({text("set_degradation_level"), text("level=1"), text("lease_s=1")}).exitCode, 0);
        QVERIFY(waitFor(30s, [&] { return levels() == std::vector<int>{0, 0, 0}; }));
        // The outcome is written once every instance has been seen, so a moment later.
        QVERIFY(waitFor(30s, [&] {
            const auto chain = gateway().audit({}, -1, 2, 2s);
            return chain && chain->size() == 2 && chain->front().entry.operatorName == "control" &&
                   chain->back().entry.intent == chain->front().entry.number;
        }));
    }

    void guardsRefuseWithTheirExitCodes() {
        QCOMPARE(m_stack.ctl({text("run"), text("set_degradation_level"), text("level=1"), text("--yes")}).exitCode, 2);
        QCOMPARE(run({text("set_degradation_level"), text("level=9")}).exitCode, 2);
        QCOMPARE(run({text("no_such_action")}).exitCode, 2);
        // No terminal and no --yes.
        QCOMPARE(m_stack.ctl({text("run"), text("set_degradation_level"), text("level=1"), text("--reason"), text("x")})
                     .exitCode,
                 2);
        const auto unconfirmed = run({text("set_degradation_level"), text("level=3")});
        QCOMPARE(unconfirmed.exitCode, 3);
        QCOMPARE(outcomeOf(unconfirmed), text("refused"));
        QCOMPARE(levels(), (std::vector<int>{0, 0, 0}));
        const auto preview =
            m_stack.ctl({text("preview"), text("set_degradation_level"), text("level=3"), text("--json")});
        QCOMPARE(preview.exitCode, 0);
        QCOMPARE(preview.json()[text("type_to_confirm")].toString(), text("emergency"));
        QVERIFY(preview.out.contains("nothing more than level 2"));
        QCOMPARE(run({text("set_degradation_level"), text("level=3"), text("--type"), text("emergency")}).exitCode, 0);
        QCOMPARE(run({text("set_degradation_level"), text("level=0")}).exitCode, 0);
    }

    void theShareIsExactStickyAndOutlivesItsKeepers() {
        QCOMPARE(canaryUsers().size(), 0U);
        QCOMPARE(run({text("set_canary_share"), text("percent=5")}).exitCode, 0);
        const auto five = canaryUsers();
        const double share = 100.0 * static_cast<double>(five.size()) / kUsers;
        QVERIFY2(std::abs(share - 5) <= 0.65, qPrintable(QString::number(share)));
        QVERIFY(canaryUsers() == five);

        ::kill(m_stack.pidOf(text("control")), SIGKILL);
        ::kill(m_stack.pidOf(text("haproxy")), SIGKILL);
        KeepAliveClient client(m_port, m_key);
        QVERIFY(waitFor(30s, [&] {
            const auto answer = client.get("/v1/projects", "u1");
            return answer && answer->status == 200;
        }));
        QVERIFY(canaryUsers() == five);
        QVERIFY(waitFor(30s, [&] { return gateway().checkVersion(1s).has_value(); }));

        const auto ten = run({text("set_canary_share"), text("percent=10")});
        QVERIFY2(ten.exitCode == 0, (ten.err + ten.out).constData());
        const auto more = canaryUsers();
        QVERIFY(std::abs(100.0 * static_cast<double>(more.size()) / kUsers - 10) <= 0.9);
        QVERIFY(std::includes(more.begin(), more.end(), five.begin(), five.end()));
        QCOMPARE(undo(ten.json()[text("number")].toInt()).exitCode, 0);
        QVERIFY(canaryUsers() == five);
        QCOMPARE(run({text("set_canary_share"), text("percent=0")}).exitCode, 0);
        QCOMPARE(canaryUsers().size(), 0U);
    }

    void breakGlassActsWithControlStoppedAndTheAuditIsWholeAfterwards() {
        Stopped stopped({m_stack.pidOf(text("control"))});
        const auto level = run({text("set_degradation_level"), text("level=2")});
        QVERIFY2(level.exitCode == 0, (level.err + level.out).constData());
        QCOMPARE(outcomeOf(level), text("applied"));
        QVERIFY(level.json()[text("writer_id")].toString().startsWith(text("breakglass-")));
        QCOMPARE(levels(), (std::vector<int>{2, 2, 2}));
        const auto share = run({text("set_canary_share"), text("percent=5")});
        QVERIFY2(share.exitCode == 0, (share.err + share.out).constData());
        QVERIFY(!canaryUsers().empty());
        // Who forbids it gets nothing done.
        QCOMPARE(run({text("set_degradation_level"), text("level=0"), text("--no-break-glass")}).exitCode, 1);
        stopped.resume();

        const auto reference = level.json()[text("writer_id")].toString() + text(":") +
                               QString::number(level.json()[text("number")].toInt());
        QVERIFY(waitFor(30s, [&] {
            const auto state = gateway().state(1s);
            return state && state->find("\"reference\":\"" + reference.toStdString() + "\"") != std::string::npos;
        }));
        const auto verified = m_stack.ctl({text("audit"), text("--verify"), text("--json")});
        QVERIFY2(verified.exitCode == 0, verified.out.constData());
        QCOMPARE(verified.json()[text("heads")].toArray().size(), 2);
        const auto undone = m_stack.ctl({text("undo"), reference, text("--reason"), text("test"), text("--yes")});
        QVERIFY2(undone.exitCode == 0, (undone.err + undone.out).constData());
        QCOMPARE(levels(), (std::vector<int>{0, 0, 0}));
        QCOMPARE(run({text("set_canary_share"), text("percent=0")}).exitCode, 0);
    }

    void aRestartedInstanceKeepsItsLevel() {
        QCOMPARE(run({text("set_degradation_level"), text("level=2")}).exitCode, 0);
        ::kill(m_stack.pidOf(text("app-1")), SIGKILL);
        QVERIFY(waitFor(30s, [&] { return levels() == std::vector<int>{2, 2, 2}; }));
        QCOMPARE(run({text("set_degradation_level"), text("level=0")}).exitCode, 0);
    }

    /// A control of the test's own over the same instances, because the supervisor waits longer after each death.
    void killsOfControlAtRandomStepsActAtMostOnce() {
        const int kills =
            qEnvironmentVariableIntValue("BINNACLE_KILLS") > 0 ? qEnvironmentVariableIntValue("BINNACLE_KILLS") : 24;
        Stopped stopped({m_stack.pidOf(text("control"))});
        const auto config = ownConfig();
        QVERIFY(!config.isEmpty());
        int before = 0; // acts that were announced before the kill: it must not only hit idle moments
        QProcess control;
        const auto start = [&] {
            control.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + text("/binnacle-control"),
                          {text("--config"), config});
            return waitFor(30s, [&] { return ownGateway().checkVersion(1s).has_value(); }).has_value();
        };
        QVERIFY2(start(), control.readAllStandardError().constData());
        for (int i = 0; i < kills; ++i) {
            // Level, share and migration in turns, each there and back again.
            const bool ofShare = i % 3 == 1;
            const bool ofMigration = i % 3 == 2;
            const bool up = i / 3 % 2 == 0;
            ActionRequest request;
            if (ofMigration) {
                request.action = up ? "apply_migration" : "revert_migration";
                request.parameters = {{"id", kMigration}};
            } else {
                request.action = ofShare ? "set_canary_share" : "set_degradation_level";
                request.parameters = ofShare ? Values{{"percent", up ? 5 : 0}} : Values{{"level", up ? 1 : 0}};
            }
            request.reason = "kill test";
            request.requestId = "kill-" + std::to_string(i);
            auto preview = ownGateway().preview(request, 5s);
            QVERIFY2(preview.has_value(), preview ? "" : preview.error().text.c_str());
            request.fingerprint = preview->fingerprint;
            std::optional<Result<ActionOutcome>> outcome;
            {
                const std::jthread act([&] { outcome = ownGateway().apply(request, 15s); });
                const int longest = ofMigration ? 300'000 : 30'000; // us
                std::this_thread::sleep_for(std::chrono::microseconds(QRandomGenerator::global()->bounded(longest)));
                control.kill();
                QVERIFY(control.waitForFinished(5000));
                QVERIFY2(start(), control.readAllStandardError().constData());
            }
            // Whoever was told nothing asks again, under the same id, and goes on asking while it runs.
            auto again = ownGateway().apply(request, 15s);
            if (again && again->verdict == Verdict::Refused) { // it was never announced and its preview is too old
                preview = ownGateway().preview(request, 5s);
                request.fingerprint = preview->fingerprint;
                again = ownGateway().apply(request, 15s);
            }
            QVERIFY(waitFor(30s, [&] {
                if (again && again->verdict == Verdict::InDoubt) {
                    again = ownGateway().apply(request, 15s);
                }
                return !again || again->verdict != Verdict::InDoubt;
            }));
            QVERIFY2(again && again->verdict == Verdict::Applied,
                     again ? again->message.c_str() : again.error().text.c_str());
            if (outcome && *outcome && (*outcome)->verdict == Verdict::Applied) {
                QCOMPARE((*outcome)->number, again->number);
            }
            before += again->message.find("interrupted") != std::string::npos ? 1 : 0;
            if (ofShare) {
                QVERIFY(waitFor(30s, [&] { return shareInEffect() == (up ? "500" : "0"); }));
            } else if (ofMigration) {
                // As the database itself has it: an invalid index is neither.
                const auto wanted = up ? MigrationStatus::State::Applied : MigrationStatus::State::Pending;
                QVERIFY(waitFor(30s, [&] { return migrationState() == wanted; }));
            } else {
                QVERIFY(waitFor(30s, [&] { return levels() == std::vector<int>(3, up ? 1 : 0); }));
            }
            const auto chain = ownGateway().audit({}, -1, 1000, 5s);
            QVERIFY2(chain.has_value(), chain ? "" : chain.error().text.c_str());
            int intents = 0;
            int outcomes = 0;
            for (const auto& sealed : *chain) {
                if (sealed.entry.requestId == request.requestId) {
                    ++(sealed.entry.phase == AuditPhase::Intent ? intents : outcomes);
                }
            }
            QCOMPARE(intents, 1);
            QCOMPARE(outcomes, 1);
        }
        const auto verified = ownGateway().verifyAudit({}, 5s);
        QVERIFY(verified && verified->whole);
        qInfo("%d of %d kills fell between intent and outcome", before, kills);
        control.terminate();
        QVERIFY(control.waitForFinished(10000));
        QCOMPARE(control.exitCode(), 0);
        stopped.resume();
        // The stack's own control takes over what it finds, and goes on.
        QVERIFY(waitFor(30s, [&] { return gateway().checkVersion(1s).has_value(); }));
        QVERIFY(waitFor(30s, [&] {
            const auto result = run({text("set_degradation_level"), text("level=0")});
            return result.exitCode == 0;
        }));
        QCOMPARE(levels(), (std::vector<int>{0, 0, 0}));
        QCOMPARE(run({text("set_canary_share"), text("percent=0")}).exitCode, 0);
    }

private:
    ProgramResult run(const QStringList& action, const char* reason = "test") {
        return m_stack.ctl(QStringList{text("run")} + action +
                           QStringList{text("--reason"), text(reason), text("--yes"), text("--json")});
    }
    ProgramResult undo(int number) {
        return m_stack.ctl(
            {text("undo"), QString::number(number), text("--reason"), text("test"), text("--yes"), text("--json")});
    }
    [[nodiscard]] ControlGateway gateway() const { return {*HttpEndpoint::parse(m_status.endpoints.control), {}}; }
    [[nodiscard]] MigrationStatus::State migrationState() const {
        const auto view = ownGateway().view(5s);
        return view && view->migrations && view->migrations->rows.size() == 1 ? view->migrations->rows.front().state
                                                                              : MigrationStatus::State::Unknown;
    }
    [[nodiscard]] ControlGateway ownGateway() const {
        return {*HttpEndpoint::parse("unix:" + m_home.path().toStdString() + "/own.sock"), {}};
    }
    /// The stack's configuration of control with another state and socket; the file's name, or nothing.
    [[nodiscard]] QString ownConfig() const {
        QFile original(m_stack.stateDir() + text("/control/config.json"));
        if (!original.open(QIODevice::ReadOnly)) {
            return {};
        }
        auto document = QJsonDocument::fromJson(original.readAll()).object();
        document[text("state_dir")] = QString(m_home.path() + text("/own"));
        document[text("audit_dir")] = QString(m_home.path() + text("/own-audit"));
        document[text("socket")] = QString(m_home.path() + text("/own.sock"));
        QFile own(m_home.path() + text("/own.json"));
        own.open(QIODevice::WriteOnly);
        own.write(QJsonDocument(document).toJson());
        return own.fileName();
    }

    /// The level that each instance reports; -1 for one that does not answer.
    [[nodiscard]] std::vector<int> levels() const {
        std::vector<int> result;
        for (const auto& instance : m_status.endpoints.instances) {
            HttpClient client(*HttpEndpoint::parse(instance.admin));
            const auto body = client.getBody("/admin/v1/state", std::chrono::steady_clock::now() + 1s);
            const auto at = body ? body->find("\"level\":") : std::string::npos;
            result.push_back(at == std::string::npos ? -1 : std::atoi(body->c_str() + at + 8));
        }
        return result;
    }
    /// In basis points, as HAProxy tells it; empty when it does not answer.
    [[nodiscard]] std::string shareInEffect() const {
        HttpClient client(*HttpEndpoint::parse(m_status.endpoints.haproxyRead));
        return client.getBody("/share", std::chrono::steady_clock::now() + 1s).value_or(std::string());
    }
    /// From accepted to observed everywhere, by control's own audit.
    [[nodiscard]] std::chrono::milliseconds lastActTook() const {
        const auto chain = gateway().audit({}, -1, 2, 2s);
        if (!chain || chain->size() != 2) {
            return 1h;
        }
        return std::chrono::duration_cast<std::chrono::milliseconds>(chain->back().entry.at - chain->front().entry.at);
    }
    /// Which of ten thousand users the canary serves.
    [[nodiscard]] std::set<int> canaryUsers() const {
        std::set<int> users;
        KeepAliveClient client(m_port, m_key);
        for (int i = 0; i < kUsers; ++i) {
            const auto answer = client.get("/v1/none", "user-" + std::to_string(i));
            if (!answer || answer->instance.empty()) {
                return {-1};
            }
            if (answer->instance == "app-3") {
                users.insert(i);
            }
        }
        return users;
    }

    QTemporaryDir m_home;
    BundledStack m_stack;
    StackStatus m_status;
    std::string m_key;
    int m_port = 0;
};

QTEST_GUILESS_MAIN(TestControlStack)
#include "test_control_stack.moc"
