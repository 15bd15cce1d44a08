// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/effect_keeper.h"
#include "tests/control/telemetry_samples.h"
#include "tests/support/patience.h"

#include <QTemporaryDir>
#include <QTest>

using namespace binnacle;
using namespace binnacle::control;
using namespace binnacle::control::test;
using namespace std::chrono_literals;

namespace {

/// A fleet of three under steady traffic, and the keeper that watches what acts do to it.
struct World {
    QTemporaryDir directory;
    ManualClock clock;
    std::map<std::string, FakeInstance> instances;
    std::map<std::string, FakeProbe> probes;
    std::unique_ptr<FleetWatch> watch;
    std::unique_ptr<EffectStore> store;
    std::unique_ptr<EffectKeeper> keeper;
    std::vector<std::string> log;
    std::chrono::microseconds dashboardTakes = 40ms;
    bool analyticsRun = true;

    World() {
        for (const char* name : {"app-1", "app-2", "app-3"}) {
            auto& instance = instances[name];
            instance.name = name;
            instance.features = twoFeatures();
            probes.emplace(name, instance);
        }
        start();
    }
    /// A control that begins anew over the same file.
    void start() {
        keeper.reset();
        store.reset();
        auto opened = EffectStore::open(std::filesystem::path(directory.path().toStdString()) / "state.db");
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().text.c_str());
        store = std::move(*opened);
        watch = std::make_unique<FleetWatch>([] { return std::vector<InstanceAddress>(); },
                                             [](const InstanceAddress&) {
                                                 return Result<std::unique_ptr<InstanceProbe>>(
                                                     fail(ErrorCode::NotFound, "not used"));
                                             },
                                             clock);
        keeper = std::make_unique<EffectKeeper>(*watch, *store, clock, EffectWindows{},
                                                [this](const std::string& text) { log.push_back(text); });
        keeper->takeOver();
    }
    void run(int seconds) {
        for (int i = 0; i < seconds; ++i) {
            for (auto& [name, instance] : instances) {
                instance.monotonic += 1s;
                instance.request("GET /v1/dashboard", dashboardTakes, 10);
                instance.request("GET /v1/projects", 5ms, 30);
                if (analyticsRun) {
                    instance.query("dashboard_analytics", 10ms, 10);
                } else {
                    instance.degraded["GET /v1/dashboard"] += 10;
                }
                instance.query("task_by_id", 1ms, 20);
            }
            clock.advance(1s);
            for (auto& [name, probe] : probes) {
                watch->turn({name, name == "app-3" ? "canary" : "stable", "1", "unix:/" + name}, probe);
            }
            keeper->turn();
        }
    }
    void act(std::int64_t number, Verdict verdict = Verdict::Applied, std::int64_t level = 1) {
        AuditEntry intent;
        intent.number = number;
        intent.at = clock.utc;
        intent.action = "set_degradation_level";
        intent.before = {{"level", 0}, {"generation", 1}};
        intent.after = {{"level", level}, {"generation", 2}};
        keeper->ended(intent, {verdict, {}, {}, {}});
        keeper->turn();
    }
    void setShare(std::int64_t number) {
        AuditEntry intent;
        intent.number = number;
        intent.at = clock.utc;
        intent.action = "set_canary_share";
        intent.before = {{"percent", 0}, {"generation", 1}};
        intent.after = {{"percent", 5}, {"generation", 2}};
        keeper->ended(intent, {Verdict::Applied, {}, {}, {}});
        keeper->turn();
    }
    [[nodiscard]] Effect effect(const char* reference) const {
        const auto found = keeper->effect(reference);
        return found ? *found : Effect{};
    }
};

const EffectRow* row(const Effect& effect, const char* id, const char* label) {
    for (const auto& one : effect.rows) {
        if (one.id == id && one.label == label) {
            return &one;
        }
    }
    return nullptr;
}

} // namespace

class TestEffectKeeper : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anActIsPendingForAMinuteAndAHalfAndThenTold() {
        World world;
        world.run(120);
        world.act(7);
        auto effect = world.effect("7");
        QCOMPARE(effect.state, Effect::State::Pending);
        QVERIFY(effect.readyAt == effect.observedAt + 92s);
        // What the preview said stands beside it from the beginning.
        QVERIFY(!effect.forecast.empty());
        const auto found = std::ranges::find(effect.forecast, std::string("database_time"), &Forecast::id);
        QVERIFY(found != effect.forecast.end());
        const Forecast database = *found; // `effect` is replaced below
        world.analyticsRun = false;
        world.dashboardTakes = 5ms;
        world.run(91);
        QCOMPARE(world.effect("7").state, Effect::State::Pending);
        world.run(1);
        effect = world.effect("7");
        QCOMPARE(effect.state, Effect::State::Ready);
        const auto* dashboard = row(effect, "p95", "GET /v1/dashboard");
        QVERIFY(dashboard != nullptr && dashboard->change == EffectRow::Change::Fell);
        QCOMPARE(dashboard->countBefore, 3 * 60 * 10);
        const auto* projects = row(effect, "p95", "GET /v1/projects");
        QVERIFY(projects != nullptr && projects->change == EffectRow::Change::None);
        // The prediction and the measurement agree, because the traffic did not change.
        const auto* measured = row(effect, "database_time", "all routes");
        QVERIFY(measured->change == EffectRow::Change::Fell);
        QVERIFY(std::abs(*measured->before - database.now) < 1e-6 && std::abs(*measured->after - database.then) < 1e-6);
        const auto* fallback = row(effect, "fallback", "all routes");
        const auto expected = std::ranges::find(effect.forecast, std::string("fallback"), &Forecast::id);
        QVERIFY(std::abs(*fallback->after - expected->then) < 1e-6);
        QVERIFY2(effect.summary.starts_with("p99 fell from 40"), effect.summary.c_str());
        QVERIFY(world.log.empty());
    }
    void anActThatChangesNothingSaysSo() {
        World world;
        world.run(70);
        world.act(1);
        world.run(95);
        QCOMPARE(world.effect("1").summary, std::string("No measurable change."));
    }
    void aRestartOfControlIsAReasonAndNoAnswer() {
        World world;
        world.run(70);
        world.act(1);
        world.run(95);
        world.act(3);
        world.run(20);
        world.start();
        const auto kept = world.effect("1"); // what was told before survives
        QCOMPARE(kept.state, Effect::State::Ready);
        QVERIFY(!kept.rows.empty() && !kept.forecast.empty());
        const auto cut = world.effect("3");
        QCOMPARE(cut.state, Effect::State::Missing);
        QVERIFY2(cut.summary.find("Control was restarted") != std::string::npos, cut.summary.c_str());
        const auto all = world.keeper->effects(10);
        QVERIFY(all && all->size() == 2 && all->front().reference == "3");
        QCOMPARE(world.keeper->effects(1)->size(), 1U);
        QVERIFY(world.keeper->effect("99").error().code == ErrorCode::NotFound);
    }
    void anActThatWasNotSeenEverywhereIsNotCompared() {
        World world;
        world.run(70);
        world.act(1, Verdict::InDoubt);
        QCOMPARE(world.effect("1").state, Effect::State::Missing);
    }
    void anInstanceThatRestartedIsLeftOutAndNamed() {
        World world;
        world.run(70);
        world.act(1);
        world.run(50);
        world.instances["app-2"].restart();
        world.run(45);
        const auto effect = world.effect("1");
        QCOMPARE(effect.state, Effect::State::Ready);
        QVERIFY2(effect.summary.find("Left out: app-2 (restarted)") != std::string::npos, effect.summary.c_str());
        QCOMPARE(row(effect, "p50", "all routes")->countBefore, 2 * 60 * 40);
    }
    void readingsThatAreMissingAreAReason() {
        World world;
        world.run(10); // control has not watched for long enough
        world.act(1);
        world.run(95);
        const auto effect = world.effect("1");
        QCOMPARE(effect.state, Effect::State::Missing);
        QVERIFY2(effect.summary.find("app-1 (readings are missing)") != std::string::npos, effect.summary.c_str());
    }
    void anotherActInTheSameTimeIsNamed() {
        World world;
        world.run(70);
        world.act(1);
        world.run(40);
        world.act(3);
        world.run(95);
        QVERIFY2(world.effect("1").summary.find("Other acts in the same time: #3.") != std::string::npos,
                 world.effect("1").summary.c_str());
        QVERIFY(world.effect("3").summary.find("#1") != std::string::npos);
    }
    void aShareIsComparedBetweenTheCohortsToo() {
        World world;
        world.run(70);
        world.setShare(1);
        world.run(95);
        const auto effect = world.effect("1");
        QVERIFY(row(effect, "canary.p95", "the canary against stable") != nullptr);
        QVERIFY(row(effect, "canary.p95", "the canary against stable")->change == EffectRow::Change::None);
        QVERIFY(effect.forecast.empty());
        const auto shares = world.keeper->cohorts();
        QVERIFY(shares && shares->window >= 80s && shares->window <= 95s); // counted from the change on
    }
    void whatTakesLongIsComparedWithTheTimeBeforeItBegan() {
        World world;
        world.run(70);
        AuditEntry intent;
        intent.number = 11;
        intent.at = world.clock.utc;
        intent.action = "apply_migration";
        intent.after = {{"state", "applied"}};
        world.dashboardTakes = 400ms; // while it runs
        world.run(30);
        world.dashboardTakes = 40ms;
        world.keeper->ended(intent, {Verdict::Applied, {}, {}, {}});
        world.run(95);
        const auto effect = world.effect("11");
        QCOMPARE(effect.state, Effect::State::Ready);
        QCOMPARE(effect.summary, std::string("No measurable change."));
        // What took longer than is remembered, and what failed, are not compared.
        intent.number = 13;
        intent.at = world.clock.utc - 200s;
        world.keeper->ended(intent, {Verdict::Applied, {}, {}, {}});
        intent.number = 15;
        world.keeper->ended(intent, {Verdict::Failed, {}, {}, {}});
        world.keeper->turn();
        QVERIFY(world.effect("13").summary.starts_with("It took longer"));
        QVERIFY(world.effect("15").summary.starts_with("It failed"));
    }
    void whatControlAdoptedIsNoActOfItsOwn() {
        World world;
        world.run(5);
        AuditEntry intent;
        intent.number = 9;
        intent.action = "adopt";
        intent.after = {{"level", 2}};
        world.keeper->ended(intent, {Verdict::Applied, {}, {}, {}});
        world.keeper->turn();
        QVERIFY(world.keeper->effect("9").error().code == ErrorCode::NotFound);
    }
    void featuresTellTheirTraffic() {
        World world;
        world.run(30);
        const auto features = world.keeper->features();
        QCOMPARE(features.size(), 2U);
        QVERIFY(std::abs(*features.front().requestsPerSecond - 30) < 0.01);
        QCOMPARE(*features.back().requestsPerSecond, 0.0);
        QVERIFY(world.keeper->forecast(0, 1).basis.ends_with("of 3 instances"));
    }
    void theThreadStoresWhatHasEnded() {
        World world;
        world.run(70);
        world.keeper->start();
        AuditEntry intent;
        intent.number = 5;
        intent.at = world.clock.utc;
        intent.action = "set_degradation_level";
        intent.after = {{"level", 1}};
        world.keeper->ended(intent, {Verdict::Applied, {}, {}, {}});
        QTRY_VERIFY(world.keeper->effect("5").has_value());
    }
};

QTEST_GUILESS_MAIN(TestEffectKeeper)
#include "test_effect_keeper.moc"
