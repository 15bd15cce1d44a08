// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/system_clock.h"
#include "backend/control/level_forecast.h"
#include "backend/domain/base64.h"
#include "tests/control/telemetry_samples.h"
#include "tests/support/wait_for.h"

#include <QTest>
#include <cmath>
#include <condition_variable>
#include <random>

using namespace binnacle;
using namespace binnacle::control;
using namespace binnacle::control::test;
using namespace std::chrono_literals;

namespace {

/// Some instances that are read once for each second of a clock that only the test moves.
struct World {
    ManualClock clock;
    std::map<std::string, FakeInstance> instances;
    std::map<std::string, FakeProbe> probes;
    FleetWatch watch{[] { return std::vector<InstanceAddress>(); },
                     [](const InstanceAddress&) {
                         return Result<std::unique_ptr<InstanceProbe>>(fail(ErrorCode::NotFound, "not used"));
                     },
                     clock};

    explicit World(std::initializer_list<const char*> names) {
        for (const char* name : names) {
            auto& instance = instances[name];
            instance.name = name;
            instance.features = twoFeatures();
            probes.emplace(name, instance);
        }
    }
    static InstanceAddress address(const std::string& name) {
        return {name, name == "app-3" ? "canary" : "stable", "1", "unix:/" + name};
    }
    void read() {
        for (auto& [name, probe] : probes) {
            watch.turn(address(name), probe);
        }
    }
    /// Reads at once and then after each second, in which `work` was done.
    template <typename Work>
    void run(int seconds, const Work& work) {
        for (int i = 0; i < seconds; ++i) {
            read();
            for (auto& [name, instance] : instances) {
                work(instance);
                instance.monotonic += 1s;
            }
            clock.advance(1s);
        }
        read();
    }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> result;
        for (const auto& [name, instance] : instances) {
            result.push_back(name);
        }
        return result;
    }
    [[nodiscard]] TrafficSlice last(std::chrono::seconds time) const {
        return watch.history().slice(names(), clock.steady - time, clock.steady);
    }
};

DistinctSketch usersFrom(std::uint64_t first, std::uint64_t count) {
    DistinctSketch sketch;
    for (auto i = first; i < first + count; ++i) {
        sketch.add(std::mt19937_64(i)());
    }
    return sketch;
}

void steadyWork(FakeInstance& instance) {
    instance.request("GET /v1/dashboard", 20ms, 3);
    instance.request("GET /v1/search/suggestions", 5ms, 2);
    instance.request("GET /healthz/ready", 1ms, 4);
    instance.query("dashboard_analytics", 10ms, 2);
    instance.query("suggest_tasks", 1ms, 5);
    instance.query("task_by_id", 1ms, 10);
    instance.fail("GET /v1/dashboard");
    instance.degraded["GET /v1/dashboard"] += 1;
}

} // namespace

class TestFleetWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gainsAreAddedUpOverInstancesAndSeconds() {
        World world({"app-1", "app-2", "app-3"});
        world.run(10, steadyWork);
        const auto slice = world.last(10s);
        QCOMPARE(slice.seconds, 10.0);
        QCOMPARE(slice.requests(), 3U * 10 * 6); // probes are no traffic
        const auto& dashboard = slice.routes.at("GET /v1/dashboard");
        QCOMPARE(dashboard.latency.count(), 3U * 10 * 4);
        QCOMPARE(dashboard.errors, 30U);
        QCOMPARE(dashboard.degraded, 30U);
        QVERIFY(std::abs(*dashboard.latency.quantile(0.5) - 0.02) < 0.0002);
        QCOMPARE(dashboard.latency.sumNs(), 30U * (3 * 20'000'000ULL + 1'000'000ULL));
        QCOMPARE(slice.statements.at("suggest_tasks").count, 150U);
        QVERIFY(std::abs(slice.statements.at("dashboard_analytics").seconds - 0.6) < 1e-9);
        // A part of the time holds its part of it.
        QCOMPARE(world.last(4s).requests(), 3U * 4 * 6);
        QCOMPARE(world.watch.history().slice({{"app-3"}}, world.clock.steady - 10s, world.clock.steady).requests(),
                 60U);
    }
    void aRestartIsAGapAndNotAJump() {
        World world({"app-1"});
        world.run(5, steadyWork);
        world.instances["app-1"].restart();
        world.instances["app-1"].request("GET /v1/projects", 1ms, 1000);
        world.run(5, steadyWork);
        QCOMPARE(world.last(60s).requests(), 60U);
        QVERIFY(!world.last(60s).routes.contains("GET /v1/projects"));
        const auto covered = world.watch.history().coverage(world.clock.steady - 60s, world.clock.steady);
        QVERIFY(covered.front().restarted);
        QCOMPARE(covered.front().seconds, 10.0);
        QVERIFY(!world.watch.history().coverage(world.clock.steady - 4s, world.clock.steady).front().restarted);
    }
    void countersThatRunBackwardsAreNotBelieved() {
        World world({"app-1"});
        world.run(3, steadyWork);
        world.instances["app-1"].latency.clear();
        world.run(1, steadyWork);
        QVERIFY(world.watch.history().coverage(world.clock.steady - 60s, world.clock.steady).front().restarted);
    }
    void silenceIsCountedWhenItEnds() {
        World world({"app-1", "app-2"});
        world.run(3, steadyWork);
        world.instances["app-2"].answers = false;
        world.run(5, steadyWork);
        auto covered = world.watch.history().coverage(world.clock.steady - 60s, world.clock.steady);
        QCOMPARE(covered[0].seconds, 8.0);
        QCOMPARE(covered[1].seconds, 3.0);
        world.instances["app-2"].answers = true;
        world.read();
        QCOMPARE(world.last(60s).requests(), 2U * 8 * 6); // cumulative counters lose nothing
    }
    void theLastMinutesAreKeptAndNoMore() {
        World world({"app-1"});
        world.run(400, steadyWork);
        const auto covered = world.watch.history().coverage(SteadyTime(), world.clock.steady);
        QVERIFY(covered.front().seconds <= 331 && covered.front().seconds >= 329);
    }
    void memoryIsBoundedWhateverAnInstanceTells() {
        TelemetryHistory history;
        FakeInstance wild;
        SteadyTime at{1h};
        auto& everywhere = wild.latency["GET /v1/projects"];
        for (int i = 0; i < 3000; ++i) {
            for (std::size_t cell = 0; cell < LatencyHistogram::kBucketCount; ++cell) {
                everywhere.addToCell(cell, 1);
            }
            wild.monotonic += 100ms;
            at += 100ms;
            history.add("app-1", "stable", at, wild.document());
        }
        // 3 000 readings with every cell would be more than the limit: the oldest have gone.
        const auto most = static_cast<double>(TelemetryHistory::cellLimit / LatencyHistogram::kBucketCount) / 10;
        const auto covered = history.coverage(SteadyTime(), at).front().seconds;
        QVERIFY2(covered > most - 1 && covered < most + 1, qPrintable(QString::number(covered)));
        history.forget("app-1");
        QVERIFY(history.coverage(SteadyTime(), at).empty());
        // Names without end become one.
        FakeInstance chatty;
        history.add("app-2", "stable", at, chatty.document());
        for (int i = 0; i < 2000; ++i) {
            chatty.request("GET /v1/" + std::to_string(i), 1ms);
        }
        chatty.monotonic += 1s;
        history.add("app-2", "stable", at + 1s, chatty.document());
        const auto slice = history.slice({{"app-2"}}, at, at + 1s);
        QVERIFY(slice.routes.size() <= TelemetryHistory::nameLimit);
        QCOMPARE(slice.requests(), 2000U);
    }
    void cohortsAreMergedByRole() {
        World world({"app-1", "app-2", "app-3"});
        world.watch.splitChanged(world.clock.steady);
        world.instances["app-1"].users.users = usersFrom(0, 600);
        world.instances["app-2"].users.users = usersFrom(350, 600); // 250 were on both
        world.instances["app-3"].users.users = usersFrom(5000, 50);
        world.run(60, [](FakeInstance& instance) {
            instance.request("GET /v1/projects", 1ms, instance.name == "app-3" ? 1 : 5);
        });
        const auto shares = world.watch.cohorts();
        QVERIFY(shares.has_value());
        QCOMPARE(shares->problem, std::string());
        QCOMPARE(shares->cohorts.size(), 2U);
        const auto& stable = shares->cohorts[0];
        QCOMPARE(stable.role, std::string("stable"));
        QCOMPARE(stable.instances, (std::vector<std::string>{"app-1", "app-2"}));
        QVERIFY(std::abs(*stable.users - 950) < 0.05 * 950);
        QVERIFY(std::abs(*shares->users - 1000) < 0.05 * 1000);
        QVERIFY2(std::abs(*shares->usersSharePercent - 5) < 0.4,
                 qPrintable(QString::number(*shares->usersSharePercent)));
        QVERIFY(std::abs(*shares->requestsSharePercent - 100.0 / 11) < 0.01);
        QVERIFY(shares->window >= 57s && shares->window <= 60s);
        // Only what came after the change was asked for.
        QVERIFY(world.probes.at("app-3").windows.back() <= 60s);
    }
    void aCohortBeforeItsFirstReadingHasNoShareButAReason() {
        World world({"app-1", "app-3"});
        QVERIFY(!world.watch.cohorts().has_value());
        world.run(4, steadyWork);
        world.watch.splitChanged(world.clock.steady);
        const auto fresh = world.watch.cohorts();
        QVERIFY(fresh && !fresh->usersSharePercent && !fresh->problem.empty());
        world.instances["app-3"].answers = false;
        world.run(7, steadyWork);
        const auto partly = world.watch.cohorts();
        QVERIFY2(partly->problem.starts_with("app-3 does not tell"), partly->problem.c_str());
        QVERIFY(!partly->usersSharePercent.has_value());
    }
    void theForecastIsWhatTheRoutesAndStatementsDid() {
        World world({"app-1", "app-2"});
        world.instances["app-1"].users.byFeature["analytics"] = usersFrom(0, 100);
        world.instances["app-2"].users.byFeature["analytics"] = usersFrom(50, 100);
        world.instances["app-2"].users.byFeature["suggestions"] = usersFrom(140, 30);
        world.run(300, steadyWork);
        const auto recent = recentTraffic(world.watch, world.clock.steady);
        const auto row = [&](const ForecastReport& report, const char* id) {
            for (const auto& one : report.rows) {
                if (one.id == id) {
                    return one;
                }
            }
            return Forecast{};
        };
        const auto close = [](double value, double expected) { return std::abs(value - expected) < 1e-6 * expected; };
        const auto one = forecastLevel(0, 1, recent);
        QCOMPARE(one.basis, std::string("5 min of 2 instances"));
        QCOMPARE(row(one, "fallback").now, 0.0);
        QVERIFY(close(row(one, "fallback").then, 8)); // 2 instances x 4 dashboards a second
        QVERIFY(close(row(one, "database_time").now, 2 * (0.020 + 0.005 + 0.010)));
        QVERIFY(close(row(one, "database_time").then, 2 * (0.005 + 0.010)));
        QVERIFY(std::abs(row(one, "users").then - 150) < 5);
        QCOMPARE(row(one, "critical_dropped").then, 0.0);
        const auto two = forecastLevel(0, 2, recent);
        QVERIFY(close(row(two, "fallback").then, 12));
        QVERIFY(close(row(two, "database_time").then, 2 * 0.010));
        QVERIFY(std::abs(row(two, "users").then - 170) < 6); // ten of the thirty use both
        const auto three = forecastLevel(0, 3, recent);
        QCOMPARE(three.rows, two.rows);
        const auto down = forecastLevel(2, 0, recent);
        QCOMPARE(row(down, "fallback").then, 0.0);
        QVERIFY(row(down, "database_time").id.empty()); // what did not run can't be told
        const auto nothing = forecastLevel(0, 1, RecentTraffic{{}, {}, {}, "none"});
        QVERIFY(nothing.rows.empty() && nothing.basis == "none");
    }
    void documentsOfInstancesAreCheckedWhenTheyAreRead() {
        const auto sketch = usersFrom(0, 1000);
        std::string registers;
        appendBase64(registers, sketch.registers());
        const auto users = parseUsers(R"({"window_s":12.5,"users":1000,"registers":")" + registers +
                                      R"(","features":[{"id":"analytics","registers":")" + registers + R"("}]})");
        QVERIFY2(users.has_value(), users ? "" : users.error().text.c_str());
        QVERIFY(users->users == sketch && users->byFeature.at("analytics") == sketch);
        QCOMPARE(users->covered, 12'500ms);
        for (const char* wrong : {"", "{}", R"({"window_s":1,"registers":"AAAA","features":[]})",
                                  R"({"window_s":1e9,"registers":"","features":[]})", R"({"window_s":"x"})"}) {
            QVERIFY2(!parseUsers(wrong), wrong);
        }
        const auto features = parseFeatures(
            R"({"features":[{"id":"a","title":"A","routes":["GET /a"],"off_from":2,"fallback":"f","statements":["s"]},)"
            R"({"id":"b","title":"B","routes":[],"fallback":"","statements":[]}]})");
        QVERIFY(features && features->size() == 2);
        QVERIFY(features->front().view.offFrom == 2 && features->front().statements.front() == "s");
        QVERIFY(!features->back().view.offFrom);
        QVERIFY(!parseFeatures(R"({"features":[{"id":1}]})"));
    }
    void anInstanceThatHangsDelaysNobody() {
        /// Waits in every call until the test is over, as one would whose deadline is far away.
        struct Gate {
            std::mutex mutex;
            std::condition_variable opened;
            bool open = false;
            void wait() {
                std::unique_lock lock(mutex);
                opened.wait(lock, [this] { return open; });
            }
            void release() {
                const std::scoped_lock lock(mutex);
                open = true;
                opened.notify_all();
            }
        };
        class Hanging final : public InstanceProbe {
        public:
            explicit Hanging(Gate& gate)
                : m_gate(gate) {}
            Result<TelemetryDocument> telemetry(SteadyTime) override {
                m_gate.wait();
                return fail(ErrorCode::Timeout, "no answer in time");
            }
            Result<std::vector<FeatureReading>> features(SteadyTime) override { return fail(ErrorCode::Timeout, ""); }
            Result<UserReading> users(std::chrono::seconds, SteadyTime) override {
                return fail(ErrorCode::Timeout, "");
            }

        private:
            Gate& m_gate;
        };
        Gate gate;
        const SystemClock clock;
        FakeInstance instance;
        instance.features = twoFeatures();
        std::atomic<bool> gone = false;
        FleetWatch watch(
            [&] {
                std::vector<InstanceAddress> all{World::address("app-2")};
                if (!gone) {
                    all.push_back(World::address("app-1"));
                }
                return all;
            },
            [&](const InstanceAddress& address) -> Result<std::unique_ptr<InstanceProbe>> {
                if (address.name == "app-2") {
                    return std::make_unique<Hanging>(gate);
                }
                return std::make_unique<FakeProbe>(instance);
            },
            clock);
        watch.start();
        const bool told =
            binnacle::test::waitFor(10s, [&] { return watch.features().size() == 2 && watch.cohorts(); }).has_value();
        gone = true; // an instance that was taken away is forgotten
        const bool forgotten = binnacle::test::waitFor(10s, [&] { return watch.features().empty(); }).has_value();
        gate.release();
        watch.stop();
        QVERIFY(told);
        QVERIFY(forgotten);
    }
};

QTEST_GUILESS_MAIN(TestFleetWatch)
#include "test_fleet_watch.moc"
