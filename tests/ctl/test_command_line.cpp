// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/stack_locator.h"
#include "tests/clients/canned_server.h"
#include "tests/collectors/recorded_answers.h"

#include <QProcess>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace binnacle;
using namespace binnacle::testing;
using nlohmann::json;

namespace {

struct Run {
    int code = -1;
    std::string out;
    std::string err;
};

/// Runs binnaclectl without a terminal.
Run ctl(const QStringList& arguments, const QString& runtimeDir) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), runtimeDir);
    process.setProcessEnvironment(environment);
    process.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnaclectl"), arguments);
    if (!process.waitForFinished(20'000)) {
        return {};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput().toStdString(), process.readAllStandardError().toStdString()};
}

/// A stack of one instance: the supervisor's socket and the instance's.
class SmallStack {
public:
    SmallStack() {
        const auto environment = [this](const char* name) -> std::optional<std::string> {
            return std::string_view(name) == "XDG_RUNTIME_DIR" ? std::optional(m_dir.path().toStdString())
                                                               : std::nullopt;
        };
        m_runDir = runDirFor(stateDir().toStdString(), environment, ::getuid());
        std::filesystem::create_directories(m_runDir);
        m_instance = std::make_unique<CannedServer>(
            CannedServer::http([](std::string_view) { return std::pair(200, std::string(kTelemetry)); }));
        const json document{
            {"format", 1},
            {"state", "running"},
            {"endpoints",
             {{"instances", {{{"name", "app-1"}, {"role", "stable"}, {"admin", "unix:" + m_instance->path()}}}}}}};
        m_supervisor = std::make_unique<CannedServer>(
            CannedServer::http([text = document.dump()](std::string_view) { return std::pair(200, text); }),
            stackSocketFor(m_runDir).string());
    }
    ~SmallStack() {
        m_supervisor.reset();
        std::error_code ignored;
        std::filesystem::remove_all(m_runDir, ignored);
    }
    SmallStack(const SmallStack&) = delete;
    SmallStack& operator=(const SmallStack&) = delete;

    [[nodiscard]] QString stateDir() const { return m_dir.filePath(QStringLiteral("state")); }
    [[nodiscard]] QString runtimeDir() const { return m_dir.path(); }
    [[nodiscard]] bool good() const { return m_supervisor->good() && m_instance->good(); }
    void loseInstance() { m_instance.reset(); }

private:
    QTemporaryDir m_dir;
    std::filesystem::path m_runDir;
    std::unique_ptr<CannedServer> m_instance;
    std::unique_ptr<CannedServer> m_supervisor;
};

const QString kJson = QStringLiteral("--json");
const QString kStateDir = QStringLiteral("--state-dir");
const QString kSnapshot = QStringLiteral("snapshot");
const QString kSource = QStringLiteral("--source");

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void optionsStandBeforeOrAfterTheSubcommand() {
        const SmallStack stack;
        QVERIFY(stack.good());
        for (const auto& arguments : {QStringList{kStateDir, stack.stateDir(), kJson, kSnapshot},
                                      QStringList{kSnapshot, kJson, kStateDir, stack.stateDir()}}) {
            const auto run = ctl(arguments, stack.runtimeDir());
            QVERIFY2(run.code == 0, run.err.c_str());
            const auto document = json::parse(run.out);
            QCOMPARE(document["sources"].size(), std::size_t{1});
            QVERIFY(document["signals"].size() >= 8);
        }
    }
    void aScriptGetsADocumentAlsoForMisuse() {
        const QTemporaryDir dir;
        for (const auto& arguments : {QStringList{kJson, QStringLiteral("sideways")},
                                      QStringList{kSnapshot, QStringLiteral("--fast"), kJson}}) {
            const auto run = ctl(arguments, dir.path());
            QCOMPARE(run.code, 2);
            QCOMPARE(json::parse(run.out)["error"]["code"].get<std::string>(), std::string("invalid"));
            QVERIFY(!run.err.empty());
        }
    }
    void theTableIsForPeople() {
        const SmallStack stack;
        const auto run = ctl({kSnapshot, kStateDir, stack.stateDir()}, stack.runtimeDir());
        QCOMPARE(run.code, 0);
        QVERIFY(run.out.starts_with("service/app-1  live"));
    }
    void aLostSourceFailsTheCommandWithTheDocumentStillPrinted() {
        SmallStack stack;
        stack.loseInstance();
        const auto run = ctl({kSnapshot, kJson, kStateDir, stack.stateDir()}, stack.runtimeDir());
        QCOMPARE(run.code, 1);
        QVERIFY(json::parse(run.out)["sources"][0]["freshness"] == "lost");
    }
    void aSourceIsChosenByItsNameOrPrefix() {
        const SmallStack stack;
        QCOMPARE(
            ctl({kSnapshot, kStateDir, stack.stateDir(), kSource, QStringLiteral("service")}, stack.runtimeDir()).code,
            0);
        const auto none =
            ctl({kSnapshot, kJson, kStateDir, stack.stateDir(), kSource, QStringLiteral("redis")}, stack.runtimeDir());
        QCOMPARE(none.code, 2);
        QVERIFY(none.err.find("There are: service/app-1.") != std::string::npos);
        QVERIFY(json::parse(none.out)["signals"].empty());
    }
    void withoutAStackItSaysWhatToDo() {
        const QTemporaryDir dir;
        const auto state = dir.filePath(QStringLiteral("none"));
        for (const auto& command :
             {QStringList{kSnapshot}, QStringList{QStringLiteral("top"), QStringLiteral("--once")}}) {
            const auto run = ctl(command + QStringList{kStateDir, state}, dir.path());
            QCOMPARE(run.code, 1);
            QVERIFY(run.err.find("No stack is running") != std::string::npos);
            QVERIFY(run.err.find("binnacle-stack up") != std::string::npos);
        }
    }
    void topNeedsATerminalUnlessItIsForOneFrame() {
        const SmallStack stack;
        const auto refused = ctl({QStringLiteral("top"), kStateDir, stack.stateDir()}, stack.runtimeDir());
        QCOMPARE(refused.code, 2);
        QVERIFY(refused.err.find("needs a terminal") != std::string::npos);
        const auto once =
            ctl({QStringLiteral("top"), QStringLiteral("--once"), kStateDir, stack.stateDir()}, stack.runtimeDir());
        QVERIFY2(once.code == 0, once.err.c_str());
        QVERIFY2(once.out.find("app-1 stable  live") != std::string::npos, once.out.c_str());
    }
    void theServersOfAProfileAreReadWithoutAStack() {
        const QTemporaryDir dir;
        CannedServer instance(
            CannedServer::http([](std::string_view) { return std::pair(200, std::string(kTelemetry)); }));
        const auto file = dir.filePath(QStringLiteral("shop.json")).toStdString();
        const auto write = [&](const json& more) {
            json document{{"format", 1},
                          {"environment", "staging"},
                          {"services", {{{"name", "shop-1"}, {"admin", "unix:" + instance.path()}}}}};
            document.update(more);
            std::ofstream(file) << document.dump();
        };
        write({{"colour", "red"}});
        const QStringList connect{QStringLiteral("--connect"), QString::fromStdString(file)};
        const auto snapshot = ctl(connect + QStringList{kSnapshot, kJson}, dir.path());
        QVERIFY2(snapshot.code == 0, snapshot.err.c_str());
        QVERIFY(json::parse(snapshot.out)["sources"][0]["source"] == "service/shop-1");
        QVERIFY2(snapshot.err.contains("colour is not known"), snapshot.err.c_str());
        const auto top = ctl(QStringList{QStringLiteral("top"), QStringLiteral("--once")} + connect, dir.path());
        QVERIFY2(top.code == 0, top.err.c_str());
        QVERIFY2(top.out.contains("Binnacle  shop"), top.out.c_str());
        QVERIFY2(top.out.contains("shop-1") && top.out.contains("live"), top.out.c_str());
        QVERIFY2(!top.out.contains("supervisor lost"), top.out.c_str());

        const QStringList act{QStringLiteral("run"),     QStringLiteral("set_degradation_level"),
                              QStringLiteral("level=1"), QStringLiteral("--reason"),
                              QStringLiteral("test"),    QStringLiteral("--yes")};
        const auto refused = ctl(act + connect, dir.path());
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("is read-only, so nothing was done"), refused.err.c_str());
        write({{"read_only", false}});
        const auto without = ctl(act + connect, dir.path());
        QCOMPARE(without.code, 1);
        QVERIFY2(without.err.contains("no control plane"), without.err.c_str());

        write({{"postgres", {{{"name", "a"}, {"conninfo", "host=/x password=hunter2"}}}}});
        const auto wrong = ctl(connect + QStringList{kSnapshot}, dir.path());
        QCOMPARE(wrong.code, 1);
        QVERIFY2(wrong.err.contains("postgres[0].conninfo holds a password"), wrong.err.c_str());
        QVERIFY(!wrong.err.contains("hunter2"));
        const auto missing = ctl({QStringLiteral("--connect"), QStringLiteral("nowhere"), kSnapshot}, dir.path());
        QCOMPARE(missing.code, 1);
        QVERIFY2(missing.err.contains("There is no profile") && missing.err.contains("nowhere.json"),
                 missing.err.c_str());
    }
    void wrongUsageIsToldByItsExitCode() {
        const QTemporaryDir dir;
        for (const auto& arguments :
             {QStringList{}, QStringList{QStringLiteral("nonsense")},
              QStringList{kSnapshot, QStringLiteral("--nonsense")}, QStringList{kSnapshot, kSource},
              QStringList{kSnapshot, kStateDir, QString()},
              QStringList{kSnapshot, kStateDir, QStringLiteral("a"), QStringLiteral("--connect"), QStringLiteral("b")},
              QStringList{QStringLiteral("top"), QStringLiteral("--once"), QStringLiteral("--json")}}) {
            QCOMPARE(ctl(arguments, dir.path()).code, 2);
        }
        QCOMPARE(ctl({QStringLiteral("--help")}, dir.path()).code, 0);
        QCOMPARE(ctl({QStringLiteral("--version")}, dir.path()).code, 0);
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
