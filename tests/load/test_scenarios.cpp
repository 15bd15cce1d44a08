// SPDX-License-Identifier: GPL-3.0-or-later
// Scenarios as scripts meet them, without a stack; what each does to one is test_fault_scenarios.
#include "backend/load/scenarios/scenario_guard.h"
#include "backend/load/scenarios/scenario_run.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace binnacle;
using namespace binnacle::load;
using namespace std::chrono_literals;

namespace {

/// Leaves a file behind while it is on.
class Marked final : public Scenario {
public:
    explicit Marked(std::string file)
        : m_file(std::move(file)) {}
    Result<void> prepare(const Stage&) override { return {}; }
    Result<void> begin() override {
        QFile file(QString::fromStdString(m_file));
        return file.open(QIODevice::WriteOnly) ? Result<void>{} : fail(ErrorCode::Io, "no file");
    }
    Result<void> end() override {
        QFile::remove(QString::fromStdString(m_file));
        return {};
    }

private:
    std::string m_file;
};

struct Ended {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

Ended run(const QStringList& arguments) {
    QProcess load;
    load.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnacle-load"),
               QStringList{QStringLiteral("scenario")} + arguments);
    if (!load.waitForFinished(20000)) {
        return {};
    }
    return {load.exitCode(), load.readAllStandardOutput(), load.readAllStandardError()};
}

} // namespace

class TestScenarios : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCatalogueNamesEachOnceWithALine() {
        const std::set<std::string_view> wanted{"redis-killed", "replica-paused", "pool-exhausted", "deadlock-storm",
                                                "hot-key",      "canary-errors",  "slow-query",     "instance-stopped",
                                                "disk-full",    "traffic-x3"};
        std::set<std::string_view> named;
        for (const auto& entry : scenarioCatalogue()) {
            QVERIFY(named.insert(entry.name).second);
            QVERIFY(!entry.line.empty() && entry.line.size() <= 100);
            QVERIFY(entry.make() != nullptr);
            QCOMPARE(findScenario(entry.name), &entry);
        }
        QVERIFY(named == wanted);
        QVERIFY(findScenario("earthquake") == nullptr);
    }
    void spansAreBounded() {
        QVERIFY(parseSpan("20") == 20s);
        QVERIFY(parseSpan("20s") == 20s);
        QVERIFY(parseSpan("2m") == 120s);
        for (const char* text : {"", "0", "-1s", "601s", "11m", "1h", "2.5s", "s", "99999999999999999999"}) {
            QVERIFY2(!parseSpan(text), text);
        }
    }
    void listNamesThemAllForPeopleAndScripts() {
        const auto text = run({QStringLiteral("--list")});
        QCOMPARE(text.code, 0);
        QCOMPARE(text.out.count('\n'), 10);
        const auto document = run({QStringLiteral("--list"), QStringLiteral("--json")});
        QCOMPARE(document.code, 0);
        const auto scenarios = QJsonDocument::fromJson(document.out).object()[QLatin1String("scenarios")].toArray();
        QCOMPARE(scenarios.size(), 10);
        QVERIFY(!scenarios[0].toObject()[QLatin1String("line")].toString().isEmpty());
    }
    void usageIsExitTwo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no name") << QStringList{};
        QTest::newRow("unknown") << QStringList{QStringLiteral("earthquake")};
        QTest::newRow("endless") << QStringList{QStringLiteral("hot-key"), QStringLiteral("--for"),
                                                QStringLiteral("2h")};
        QTest::newRow("elsewhere") << QStringList{QStringLiteral("hot-key"), QStringLiteral("--url"),
                                                  QStringLiteral("http://127.0.0.1:1")};
    }
    void usageIsExitTwo() {
        QFETCH(const QStringList, arguments);
        const auto ended = run(arguments);
        QCOMPARE(ended.code, 2);
        QVERIFY(ended.out.isEmpty());
        QVERIFY(!ended.err.isEmpty());
    }
    void withoutTheBundledStackItSaysSo() {
        const QTemporaryDir empty;
        const auto ended =
            run({QStringLiteral("hot-key"), QStringLiteral("--json"), QStringLiteral("--state-dir"), empty.path()});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.err.contains("bundled stack only"), ended.err.constData());
        QVERIFY(QJsonDocument::fromJson(ended.out).object().contains(QLatin1String("error")));
    }
    void theGuardTakesBackWhatAKilledProcessLeft() {
        const QTemporaryDir directory;
        const auto file = directory.filePath(QStringLiteral("on"));
        const pid_t player = ::fork();
        if (player == 0) {
            Marked scenario(file.toStdString());
            auto guard = ScenarioGuard::start(scenario);
            if (guard && scenario.begin()) {
                ::pause();
            }
            ::_exit(1);
        }
        QVERIFY(player > 0);
        QTRY_VERIFY(QFile::exists(file));
        ::kill(player, SIGKILL);
        QCOMPARE(::waitpid(player, nullptr, 0), player);
        QTRY_VERIFY(!QFile::exists(file));
    }
    void aReleasedGuardDoesNothing() {
        const QTemporaryDir directory;
        const auto file = directory.filePath(QStringLiteral("on"));
        Marked scenario(file.toStdString());
        auto guard = ScenarioGuard::start(scenario);
        QVERIFY(guard);
        QVERIFY(scenario.begin());
        guard->release(); // waits for its end
        QVERIFY(QFile::exists(file));
    }
};

QTEST_GUILESS_MAIN(TestScenarios)
#include "test_scenarios.moc"
