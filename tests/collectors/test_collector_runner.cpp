// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/collector_runner.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QTest>
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace binnacle;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

/// What a test tells a collector to do, and what it saw.
struct Script {
    std::atomic<bool> failing = false;
    std::atomic<bool> throwing = false;
    std::atomic<bool> remote = false;
    std::atomic<int> delayMs = 0;
    std::atomic<int> passes = 0;
    std::atomic<int> alive = 0;
};

class FakeCollector final : public Collector {
public:
    FakeCollector(std::string source, std::string target, std::shared_ptr<Script> script)
        : m_source(std::move(source))
        , m_target(std::move(target))
        , m_script(std::move(script)) {
        ++m_script->alive;
    }
    ~FakeCollector() override { --m_script->alive; }
    [[nodiscard]] std::string source() const override { return m_source; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return 50ms; }
    [[nodiscard]] bool local() const override { return !m_script->remote; }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override {
        ++m_script->passes;
        std::this_thread::sleep_until(std::min(deadline, steady_clock::now() + m_script->delayMs.load() * 1ms));
        if (m_script->throwing) {
            throw std::runtime_error("thrown");
        }
        if (m_script->failing) {
            return fail(ErrorCode::Refused, "refused");
        }
        Snapshot snapshot;
        snapshot.readings.push_back(gauge("test.value", {}, 1));
        return snapshot;
    }
    [[nodiscard]] std::uint64_t receivedBytes() const override {
        return static_cast<std::uint64_t>(m_script->passes.load()) * 100;
    }

private:
    std::string m_source;
    std::string m_target;
    std::shared_ptr<Script> m_script;
};

std::vector<std::unique_ptr<Collector>> one(std::unique_ptr<Collector> collector) {
    std::vector<std::unique_ptr<Collector>> list;
    list.push_back(std::move(collector));
    return list;
}

/// Keeps what the sink was given.
class Seen {
public:
    CollectorRunner::Sink sink() {
        return [this](SourceUpdate update) {
            const std::scoped_lock lock(m_mutex);
            m_updates.push_back(std::move(update));
        };
    }
    [[nodiscard]] std::vector<SourceUpdate> all() const {
        const std::scoped_lock lock(m_mutex);
        return m_updates;
    }
    [[nodiscard]] std::size_t size() const { return all().size(); }

private:
    mutable std::mutex m_mutex;
    std::vector<SourceUpdate> m_updates;
};

} // namespace

class TestCollectorRunner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_script = std::make_shared<Script>();
        m_seen = std::make_unique<Seen>();
    }
    void fillsInTheHeaderAndCountsUp() {
        CollectorRunner runner(m_seen->sink());
        runner.run(one(fake()));
        QTRY_VERIFY(m_seen->size() >= 3);
        runner.stop();
        const auto updates = m_seen->all();
        for (std::size_t i = 0; i < updates.size(); ++i) {
            const auto& header = updates[i].snapshot->header;
            QCOMPARE(header.source, std::string("fake"));
            QCOMPARE(header.sequence, std::uint64_t{i + 1});
            QVERIFY(header.steadyAt >= updates[i].startedAt);
            QVERIFY(!updates[i].failure);
        }
    }
    void whatIsReadIsCounted() {
        CollectorRunner runner(m_seen->sink());
        runner.run(one(fake()));
        QTRY_VERIFY(m_seen->size() >= 3);
        runner.stop();
        double before = 0;
        for (const auto& update : m_seen->all()) {
            const auto* read = update.snapshot->find("monitor.bytes", {});
            QVERIFY(read != nullptr && read->value.value_or(0) >= before + 100);
            before = *read->value;
        }
    }
    void keepsToItsGridAndNeverQueues() {
        m_script->delayMs = 30;
        CollectorRunner runner(m_seen->sink());
        QElapsedTimer timer;
        timer.start();
        runner.run(one(fake()));
        QTRY_VERIFY(m_seen->size() >= 10);
        runner.stop();
        // Ten passes of 30 ms every 50 ms: neither 80 ms apart, nor more than the grid allows.
        QVERIFY(timer.elapsed() >= 9 * 50 - 5);
        QVERIFY(static_cast<qint64>(m_seen->size()) <= timer.elapsed() / 50 + 1);
    }
    void aFailureKeepsTheNewestSnapshotAndCounts() {
        CollectorRunner runner(m_seen->sink());
        runner.run(one(fake()));
        QTRY_VERIFY(m_seen->size() >= 1);
        m_script->failing = true;
        QTRY_VERIFY(m_seen->all().back().failure && m_seen->all().back().failure->attempts >= 3);
        auto last = m_seen->all().back();
        QVERIFY(last.snapshot);
        QCOMPARE(last.failure->error.code, ErrorCode::Refused);
        QVERIFY(last.failure->nextTryAt > last.failure->at);
        QVERIFY(last.failure->nextTryAt <= last.failure->at + 1s);
        m_script->failing = false;
        QTRY_VERIFY(!m_seen->all().back().failure);
    }
    void aRemoteSourceIsAskedLessOftenWhileItIsAway() {
        m_script->failing = true;
        m_script->remote = true;
        CollectorRunner runner(m_seen->sink());
        runner.run(one(fake()));
        const auto pause = [this] {
            const auto failure = m_seen->all().back().failure.value();
            return failure.nextTryAt - failure.at;
        };
        for (unsigned attempts = 1; attempts <= 12; ++attempts) {
            QTRY_VERIFY(m_seen->size() >= attempts);
            QVERIFY(pause() <= CollectorRunner::longestPause(false));
            runner.retryNow();
        }
        QTRY_VERIFY(m_seen->size() >= 12);
        QVERIFY(pause() >= CollectorRunner::longestPause(false) / 2);
        QVERIFY(CollectorRunner::longestPause(false) > CollectorRunner::longestPause(true));
    }
    void anExceptionIsAFailedPass() {
        m_script->throwing = true;
        CollectorRunner runner(m_seen->sink());
        runner.run(one(fake()));
        QTRY_VERIFY(m_seen->size() >= 1);
        QCOMPARE(m_seen->all().back().failure->error.text, std::string("fake: thrown"));
    }
    void retryNowCutsThePauseShort() {
        m_script->failing = true;
        m_script->remote = true; // whose pauses grow to ten seconds
        CollectorRunner runner(m_seen->sink());
        runner.run(one(fake()));
        for (std::size_t passes = 1; passes <= 14; ++passes) {
            QTRY_VERIFY(m_seen->size() >= passes);
            runner.retryNow("fake");
        }
        // Once the pause has grown, passes come only when asked for.
        for (int i = 0; i < 5; ++i) {
            const auto before = m_seen->all();
            runner.retryNow("fake");
            QTRY_VERIFY(m_seen->size() > before.size());
            QVERIFY(m_seen->all()[before.size()].failure->at < before.back().failure->nextTryAt);
        }
    }
    void stopsWithinTheDeadlineOfAPassAndIsSilentAfterwards() {
        m_script->delayMs = 10'000; // until the deadline
        CollectorRunner runner(m_seen->sink());
        runner.run(one(fake()));
        QTRY_VERIFY(m_script->passes >= 1);
        QElapsedTimer timer;
        timer.start();
        runner.stop();
        QVERIFY(timer.elapsed() < 1000);
        // Nothing is left that could say anything: neither the collector nor whoever holds the way to the display.
        QCOMPARE(m_script->alive.load(), 0);
    }
    void aSourceThatStaysGoesOnUndisturbed() {
        const auto other = std::make_shared<Script>();
        CollectorRunner runner(m_seen->sink());
        runner.run(one(fake()));
        QTRY_VERIFY(m_seen->size() >= 2);
        auto list = one(fake());
        list.push_back(std::make_unique<FakeCollector>("other", "there", other));
        runner.run(std::move(list));
        QCOMPARE(m_script->alive.load(), 1); // the first one, not its double
        QTRY_VERIFY(other->passes >= 1);
        const auto before = m_seen->size();
        QTRY_VERIFY(m_seen->size() > before + 4);
        runner.stop();
        std::uint64_t sequence = 0;
        for (const auto& update : m_seen->all()) {
            if (update.source == "fake") {
                QCOMPARE(update.snapshot->header.sequence, ++sequence);
            }
        }
    }
    void aSourceThatMovedIsReplacedAndOneThatWentStops() {
        CollectorRunner runner(m_seen->sink());
        runner.run(one(fake()));
        const auto moved = std::make_shared<Script>();
        runner.run(one(std::make_unique<FakeCollector>("fake", "elsewhere", moved)));
        QCOMPARE(m_script->alive.load(), 0);
        QTRY_VERIFY(moved->passes >= 1);
        runner.run({});
        QCOMPARE(moved->alive.load(), 0);
    }

private:
    std::unique_ptr<Collector> fake() { return std::make_unique<FakeCollector>("fake", "here", m_script); }
    std::shared_ptr<Script> m_script;
    std::unique_ptr<Seen> m_seen;
};

QTEST_GUILESS_MAIN(TestCollectorRunner)
#include "test_collector_runner.moc"
