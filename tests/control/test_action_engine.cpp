// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/audit_journal.h"
#include "backend/actions/break_glass_gateway.h"
#include "backend/actions/sha256.h"
#include "backend/control/sqlite_store.h"
#include "tests/control/control_fakes.h"

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace binnacle;
using namespace binnacle::control;
using namespace binnacle::control::test;

namespace {

const Operator alice{"alice", Role::Admin};
const Operator bob{"bob", Role::Operator};

/// Control over fake targets, with a state that survives it.
struct World {
    QTemporaryDir directory;
    ManualClock clock;
    FakeTargets level{{"app-1", "app-2", "app-3"}};
    FakeTargets share{{"haproxy"}};
    std::unique_ptr<SqliteStore> store;
    std::unique_ptr<ActionEngine> engine;

    World() { start(); }
    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return std::filesystem::path(directory.path().toStdString()) / name;
    }
    void start() {
        engine.reset();
        store.reset();
        auto opened = SqliteStore::open(path("state.db"));
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().text.c_str());
        store = std::move(*opened);
        engine = makeEngine(*store, level, share);
    }
    [[nodiscard]] std::unique_ptr<ActionEngine> makeEngine(ControlStore& on, Actuator& levels, Actuator& shares) const {
        EngineOptions options;
        options.environment = "test";
        options.journals = path("audit");
        options.patience = std::chrono::milliseconds(300);
        return std::make_unique<ActionEngine>(
            on, std::map<Resource, Actuator*>{{Resource::DegradationLevel, &levels}, {Resource::CanaryShare, &shares}},
            clock, options);
    }
    [[nodiscard]] ActionRequest request(const char* action, Values parameters, std::string id) const {
        ActionRequest wish;
        wish.action = action;
        wish.parameters = std::move(parameters);
        wish.reason = "incident 7";
        wish.requestId = std::move(id);
        if (const auto preview = engine->preview(wish, alice)) {
            wish.fingerprint = preview->fingerprint;
            wish.typed = preview->typeToConfirm;
        }
        return wish;
    }
    [[nodiscard]] Result<ActionOutcome> setLevel(std::int64_t to, const std::string& id,
                                                 const Operator& who = alice) const {
        return engine->run(request("set_degradation_level", {{"level", to}}, id), who);
    }
    [[nodiscard]] HeldValue held(Resource resource = Resource::DegradationLevel) const {
        return *store->held(resource);
    }
    [[nodiscard]] std::vector<SealedEntry> chain() const { return *store->entries(store->writerId(), 0, 100000); }
    [[nodiscard]] bool whole() const {
        const auto found = engine->verifyAudit({});
        for (const auto& fault : found->faults) {
            qWarning("%s %lld: %s", fault.writerId.c_str(), static_cast<long long>(fault.number), fault.text.c_str());
        }
        return found->whole;
    }
};

std::string textOfOutcome(const Result<ActionOutcome>& outcome) {
    return outcome ? std::string(verdictName(outcome->verdict)) + ": " + outcome->message : outcome.error().text;
}

#define COMPARE_VERDICT(outcome, expected)                                                                             \
    QVERIFY2((outcome).has_value() && (outcome)->verdict == (expected), textOfOutcome(outcome).c_str())

} // namespace

class TestActionEngine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLevelIsObservedOnEveryInstanceAndInTheAudit();
    void theShareGoesToTheLoadBalancer();
    void undoLeadsBackOnce();
    void undoIsRefusedWhenTheStateHasMoved();
    void aStoppedInstanceIsNamedAndTheOutcomeIsInDoubt();
    void anInstanceThatIsNotRunningIsNamedAndTakesItLater();
    void refusesWhenStateMovedSincePreview();
    void refusesAnOldPreview();
    void levelThreeNeedsTheWordAndAnAdmin();
    void aRequestWithoutReasonOrIdIsInvalid();
    void theSameRequestTwiceIsDoneOnce();
    void anIdCantBeUsedForAnotherRequest();
    void twentyPairsOfRacingOperatorsLoseNothing();
    void manyThreadsWithOneIdActOnce();
    void killedAtAnyStepItIsDoneAtMostOnce();
    void aFullDiskMeansThatNothingRuns();
    void anOutcomeThatCantBeWrittenIsInDoubtAndEndedLater();
    void aLeaseStepsDownOneLevelAMinute();
    void aSickSystemKeepsItsLevel();
    void aClockThatJumpsEndsNoLease();
    void anOverdueLeaseEndsAfterARestart();
    void aRestartedInstanceGetsTheLevelBack();
    void breakGlassIsAdoptedWithItsAuditAndLease();
    void twoValuesUnderOneGenerationAreSettled();
    void aChangedByteInTheDatabaseIsFound();
    void aRemovedEntryAndACutTailAreFound();
};

void TestActionEngine::aLevelIsObservedOnEveryInstanceAndInTheAudit() {
    World world;
    const auto outcome = world.setLevel(2, "r1", bob);
    COMPARE_VERDICT(outcome, Verdict::Applied);
    QCOMPARE(integerOf(outcome->before, "level"), 0);
    QCOMPARE(integerOf(outcome->after, "level"), 2);
    QCOMPARE(integerOf(outcome->observedAfter, "level"), 2);
    QCOMPARE(outcome->number, 1);
    QVERIFY(outcome->stragglers.empty());
    QVERIFY(outcome->leaseUntil == world.clock.utc + std::chrono::minutes(30));
    QVERIFY(outcome->reversal.has_value());
    for (const auto& target : world.level.all) {
        QCOMPARE(target.held.value, 2);
    }
    const auto chain = world.chain();
    QCOMPARE(chain.size(), 2U);
    QVERIFY(chain[0].entry.phase == AuditPhase::Intent);
    QCOMPARE(chain[0].entry.operatorName, std::string("bob"));
    QCOMPARE(chain[0].entry.reason, std::string("incident 7"));
    QVERIFY(chain[1].entry.result->verdict == Verdict::Applied);
    QCOMPARE(chain[1].entry.intent, 1);
    QVERIFY(world.whole());
}

void TestActionEngine::theShareGoesToTheLoadBalancer() {
    World world;
    const auto outcome = world.engine->run(world.request("set_canary_share", {{"percent", 2.5}}, "r1"), bob);
    COMPARE_VERDICT(outcome, Verdict::Applied);
    QCOMPARE(numberOf(outcome->observedAfter, "percent"), 2.5);
    QCOMPARE(world.share.all[0].held, (Generation{1, 250}));
    QVERIFY(!outcome->leaseUntil);
}

void TestActionEngine::undoLeadsBackOnce() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    world.clock.advance(std::chrono::minutes(20));
    COMPARE_VERDICT(world.setLevel(2, "r2"), Verdict::Applied);
    const auto preview = world.engine->previewUndo("3", bob);
    QVERIFY2(preview.has_value(), preview ? "" : preview.error().text.c_str());
    QCOMPARE(integerOf(preview->after, "level"), 1);
    QCOMPARE(preview->reverses, std::string("3"));
    ActionRequest undo;
    undo.reason = "not needed";
    undo.requestId = "u1";
    undo.fingerprint = preview->fingerprint;
    const auto outcome = world.engine->undo("3", undo, bob);
    COMPARE_VERDICT(outcome, Verdict::Applied);
    QCOMPARE(world.level.all[1].held, (Generation{3, 1}));
    QVERIFY(outcome->leaseUntil == world.clock.utc + std::chrono::minutes(40)); // what was left of level 1's
    QCOMPARE(world.chain()[4].entry.reverses, std::string("3"));
    // Asked again it tells the same and does nothing.
    const auto again = world.engine->undo("3", undo, bob);
    COMPARE_VERDICT(again, Verdict::Applied);
    QCOMPARE(again->number, outcome->number);
    QCOMPARE(world.held().held.generation, 3);
}

void TestActionEngine::undoIsRefusedWhenTheStateHasMoved() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    const auto preview = world.engine->previewUndo("1", alice);
    COMPARE_VERDICT(world.setLevel(2, "r2", bob), Verdict::Applied);
    ActionRequest undo;
    undo.reason = "back";
    undo.requestId = "u1";
    undo.fingerprint = preview->fingerprint;
    const auto outcome = world.engine->undo("1", undo, alice);
    COMPARE_VERDICT(outcome, Verdict::Refused);
    QVERIFY2(outcome->message.find("level 2, set by bob") != std::string::npos, outcome->message.c_str());
    QCOMPARE(world.held().held.value, 2);
}

void TestActionEngine::aStoppedInstanceIsNamedAndTheOutcomeIsInDoubt() {
    World world;
    world.level.all[1].answers = false;
    const auto outcome = world.setLevel(2, "r1");
    COMPARE_VERDICT(outcome, Verdict::InDoubt);
    QCOMPARE(outcome->stragglers, std::vector<std::string>{"app-2"});
    QCOMPARE(world.level.all[0].held.value, 2);
    world.level.all[1].answers = true;
    QVERIFY(world.engine->reconcile(Resource::DegradationLevel).has_value());
    QCOMPARE(world.level.all[1].held.value, 2);
}

void TestActionEngine::anInstanceThatIsNotRunningIsNamedAndTakesItLater() {
    World world;
    world.level.all[2].running = false;
    const auto outcome = world.setLevel(1, "r1");
    COMPARE_VERDICT(outcome, Verdict::Applied);
    QCOMPARE(outcome->stragglers, std::vector<std::string>{"app-3"});
    world.level.all[2].running = true;
    QVERIFY(world.engine->reconcile(Resource::DegradationLevel).has_value());
    QCOMPARE(world.level.all[2].held.value, 1);
}

void TestActionEngine::refusesWhenStateMovedSincePreview() {
    World world;
    const auto mine = world.request("set_degradation_level", {{"level", 1}}, "mine");
    COMPARE_VERDICT(world.setLevel(2, "theirs", bob), Verdict::Applied);
    const auto outcome = world.engine->run(mine, alice);
    COMPARE_VERDICT(outcome, Verdict::Refused);
    QVERIFY2(outcome->message.find("level 2, set by bob") != std::string::npos &&
                 outcome->message.find("#1: incident 7") != std::string::npos,
             outcome->message.c_str());
    QCOMPARE(world.held().held.value, 2);
    QCOMPARE(world.chain().size(), 2U);
}

void TestActionEngine::refusesAnOldPreview() {
    World world;
    const auto wish = world.request("set_degradation_level", {{"level", 1}}, "r1");
    world.clock.advance(std::chrono::seconds(121));
    COMPARE_VERDICT(world.engine->run(wish, alice), Verdict::Refused);
    QCOMPARE(world.held().held.generation, 0);
}

void TestActionEngine::levelThreeNeedsTheWordAndAnAdmin() {
    World world;
    auto wish = world.request("set_degradation_level", {{"level", 3}}, "r1");
    QCOMPARE(wish.typed, std::string("emergency"));
    const auto denied = world.engine->run(wish, bob);
    QVERIFY(!denied && denied.error().code == ErrorCode::Denied);
    wish.typed = "yes";
    COMPARE_VERDICT(world.engine->run(wish, alice), Verdict::Refused);
    wish.typed = "emergency";
    COMPARE_VERDICT(world.engine->run(wish, alice), Verdict::Applied);
    // Leaving level 3 is an admin's, too.
    const auto leave = world.setLevel(0, "r2", bob);
    QVERIFY(!leave && leave.error().code == ErrorCode::Denied);
}

void TestActionEngine::aRequestWithoutReasonOrIdIsInvalid() {
    World world;
    auto wish = world.request("set_degradation_level", {{"level", 1}}, "r1");
    for (const auto member : {&ActionRequest::reason, &ActionRequest::requestId, &ActionRequest::fingerprint}) {
        auto lacking = wish;
        lacking.*member = "";
        const auto outcome = world.engine->run(lacking, alice);
        QVERIFY(!outcome && outcome.error().code == ErrorCode::Invalid);
    }
    QCOMPARE(world.chain().size(), 0U);
}

void TestActionEngine::theSameRequestTwiceIsDoneOnce() {
    World world;
    const auto wish = world.request("set_degradation_level", {{"level", 2}}, "r1");
    const auto first = world.engine->run(wish, alice);
    COMPARE_VERDICT(first, Verdict::Applied);
    COMPARE_VERDICT(world.setLevel(0, "r2"), Verdict::Applied);
    const auto second = world.engine->run(wish, alice);
    COMPARE_VERDICT(second, Verdict::Applied);
    QCOMPARE(second->number, first->number);
    QCOMPARE(world.held().held.value, 0);
}

void TestActionEngine::anIdCantBeUsedForAnotherRequest() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    const auto other = world.setLevel(2, "r1");
    QVERIFY(!other && other.error().code == ErrorCode::Conflict);
    QCOMPARE(world.held().held.value, 1);
}

void TestActionEngine::twentyPairsOfRacingOperatorsLoseNothing() {
    World world;
    for (int round = 0; round < 20; ++round) {
        const auto id = std::to_string(round);
        const std::int64_t targetA = round % 2 == 0 ? 1 : 2;
        const auto before = world.held().held.generation;
        const auto wishA = world.request("set_degradation_level", {{"level", targetA}}, "a" + id);
        const auto wishB = world.request("set_degradation_level", {{"level", 0}}, "b" + id);
        std::optional<Result<ActionOutcome>> a;
        std::optional<Result<ActionOutcome>> b;
        {
            const std::jthread one([&] { a = world.engine->run(wishA, alice); });
            const std::jthread two([&] { b = world.engine->run(wishB, bob); });
        }
        QVERIFY(a->has_value() && b->has_value());
        const auto won = [](const auto& outcome) { return (*outcome)->verdict == Verdict::Applied; };
        QVERIFY2(won(a) != won(b), textOfOutcome(*a).append(" / ").append(textOfOutcome(*b)).c_str());
        const auto& loser = won(a) ? **b : **a;
        QVERIFY(loser.verdict == Verdict::Refused);
        QVERIFY2(loser.message.find(won(a) ? "set by alice" : "set by bob") != std::string::npos,
                 loser.message.c_str());
        QCOMPARE(world.held().held, (Generation{before + 1, won(a) ? targetA : 0}));
        QCOMPARE(world.level.all[0].held, world.held().held);
    }
    QVERIFY(world.whole());
    QCOMPARE(world.chain().size(), 40U);
}

void TestActionEngine::manyThreadsWithOneIdActOnce() {
    World world;
    for (int round = 0; round < 20; ++round) {
        const auto before = world.held().held.generation;
        const auto wish =
            world.request("set_degradation_level", {{"level", (round + 1) % 2}}, "r" + std::to_string(round));
        std::atomic<int> applied = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i) {
                threads.emplace_back([&] {
                    const auto outcome = world.engine->run(wish, alice);
                    applied += outcome && outcome->verdict == Verdict::Applied && outcome->number == 2 * before + 1;
                });
            }
        }
        QCOMPARE(applied.load(), 8);
        QCOMPARE(world.held().held.generation, before + 1);
        QCOMPARE(world.level.all[0].changes, before + 1);
    }
    QCOMPARE(world.chain().size(), 40U);
}

void TestActionEngine::killedAtAnyStepItIsDoneAtMostOnce() {
    int kills = 0;
    for (int killAt = 1;; ++killAt) {
        World world;
        const auto wish = world.request("set_degradation_level", {{"level", 2}}, "r1");
        KillSwitch killer{killAt};
        bool killed = false;
        {
            KillableStore store(*world.store, killer);
            KillableTargets level(world.level, killer);
            const auto doomed = world.makeEngine(store, level, world.share);
            try {
                COMPARE_VERDICT(doomed->run(wish, alice), Verdict::Applied);
            } catch (const Killed&) {
                killed = true;
            }
        }
        world.start();
        const bool announced = !world.chain().empty();
        QVERIFY(world.engine->reconcile(Resource::DegradationLevel).has_value());
        QVERIFY(world.engine->resolveOpenIntents().has_value());
        // On return the state is the true one: all or nothing, and the audit says which.
        for (const auto& target : world.level.all) {
            QCOMPARE(target.held, (announced ? Generation{1, 2} : Generation{}));
            QCOMPARE(target.changes, announced ? 1 : 0);
        }
        QCOMPARE(world.chain().size(), announced ? 2U : 0U);
        // The client asks again under the same id.
        const auto again = world.engine->run(wish, alice);
        COMPARE_VERDICT(again, Verdict::Applied);
        for (const auto& target : world.level.all) {
            QCOMPARE(target.held, (Generation{1, 2}));
            QCOMPARE(target.changes, 1);
        }
        QCOMPARE(world.chain().size(), 2U);
        QVERIFY(world.whole());
        if (!killed) {
            break;
        }
        ++kills;
    }
    QVERIFY2(kills >= 11, std::to_string(kills).c_str());
}

void TestActionEngine::aFullDiskMeansThatNothingRuns() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    const auto wish = world.request("set_degradation_level", {{"level", 2}}, "r2");
    std::string told; // by control itself, to whoever looks
    const auto outcome = [&] {
        // No file may grow beyond what the write-ahead log has now: what a full disk does, for this call alone.
        const auto size = std::filesystem::file_size(world.path("state.db-wal"));
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit full{size, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &full);
        auto result = world.engine->run(wish, alice);
        const auto seen = world.engine->checkAudit();
        told = seen ? std::string() : world.engine->auditProblem();
        ::setrlimit(RLIMIT_FSIZE, &before);
        return result;
    }();
    QVERIFY(!outcome && outcome.error().code == ErrorCode::Io);
    QVERIFY2(told.starts_with("The audit can't be written: "), told.c_str());
    QVERIFY2(outcome.error().text.find("audit can't be written, so nothing was done") != std::string::npos,
             outcome.error().text.c_str());
    QCOMPARE(world.chain().size(), 2U);
    QCOMPARE(world.level.all[0].held.value, 1);
    QVERIFY(world.engine->checkAudit().has_value());
    QVERIFY(world.engine->auditProblem().empty());
    // When there is room again, the same request goes through.
    COMPARE_VERDICT(world.engine->run(wish, alice), Verdict::Applied);
}

void TestActionEngine::anOutcomeThatCantBeWrittenIsInDoubtAndEndedLater() {
    World world;
    world.level.broken = true; // it can't even be begun, for example because the map file can't be written
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::InDoubt);
    world.level.broken = false;
    QVERIFY(world.engine->reconcile(Resource::DegradationLevel).has_value());
    QCOMPARE(world.level.all[0].held.value, 1);
}

void TestActionEngine::aLeaseStepsDownOneLevelAMinute() {
    World world;
    COMPARE_VERDICT(world.setLevel(2, "r1"), Verdict::Applied);
    QVERIFY(world.engine->stepLeases().has_value());
    world.clock.advance(std::chrono::minutes(30) - std::chrono::seconds(1));
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.level.all[0].held.value, 2);
    world.clock.advance(std::chrono::seconds(1));
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.level.all[0].held.value, 1);
    world.clock.advance(std::chrono::seconds(59));
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.level.all[0].held.value, 1);
    world.clock.advance(std::chrono::seconds(1));
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.level.all[0].held.value, 0);
    QVERIFY(!world.held().leaseUntil);
    world.clock.advance(std::chrono::hours(1));
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.held().held.generation, 3);
    QCOMPARE(world.chain().size(), 6U);
    QCOMPARE(world.chain()[2].entry.operatorName, std::string("control"));
}

void TestActionEngine::aSickSystemKeepsItsLevel() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    world.level.illness = "app-2 can't reach postgres";
    world.clock.advance(std::chrono::minutes(61));
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.level.all[0].held.value, 1);
    const auto state = world.engine->state();
    QVERIFY2(state->front().leaseNote.find("can't reach postgres") != std::string::npos,
             state->front().leaseNote.c_str());
    world.level.illness.clear();
    world.clock.advance(std::chrono::seconds(10));
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.level.all[0].held.value, 0);
}

void TestActionEngine::aClockThatJumpsEndsNoLease() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    QVERIFY(world.engine->stepLeases().has_value());
    world.clock.utc += std::chrono::hours(3);
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.level.all[0].held.value, 1);
    world.clock.utc -= std::chrono::hours(6);
    world.clock.steady += std::chrono::minutes(60);
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.level.all[0].held.value, 0);
}

void TestActionEngine::anOverdueLeaseEndsAfterARestart() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    world.clock.advance(std::chrono::hours(2));
    world.start();
    QVERIFY(world.engine->reconcile(Resource::DegradationLevel).has_value());
    QCOMPARE(world.level.all[0].held.value, 1);
    QVERIFY(world.engine->stepLeases().has_value());
    QCOMPARE(world.level.all[0].held.value, 0);
}

void TestActionEngine::aRestartedInstanceGetsTheLevelBack() {
    World world;
    COMPARE_VERDICT(world.setLevel(2, "r1"), Verdict::Applied);
    world.level.all[0].held = {}; // it has lost its state
    world.start();
    QVERIFY(world.engine->reconcile(Resource::DegradationLevel).has_value());
    QCOMPARE(world.level.all[0].held, (Generation{1, 2}));
    QCOMPARE(world.chain().size(), 2U);
}

void TestActionEngine::breakGlassIsAdoptedWithItsAuditAndLease() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    world.engine.reset(); // control is down
    BreakGlassGateway glass(
        {.auditDirectory = world.path("audit"), .operatorName = "root", .uid = 0, .environment = "test"},
        {{Resource::DegradationLevel, &world.level}, {Resource::CanaryShare, &world.share}}, world.clock);
    ActionRequest wish;
    wish.action = "set_degradation_level";
    wish.parameters = {{"level", 2}, {"lease_s", 600}};
    wish.reason = "control is gone";
    wish.requestId = "b1";
    const auto preview = glass.preview(wish, std::chrono::seconds(1));
    QVERIFY2(preview.has_value(), preview ? "" : preview.error().text.c_str());
    wish.fingerprint = preview->fingerprint;
    const auto outcome = glass.apply(wish, std::chrono::seconds(1));
    COMPARE_VERDICT(outcome, Verdict::Applied);
    QCOMPARE(world.level.all[0].held, (Generation{2, 2}));
    const auto again = glass.apply(wish, std::chrono::seconds(1));
    COMPARE_VERDICT(again, Verdict::Applied);
    QCOMPARE(world.level.all[0].held.generation, 2);

    world.clock.advance(std::chrono::seconds(30));
    world.start();
    QVERIFY(world.engine->importJournals().has_value());
    QVERIFY(world.engine->reconcile(Resource::DegradationLevel).has_value());
    const auto held = world.held();
    QCOMPARE(held.held, (Generation{2, 2}));
    QCOMPARE(held.changedBy, std::string("root"));
    QCOMPARE(held.reference, outcome->writerId + ":1");
    QVERIFY(held.leaseUntil == world.clock.utc - std::chrono::seconds(30) + std::chrono::seconds(600));
    QVERIFY(world.whole());
    QCOMPARE(world.engine->verifyAudit({})->heads.size(), 2U);
    // Adopted once, not at every turn.
    const auto length = world.chain().size();
    QVERIFY(world.engine->reconcile(Resource::DegradationLevel).has_value());
    QCOMPARE(world.chain().size(), length);

    // What break-glass did, control can take back.
    const auto back = world.engine->previewUndo(outcome->writerId + ":1", alice);
    QVERIFY2(back.has_value(), back ? "" : back.error().text.c_str());
    QCOMPARE(integerOf(back->after, "level"), 1);

    // A journal that is changed afterwards is found.
    const auto file = journalsIn(world.path("audit")).front();
    QFile journal(QString::fromStdString(file.string()));
    QVERIFY(journal.open(QIODevice::ReadWrite));
    auto bytes = journal.readAll();
    bytes.replace("control is gone", "control is fine");
    journal.seek(0);
    journal.write(bytes);
    journal.close();
    QVERIFY(!world.engine->verifyAudit({})->whole);
}

void TestActionEngine::twoValuesUnderOneGenerationAreSettled() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    world.level.all[0].held = {2, 1};
    world.level.all[1].held = {2, 3};
    QVERIFY(world.engine->reconcile(Resource::DegradationLevel).has_value());
    for (const auto& target : world.level.all) {
        QCOMPARE(target.held, (Generation{3, 3}));
    }
    QVERIFY(world.held().leaseUntil.has_value());
}

void TestActionEngine::aChangedByteInTheDatabaseIsFound() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    QVERIFY(world.whole());
    auto database = SqliteDatabase::open(world.path("state.db"));
    QVERIFY(database->execute("UPDATE audit SET text = replace(text, 'incident 7', 'incident 8') WHERE number = 1")
                .has_value());
    const auto found = world.engine->verifyAudit({});
    QVERIFY(!found->whole);
    QCOMPARE(found->faults.front().number, 1);
}

void TestActionEngine::aRemovedEntryAndACutTailAreFound() {
    World world;
    COMPARE_VERDICT(world.setLevel(1, "r1"), Verdict::Applied);
    COMPARE_VERDICT(world.setLevel(2, "r2"), Verdict::Applied);
    const auto seen = *world.store->heads();
    QVERIFY(world.engine->verifyAudit(seen)->whole);
    auto database = SqliteDatabase::open(world.path("state.db"));
    QVERIFY(database->execute("DELETE FROM audit WHERE number = 4").has_value());
    QVERIFY(world.engine->verifyAudit({})->whole); // nobody who remembers the end: can't be known
    const auto cut = world.engine->verifyAudit(seen);
    QVERIFY(!cut->whole);
    QCOMPARE(cut->faults.front().number, 4);
    QVERIFY(database->execute("DELETE FROM audit WHERE number = 2").has_value());
    const auto removed = world.engine->verifyAudit({});
    QVERIFY(!removed->whole);
    QCOMPARE(removed->faults.front().number, 2);
    const ChainHead gone{"breakglass-0-12345678", 3, "ab"};
    QVERIFY(!world.engine->verifyAudit(std::span(&gone, 1))->whole);
}

QTEST_GUILESS_MAIN(TestActionEngine)
#include "test_action_engine.moc"
