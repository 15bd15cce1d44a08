// SPDX-License-Identifier: GPL-3.0-or-later
// Each rehearsed fault on a real stack: the Overview is calm, names within five seconds exactly the hop that is broken,
// in the picture and in the sentence, and is calm again when the fault is over, however the rehearsal ended.
#include "app/console.h"
#include "app/feed/control_link.h"
#include "app/feed/snapshot_feed.h"
#include "app/feed/source_set.h"
#include "app/pages/overview_page.h"
#include "backend/clients/system_clock.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/patience.h"
#include "widgets/lane_view.h"
#include "widgets/request_path_view.h"
#include "widgets/situation_sentence.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <sys/mount.h>
#include <unistd.h>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

/// The servers' disk as a tmpfs of limited size, which takes root and a machine that lets it.
class SmallDisk {
public:
    explicit SmallDisk(const QString& directory)
        : m_directory(directory.toLocal8Bit())
        , m_mounted(::geteuid() == 0 &&
                    ::mount("tmpfs", m_directory.constData(), "tmpfs", 0, "size=700m,mode=0755") == 0) {}
    ~SmallDisk() {
        if (m_mounted) {
            ::umount2(m_directory.constData(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool mounted() const { return m_mounted; }

private:
    QByteArray m_directory;
    bool m_mounted;
};

/// One `binnacle-load scenario` as a person runs it.
class Rehearsal {
public:
    Rehearsal(const QString& scenario, const QString& stateDir) {
        QObject::connect(&m_process, &QProcess::readyReadStandardError, [this] { hear(); });
        m_process.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnacle-load"),
                        {QStringLiteral("scenario"), scenario, QStringLiteral("--for"), QStringLiteral("60s"),
                         QStringLiteral("--json"), QStringLiteral("--state-dir"), stateDir},
                        QIODevice::ReadOnly);
    }
    ~Rehearsal() {
        m_process.terminate();
        m_process.waitForFinished(10000);
    }
    /// It has begun to bring the fault about; that lasts until it is on.
    [[nodiscard]] bool begun() const { return m_sinceBegin.isValid(); }
    [[nodiscard]] qint64 sinceBegin() const { return m_sinceBegin.elapsed(); }
    [[nodiscard]] bool isOn() const { return m_said.contains(" is on, for "); }
    [[nodiscard]] bool ended() const { return m_process.state() == QProcess::NotRunning; }
    void signal(int number) const { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }
    [[nodiscard]] QJsonObject report() { return QJsonDocument::fromJson(m_process.readAllStandardOutput()).object(); }
    [[nodiscard]] QByteArray said() {
        hear();
        return m_said;
    }

private:
    void hear() {
        m_said += m_process.readAllStandardError();
        if (!m_sinceBegin.isValid() && m_said.contains(" begins\n")) {
            m_sinceBegin.start();
        }
    }

    QProcess m_process;
    QByteArray m_said;
    QElapsedTimer m_sinceBegin;
};

} // namespace

class TestFaultScenarios : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_stack = std::make_unique<BundledStack>();
        m_disk = std::make_unique<SmallDisk>(m_stack->stateDir());
        const auto up = m_stack->up({QStringLiteral("--demo")});
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto endpoint =
            m_stack->status()[QStringLiteral("endpoints")].toObject()[QStringLiteral("stack")].toString();
        QVERIFY(endpoint.startsWith(QStringLiteral("unix:")));
        const auto socket = endpoint.mid(5).toStdString();
        ConsoleParts parts;
        parts.link = bundledStackLink(socket);
        parts.control = bundledControlLink(socket, m_stack->stateDir().toStdString());
        parts.clock = std::make_shared<SystemClock>();
        parts.stack.stateDir = m_stack->stateDir();
        parts.settingsFile = m_settings.filePath(QStringLiteral("binnacle.ini"));
        parts.fonts = loadFonts(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/binnacle/fonts"));
        m_console = std::make_unique<Console>(std::move(parts));
        window().resize(1600, 1000);
        m_console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        QTRY_VERIFY(m_console->feed().hasData() && window().findChild<OverviewPage*>() != nullptr);
        // What is usual is known once there is a past.
        QTRY_VERIFY_WITH_TIMEOUT(m_console->feed().history().line(PathLine::Requests).size() > 50, 60000);
    }
    void cleanupTestCase() {
        QVERIFY(m_console->shutDown());
        m_console.reset();
        m_stack->down();
        m_disk.reset();
        m_stack.reset();
    }

    void theBrokenHopIsNamed_data() {
        QTest::addColumn<QString>("hop");
        QTest::addColumn<QString>("words");   ///< in the sentence
        QTest::addColumn<QString>("lane");    ///< that moves first; empty: the cause has none
        QTest::addColumn<QStringList>("may"); ///< then: those that may move for what follows from it, as the machine is
        QTest::addColumn<int>("end");         ///< how the rehearsal is cut off; SIGKILL: it heals by itself
        const auto row = [](const char* scenario, const char* hop, const char* words, const char* lane, int end,
                            const QStringList& may = {}) {
            QTest::newRow(scenario) << QString::fromLatin1(hop) << QString::fromLatin1(words)
                                    << QString::fromLatin1(lane) << may << end;
        };
        const QStringList waits{QStringLiteral("p99 latency"), QStringLiteral("Pool waiters"),
                                QStringLiteral("pgBouncer waiters"), QStringLiteral("HAProxy queue")};
        // First those that leave latencies as they were, so that the lanes are calm when the others begin.
        // What cannot be written fails at once, and nobody waits for it: no lane moves.
        row("disk-full", "primary", "The disk of the servers is full", "", SIGTERM);
        // Reads of one key evict none.
        row("hot-key", "redis", "Redis gets far more commands", "", SIGINT);
        // Errors have no lane, and come as fast as answers.
        row("canary-errors", "app-3", "app-3 fails", "", SIGTERM);
        row("replica-paused", "replica-1", "Replica 1", "Replica lag", SIGKILL);
        row("traffic-x3", "haproxy", "times the usual", "Requests", SIGTERM);
        row("deadlock-storm", "primary", "primary", "Lock waits", SIGTERM);
        row("pool-exhausted", "pgbouncer", "in pgBouncer", "pgBouncer waiters", SIGINT);
        // Neither a cache that is gone, nor an instance, nor a core less has a lane: who waits for it may show.
        row("redis-killed", "redis", "Redis stopped answering", "", SIGKILL, waits);
        row("instance-stopped", "app-2", "app-2", "", SIGKILL, waits);
        row("slow-query", "primary", "A transaction on the primary is open for", "", SIGTERM, waits);
    }
    void theBrokenHopIsNamed() {
        QFETCH(const QString, hop);
        QFETCH(const QString, words);
        QFETCH(const QString, lane);
        QFETCH(const QStringList, may);
        QFETCH(const int, end);
        const auto scenario = QString::fromLatin1(QTest::currentDataTag());
        QTRY_VERIFY2_WITH_TIMEOUT(calm() && movedFirst().isEmpty(), qPrintable(seen()), 40000);

        Rehearsal rehearsal(scenario, m_stack->stateDir());
        if (scenario == QLatin1String("disk-full") && !m_disk->mounted()) {
            QTRY_VERIFY(rehearsal.ended());
            QCOMPARE(rehearsal.exitCode(), 3);
            QVERIFY2(rehearsal.said().contains("tmpfs"), rehearsal.said().constData());
            QSKIP("It was refused, as it should be: a full disk takes the right to mount a tmpfs of limited size");
        }
        QTRY_VERIFY2(rehearsal.begun(), rehearsal.said().constData());
        QTRY_VERIFY2_WITH_TIMEOUT(worst() == QStringList{hop}, qPrintable(seen()), 5000);
        const auto after = rehearsal.sinceBegin();
        qInfo("%s: named after %.1f s: %s", qPrintable(scenario), static_cast<double>(after) / 1000,
              qPrintable(sentence()));
        QVERIFY2(after <= 5000, qPrintable(QString::number(after)));
        QVERIFY2(sentence().contains(words), qPrintable(sentence()));
        QTRY_VERIFY2(rehearsal.isOn(), rehearsal.said().constData());
        if (!lane.isEmpty()) {
            QTRY_VERIFY2(movedFirst().filter(lane).size() == 1, qPrintable(movedFirst().join(u';')));
        } else {
            // By then a lane that moved with it would have been seen to.
            QTRY_VERIFY(rehearsal.sinceBegin() > 5000);
            for (const auto& first : movedFirst()) {
                QVERIFY2(std::ranges::any_of(may, [&](const auto& one) { return first.startsWith(one); }),
                         qPrintable(first));
            }
        }
        QVERIFY2(worst() == QStringList{hop}, qPrintable(seen())); // and still
        if (scenario == QLatin1String("canary-errors")) {
            QCOMPARE(faultOf(hop)[QLatin1String("error_percent")].toInt(), 33);
            QVERIFY(injected(hop.toStdString()) > 0.3);
        }
        takePicture(scenario);

        rehearsal.signal(end);
        QTRY_VERIFY(rehearsal.ended());
        if (end != SIGKILL) {
            QVERIFY2(rehearsal.exitCode() == 0, rehearsal.said().constData());
            const auto report = rehearsal.report();
            QVERIFY(report[QLatin1String("interrupted")].toBool());
            QVERIFY(report[QLatin1String("taken_back")].toBool());
        }
        QTRY_VERIFY2_WITH_TIMEOUT(calm(), qPrintable(seen()), 40000);
        QVERIFY(faultOf(hop).isEmpty());
    }

private:
    [[nodiscard]] MainWindow& window() const { return m_console->window(); }
    [[nodiscard]] OverviewPage* page() const { return window().findChild<OverviewPage*>(); }
    [[nodiscard]] const RequestPath& picture() const { return page()->findChild<RequestPathView*>()->shownPath(); }
    [[nodiscard]] QStringList worst() const {
        QStringList out;
        for (const auto& node : picture().nodes) {
            if (node.worst) {
                out << node.id;
            }
        }
        return out;
    }
    /// Nothing is marked, and everything that there is answers.
    [[nodiscard]] bool calm() const {
        const auto& sources = m_console->feed().path().sources;
        return worst().isEmpty() && !picture().nodes.empty() && sources.size() >= 9 &&
               std::ranges::all_of(sources, [](const auto& one) { return one.state == SourceState::Live; });
    }
    [[nodiscard]] QString sentence() const { return page()->findChild<SituationSentence*>()->spokenValue(); }
    /// What the lanes say of those that moved first: several share the number when they can't be told apart.
    [[nodiscard]] QStringList movedFirst() const {
        QStringList first;
        for (const auto& part : page()->findChild<LaneView*>()->spokenValue().split(QStringLiteral("; "))) {
            if (part.contains(QLatin1String("moved as number 1"))) {
                first << part;
            }
        }
        return first;
    }
    [[nodiscard]] QString seen() const {
        QString out = worst().join(QLatin1Char(',')) + QStringLiteral(" | ") + sentence();
        for (const auto& source : m_console->feed().path().sources) {
            if (source.state != SourceState::Live) {
                out += QStringLiteral(" | ") + QString::fromStdString(source.name + " " + source.error);
            }
        }
        return out;
    }
    [[nodiscard]] QJsonObject faultOf(const QString& instance) {
        const auto instances =
            m_stack->status()[QLatin1String("endpoints")].toObject()[QLatin1String("instances")].toArray();
        for (const auto& one : instances) {
            if (one.toObject()[QLatin1String("name")].toString() == instance) {
                return one.toObject()[QLatin1String("fault")].toObject();
            }
        }
        return {};
    }
    [[nodiscard]] double injected(const std::string& instance) const {
        for (const auto* entry : m_console->feed().store().byId("service.fault.error_share")) {
            if (entry->source == "service/" + instance) {
                return entry->value.value_or(-1);
            }
        }
        return -1;
    }
    void takePicture(const QString& scenario) const {
        if (const auto folder = qEnvironmentVariable("BINNACLE_PICTURES"); !folder.isEmpty()) {
            QVERIFY(window().grab().save(folder + QLatin1Char('/') + scenario + QStringLiteral(".png")));
        }
    }

    QTemporaryDir m_settings;
    std::unique_ptr<BundledStack> m_stack;
    std::unique_ptr<SmallDisk> m_disk;
    std::unique_ptr<Console> m_console;
};

QTEST_MAIN(TestFaultScenarios)
#include "test_fault_scenarios.moc"
