// SPDX-License-Identifier: GPL-3.0-or-later
// Acts on the cache, with peers that answer as the test says.
#include "backend/control/cache_acts.h"
#include "tests/clients/canned_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

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
