// SPDX-License-Identifier: GPL-3.0-or-later
// Acts on instances and on the cache, with peers that answer as the test says.
#include "backend/control/cache_acts.h"
#include "backend/control/instance_acts.h"
#include "tests/clients/canned_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <mutex>

using namespace binnacle;
using namespace binnacle::control;
using namespace binnacle::testing;

namespace {

AuditEntry intentOf(const char* action, Values parameters) {
    AuditEntry intent;
    intent.writerId = "w";
    intent.number = 1;
    intent.operatorName = "ada";
    intent.action = action;
    intent.parameters = std::move(parameters);
    return intent;
}

const auto noHurry = [] { return false; };

/// HAProxy's admin socket with two servers, one answer a connection.
class FakeBalancer {
public:
    FakeBalancer()
        : m_server([this](std::string& received) { return answer(received); }) {}
    [[nodiscard]] const std::string& socket() const { return m_server.path(); }
    void hang(bool hangs) {
        const std::scoped_lock lock(m_mutex);
        m_hangs = hangs;
    }
    [[nodiscard]] std::string status() const {
        const std::scoped_lock lock(m_mutex);
        return m_status;
    }
    [[nodiscard]] int orders() const {
        const std::scoped_lock lock(m_mutex);
        return m_orders;
    }

private:
    std::optional<std::string> answer(std::string& received) {
        const std::scoped_lock lock(m_mutex);
        if (received == "!") {
            return std::nullopt; // its answer is out: it closes
        }
        if (!received.ends_with('\n') || m_hangs) {
            return std::string();
        }
        const auto command = std::exchange(received, "!");
        if (command.starts_with("show stat")) {
            return "# pxname,svname,scur,status,req_tot,type,\nbe,app-1,0," + m_status + ",5,2,\nbe,app-2,0,UP,5,2,\n";
        }
        ++m_orders;
        m_status = command.find("state drain") != std::string::npos ? "DRAIN" : "UP";
        return "\n";
    }

    mutable std::mutex m_mutex;
    bool m_hangs = false;
    std::string m_status = "UP";
    int m_orders = 0;
    CannedServer m_server; // last: its thread uses the others
};

struct Balanced {
    QTemporaryDir directory;
    FakeBalancer balancer;
    std::vector<InstanceAddress> instances{{"app-1", "stable", "1", "unix:/x", "be/app-1"},
                                           {"app-2", "stable", "1", "unix:/y", "be/app-2"}};
    std::unique_ptr<HoldStore> holds =
        std::move(*HoldStore::open(std::filesystem::path(directory.path().toStdString()) / "state.db"));
    InstanceActs acts{[this] { return instances; }, balancer.socket(), *holds};

    AuditResult act(const char* action) {
        return acts.carryOut(intentOf(action, {{"instance", "app-1"}}), false, noHurry);
    }
    [[nodiscard]] std::string held() const {
        const auto hold = holds->find("instance", "app-1");
        return hold && *hold ? (*hold)->value : std::string();
    }
};

/// An instance that tells of three keys, and removes them.
CannedServer::Script answering() {
    return CannedServer::http(
        [](std::string_view) { return std::pair(200, std::string(R"({"keys":3,"removed":3})")); });
}

struct Cached {
    QTemporaryDir directory;
    CannedServer hung{CannedServer::silent()};
    CannedServer well{answering()};
    std::vector<InstanceAddress> instances;
    CacheActs acts{[this] { return instances; }, token()};

    [[nodiscard]] std::string token() const {
        QFile file(directory.filePath(QStringLiteral("token")));
        if (!file.open(QIODevice::WriteOnly) || file.write("t") != 1) {
            qFatal("no token");
        }
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return file.fileName().toStdString();
    }
    void add(const char* name, const std::string& socket) {
        instances.push_back({name, "stable", "1", "unix:" + socket});
    }
    AuditResult invalidate() {
        return acts.carryOut(intentOf("invalidate_cache", {{"tag", "project:1"}}), false, noHurry);
    }
};

} // namespace

class TestQuickActs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReturnThatGotNoAnswerIsDoneOnceThereIsOne() {
        Balanced world;
        QVERIFY(world.act("drain_instance").verdict == Verdict::Applied);
        world.balancer.hang(true);
        const auto result = world.act("ready_instance");
        QVERIFY(result.verdict == Verdict::InDoubt);
        QVERIFY2(result.message.find("is set as soon as HAProxy answers") != std::string::npos, result.message.c_str());
        QCOMPARE(world.held(), std::string("readying"));
        QVERIFY(!world.acts.keep());
        QCOMPARE(world.held(), std::string("readying"));
        world.balancer.hang(false);
        QVERIFY(!world.acts.keep());
        QCOMPARE(world.balancer.status(), std::string("UP"));
        QCOMPARE(world.held(), std::string("ready"));
        const auto orders = world.balancer.orders();
        QVERIFY(!world.acts.keep());
        QCOMPARE(world.balancer.orders(), orders); // done: what others do with it is theirs
    }
    void whatIsInRotationAgainIsHeldNoMore() {
        Balanced world;
        QVERIFY(world.act("drain_instance").verdict == Verdict::Applied);
        QCOMPARE(world.held(), std::string("drained"));
        QVERIFY(world.act("ready_instance").verdict == Verdict::Applied);
        QCOMPARE(world.held(), std::string("ready"));
    }
    void anInstanceThatIsGoneReturnsNowhere() {
        Balanced world;
        QVERIFY(world.holds->put({"instance", "app-1", "readying", "w:1", "ada", {}}));
        world.instances.erase(world.instances.begin());
        QVERIFY(!world.acts.keep());
        QCOMPARE(world.held(), std::string());
    }
    void anInstanceThatHangsLeavesTheOthersTheirTime() {
        Cached world;
        world.add("app-1", world.hung.path());
        world.add("app-2", world.well.path());
        const auto plan = world.acts.plan(*planAction("invalidate_cache", {{"tag", "project:1"}}));
        QVERIFY2(plan.has_value(), plan ? "" : plan.error().text.c_str());
        const auto done = world.invalidate();
        QVERIFY2(done.verdict == Verdict::Applied, done.message.c_str());
        QCOMPARE(done.message, std::string("3 keys removed by app-2."));
    }
    void whoDidNotAnswerIsNamedAndWhoWasNotAskedIsNot() {
        Cached world;
        world.add("app-1", world.hung.path());
        world.add("app-2", world.directory.filePath(QStringLiteral("none")).toStdString());
        const auto doubt = world.invalidate();
        QVERIFY(doubt.verdict == Verdict::InDoubt);
        QCOMPARE(doubt.message, std::string("app-1: no answer in time; app-2: nothing listens there."));
        world.instances.erase(world.instances.begin());
        const auto none = world.invalidate();
        QVERIFY(none.verdict == Verdict::Failed);
        QCOMPARE(none.message, std::string("app-2: nothing listens there. Nothing was done."));
        world.instances.clear();
        QCOMPARE(world.invalidate().message,
                 std::string("There is no instance that could be asked. Nothing was done."));
    }
    void aCacheThatNoInstanceAnswersForIsGivenUpInTime() {
        Cached world;
        for (const char* const name : {"app-1", "app-2", "app-3", "app-4", "app-5", "app-6"}) {
            world.add(name, world.hung.path());
        }
        QElapsedTimer timer;
        timer.start();
        const auto doubt = world.invalidate();
        QVERIFY(timer.elapsed() < CacheActs::callLimit.count() + 2000);
        QVERIFY(doubt.verdict == Verdict::InDoubt);
        QVERIFY2(doubt.message.find("app-4") != std::string::npos, doubt.message.c_str());
        QVERIFY2(doubt.message.find("app-5") == std::string::npos, doubt.message.c_str());
    }
};

QTEST_GUILESS_MAIN(TestQuickActs)
#include "test_quick_acts.moc"
