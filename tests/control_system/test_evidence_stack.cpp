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
#include <QtTest>

#include <barrier>
#include <csignal>
#include <sys/mount.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr int kUsers = 10000;

QString text(const char* ascii) {
    return QString::fromLatin1(ascii);
}

QString program(const char* name) {
    return qEnvironmentVariable("BINNACLE_TEST_BIN") + QLatin1Char('/') + text(name);
}

const Forecast* rowOf(const std::vector<Forecast>& rows, const char* id) {
    const auto found = std::ranges::find(rows, std::string(id), &Forecast::id);
    return found == rows.end() ? nullptr : &*found;
}

const EffectRow* rowOf(const std::vector<EffectRow>& rows, const char* id) {
    const auto found = std::ranges::find(rows, std::string(id), &EffectRow::id);
    return found == rows.end() ? nullptr : &*found;
}

/// A control of the test's own over the stack's instances, with windows of seconds instead of minutes.
class OwnControl {
public:
    OwnControl(const QString& stackState, const QString& directory)
        : m_directory(directory) {
        QFile original(stackState + text("/control/config.json"));
        if (!original.open(QIODevice::ReadOnly)) {
            return;
        }
        auto document = QJsonDocument::fromJson(original.readAll()).object();
        document[text("state_dir")] = QString(directory + text("/own"));
        document[text("audit_dir")] = QString(directory + text("/own-audit"));
        document[text("socket")] = QString(directory + text("/own.sock"));
        document[text("effects")] = QJsonObject{{text("before_s"), 6}, {text("settle_s"), 2}, {text("after_s"), 6}};
        QFile own(config());
        own.open(QIODevice::WriteOnly);
        own.write(QJsonDocument(document).toJson());
    }
    ~OwnControl() { stop(); }
    OwnControl(const OwnControl&) = delete;
    OwnControl& operator=(const OwnControl&) = delete;

    [[nodiscard]] bool start() {
        m_process.start(program("binnacle-control"), {text("--config"), config()});
        return waitFor(30s, [&] { return gateway().checkVersion(1s).has_value(); }).has_value();
    }
    void stop() {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.terminate();
            m_process.waitForFinished(10000);
        }
    }
    [[nodiscard]] ControlGateway gateway(const std::string& token = {}) const {
        return {*HttpEndpoint::parse("unix:" + m_directory.toStdString() + "/own.sock"), token};
    }
    [[nodiscard]] std::string token(const char* name, const char* role) const {
        QProcess process;
        process.start(program("binnacle-control"), {text("--config"), config(), text("add-token"), text("--name"),
                                                    text(name), text("--role"), text(role)});
        process.waitForFinished(10000);
        return process.readAllStandardOutput().trimmed().toStdString();
    }

private:
    [[nodiscard]] QString config() const { return m_directory + text("/own.json"); }

    QString m_directory;
    QProcess m_process;
};

ActionRequest request(ControlGateway& gateway, const char* action, Values parameters, const std::string& id) {
    ActionRequest wish;
    wish.action = action;
    wish.parameters = std::move(parameters);
    wish.reason = "test";
    wish.requestId = id;
    if (const auto preview = gateway.preview(wish, 2s)) {
        wish.fingerprint = preview->fingerprint;
        wish.typed = preview->typeToConfirm;
    }
    return wish;
}

} // namespace

/// What control measures, on real processes. One stack for all functions; each leaves level and share at 0.
class TestEvidenceStack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto up = m_stack.up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto status = parseStackStatus(m_stack.stack({text("status"), text("--json")}).out.toStdString());
        QVERIFY2(status.has_value(), status ? "" : status.error().text.c_str());
        m_status = *status;
        m_key = *readSecretFile(m_status.credentials.apiKeyFile);
        m_port = std::atoi(m_status.endpoints.api.substr(m_status.endpoints.api.rfind(':') + 1).c_str());
        QVERIFY(m_home.isValid());
        qputenv("XDG_STATE_HOME", m_home.path().toUtf8());
    }
    void cleanupTestCase() {
        if (const auto pid = m_stack.pidOf(text("control")); pid > 0) {
            ::kill(pid, SIGCONT);
        }
        QCOMPARE(m_stack.down().exitCode, 0);
        QVERIFY(waitFor(30s, [&] { return m_stack.processes().isEmpty(); }));
    }

    /// Through binnaclectl and the stack's own control, whose comparison is due in a minute and a half.
    void anEffectIsPendingAtFirst() {
        const auto done = m_stack.ctl({text("run"), text("set_degradation_level"), text("level=1"), text("--reason"),
                                       text("test"), text("--yes"), text("--json")});
        QVERIFY2(done.exitCode == 0, (done.err + done.out).constData());
        const auto number = QString::number(done.json()[text("number")].toInt());
        QVERIFY(waitFor(30s, [&] {
            const auto told = m_stack.ctl({text("effect"), number, text("--json")});
            return told.exitCode == 4 && told.json()[text("state")].toString() == text("pending");
        }));
        QVERIFY(m_stack.ctl({text("effect"), number}).out.contains("due at"));
        QCOMPARE(m_stack.ctl({text("effect"), text("9999"), text("--json")}).exitCode, 2);
        if (qEnvironmentVariableIsSet("BINNACLE_LONG")) {
            theRealWindowsAreTold();
        }
        QCOMPARE(m_stack
                     .ctl({text("run"), text("set_degradation_level"), text("level=0"), text("--reason"), text("test"),
                           text("--yes")})
                     .exitCode,
                 0);
    }

    void aLevelUnderLoadIsForetoldAndThenTold() {
        OwnControl& control = own();
        QProcess load;
        load.start(program("binnacle-load"), {text("run"), text("--rate"), text("80"), text("--duration"), text("60"),
                                              text("--state-dir"), m_stack.stateDir()});
        auto gateway = control.gateway();
        // Until there is something to foretell from, and a window before the act.
        std::optional<ActionPreview> preview;
        ActionRequest wish;
        wish.action = "set_degradation_level";
        wish.parameters = {{"level", 2}};
        QVERIFY(waitFor(30s, [&] {
            auto seen = gateway.preview(wish, 2s);
            if (!seen) {
                return false;
            }
            preview = std::move(*seen);
            const auto* fallback = rowOf(preview->forecast, "fallback");
            return std::atoi(preview->forecastBasis.c_str()) >= 9 && fallback != nullptr && fallback->then > 1;
        }));
        QVERIFY2(preview->forecastBasis.ends_with(" s of 3 instances"), preview->forecastBasis.c_str());
        QVERIFY(rowOf(preview->forecast, "critical_dropped")->then == 0);
        const auto act = request(gateway, "set_degradation_level", {{"level", 2}}, "effect-1");
        const auto done = gateway.apply(act, 10s);
        QVERIFY2(done && done->verdict == Verdict::Applied, done ? done->message.c_str() : done.error().text.c_str());
        const auto reference = std::to_string(done->number);
        QVERIFY(waitFor(30s, [&] {
            const auto effect = gateway.effect(reference, 2s);
            return effect && effect->state == Effect::State::Pending && !effect->forecast.empty();
        }));
        QVERIFY(waitFor(30s, [&] {
            const auto effect = gateway.effect(reference, 2s);
            return effect && effect->state != Effect::State::Pending;
        }));
        const auto effect = gateway.effect(reference, 2s);
        QVERIFY2(effect->state == Effect::State::Ready, effect->summary.c_str());
        const auto* fallback = rowOf(effect->rows, "fallback");
        QVERIFY(fallback != nullptr && fallback->change == EffectRow::Change::Rose);
        const auto* foretold = rowOf(effect->forecast, "fallback");
        QVERIFY(foretold != nullptr);
        QVERIFY2(*fallback->after > foretold->then / 2 && *fallback->after < foretold->then * 2,
                 qPrintable(text("%1 instead of %2").arg(*fallback->after).arg(foretold->then)));
        const auto view = gateway.view(2s);
        QVERIFY(view && view->features.size() == 2 && view->features.front().requestsPerSecond > 0);
        QCOMPARE(view->forecasts.size(), 4U);
        // Cut off in the middle of its window, the next one says so after the restart.
        const auto back = gateway.apply(request(gateway, "set_degradation_level", {{"level", 0}}, "effect-2"), 10s);
        QVERIFY(back && back->verdict == Verdict::Applied);
        QVERIFY(waitFor(30s, [&] { return gateway.effect(std::to_string(back->number), 2s).has_value(); }));
        control.stop();
        QVERIFY(control.start());
        auto anew = control.gateway();
        const auto cut = anew.effect(std::to_string(back->number), 2s);
        QVERIFY2(cut && cut->state == Effect::State::Missing, cut ? "" : cut.error().text.c_str());
        QVERIFY2(cut->summary.find("restarted") != std::string::npos, cut->summary.c_str());
        QVERIFY(anew.effect(reference, 2s)->state == Effect::State::Ready);
        load.terminate();
        QVERIFY(load.waitForFinished(10000));
    }

    void distinctUsersTellTheShare() {
        auto gateway = own().gateway();
        const auto done = gateway.apply(request(gateway, "set_canary_share", {{"percent", 5}}, "share-1"), 10s);
        QVERIFY2(done && done->verdict == Verdict::Applied, done ? done->message.c_str() : done.error().text.c_str());
        // Users are told for whole spans of ten seconds: ours begin with the first one after the change.
        QVERIFY(waitFor(30s, [&] {
            const auto view = gateway.view(2s);
            return view && view->cohorts && view->cohorts->window > 0s;
        }));
        KeepAliveClient client(m_port, m_key);
        for (int i = 0; i < kUsers; ++i) {
            QVERIFY(client.get("/v1/none", "user-" + std::to_string(i)));
        }
        const auto sent = std::chrono::steady_clock::now();
        std::optional<CohortShares> shares; // read after the last of them
        QVERIFY(waitFor(30s, [&] {
            const auto view = gateway.view(2s);
            shares = view ? view->cohorts : std::nullopt;
            return shares && shares->usersSharePercent && shares->age < std::chrono::steady_clock::now() - sent - 1s;
        }));
        // 0.65 points is three standard errors of the split; the sketches' own error comes to it.
        QVERIFY2(std::abs(*shares->usersSharePercent - 5) <= 0.65 + 3 * 5 * 0.016 * 1.42,
                 qPrintable(QString::number(*shares->usersSharePercent)));
        QVERIFY(std::abs(*shares->users - kUsers) < 0.05 * kUsers);
        QVERIFY(shares->problem.empty() && shares->age < 15s);
        QVERIFY(std::abs(*shares->requestsSharePercent - 5) < 1.5);
        qInfo("%.0f users, %.2f %% of them and %.2f %% of the requests on the canary", *shares->users,
              *shares->usersSharePercent, *shares->requestsSharePercent);
        QVERIFY(gateway.apply(request(gateway, "set_canary_share", {{"percent", 0}}, "share-2"), 10s).has_value());
    }

    void aStoppedInstanceIsNamedAndDelaysNothing() {
        auto gateway = own().gateway();
        const auto pid = m_stack.pidOf(text("app-2"));
        ::kill(pid, SIGSTOP);
        const bool named =
            waitFor(30s, [&] {
                const auto view = gateway.view(1s);
                return view && view->cohorts && view->cohorts->problem.find("app-2") != std::string::npos;
            }).has_value();
        const auto view = gateway.view(1s);
        ::kill(pid, SIGCONT);
        QVERIFY(named);
        QVERIFY(view.has_value());
        QVERIFY(waitFor(30s, [&] {
            const auto again = gateway.view(1s);
            return again && again->cohorts && again->cohorts->problem.find("app-2") == std::string::npos;
        }));
    }

    void twentyPairsOfRacingOperatorsLoseNothing() {
        OwnControl& control = own();
        auto alice = control.gateway(control.token("alice", "operator"));
        auto bob = control.gateway(control.token("bob", "operator"));
        for (int round = 0; round < 20; ++round) {
            const auto id = std::to_string(round);
            const auto generation = wanted(alice).generation;
            const std::int64_t levelOfAlice = round % 2 == 0 ? 1 : 2;
            const auto hers = request(alice, "set_degradation_level", {{"level", levelOfAlice}}, "alice-" + id);
            const auto his = request(bob, "set_degradation_level", {{"level", 0}}, "bob-" + id);
            std::optional<Result<ActionOutcome>> a;
            std::optional<Result<ActionOutcome>> b;
            {
                std::barrier together(2);
                const std::jthread one([&] {
                    together.arrive_and_wait();
                    a = alice.apply(hers, 10s);
                });
                const std::jthread two([&] {
                    together.arrive_and_wait();
                    b = bob.apply(his, 10s);
                });
            }
            QVERIFY2(a->has_value() && b->has_value(), "an error instead of an outcome");
            const bool sheWon = (*a)->verdict == Verdict::Applied;
            QVERIFY2(sheWon != ((*b)->verdict == Verdict::Applied), ((*a)->message + " / " + (*b)->message).c_str());
            const auto& loser = sheWon ? **b : **a;
            QCOMPARE(loser.verdict, Verdict::Refused);
            const auto who = std::string("level ") + std::to_string(sheWon ? levelOfAlice : 0) + ", set by " +
                             (sheWon ? "alice" : "bob");
            QVERIFY2(loser.message.find(who) != std::string::npos, loser.message.c_str());
            QCOMPARE(wanted(alice).generation, generation + 1);
            QCOMPARE(integerOf(wanted(alice).wanted, "level"), sheWon ? levelOfAlice : 0);
        }
        QVERIFY(alice.apply(request(alice, "set_degradation_level", {{"level", 0}}, "race-end"), 10s).has_value());
        QVERIFY(control.gateway().verifyAudit({}, 5s)->whole);
    }

    void withTheAuditsDiskFullNothingRuns() {
        own().stop();
        const QString small = m_home.path() + text("/small");
        QVERIFY(QDir().mkpath(small));
        if (::mount("tmpfs", small.toUtf8().constData(), "tmpfs", 0, "size=1m,mode=0700") != 0) {
            QVERIFY(own().start());
            QSKIP("A disk of one megabyte takes the right to mount one");
        }
        {
            OwnControl control(m_stack.stateDir(), small);
            QVERIFY(control.start());
            auto gateway = control.gateway();
            QVERIFY(
                gateway.apply(request(gateway, "set_degradation_level", {{"level", 1}}, "full-1"), 10s).has_value());
            const auto wish = request(gateway, "set_degradation_level", {{"level", 2}}, "full-2");
            QFile filler(small + text("/filler"));
            QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
            while (filler.write(QByteArray(512, 'x')) > 0) {
            }
            const auto outcome = gateway.apply(wish, 10s);
            QVERIFY2(!outcome && outcome.error().code == ErrorCode::Io, outcome ? outcome->message.c_str() : "");
            QVERIFY2(outcome.error().text.find("audit can't be written, so nothing was done") != std::string::npos,
                     outcome.error().text.c_str());
            QCOMPARE(integerOf(wanted(gateway).wanted, "level"), 1);
            const auto problem = [&] {
                const auto view = gateway.view(2s);
                return view ? view->auditProblem : std::string("no view");
            };
            QVERIFY(waitFor(30s, [&] { return problem().starts_with("The audit can't be written"); }));
            QVERIFY(filler.remove());
            QVERIFY(waitFor(30s, [&] { return problem().empty(); }));
            const auto again = gateway.apply(wish, 10s);
            QVERIFY2(again && again->verdict == Verdict::Applied,
                     again ? again->message.c_str() : again.error().text.c_str());
            QVERIFY(
                gateway.apply(request(gateway, "set_degradation_level", {{"level", 0}}, "full-3"), 10s).has_value());
        }
        QCOMPARE(::umount(small.toUtf8().constData()), 0);
        QVERIFY(own().start());
    }

private:
    /// The level as control wants it.
    static ResourceView wanted(ControlGateway& gateway) {
        const auto view = gateway.view(5s);
        const auto* level = view ? view->resource("degradation_level") : nullptr;
        return level != nullptr ? *level : ResourceView{};
    }
    /// In place of the stack's control from its first use on, so that the two never act against each other.
    OwnControl& own() {
        if (!m_own) {
            ::kill(m_stack.pidOf(text("control")), SIGSTOP);
            m_own = std::make_unique<OwnControl>(m_stack.stateDir(), m_home.path());
            if (!m_own->start()) {
                qFatal("no control of the test's own");
            }
        }
        return *m_own;
    }
    /// A minute before and a minute after, as users get it, under load.
    void theRealWindowsAreTold() {
        QProcess load;
        load.start(program("binnacle-load"), {text("run"), text("--rate"), text("80"), text("--duration"), text("200"),
                                              text("--state-dir"), m_stack.stateDir()});
        ControlGateway gateway(*HttpEndpoint::parse(m_status.endpoints.control), {});
        QVERIFY(gateway.apply(request(gateway, "set_degradation_level", {{"level", 0}}, "long-0"), 10s).has_value());
        QVERIFY(waitFor(90s, [&] {
            const auto view = gateway.view(2s);
            return view && std::atoi(view->forecastBasis.c_str()) >= 65;
        }));
        const auto done = gateway.apply(request(gateway, "set_degradation_level", {{"level", 2}}, "long-1"), 10s);
        QVERIFY(done && done->verdict == Verdict::Applied);
        QProcess wait;
        wait.start(program("binnaclectl"), {text("effect"), QString::number(done->number), text("--wait"),
                                            text("--state-dir"), m_stack.stateDir()});
        QVERIFY(wait.waitForFinished(140'000));
        const auto out = wait.readAllStandardOutput();
        qInfo("%s", out.constData());
        QCOMPARE(wait.exitCode(), 0);
        QVERIFY(out.contains("fallback"));
        load.terminate();
        QVERIFY(load.waitForFinished(10000));
    }

    QTemporaryDir m_home;
    BundledStack m_stack;
    StackStatus m_status;
    std::unique_ptr<OwnControl> m_own;
    std::string m_key;
    int m_port = 0;
};

QTEST_GUILESS_MAIN(TestEvidenceStack)
#include "test_evidence_stack.moc"
