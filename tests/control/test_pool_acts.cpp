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
};

QTEST_GUILESS_MAIN(TestPoolActs)
#include "test_pool_acts.moc"
