// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/system_clock.h"
#include "backend/control/act_desk.h"
#include "backend/control/control_config.h"
#include "backend/control/hold_store.h"
#include "backend/control/sqlite_store.h"
#include "tests/control/control_fakes.h"
#include "tests/support/wait_for.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace binnacle;
using namespace binnacle::control;
using namespace binnacle::control::test;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

const Operator ada{"ada", Role::Admin};

/// What an act did, shared with the desk that owns it.
struct Doings {
    std::atomic<int> carried = 0;
    std::atomic<int> resumed = 0;
    std::atomic<bool> held = false; ///< acts wait until somebody hurries them
    std::atomic<bool> due = false;  ///< there is something to be done by itself
    std::atomic<bool> refuse = false;
    std::string reference;
};

class PoolLikeActs final : public QuickActs {
public:
    explicit PoolLikeActs(Doings& doings)
        : m_doings(doings) {}
    [[nodiscard]] bool takes(Verb verb) const override { return verb == Verb::PausePool || verb == Verb::ResumePool; }
    [[nodiscard]] Result<UndertakingPlan> plan(const PlannedChange& change) override {
        UndertakingPlan plan;
        plan.preview.before = {{"pool", textOf(change.parameters, "pool")}, {"state", "active"}};
        plan.state = "active";
        plan.reference = m_doings.reference;
        if (m_doings.refuse) {
            plan.refusal = "Not now.";
        }
        return plan;
    }
    [[nodiscard]] AuditResult carryOut(const AuditEntry&, bool resumed, const std::function<bool()>& hurry) override {
        ++m_doings.carried;
        m_doings.resumed += resumed ? 1 : 0;
        const bool waits = m_doings.held;
        (void)waitFor(20s, [&] { return !waits || hurry(); });
        return {waits ? Verdict::InDoubt : Verdict::Applied, {{"state", "paused"}}, {}, {}};
    }
    std::optional<Own> keep() override {
        if (!m_doings.due) {
            return std::nullopt;
        }
        return Own{*planAction("resume_pool", {{"pool", "p"}}), "The lease has ended", "lease:1"};
    }

private:
    Doings& m_doings;
};

struct World {
    QTemporaryDir directory;
    SystemClock clock;
    FakeTargets level{{"app-1"}};
    FakeTargets share{{"haproxy"}};
    Doings doings;
    std::atomic<bool> mute = false; ///< ends can't be recorded
    std::unique_ptr<SqliteStore> store;
    std::unique_ptr<ActDesk> desk;
    std::unique_ptr<ActionEngine> engine;

    World() { start(); }
    ~World() { die(); }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    [[nodiscard]] std::filesystem::path file() const {
        return std::filesystem::path(directory.path().toStdString()) / "state.db";
    }
    void start() {
        store = std::move(*SqliteStore::open(file()));
        desk = std::make_unique<ActDesk>(std::make_unique<PoolLikeActs>(doings));
        EngineOptions options;
        options.patience = 5s;
        engine = std::make_unique<ActionEngine>(
            *store,
            std::map<Resource, Actuator*>{{Resource::DegradationLevel, &level}, {Resource::CanaryShare, &share}}, clock,
            options, std::vector<Undertaking*>{nullptr, desk.get()});
        (void)engine->resumeUndertakings();
        desk->start(
            [this](const AuditEntry& intent, const AuditResult& result) {
                return !mute && engine->undertakingEnded(intent, result);
            },
            [this](const QuickActs::Own& own) { return engine->actByItself(own.change, own.reason, own.requestId); });
    }
    void die() {
        if (desk) {
            desk->stop();
        }
        engine.reset();
        desk.reset();
        store.reset();
    }
    [[nodiscard]] ActionRequest request(const char* action, const std::string& id) const {
        ActionRequest wish;
        wish.action = action;
        wish.parameters = {{"pool", "p"}};
        wish.reason = "because";
        wish.requestId = id;
        if (const auto preview = engine->preview(wish, ada)) {
            wish.fingerprint = preview->fingerprint;
        }
        return wish;
    }
    [[nodiscard]] bool ended(const std::string& id) const {
        return waitFor(20s,
                       [&] {
                           const auto stored = store->request(id);
                           return stored && *stored && (*stored)->result;
                       })
            .has_value();
    }
};

} // namespace

class TestActDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anActIsDoneOnceHoweverOftenItIsAskedFor() {
        World world;
        const auto wish = world.request("pause_pool", "r1");
        const auto first = world.engine->run(wish, ada);
        const auto second = world.engine->run(wish, ada);
        QVERIFY(first && second && first->verdict == Verdict::Applied && second->number == first->number);
        QCOMPARE(world.doings.carried.load(), 1);
        QVERIFY(world.engine->verifyAudit({})->whole);
    }
    void aRefusalIsNeitherAnnouncedNorDone() {
        World world;
        world.doings.refuse = true;
        const auto refused = world.engine->run(world.request("pause_pool", "r1"), ada);
        QVERIFY(refused && refused->verdict == Verdict::Refused);
        QCOMPARE(world.doings.carried.load(), 0);
        QCOMPARE(world.store->heads()->front().number, std::int64_t{0});
    }
    void anActThatWaitsGivesWayToTheNextOne() {
        World world;
        world.doings.held = true;
        const auto pause = world.engine->run(world.request("pause_pool", "r1"), ada);
        QVERIFY(pause && pause->verdict == Verdict::InDoubt);
        world.doings.held = false;
        QVERIFY(world.engine->run(world.request("resume_pool", "r2"), ada).has_value());
        QVERIFY(world.ended("r1") && world.ended("r2"));
        QCOMPARE(world.doings.carried.load(), 2);
    }
    void whatIsInDoubtCanBeTakenBack() {
        World world;
        world.doings.held = true;
        const auto pause = world.engine->run(world.request("pause_pool", "r1"), ada);
        QVERIFY(pause.has_value());
        world.doings.held = false;
        QVERIFY(world.engine->run(world.request("pause_pool", "r2"), ada).has_value()); // hurries the first
        QVERIFY(world.ended("r1"));
        const auto reference = world.store->writerId() + ":" + std::to_string(pause->number);
        world.doings.reference = reference;
        auto wish = world.request("resume_pool", "r3");
        const auto preview = world.engine->previewUndo(reference, ada);
        QVERIFY2(preview.has_value(), preview ? "" : preview.error().text.c_str());
        QCOMPARE(preview->action, std::string("resume_pool"));
        wish.fingerprint = preview->fingerprint;
        const auto undone = world.engine->undo(reference, wish, ada);
        QVERIFY(undone && undone->verdict == Verdict::Applied);
        world.doings.reference = "somebody:else";
        const auto moved = world.engine->previewUndo(reference, ada);
        QVERIFY(moved && moved->warnings.front().find("state has moved") != std::string::npos);
    }
    void whatADeathLeftOpenIsGivenToTheNextProcess() {
        World world;
        world.mute = true;
        QVERIFY(world.engine->run(world.request("pause_pool", "r1"), ada).has_value());
        world.die();
        world.mute = false;
        world.start();
        QVERIFY(world.ended("r1"));
        QCOMPARE(world.doings.resumed.load(), 1);
        QVERIFY(world.engine->verifyAudit({})->whole);
    }
    void whatControlDoesByItselfStandsInTheAuditOnce() {
        World world;
        world.doings.due = true;
        QVERIFY(world.ended("lease:1"));
        const auto stored = world.store->request("lease:1");
        QCOMPARE((*stored)->intent.operatorName, std::string("control"));
        QVERIFY(
            world.engine->actByItself(*planAction("resume_pool", {{"pool", "p"}}), "again", "lease:1").error().code ==
            ErrorCode::Conflict);
    }
    void holdsAreKept() {
        QTemporaryDir directory;
        const auto file = std::filesystem::path(directory.path().toStdString()) / "state.db";
        const Hold hold{"pool", "binnacle", "paused",
                        "w:1",  "ada",      UtcTime(std::chrono::milliseconds(1'700'000'000'123))};
        {
            const auto store = HoldStore::open(file);
            QVERIFY(store.has_value());
            QVERIFY((*store)->put({"pool", "binnacle", "active", "w:0", "otto", {}}).has_value());
            QVERIFY((*store)->put(hold).has_value());
            QVERIFY((*store)->put({"pool_size", "binnacle", "5", "w:2", "ada", {}}).has_value());
        }
        const auto store = HoldStore::open(file);
        QVERIFY(**(*store)->find("pool", "binnacle") == hold);
        QCOMPARE((*store)->all("pool_size")->size(), std::size_t{1});
        QCOMPARE((*store)->all()->size(), std::size_t{2});
        QVERIFY((*store)->remove("pool", "binnacle").has_value());
        QVERIFY(!(*store)->find("pool", "binnacle")->has_value());
    }
    void theConfigurationNamesWhatMayBeActedOn() {
        const std::string plain = R"("state_dir":"/s","socket":"/c","admin_uids":[],"audit_dir":"/a","environment":"e",
            "admin_token_file":"/t","haproxy":{"map_file":"/m","map_name":"m","admin_socket":"/h"},)";
        const auto bare = parseControlConfig("{" + plain + R"("instances":[]})");
        QVERIFY2(bare.has_value(), bare ? "" : bare.error().text.c_str());
        QVERIFY(bare->sessions.empty() && !bare->pools);
        const auto whole = parseControlConfig("{" + plain + R"("instances":[{"name":"app-1","role":"stable",
            "version":"1","admin":"unix:/x","balancer":"be/app-1"}],"acting":{
            "postgres":[{"name":"primary","conninfo":"c","passfile":"f"}],
            "pgbouncer":{"name":"primary","conninfo":"b","passfile":"f","cores":2}}})");
        QVERIFY2(whole.has_value(), whole ? "" : whole.error().text.c_str());
        QCOMPARE(whole->instances.front().balancer, std::string("be/app-1"));
        QCOMPARE(whole->sessions.front().name, std::string("primary"));
        QVERIFY(whole->pools && whole->pools->server && whole->pools->server->conninfo == "c");
        QVERIFY(!parseControlConfig("{" + plain + R"("instances":[],"acting":{"postgres":[{"name":"x"}]}})"));
    }
};

QTEST_GUILESS_MAIN(TestActDesk)
#include "test_act_desk.moc"
