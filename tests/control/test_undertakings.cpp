// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/break_glass_gateway.h"
#include "backend/clients/system_clock.h"
#include "backend/control/migration_desk.h"
#include "backend/control/sqlite_store.h"
#include "tests/control/control_fakes.h"
#include "tests/migrations/fake_migration_database.h"
#include "tests/support/wait_for.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>

using namespace binnacle;
using namespace binnacle::control;
using namespace binnacle::control::test;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

const Operator ada{"ada", Role::Admin};
const Operator otto{"otto", Role::Operator};
const std::string migrationId = sampleMigration().id;

/// Control with migrations on a fake database; both outlive a control that dies.
struct World {
    QTemporaryDir directory;
    SystemClock clock;
    FakeTargets level{{"app-1"}};
    FakeTargets share{{"haproxy"}};
    FakeDatabase database;
    std::atomic<bool> mute = false; ///< ends can't be recorded
    std::atomic<bool> files = true; ///< the migrations can be read
    std::unique_ptr<SqliteStore> store;
    std::unique_ptr<MigrationDesk> desk;
    std::unique_ptr<ActionEngine> engine;

    World() { start(); }
    ~World() { die(); }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return std::filesystem::path(directory.path().toStdString()) / name;
    }
    [[nodiscard]] Result<std::vector<Migration>> readFiles() const {
        return files ? Result<std::vector<Migration>>(std::vector{sampleMigration()})
                     : fail(ErrorCode::Io, "The directory can't be read.");
    }
    void start() {
        store = std::move(*SqliteStore::open(path("state.db")));
        RunnerOptions run;
        run.firstPause = 1ms;
        run.longestPause = 2ms;
        run.lockPoll = 1ms;
        desk = std::make_unique<MigrationDesk>([this] { return readFiles(); },
                                               [this] { return std::make_unique<FakeMigrationDatabase>(database); },
                                               run, clock);
        EngineOptions options;
        options.environment = "test";
        options.journals = path("audit");
        options.patience = 300ms;
        engine = std::make_unique<ActionEngine>(
            *store,
            std::map<Resource, Actuator*>{{Resource::DegradationLevel, &level}, {Resource::CanaryShare, &share}}, clock,
            options, std::vector<Undertaking*>{desk.get()});
        desk->start([this](const AuditEntry& intent, const AuditResult& result) {
            return !mute && engine->undertakingEnded(intent, result);
        });
    }
    /// As far as the database and the store can tell, this is a death: what runs is left half done.
    void die() {
        if (desk) {
            desk->stop();
        }
        engine.reset();
        desk.reset();
        store.reset();
    }
    [[nodiscard]] ActionRequest request(const std::string& action, const std::string& requestId) const {
        ActionRequest wish;
        wish.action = action;
        if (action != "panic") {
            wish.parameters = {{"id", migrationId}};
        }
        wish.reason = "slow page";
        wish.requestId = requestId;
        if (const auto preview = engine->preview(wish, ada)) {
            wish.fingerprint = preview->fingerprint;
        }
        return wish;
    }
    [[nodiscard]] Result<ActionOutcome> run(const std::string& action, const std::string& requestId,
                                            const Operator& who = ada) const {
        return engine->run(request(action, requestId), who);
    }
    void hold(bool held) {
        database.set([=](FakeDatabase& shared) { shared.held = held; });
    }
    [[nodiscard]] bool building() {
        return waitFor(5s, [&] { return database.ask([](auto& shared) { return shared.builds > 0; }); }).has_value();
    }
    [[nodiscard]] IndexState index() {
        return database.ask([](auto& shared) { return shared.index; });
    }
    /// The outcome once it is recorded.
    [[nodiscard]] std::optional<AuditResult> ended(const std::string& requestId) const {
        std::optional<AuditResult> result;
        (void)waitFor(5s, [&] {
            const auto stored = store->request(requestId);
            result = stored && *stored ? (*stored)->result : std::nullopt;
            return result.has_value();
        });
        return result;
    }
    [[nodiscard]] std::string state() const {
        const auto view = desk->view();
        return view.rows.empty() ? std::string() : std::string(migrationStateName(view.rows.front().state));
    }
    [[nodiscard]] bool comesTo(const std::string& wanted) const {
        return waitFor(5s, [&] { return state() == wanted; }).has_value();
    }
    [[nodiscard]] bool whole() const { return engine->verifyAudit({})->whole; }
};

std::string said(const Result<ActionOutcome>& outcome) {
    return outcome ? std::string(verdictName(outcome->verdict)) + ": " + outcome->message : outcome.error().text;
}

#define COMPARE_VERDICT(outcome, expected)                                                                             \
    QVERIFY2((outcome).has_value() && (outcome)->verdict == (expected), said(outcome).c_str())

} // namespace

class TestUndertakings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePreviewTellsWhatAndHowMuch() {
        World world;
        QVERIFY(world.comesTo("pending"));
        ActionRequest wish;
        wish.action = "apply_migration";
        wish.parameters = {{"id", migrationId}};
        const auto preview = world.engine->preview(wish, otto);
        QVERIFY2(preview.has_value(), preview ? "" : preview.error().text.c_str());
        QCOMPARE(textOf(preview->before, "state"), std::string("pending"));
        QCOMPARE(textOf(preview->after, "state"), std::string("applied"));
        QCOMPARE(textOf(preview->details, "statement"), sampleMigration().statement);
        QCOMPARE(integerOf(preview->details, "rows"), 2'000'000);
        QVERIFY(textOf(preview->details, "lock").starts_with("SHARE UPDATE EXCLUSIVE on public.tasks"));
        QCOMPARE(preview->roleNeeded, std::string("admin"));
        QCOMPARE(preview->environment, std::string("test"));
    }
    void appliedAndTakenBack() {
        World world;
        const auto outcome = world.run("apply_migration", "r1");
        COMPARE_VERDICT(outcome, Verdict::Applied);
        QVERIFY(world.index() == IndexState::Valid);
        QCOMPARE(textOf(outcome->observedAfter, "state"), std::string("applied"));
        QCOMPARE(outcome->reversal->action, std::string("revert_migration"));
        QVERIFY(world.comesTo("applied"));
        QCOMPARE(world.desk->view().rows.front().reference, world.store->writerId() + ":1");

        const auto preview = world.engine->previewUndo("1", ada);
        QVERIFY2(preview.has_value(), preview ? "" : preview.error().text.c_str());
        QVERIFY(textOf(preview->details, "statement").starts_with("drop index concurrently"));
        ActionRequest undo;
        undo.reason = "not needed";
        undo.requestId = "u1";
        undo.fingerprint = preview->fingerprint;
        QVERIFY(world.engine->undo("1", undo, otto).error().code == ErrorCode::Denied);
        COMPARE_VERDICT(world.engine->undo("1", undo, ada), Verdict::Applied);
        QVERIFY(world.index() == IndexState::Absent);
        COMPARE_VERDICT(world.engine->undo("1", undo, ada), Verdict::Applied); // the same wish: done once
        QCOMPARE(world.database.drops, 1);
        undo.requestId = "u2";
        undo.fingerprint = world.engine->previewUndo("1", ada)->fingerprint;
        COMPARE_VERDICT(world.engine->undo("1", undo, ada), Verdict::Refused);
        QVERIFY(world.whole());
    }
    void whileItRunsItIsInDoubtAndOneAtATime() {
        World world;
        world.hold(true);
        const auto wish = world.request("apply_migration", "r1");
        const auto other = world.request("apply_migration", "r2");
        const auto running = world.engine->run(wish, ada);
        COMPARE_VERDICT(running, Verdict::InDoubt);
        QVERIFY(running->number > 0);
        QVERIFY(running->message.find("same request id") != std::string::npos);
        QCOMPARE(world.state(), std::string("running"));
        const auto second = world.engine->run(other, ada);
        COMPARE_VERDICT(second, Verdict::Refused);
        QVERIFY2(second->message.find("ada") != std::string::npos, said(second).c_str());
        world.hold(false);
        COMPARE_VERDICT(world.engine->run(wish, ada), Verdict::Applied);
        QCOMPARE(world.database.builds, 1);
    }
    void racingOperatorsBeginOne() {
        World world;
        world.hold(true);
        const std::array wishes = {world.request("apply_migration", "r1"), world.request("apply_migration", "r2")};
        std::vector<std::future<Result<ActionOutcome>>> outcomes;
        for (const auto& wish : wishes) {
            outcomes.push_back(std::async(std::launch::async, [&] { return world.engine->run(wish, ada); }));
        }
        int refused = 0;
        for (auto& outcome : outcomes) {
            refused += outcome.get()->verdict == Verdict::Refused ? 1 : 0;
        }
        QCOMPARE(refused, 1);
        world.hold(false);
        QVERIFY(world.comesTo("applied"));
        QCOMPARE(world.database.builds, 1);
    }
    void aPreflightRefuses() {
        World world;
        world.database.preflight = {{"A transaction has been open on the table for 90 s."}, {}};
        const auto refused = world.run("apply_migration", "r1");
        COMPARE_VERDICT(refused, Verdict::Refused);
        QVERIFY(refused->message.find("90 s") != std::string::npos);
        QVERIFY(world.store->entries(world.store->writerId(), 0, 10)->empty());
    }
    void aPreviewOfAnotherStateIsRefused() {
        World world;
        const auto stale = world.request("apply_migration", "r2");
        COMPARE_VERDICT(world.run("apply_migration", "r1"), Verdict::Applied);
        const auto refused = world.engine->run(stale, ada);
        COMPARE_VERDICT(refused, Verdict::Refused);
        QVERIFY(refused->message.find("not the one of your preview") != std::string::npos);
    }
    void stoppedItLeavesNothing() {
        World world;
        world.hold(true);
        COMPARE_VERDICT(world.run("apply_migration", "r1"), Verdict::InDoubt);
        QVERIFY(world.building());
        COMPARE_VERDICT(world.run("stop_migration", "s1", otto), Verdict::Applied);
        QVERIFY(world.index() == IndexState::Absent);
        const auto result = world.ended("r1");
        QVERIFY(result && result->verdict == Verdict::Failed);
        QVERIFY2(result->message.find("otto") != std::string::npos, result->message.c_str());
        QVERIFY(world.comesTo("stopped"));
        COMPARE_VERDICT(world.run("stop_migration", "s2"), Verdict::Refused); // nothing runs
        world.hold(false);
        COMPARE_VERDICT(world.run("apply_migration", "r2"), Verdict::Applied);
        QVERIFY(world.whole());
    }
    void killedInTheMiddleItIsBroughtToItsEndByTheNextOne() {
        World world;
        world.hold(true);
        COMPARE_VERDICT(world.run("apply_migration", "r1"), Verdict::InDoubt);
        QVERIFY(world.building());
        world.die();
        QVERIFY(world.index() == IndexState::Invalid);
        world.hold(false);
        world.start();
        QVERIFY(world.engine->resolveOpenIntents().has_value());
        const auto result = world.ended("r1");
        QVERIFY(result && result->verdict == Verdict::Applied);
        QVERIFY(result->message.find("interrupted") != std::string::npos);
        QVERIFY(world.index() == IndexState::Valid);
        QVERIFY(world.engine->resolveOpenIntents().has_value());
        QVERIFY(world.whole());
    }
    void killedWhileStoppingItStaysStopped() {
        World world;
        world.hold(true);
        COMPARE_VERDICT(world.run("apply_migration", "r1"), Verdict::InDoubt);
        QVERIFY(world.building());
        world.database.set([](FakeDatabase& shared) { shared.away = true; }); // it can't clean up
        COMPARE_VERDICT(world.run("stop_migration", "s1"), Verdict::InDoubt);
        world.die();
        world.database.set([](FakeDatabase& shared) { shared.away = false; });
        world.start();
        QVERIFY(world.engine->resolveOpenIntents().has_value());
        QVERIFY(world.ended("s1")->verdict == Verdict::Applied);
        QVERIFY(world.ended("r1")->verdict == Verdict::Failed);
        QVERIFY(world.index() == IndexState::Absent);
    }
    void anEndThatCantBeRecordedIsToldAgainAndNotRunAgain() {
        World world;
        world.hold(true);
        COMPARE_VERDICT(world.run("apply_migration", "r1"), Verdict::InDoubt);
        QVERIFY(world.building());
        world.mute = true;
        COMPARE_VERDICT(world.run("stop_migration", "s1"), Verdict::InDoubt);
        QVERIFY(world.comesTo("stopped"));
        world.hold(false);
        QVERIFY(world.engine->resolveOpenIntents().has_value()); // both are still open
        world.mute = false;
        QVERIFY(world.ended("r1")->verdict == Verdict::Failed);
        QVERIFY(world.ended("s1")->verdict == Verdict::Applied);
        QVERIFY(world.index() == IndexState::Absent);
        QCOMPARE(world.database.builds, 1);
    }
    void interruptedItWaitsForItsFiles() {
        World world;
        world.hold(true);
        COMPARE_VERDICT(world.run("apply_migration", "r1"), Verdict::InDoubt);
        QVERIFY(world.building());
        world.die();
        world.hold(false);
        world.files = false;
        world.start();
        QVERIFY(world.engine->resumeUndertakings().has_value());
        QVERIFY(world.comesTo("waiting"));
        QVERIFY(!(*world.store->request("r1"))->result);
        world.files = true;
        QVERIFY(world.ended("r1")->verdict == Verdict::Applied);
        QVERIFY(world.index() == IndexState::Valid);
    }
    void aLedgerThatCantBeWrittenIsRefusedBeforeTheBuild() {
        World world;
        world.database.noLedger = "The role may not write the ledger.";
        const auto refused = world.run("apply_migration", "r1");
        COMPARE_VERDICT(refused, Verdict::Refused);
        QVERIFY(refused->message.find("ledger") != std::string::npos);
        QCOMPARE(world.database.builds, 0);
    }
    void panicSetsTheShareAndStopsWhatRuns() {
        World world;
        COMPARE_VERDICT(world.engine->run(
                            [&] {
                                auto wish = world.request("panic", "x");
                                wish.action = "set_canary_share";
                                wish.parameters = {{"percent", 5}};
                                wish.fingerprint = world.engine->preview(wish, ada)->fingerprint;
                                return wish;
                            }(),
                            ada),
                        Verdict::Applied);
        world.hold(true);
        const auto panic = world.request("panic", "p1");
        COMPARE_VERDICT(world.run("apply_migration", "r1"), Verdict::InDoubt);
        QVERIFY(world.building());
        // The state has moved since the preview: panic goes ahead all the same.
        const auto outcome = world.engine->run(panic, otto);
        COMPARE_VERDICT(outcome, Verdict::Applied);
        QVERIFY2(outcome->message.find("is being stopped") != std::string::npos, said(outcome).c_str());
        QCOMPARE(world.share.all.front().held.value, 0);
        QVERIFY(world.ended("p1/stop")->verdict == Verdict::Applied);
        QVERIFY(world.ended("r1")->verdict == Verdict::Failed);
        QVERIFY(world.index() == IndexState::Absent);
        QCOMPARE(outcome->reversal->action, std::string("set_canary_share"));
        QCOMPARE(integerOf(outcome->reversal->parameters, "percent"), 5);
    }
    void panicStopsAlsoWhenTheShareCantBeSet() {
        World world;
        world.hold(true);
        COMPARE_VERDICT(world.run("apply_migration", "r1"), Verdict::InDoubt);
        QVERIFY(world.building());
        world.share.broken = true;
        const auto outcome = world.run("panic", "p1", otto);
        COMPARE_VERDICT(outcome, Verdict::InDoubt);
        QVERIFY(outcome->message.find("is being stopped") != std::string::npos);
        QVERIFY(world.ended("r1")->verdict == Verdict::Failed);
    }
    void panicSetsTheShareAlsoWhenNothingCanBeStopped() {
        World world;
        world.hold(true);
        COMPARE_VERDICT(world.run("apply_migration", "r1"), Verdict::InDoubt);
        QVERIFY(world.building());
        world.database.set([](FakeDatabase& shared) { shared.away = true; });
        COMPARE_VERDICT(world.run("panic", "p1", otto), Verdict::Applied);
        world.database.set([](FakeDatabase& shared) { shared.away = false; });
        QVERIFY(world.ended("r1")->verdict == Verdict::Failed);
        QVERIFY(world.index() == IndexState::Absent);
    }
    void aDatabaseThatIsAwayIsToldAsSuch() {
        World world;
        QVERIFY(world.comesTo("pending"));
        world.database.set([](FakeDatabase& shared) { shared.away = true; });
        QVERIFY(world.comesTo("unknown"));
        const auto view = world.desk->view();
        QVERIFY(!view.problem.empty());
        QCOMPARE(view.rows.front().statement, sampleMigration().statement);
        const auto outcome = world.run("apply_migration", "r1");
        QVERIFY(!outcome);
    }
    void pastControlOnlyTheShareIsDone() {
        World world;
        BreakGlassSetup setup;
        setup.auditDirectory = world.path("audit");
        setup.operatorName = "root";
        std::filesystem::create_directories(setup.auditDirectory);
        BreakGlassGateway gateway(
            setup, {{Resource::DegradationLevel, &world.level}, {Resource::CanaryShare, &world.share}}, world.clock);
        auto apply = world.request("apply_migration", "b1");
        QVERIFY(gateway.apply(apply, 1s).error().text.find("Only control") != std::string::npos);
        auto panic = world.request("panic", "b2");
        const auto preview = gateway.preview(panic, 1s);
        QVERIFY(preview.has_value());
        QVERIFY(preview->warnings.back().find("not stopped") != std::string::npos);
        panic.fingerprint = preview->fingerprint;
        const auto outcome = gateway.apply(panic, 1s);
        COMPARE_VERDICT(outcome, Verdict::Applied);
        QVERIFY(outcome->message.find("not stopped") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestUndertakings)
#include "test_undertakings.moc"
