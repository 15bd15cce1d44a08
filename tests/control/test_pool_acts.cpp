// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/pool_acts.h"
#include "tests/control/control_fakes.h"
#include "tests/control/fake_pgbouncer.h"

#include <QTemporaryDir>
#include <QTest>

using namespace binnacle;
using namespace binnacle::control;
using namespace binnacle::control::test;
using namespace std::chrono_literals;

namespace {

struct World {
    QTemporaryDir directory;
    FakePgBouncer bouncer;
    ManualClock clock;
    std::unique_ptr<HoldStore> holds =
        std::move(*HoldStore::open(std::filesystem::path(directory.path().toStdString()) / "state.db"));
    PoolActs acts{{bouncer.conninfo(), {}, {}, 0}, *holds, clock};
    int number = 0;

    World() {
        bouncer.add("a");
        bouncer.add("b");
    }
    AuditResult act(const char* action, Values parameters, Values before = {}, bool hurry = false) {
        AuditEntry intent;
        intent.writerId = "w";
        intent.number = ++number;
        intent.at = clock.utcNow();
        intent.operatorName = "ada";
        intent.action = action;
        intent.parameters = std::move(parameters);
        intent.before = std::move(before);
        return acts.carryOut(intent, false, [hurry] { return hurry; });
    }
    AuditResult resize(const char* pool, int size, int before) {
        return act("resize_pool", {{"pool", pool}, {"size", std::int64_t{size}}}, {{"size", std::int64_t{before}}});
    }
    [[nodiscard]] std::string valueOf(const char* pool) const {
        const auto hold = holds->find("pool", pool);
        return hold && *hold ? (*hold)->value : std::string();
    }
    [[nodiscard]] std::vector<Hold> sizes() const { return holds->all("pool_size").value_or(std::vector<Hold>()); }
};

} // namespace

class TestPoolActs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thereIsOneSizeWhicheverPoolItWasSetFor() {
        World world;
        QVERIFY(world.resize("a", 4, 10).verdict == Verdict::Applied);
        QVERIFY(world.resize("b", 6, 4).verdict == Verdict::Applied);
        QCOMPARE(world.sizes().size(), std::size_t{1});
        QCOMPARE(world.sizes().front().target, std::string("b"));
        const auto sets = world.bouncer.commands("SET ");
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!world.acts.keep());
        }
        QCOMPARE(world.bouncer.commands("SET "), sets); // and not to and fro
        QCOMPARE(world.bouncer.defaultSize(), 6);
        world.bouncer.restart(10);
        QVERIFY(!world.acts.keep());
        QCOMPARE(world.bouncer.defaultSize(), 6);
        // Whoever would take the first one back is told that the second has come since.
        const auto plan = world.acts.plan(*planAction("resize_pool", {{"pool", "a"}, {"size", std::int64_t{10}}}));
        QVERIFY2(plan.has_value(), plan ? "" : plan.error().text.c_str());
        QCOMPARE(plan->reference, std::string("w:2"));
    }
    void ofSizesThatAnEarlierVersionLeftTheNewestCounts() {
        World world;
        QVERIFY(world.holds->put({"pool_size", "a", "4", "w:10", "ada", {}}));
        QVERIFY(world.holds->put({"pool_size", "b", "6", "w:9", "ada", {}}));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!world.acts.keep());
        }
        QCOMPARE(world.bouncer.defaultSize(), 4);
        QCOMPARE(world.bouncer.commands("SET "), std::ptrdiff_t{1});
        QCOMPARE(world.sizes().size(), std::size_t{1});
    }
    void aPoolThatDoesNotFollowLeavesEverythingAsItWas() {
        World world;
        world.bouncer.add("own", 8); // as many as all others have, by chance
        QVERIFY(world.resize("b", 8, 10).verdict == Verdict::Applied);
        const auto held = world.sizes();
        const auto result = world.resize("own", 5, 8);
        QVERIFY(result.verdict == Verdict::Failed);
        QCOMPARE(result.message,
                 std::string("pgBouncer shows the size 8: it has that size of its own in pgbouncer.ini. "
                             "default_pool_size is 8 again."));
        QCOMPARE(world.bouncer.defaultSize(), 8);
        QVERIFY(world.sizes() == held);
        // Also where it was found out only later, because pgBouncer did not answer.
        world.bouncer.hang(true);
        QVERIFY(world.resize("own", 5, 8).verdict == Verdict::InDoubt);
        world.bouncer.hang(false);
        QVERIFY(!world.acts.keep());
        QCOMPARE(world.bouncer.defaultSize(), 8);
        QVERIFY(world.sizes().empty());
    }
    void whatCantBeSetBackIsInDoubt() {
        World world;
        world.bouncer.add("own", 10);
        world.bouncer.refuse("SET default_pool_size = 10");
        const auto result = world.resize("own", 5, 10);
        QVERIFY(result.verdict == Verdict::InDoubt);
        QVERIFY2(result.message.find("default_pool_size could not be set back to 10: ") != std::string::npos,
                 result.message.c_str());
        QVERIFY(world.sizes().empty());
    }
    void aResumeThatGotNoAnswerIsDoneOnceThereIsOne() {
        World world;
        QVERIFY(world.act("pause_pool", {{"pool", "a"}}).verdict == Verdict::Applied);
        QCOMPARE(world.valueOf("a"), std::string("paused"));
        world.bouncer.hang(true);
        const auto result = world.act("resume_pool", {{"pool", "a"}}, {}, true);
        QVERIFY(result.verdict == Verdict::InDoubt);
        QVERIFY2(result.message.find("is set when pgBouncer answers") != std::string::npos, result.message.c_str());
        QCOMPARE(world.valueOf("a"), std::string("resuming"));
        world.bouncer.hang(false);
        QVERIFY(!world.acts.keep());
        QVERIFY(!world.bouncer.paused("a"));
        QVERIFY(!world.acts.keep());
        QCOMPARE(world.valueOf("a"), std::string("active"));
        // What somebody else pauses from now on is no business of that resume.
        world.bouncer.setPaused("a", true);
        QVERIFY(!world.acts.keep());
        QVERIFY(world.bouncer.paused("a"));
    }
    void aResumeThatIsRefusedLeavesThePauseWithItsLease() {
        World world;
        QVERIFY(world.act("pause_pool", {{"pool", "a"}, {"lease_s", std::int64_t{60}}}).verdict == Verdict::Applied);
        const auto held = *world.holds->find("pool", "a");
        world.clock.advance(1s);
        QVERIFY(!world.acts.keep());
        world.clock.advance(60s);
        world.bouncer.refuse("RESUME");
        const auto own = world.acts.keep();
        QVERIFY(own && own->requestId == "lease:w:1");
        QVERIFY(world.act("resume_pool", {{"pool", "a"}}, {}, true).verdict == Verdict::Failed);
        QVERIFY(*world.holds->find("pool", "a") == held);
        // Tried again, after a while, and as another request: the first one has ended.
        QVERIFY(!world.acts.keep());
        world.clock.advance(PoolActs::retryPause);
        const auto again = world.acts.keep();
        QVERIFY(again && again->requestId.starts_with("lease:w:1:"));
        world.bouncer.refuse({});
        QVERIFY(world.act("resume_pool", {{"pool", "a"}}).verdict == Verdict::Applied);
        QCOMPARE(world.valueOf("a"), std::string("active"));
        QVERIFY(!world.acts.keep());
    }
    void aPauseThatIsRefusedLeavesWhatWasHeld() {
        World world;
        world.bouncer.refuse("PAUSE");
        QVERIFY(world.act("pause_pool", {{"pool", "a"}}, {}, true).verdict == Verdict::Failed);
        QCOMPARE(world.valueOf("a"), std::string());
        QVERIFY(!world.acts.keep());
    }
    void aPoolThatIsGoneHoldsNothingUp() {
        World world;
        world.bouncer.add("gone");
        for (const char* const pool : {"gone", "a"}) {
            QVERIFY(world.act("pause_pool", {{"pool", pool}, {"lease_s", std::int64_t{60}}}).verdict ==
                    Verdict::Applied);
        }
        QVERIFY(world.act("pause_pool", {{"pool", "b"}, {"lease_s", std::int64_t{3600}}}).verdict == Verdict::Applied);
        QVERIFY(world.resize("b", 4, 10).verdict == Verdict::Applied);
        QVERIFY(!world.acts.keep());
        world.clock.advance(61s);
        world.bouncer.remove("gone");
        world.bouncer.restart(10);
        world.bouncer.setPaused("a", true);
        const auto own = world.acts.keep();
        QVERIFY(own && textOf(own->change.parameters, "pool") == "a");
        QCOMPARE(world.valueOf("gone"), std::string());
        QVERIFY(world.bouncer.paused("b")); // in the same turn
        QCOMPARE(world.bouncer.defaultSize(), 4);
    }
    void aLeaseThatCantBeEndedHoldsUpNoOther() {
        World world;
        for (const char* const pool : {"a", "b"}) {
            QVERIFY(world.act("pause_pool", {{"pool", pool}, {"lease_s", std::int64_t{60}}}).verdict ==
                    Verdict::Applied);
        }
        QVERIFY(!world.acts.keep());
        world.clock.advance(61s);
        const auto first = world.acts.keep();
        const auto second = world.acts.keep(); // the first could not even be announced
        QVERIFY(first && textOf(first->change.parameters, "pool") == "a");
        QVERIFY(second && textOf(second->change.parameters, "pool") == "b");
        QVERIFY(!world.acts.keep());
    }
    void whilePgBouncerIsAwayNothingIsForgotten() {
        World world;
        QVERIFY(world.act("pause_pool", {{"pool", "a"}}).verdict == Verdict::Applied);
        QVERIFY(world.resize("b", 4, 10).verdict == Verdict::Applied);
        world.bouncer.refuse("SHOW");
        QVERIFY(!world.acts.keep());
        QCOMPARE(world.valueOf("a"), std::string("paused"));
        QCOMPARE(world.sizes().size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestPoolActs)
#include "test_pool_acts.moc"
