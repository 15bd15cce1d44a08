// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/control_view.h"
#include "backend/collectors/control_collector.h"
#include "tests/collectors/snapshot_checks.h"

#include <QTest>

#include <algorithm>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;

class TestControlCollector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// What control really writes, and not a text that was typed for this test.
    void itReadsWhatControlWrites() {
        ControlView view;
        view.writerId = "control-1";
        view.auditNumber = 41;
        ResourceView level;
        level.name = "degradation_level";
        level.wanted = {{"level", std::int64_t{2}}};
        level.generation = 7;
        level.leaseLeft = 90s;
        ResourceView share;
        share.name = "canary_share";
        share.wanted = {{"percent", 2.5}};
        share.generation = 3;
        view.resources = {level, share};
        view.holds = {{"instance", "app-1", "ready", "alice", "control-1:37", {}},
                      {"instance", "app-2", "drained", "alice", "control-1:38", {}},
                      {"pool", "app-3", "drained", "alice", "control-1:39", {}}};
        view.migrations.emplace();
        view.migrations->rows.resize(3);
        view.migrations->rows[0].state = MigrationStatus::State::Running;
        view.migrations->rows[1].state = MigrationStatus::State::Waiting;
        view.migrations->rows[2].state = MigrationStatus::State::Applied;

        const auto snapshot = controlSnapshot(controlViewDocument(view));
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        checkShape(*snapshot);
        QCOMPARE(snapshot->header.epoch, std::string("control-1"));
        QCOMPARE(valueOf(*snapshot, "control.wanted_level", {}), 2.0);
        QCOMPARE(valueOf(*snapshot, "control.wanted_share_percent", {}), 2.5);
        QCOMPARE(valueOf(*snapshot, "control.generation", {{"resource", "degradation_level"}}), 7.0);
        QCOMPARE(valueOf(*snapshot, "control.lease_left_seconds", {{"resource", "degradation_level"}}), 90.0);
        QVERIFY(snapshot->find("control.lease_left_seconds", {{"resource", "canary_share"}}) == nullptr);
        QCOMPARE(valueOf(*snapshot, "control.audit.entries", {}), 41.0);
        QCOMPARE(valueOf(*snapshot, "control.audit.writable", {}), 1.0);
        QCOMPARE(valueOf(*snapshot, "control.migrations_running", {}), 2.0);
        QCOMPARE(std::ranges::count(snapshot->readings, "control.instance_drained",
                                    [](const Reading& reading) { return reading.key.id; }),
                 1);
        QCOMPARE(valueOf(*snapshot, "control.instance_drained", {{"by", "alice"}, {"instance", "app-2"}}), 1.0);
    }

    void anAuditThatCanNotBeWrittenIsSaid() {
        ControlView view;
        view.auditProblem = "disk full";
        const auto snapshot = controlSnapshot(controlViewDocument(view));
        QVERIFY(snapshot.has_value());
        QCOMPARE(valueOf(*snapshot, "control.audit.writable", {}), 0.0);
        QVERIFY(snapshot->find("control.migrations_running", {}) == nullptr);
    }

    void whatIsNoStateIsAnErrorAndOtherTypesAreLeftOut() {
        for (const char* text : {"", "[]", "{", "null", "{\"protocol\":1}"}) {
            QVERIFY2(!controlSnapshot(text), text);
        }
        const auto odd = controlSnapshot(
            R"({"resources":{"degradation_level":5,"canary_share":{"percent":"many","generation":[]}},"audit":3,"holds":[7,{"kind":"instance","value":[]}],"migrations":{"rows":{}}})");
        QVERIFY(odd.has_value());
        QVERIFY(odd->find("control.wanted_level", {}) == nullptr);
        QVERIFY(odd->find("control.wanted_share_percent", {}) == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestControlCollector)
#include "test_control_collector.moc"
