// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/control_api.h"
#include "backend/control/control_config.h"
#include "backend/control/sqlite_store.h"
#include "tests/control/telemetry_samples.h"

#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace binnacle;
using namespace binnacle::control;
using namespace binnacle::control::test;
using namespace std::chrono_literals;

namespace {

/// Answers what the test has laid down, and remembers what it was told.
class CannedEvidence final : public Evidence {
public:
    ForecastReport forecast(std::int64_t before, std::int64_t after) override {
        if (basis.empty()) {
            return {{}, "No instance has told its counters and features yet."};
        }
        const auto from = static_cast<double>(before);
        const auto to = static_cast<double>(after);
        return {{{"fallback", "Requests answered by a fallback", "1/s", from, to}}, basis};
    }
    std::vector<FeatureView> features() override {
        std::vector<FeatureView> views;
        for (const auto& feature : told) {
            views.push_back(feature.view);
        }
        return views;
    }
    std::optional<CohortShares> cohorts() override { return shares; }
    void ended(const AuditEntry& intent, const AuditResult& result) override {
        acts.emplace_back(intent.number, result.verdict);
    }
    Result<std::vector<Effect>> effects(std::int64_t limit) override {
        auto newest = stored;
        newest.resize(std::min(newest.size(), static_cast<std::size_t>(limit)));
        return newest;
    }
    Result<Effect> effect(const std::string& reference) override {
        for (const auto& one : stored) {
            if (one.reference == reference) {
                return one;
            }
        }
        return fail(ErrorCode::NotFound, "Nothing is known of it.");
    }

    std::string basis = "5 min of 3 instances";
    std::vector<FeatureReading> told = twoFeatures();
    std::optional<CohortShares> shares;
    std::vector<Effect> stored;
    std::vector<std::pair<std::int64_t, Verdict>> acts;
};

struct World {
    QTemporaryDir directory;
    ManualClock clock;
    FakeTargets level{{"app-1"}};
    FakeTargets share{{"haproxy"}};
    CannedEvidence evidence;
    std::unique_ptr<SqliteStore> store;
    std::unique_ptr<ActionEngine> engine;
    std::unique_ptr<Gatekeeper> gate;
    std::unique_ptr<ControlApi> api;

    World() {
        store = std::move(*SqliteStore::open(path("state.db")));
        EngineOptions options;
        options.environment = "test";
        options.journals = path("audit");
        options.patience = 300ms;
        options.evidence = &evidence;
        engine = std::make_unique<ActionEngine>(
            *store,
            std::map<Resource, Actuator*>{{Resource::DegradationLevel, &level}, {Resource::CanaryShare, &share}}, clock,
            options);
        gate = std::make_unique<Gatekeeper>(std::vector<uid_t>{::getuid()}, std::nullopt, path("tokens"));
        api = std::make_unique<ControlApi>(*engine, *gate, clock, "test", &evidence);
    }
    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return std::filesystem::path(directory.path().toStdString()) / name;
    }
    [[nodiscard]] ApiReply get(const std::string& target) const {
        ApiCall call;
        call.method = "GET";
        call.target = target;
        call.peer = ::getuid();
        return api->handle(call);
    }
    [[nodiscard]] Result<ActionPreview> preview(std::int64_t to) const {
        ActionRequest request;
        request.action = "set_degradation_level";
        request.parameters = {{"level", to}};
        return engine->preview(request, {"alice", Role::Admin});
    }
    [[nodiscard]] Result<ActionOutcome> setLevel(std::int64_t to, const std::string& id) const {
        const auto seen = preview(to);
        ActionRequest request;
        request.action = "set_degradation_level";
        request.parameters = {{"level", to}};
        request.reason = "incident 7";
        request.requestId = id;
        request.fingerprint = seen->fingerprint;
        request.typed = seen->typeToConfirm;
        return engine->run(request, {"alice", Role::Admin});
    }
};

bool says(const ActionPreview& preview, const char* text) {
    return std::ranges::any_of(preview.warnings,
                               [&](const std::string& warning) { return warning.find(text) != std::string::npos; });
}

} // namespace

class TestEvidenceApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPreviewSaysWhatGoesOffAndWhatIsExpected() {
        World world;
        const auto two = world.preview(2);
        QVERIFY(two && says(*two, "Dashboard analytics go off: callers get no analytics."));
        QVERIFY(says(*two, "Search suggestions go off"));
        QCOMPARE(two->forecastBasis, std::string("5 min of 3 instances"));
        QCOMPARE(two->forecast.size(), 1U);
        QCOMPARE(two->forecast.front().then, 2.0);
        QVERIFY(!says(*world.preview(1), "Search suggestions"));
        QVERIFY(world.setLevel(1, "r1").has_value());
        const auto onward = world.preview(2);
        QVERIFY(!says(*onward, "Dashboard analytics") && says(*onward, "Search suggestions"));
        QCOMPARE(onward->forecast.front().now, 1.0);
    }
    void levelThreeSaysThatItTurnsOffNothingMore() {
        World world;
        QVERIFY(says(*world.preview(3), "Level 3 turns off nothing more than level 2"));
        QVERIFY(!says(*world.preview(2), "nothing more"));
        world.evidence.told.back().view.offFrom = 3;
        QVERIFY(!says(*world.preview(3), "nothing more"));
        world.evidence.told.clear();
        QVERIFY(says(*world.preview(3), "is not known"));
        world.evidence.basis.clear();
        const auto unknown = world.preview(1);
        QVERIFY(unknown->forecast.empty() && unknown->forecastBasis.starts_with("No instance"));
    }
    void everyActIsHandedOverOnceWhenItHasEnded() {
        World world;
        QVERIFY(world.setLevel(2, "r1").has_value());
        QVERIFY(world.setLevel(2, "r1").has_value()); // told again, not done again
        world.level.all.front().answers = false;
        QVERIFY(world.setLevel(0, "r2").has_value());
        QCOMPARE(world.evidence.acts,
                 (std::vector<std::pair<std::int64_t, Verdict>>{{1, Verdict::Applied}, {3, Verdict::InDoubt}}));
    }
    void theStateHoldsFeaturesForecastsAndCohorts() {
        World world;
        CohortShares shares;
        shares.window = 60s;
        shares.cohorts = {{"canary", {"app-3"}, {"2"}, 50.0, 120}};
        shares.usersSharePercent = 5.0;
        world.evidence.shares = shares;
        QVERIFY(world.setLevel(1, "r1").has_value());
        const auto view = parseControlView(world.get("/v1/state").body);
        QVERIFY2(view.has_value(), view ? "" : view.error().text.c_str());
        QCOMPARE(view->features.size(), 2U);
        QVERIFY(view->features.front().offFrom == 1);
        QCOMPARE(view->forecasts.size(), 4U);
        QCOMPARE(view->forecasts.back().level, 3);
        QCOMPARE(view->forecasts.back().rows.front().now, 1.0); // from the level in force
        QCOMPARE(view->forecastBasis, std::string("5 min of 3 instances"));
        QVERIFY(view->cohorts == shares);
    }
    void effectsAreListedAndFound() {
        World world;
        QVERIFY(world.setLevel(1, "r1").has_value());
        Effect one;
        one.reference = "41";
        one.state = Effect::State::Ready;
        one.observedAt = one.readyAt = world.clock.utc;
        one.summary = "No measurable change.";
        one.rows = {{"p99", "all routes", "s", 0.5, 0.25, -0.3, -0.2, 1000, 900, EffectRow::Change::Fell, true}};
        one.forecast = {{"database_time", "Database time", "s/s", 0.4, 0.1}};
        Effect other = one;
        other.reference = "39";
        world.evidence.stored = {one, other};
        const auto all = parseEffects(world.get("/v1/effects").body);
        QVERIFY(all && *all == world.evidence.stored);
        QCOMPARE(parseEffects(world.get("/v1/effects?limit=1").body)->size(), 1U);
        const auto found = parseEffects(world.get("/v1/effects?reference=41").body);
        QVERIFY(found && found->size() == 1 && found->front() == one);
        // In the audit, and without a record of what it changed: that is an answer.
        const auto bare = parseEffects(world.get("/v1/effects?reference=1").body);
        QVERIFY(bare && bare->front().state == Effect::State::Missing && !bare->front().summary.empty());
        const auto named = "/v1/effects?reference=" + world.store->writerId() + ":41";
        QVERIFY(parseEffects(world.get(named).body)->front() == one);
        QCOMPARE(world.get("/v1/effects?reference=another:41").status, 404);
        QCOMPARE(world.get("/v1/effects?reference=2").status, 404); // an outcome, no act
        QCOMPARE(world.get("/v1/effects?reference=77").status, 404);
        QCOMPARE(world.get("/v1/effects?limit=x").status, 400);
        QCOMPARE(world.get("/v1/effects?writer=x").status, 400);
    }
    void theWindowsComeFromTheConfiguration() {
        const auto config = [](const char* effects) {
            return parseControlConfig(
                R"({"state_dir":"/s","socket":"/s/c","admin_uids":[0],"audit_dir":"/a","environment":"e",)"
                R"("admin_token_file":"/t","instances":[],)"
                R"("haproxy":{"map_file":"/m","map_name":"m","admin_socket":"/h"})" +
                std::string(effects) + "}");
        };
        const auto usual = config("");
        QVERIFY2(usual.has_value(), usual ? "" : usual.error().text.c_str());
        QVERIFY(usual->effects.before == 60s && usual->effects.settle == 30s && usual->effects.after == 60s);
        const auto shorter = config(R"(,"effects":{"before_s":6,"after_s":7})");
        QVERIFY(shorter && shorter->effects.before == 6s && shorter->effects.settle == 30s &&
                shorter->effects.after == 7s);
        // No window that is too short to tell anything, and none that is longer than what is remembered.
        for (const char* wrong :
             {R"(,"effects":{"before_s":4})", R"(,"effects":{"settle_s":-1})", R"(,"effects":{"before_s":290})",
              R"(,"effects":{"after_s":"x"})", R"(,"effects":7)"}) {
            QVERIFY2(!config(wrong), wrong);
        }
    }
    void effectsAreNoBrowsersAndNoStrangers() {
        World world;
        ApiCall call;
        call.method = "GET";
        call.target = "/v1/effects";
        call.peer = ::getuid() + 1;
        QCOMPARE(world.api->handle(call).status, 403);
        call.peer = ::getuid();
        call.hasOrigin = true;
        QCOMPARE(world.api->handle(call).status, 403);
        call.hasOrigin = false;
        call.method = "POST";
        QCOMPARE(world.api->handle(call).status, 405);
    }
};

QTEST_GUILESS_MAIN(TestEvidenceApi)
#include "test_evidence_api.moc"
