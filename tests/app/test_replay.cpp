// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/recording_writer.h"
#include "tests/app/played_console.h"
#include "tests/recorder/generated_stack.h"
#include "tests/support/patience.h"
#include "widgets/top_bar.h"

#include <QImage>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

class TestReplay : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::vector<RecordedEvent> m_events;
    Replay m_replay;

private Q_SLOTS:
    void initTestCase() {
        // Five minutes, or as many seconds as BINNACLE_REPLAY_SECONDS says: an hour in the long form.
        const int wanted = qEnvironmentVariableIntValue("BINNACLE_REPLAY_SECONDS");
        const int seconds = wanted > 0 ? wanted : 300;
        GeneratedStack stack;
        const auto file = std::filesystem::path(m_dir.path().toStdString()) / "hour.sqlite";
        const RecordingRun run{"the boot of another machine", stack.utcOffsetNs()};
        m_replay = {file, run, stack.now(), {}, {}};
        auto writer = RecordingWriter::open(file, {}, run);
        QVERIFY(writer);
        for (int i = 0; i < seconds; ++i) {
            if (i == seconds / 2) {
                stack.stopAnswering("redis");
            }
            if (i == seconds / 2 + 20) {
                stack.stopAnswering("");
            }
            for (auto& event : stack.second()) {
                QVERIFY((*writer)->append(event));
                m_events.push_back(std::move(event));
            }
            QVERIFY((*writer)->commit());
        }
        QVERIFY((*writer)->finish());
        m_replay.to = stack.now();
        const auto opened = openReplay(file, std::nullopt);
        QVERIFY(opened);
        m_replay.info = opened->info;
        QCOMPARE(opened->at, m_events.back().at);
    }

    void aReplayGivesTheSamePagesAsLive() {
        PlayedConsole live;
        live.open(m_replay, std::make_unique<DirectPlayer>(m_events));
        PlayedConsole replayed;
        replayed.open(m_replay,
                      std::make_unique<ReplayPlayer>(m_replay.file, m_replay.timeline, m_replay.at, m_replay.to));
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_replay.to - m_replay.at).count();
        for (int i = 1; i <= seconds; ++i) {
            live.moveTo(m_replay.at + std::chrono::seconds(i));
            replayed.moveTo(m_replay.at + std::chrono::seconds(i));
            // In the middle of a silence, too: late and lost are part of what was seen.
            if (i != seconds && i != seconds / 2 + 6 && i != seconds / 2 + 15) {
                continue;
            }
            for (auto* shown : {&live, &replayed}) {
                QTRY_VERIFY(shown->console->control().state() == SourceState::Lost);
            }
            for (const auto& page : {QStringLiteral("overview"), QStringLiteral("latency")}) {
                const auto a = live.picture(page);
                const auto b = replayed.picture(page);
                QVERIFY(a.size().width() > 800);
                if (a != b && qEnvironmentVariableIsSet("BINNACLE_TEST_PICTURES")) {
                    const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES");
                    a.save(folder + QLatin1Char('/') + page + QStringLiteral("-live.png"));
                    b.save(folder + QLatin1Char('/') + page + QStringLiteral("-replay.png"));
                }
                QVERIFY2(a == b, qPrintable(page + QStringLiteral(" after %1 s").arg(i)));
            }
        }
        QVERIFY(live.console->feed().path().requestsPerSecond.value.value_or(0) > 1);
    }

    void aReplaySaysThatItIsOneAndOffersNoAct() {
        PlayedConsole shown;
        auto replay = m_replay;
        replay.at = m_replay.to - 60s;
        shown.open(replay, nullptr); // from its file, with the past before
        shown.moveTo(replay.at + 5s);
        QTRY_VERIFY((shown.console->feed().tick(),
                     shown.console->feed().history().line(PathLine::Requests).firstAt().value_or(SteadyTime::max()) <
                         replay.at - 60s));
        const auto* bar = shown.console->window().findChild<TopBar*>();
        QVERIFY2(bar->spokenValue().contains(QStringLiteral("replay of hour.sqlite")), qPrintable(bar->spokenValue()));
        QTRY_COMPARE(shown.console->control().state(), SourceState::Lost);
        QVERIFY(shown.console->control().problem().contains(QStringLiteral("replay")));
        QCOMPARE(shown.console->stack().phase(), StackController::Phase::Attached);
    }

    void anInstantOutsideIsRefused() {
        QCOMPARE(openReplay(m_replay.file, m_replay.info.to + 1h).error().code, ErrorCode::Invalid);
        QCOMPARE(openReplay("/nonexistent", std::nullopt).error().code, ErrorCode::NotFound);
        const auto middle = openReplay(m_replay.file, m_replay.info.from + 100s);
        QVERIFY(middle && middle->at > m_replay.at && middle->at < m_replay.to);
    }
};

QTEST_MAIN(TestReplay)
#include "test_replay.moc"
