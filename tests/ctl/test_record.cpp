// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/record_times.h"
#include "backend/history/error_budget.h"
#include "backend/recorder/recording_writer.h"
#include "tests/recorder/generated_stack.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::ctl;
using namespace std::chrono_literals;

namespace {

struct Run {
    int code = -1;
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

/// Runs binnaclectl without a terminal.
Run runCtl(const QStringList& arguments) {
    QProcess process;
    process.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnaclectl"), arguments);
    if (!process.waitForFinished(60'000)) {
        return {};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

} // namespace

class TestRecord : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_file;

private Q_SLOTS:
    void initTestCase() {
        m_file = m_dir.filePath(QStringLiteral("day.sqlite"));
        test::GeneratedStack stack; // begins on 2026-03-14 at midnight
        auto writer = RecordingWriter::open(m_file.toStdString(), {}, {"boot", stack.utcOffsetNs()});
        QVERIFY(writer);
        for (int i = 0; i < 180; ++i) {
            for (const auto& event : stack.second()) {
                QVERIFY((*writer)->append(event));
            }
            QVERIFY((*writer)->commit());
        }
        QVERIFY((*writer)->finish());
    }

    void timesAreReadAndWritten() {
        const UtcTime end = std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + 1h;
        QCOMPARE(instantText(end + 250ms), std::string("2026-03-14T01:00:00.250Z"));
        QCOMPARE(*parseInstant("2026-03-14T01:00:00.25Z", end), end + 250ms);
        QCOMPARE(*parseInstant("2026-03-14T01:00:07", end), end + 7s);
        QCOMPARE(*parseInstant("2026-03-14T01:02", end), end + 2min);
        QCOMPARE(*parseInstant("-5m", end), end - 5min);
        QCOMPARE(*parseDuration("2h"), 7200s);
        QCOMPARE(*parseBytes("200MB"), std::uint64_t{200'000'000});
        for (const char* const wrong : {"", "-", "now", "2026-13-01T00:00Z", "2026-03-14", "2026-03-14T25:00",
                                        "2026-03-14T01:00:00Zx", "2026-03-14T01:00:61Z", "+5m"}) {
            QVERIFY2(!parseInstant(wrong, end), wrong);
        }
        for (const char* const wrong : {"", "s", "0s", "-1s", "5", "5x", "9999999s"}) {
            QVERIFY2(!parseDuration(wrong), wrong);
        }
    }

    void infoTellsWhatARecordingHolds() {
        const auto run = runCtl({QStringLiteral("record"), QStringLiteral("info"), m_file, QStringLiteral("--json")});
        QCOMPARE(run.code, 0);
        const auto info = run.json();
        QCOMPARE(info[QLatin1String("snapshots")].toInt(), 180 * 10);
        QCOMPARE(info[QLatin1String("sources")].toArray().size(), 10);
        QVERIFY(info[QLatin1String("from")].toString().startsWith(QLatin1String("2026-03-14T00:00:00.")));
        QVERIFY(info[QLatin1String("to")].toString().startsWith(QLatin1String("2026-03-14T00:02:59.")));
        QCOMPARE(info[QLatin1String("bytes")].toInteger(), QFileInfo(m_file).size());
    }

    void aCutIsAFileOfItsOwn() {
        const auto out = m_dir.filePath(QStringLiteral("cut.sqlite"));
        const QStringList cut{QStringLiteral("record"),
                              QStringLiteral("cut"),
                              m_file,
                              QStringLiteral("--from"),
                              QStringLiteral("-90s"),
                              QStringLiteral("--to"),
                              QStringLiteral("2026-03-14T00:02:30Z"),
                              QStringLiteral("--out"),
                              out,
                              QStringLiteral("--json")};
        const auto run = runCtl(cut);
        QVERIFY2(run.code == 0, run.err.constData());
        QVERIFY(run.json()[QLatin1String("from")].toString() >= QLatin1String("2026-03-14T00:01:29"));
        QVERIFY(run.json()[QLatin1String("to")].toString() < QLatin1String("2026-03-14T00:02:30.001Z"));
        QCOMPARE(runCtl(cut).code, 1); // it exists now
        auto backwards = cut;
        backwards[4] = QStringLiteral("-1s");
        QCOMPARE(runCtl(backwards).code, 2);
    }

    void replayPrintsAnInstant() {
        const auto run = runCtl({QStringLiteral("record"), QStringLiteral("replay"), m_file, QStringLiteral("--at"),
                                 QStringLiteral("-60s"), QStringLiteral("--json")});
        QVERIFY2(run.code == 0, run.err.constData());
        int rates = 0;
        for (const auto item : run.json()[QLatin1String("signals")].toArray()) {
            const auto signal = item.toObject();
            QCOMPARE(signal[QLatin1String("freshness")].toString(), QStringLiteral("fresh"));
            rates += signal[QLatin1String("rate")].toDouble() > 0 ? 1 : 0;
        }
        QVERIFY(rates > 10);
        QCOMPARE(runCtl({QStringLiteral("record"), QStringLiteral("replay"), m_file}).code, 0);
        QCOMPARE(runCtl({QStringLiteral("record"), QStringLiteral("replay"), m_file, QStringLiteral("--at"),
                         QStringLiteral("-9h")})
                     .code,
                 2);
    }

    void theBudgetIsCountedFromARecording() {
        const QStringList ask{QStringLiteral("budget"), QStringLiteral("--file"), m_file, QStringLiteral("--json")};
        const auto run = runCtl(ask);
        QVERIFY2(run.code == 0, run.err.constData());
        // All that was recorded, counted here once more.
        ErrorBudget counted;
        test::GeneratedStack stack;
        for (int i = 0; i < 180; ++i) {
            for (const auto& event : stack.second()) {
                if (event.update) {
                    counted.apply(*event.update);
                }
            }
        }
        const auto left = counted.remaining(stack.now());
        QVERIFY(left.over.requests > 1000 && left.value);
        const auto told = run.json();
        QCOMPARE(told[QLatin1String("requests")].toInteger(), static_cast<qint64>(left.over.requests));
        QCOMPARE(told[QLatin1String("bad")].toInteger(), static_cast<qint64>(left.over.bad));
        QCOMPARE(told[QLatin1String("seen_s")].toInteger(), left.over.seen.count());
        QVERIFY(std::abs(told[QLatin1String("remaining")].toDouble() - *left.value) < 1e-9);
        QVERIFY(told[QLatin1String("reason")].isNull());
        QVERIFY(told[QLatin1String("until")].toString().startsWith(QLatin1String("2026-03-14T00:02:59.")));
        QVERIFY(told[QLatin1String("age_ms")].toInteger() >= 0);
        QCOMPARE(told[QLatin1String("objective")].toObject()[QLatin1String("good_share")].toDouble(), 0.999);
        const auto burn = told[QLatin1String("burn")].toArray();
        QCOMPARE(burn.size(), 4);
        QCOMPARE(burn[0].toObject()[QLatin1String("window_s")].toInt(), 300);
        const auto rate = burn[0].toObject()[QLatin1String("rate")];
        QVERIFY(rate.isDouble());
        QVERIFY(std::abs(rate.toDouble() - counted.burnRate(stack.now(), 5min).value()) < 0.05);
        QCOMPARE(burn[0].toObject()[QLatin1String("limit")].toDouble(), 14.4);
        const auto people = runCtl(ask.first(3));
        QCOMPARE(people.code, 0);
        QVERIFY2(people.out.contains("99.9 % of requests neither 5xx nor over 500 ms in 24 h"), people.out.constData());
        QVERIFY2(people.out.contains("until 2026-03-14T00:02:59Z"), people.out.constData());
    }

    void aBudgetThatIsNotRecordedIsNone() {
        const QTemporaryDir dir;
        const auto run =
            runCtl({QStringLiteral("--state-dir"), dir.path(), QStringLiteral("budget"), QStringLiteral("--json")});
        QCOMPARE(run.code, 1);
        QVERIFY(run.json().contains(QLatin1String("error")));
        QVERIFY2(run.err.contains("binnaclectl record run"), run.err.constData());
        // One that nobody goes on with is told, and is of then.
        QVERIFY(QDir(dir.path()).mkpath(QStringLiteral("recorder")));
        QVERIFY(QFile::copy(m_file, dir.filePath(QStringLiteral("recorder/recording.sqlite"))));
        const auto old =
            runCtl({QStringLiteral("--state-dir"), dir.path(), QStringLiteral("budget"), QStringLiteral("--json")});
        QCOMPARE(old.code, 1);
        QVERIFY(!old.json()[QLatin1String("remaining")].isNull());
        QVERIFY2(old.err.contains("nothing was recorded in the last"), old.err.constData());
    }

    void whatIsNoRecordingIsSaid() {
        const auto run = runCtl({QStringLiteral("record"), QStringLiteral("info"), QStringLiteral("/etc/passwd")});
        QCOMPARE(run.code, 1);
        QVERIFY(run.err.contains("not a recording"));
        QCOMPARE(runCtl({QStringLiteral("record"), QStringLiteral("start"), QStringLiteral("--for"),
                         QStringLiteral("soon"), QStringLiteral("--out"), QStringLiteral("/tmp/x")})
                     .code,
                 2);
    }
};

QTEST_APPLESS_MAIN(TestRecord)
#include "test_record.moc"
