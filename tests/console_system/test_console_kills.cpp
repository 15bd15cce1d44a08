// SPDX-License-Identifier: GPL-3.0-or-later
// Consoles that die at a random step of an act on a real stack: the act happens once or not at all, never half and
// never twice, and the next console tells which.
#include "backend/actions/control_gateway.h"
#include "backend/clients/stack_status.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/wait_for.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

#include <algorithm>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

QString text(const char* ascii) {
    return QString::fromLatin1(ascii);
}

constexpr const char* kMigration = "20261101120000_tasks_by_assignee";

} // namespace

class TestConsoleKills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto up = m_stack.up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto status = parseStackStatus(m_stack.stack({text("status"), text("--json")}).out.toStdString());
        QVERIFY(status && !status->endpoints.control.empty());
        m_control = status->endpoints.control;
        QVERIFY(m_home.isValid());
        qputenv("XDG_STATE_HOME", m_home.path().toUtf8());
    }
    void cleanupTestCase() {
        QCOMPARE(m_stack.down().exitCode, 0);
        QVERIFY(waitFor(30s, [&] { return m_stack.processes().isEmpty(); }));
    }

    /// The console's own way through its dialog, unharmed: what the kills below cut short.
    void theThreeActsGoThroughTheWindow() {
        for (const auto& act : {QStringList{text("set_degradation_level"), text("level=1")},
                                QStringList{text("set_canary_share"), text("percent=5")},
                                QStringList{text("apply_migration"), text("id=") + text(kMigration)}}) {
            QElapsedTimer since;
            since.start();
            QProcess console;
            start(console, text("whole"), act);
            QVERIFY2(console.waitForFinished(40'000), qPrintable(act.first()));
            const auto said = console.readAllStandardOutput();
            QVERIFY2(console.exitCode() == 0 && said.contains("done"), said + console.readAllStandardError());
            m_longest = std::max(m_longest, since.elapsed());
        }
        const auto seen = look();
        QVERIFY2(seen.contains(text("degradation_level 1 in effect")), qPrintable(seen));
        QVERIFY2(seen.contains(text("canary_share 5 in effect")), qPrintable(seen));
        QCOMPARE(migrationState(), std::string("applied"));
    }

    void killsAtRandomStepsActAtMostOnce() {
        const int kills =
            qEnvironmentVariableIntValue("BINNACLE_KILLS") > 0 ? qEnvironmentVariableIntValue("BINNACLE_KILLS") : 9;
        int announced = 0;
        int i = 0;
        // Where a console takes long, all may have come too early to prove anything: then some more.
        for (; i < kills || (announced == 0 && i < 5 * kills); ++i) {
            const auto reason = text("kill %1").arg(i);
            const bool up = i / 3 % 2 == 1; // what stood before is turned over, back and forth
            const auto act = actOf(i, up);
            if (i % 3 == 2) {
                takeMigrationBack();
            }
            const auto headBefore = head();
            {
                QProcess console;
                start(console, reason, act);
                // Most of a console's life is its start: every second kill waits until the act is asked for.
                if (i % 2 == 0) {
                    QVERIFY(waitFor(30s, [&] {
                        console.waitForReadyRead(10);
                        return console.peek(64).contains("asked");
                    }));
                }
                console.waitForFinished(QRandomGenerator::global()->bounded(i % 2 == 0 ? 400 : int(m_longest)));
                console.kill();
                QVERIFY(console.state() == QProcess::NotRunning || console.waitForFinished(5000)); // it may be faster
            }
            // What was announced ends; what was not has left nothing.
            std::vector<AuditEntry> intents;
            QVERIFY2(waitFor(30s, [&] { return allEnded(headBefore, reason, intents); }), qPrintable(reason));
            QVERIFY2(intents.size() <= 1, qPrintable(reason));
            announced += static_cast<int>(intents.size());
            if (!intents.empty()) {
                QCOMPARE(intents.front().action, act.first().toStdString());
            }
            settle(intents.empty() ? nullptr : &intents.front());
            if (QTest::currentTestFailed()) {
                return;
            }
        }
        qInfo("%d of %d kills came after the act was announced", announced, i);
        QVERIFY(announced > 0);
        QCOMPARE(m_stack.ctl({text("audit"), text("--verify")}).exitCode, 0);
    }

private:
    [[nodiscard]] static QStringList actOf(int i, bool up) {
        switch (i % 3) {
        case 0:
            return {text("set_degradation_level"), up ? text("level=1") : text("level=0")};
        case 1:
            return {text("set_canary_share"), up ? text("percent=5") : text("percent=0")};
        default:
            return {text("apply_migration"), text("id=") + text(kMigration)};
        }
    }
    void start(QProcess& console, const QString& reason, const QStringList& act) const {
        auto arguments = QStringList{m_stack.stateDir()};
        if (!act.isEmpty()) {
            arguments << reason << act;
        }
        console.start(QCoreApplication::applicationDirPath() + text("/acting_console"), arguments);
        QVERIFY(console.waitForStarted(5000));
    }
    /// What a console that is started now sees.
    [[nodiscard]] QString look() const {
        QProcess console;
        start(console, {}, {});
        return console.waitForFinished(40'000) ? QString::fromUtf8(console.readAllStandardOutput()) : QString();
    }
    [[nodiscard]] ControlGateway gateway() const { return {*HttpEndpoint::parse(m_control), {}}; }
    [[nodiscard]] std::int64_t head() const {
        const auto view = gateway().view(5s);
        return view ? view->auditNumber : -1;
    }
    [[nodiscard]] std::string migrationState() const {
        const auto view = gateway().view(5s);
        if (!view || !view->migrations) {
            return {};
        }
        for (const auto& row : view->migrations->rows) {
            if (row.id == kMigration) {
                return std::string(migrationStateName(row.state));
            }
        }
        return {};
    }
    /// So that it can be applied again.
    void takeMigrationBack() {
        if (migrationState() == "applied") {
            const auto undone = m_stack.ctl(
                {text("migrate"), text("rollback"), text(kMigration), text("--reason"), text("again"), text("--yes")});
            QVERIFY2(undone.exitCode == 0, undone.err.constData());
        }
        QVERIFY(waitFor(30s, [&] { return migrationState() != "applied"; }));
    }
    /// Fills in the intents of that reason; true when each of them has its outcome.
    [[nodiscard]] bool allEnded(std::int64_t after, const QString& reason, std::vector<AuditEntry>& intents) const {
        const auto chain = gateway().audit({}, after, 1000, 5s);
        if (!chain) {
            return false;
        }
        intents.clear();
        std::size_t outcomes = 0;
        for (const auto& sealed : *chain) {
            if (sealed.entry.reason == reason.toStdString()) {
                sealed.entry.phase == AuditPhase::Intent ? intents.push_back(sealed.entry) : void(++outcomes);
            }
        }
        return outcomes == intents.size();
    }
    /// What control wants is in effect, is what the intent said, and is what the next console shows.
    void settle(const AuditEntry* intent) const {
        const auto view = gateway().view(5s);
        QVERIFY(view.has_value());
        if (intent != nullptr) {
            const bool level = intent->action == "set_degradation_level";
            if (intent->action == "apply_migration") {
                QVERIFY2(waitFor(30s, [&] { return migrationState() == "applied"; }), migrationState().c_str());
                return;
            }
            const auto* const resource = view->resource(level ? "degradation_level" : "canary_share");
            QVERIFY(resource != nullptr);
            QCOMPARE(valueText(resource->wanted.begin()->second), textOf(intent->after, level ? "level" : "percent"));
        }
        // An instance that was asked last may take its level while the console looks.
        QString seen;
        const auto inEffect = [&] {
            seen = look();
            return std::ranges::all_of(view->resources, [&](const auto& resource) {
                const auto line = resource.name + " " + valueText(resource.wanted.begin()->second) + " in effect";
                return seen.contains(QString::fromStdString(line));
            });
        };
        QVERIFY2(waitFor(30s, inEffect), qPrintable(seen));
    }

    QTemporaryDir m_home;
    BundledStack m_stack;
    std::string m_control;
    qint64 m_longest = 1000; ///< ms, of a console from its start to the act's end
};

QTEST_GUILESS_MAIN(TestConsoleKills)
#include "test_console_kills.moc"
