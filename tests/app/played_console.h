// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/replay_control_link.h"
#include "tests/app/fake_stack.h"

#include <QtTest>

#include <atomic>

namespace binnacle::test {

/// A clock that stands where it is put. Thread-safe.
class StandingClock final : public Clock {
public:
    StandingClock(SteadyTime at, std::int64_t utcOffsetNs)
        : m_ns(std::chrono::nanoseconds(at.time_since_epoch()).count())
        , m_offset(utcOffsetNs) {}
    void moveTo(SteadyTime at) { m_ns = std::chrono::nanoseconds(at.time_since_epoch()).count(); }
    SteadyTime steadyNow() const override { return SteadyTime(std::chrono::nanoseconds(m_ns)); }
    UtcTime utcNow() const override { return UtcTime(std::chrono::nanoseconds(m_ns + m_offset)); }

private:
    std::atomic<std::int64_t> m_ns;
    std::int64_t m_offset;
};

/// Events as they come from a collector, never recorded.
class DirectPlayer final : public app::EventPlayer {
public:
    explicit DirectPlayer(std::vector<RecordedEvent> events)
        : m_events(std::move(events)) {}
    bool readyFor(SteadyTime /*now*/) override { return true; }
    std::vector<RecordedEvent> take(SteadyTime now) override {
        std::vector<RecordedEvent> out;
        for (; m_next < m_events.size() && m_events[m_next].at <= now; ++m_next) {
            out.push_back(m_events[m_next]);
        }
        return out;
    }

private:
    std::vector<RecordedEvent> m_events;
    std::size_t m_next = 0;
};

/// A console that shows what a player has, at a time that the test sets.
struct PlayedConsole {
    QTemporaryDir settings;
    std::shared_ptr<StandingClock> clock;
    std::unique_ptr<app::Console> console;

    void open(const app::Replay& replay, std::unique_ptr<app::EventPlayer> player, app::LaunchOptions options = {}) {
        auto parts = FakeStack::parts(std::make_shared<FakeStack>(), settings);
        clock = std::make_shared<StandingClock>(replay.at, replay.timeline.utcOffsetNs);
        parts.clock = clock;
        parts.control = std::make_shared<app::ReplayControlLink>();
        parts.replay = replay;
        parts.player = std::move(player);
        parts.options = std::move(options);
        parts.options.size = parts.options.size.value_or(QSize(1600, 1000));
        console = std::make_unique<app::Console>(std::move(parts));
        console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&console->window()));
    }
    void moveTo(SteadyTime at) {
        clock->moveTo(at);
        QTRY_VERIFY_WITH_TIMEOUT((console->feed().tick(), console->feed().now() == at), 30000);
    }
    QImage picture(const QString& page) {
        console->window().openPage(page);
        QCoreApplication::processEvents();
        console->feed().tick();
        return console->window().page(page)->grab().toImage();
    }
};

} // namespace binnacle::test
