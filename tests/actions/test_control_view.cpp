// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/control_view.h"

#include <QtTest>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

UtcTime at(int seconds) {
    return UtcTime(std::chrono::seconds(1'790'000'000 + seconds));
}

ControlView wholeView() {
    ControlView view;
    view.writerId = "control-1";
    view.environment = "bundled stack in /x";
    view.operatorName = "alice";
    view.role = "operator";
    view.may = {{"set_level", true}, {"set_emergency_level", false}};
    view.auditNumber = 41;
    view.auditProblem = "the disk is full";
    ResourceView level;
    level.name = "degradation_level";
    level.wanted = {{"level", std::int64_t{2}}};
    level.generation = 7;
    level.changedBy = "alice";
    level.changedAt = at(0);
    level.reason = "pool saturated";
    level.reference = "40";
    level.leaseUntil = at(1800);
    level.leaseLeft = 1799s;
    level.leaseNote = "stays";
    level.targets = {{"app-1", {{"level", std::int64_t{2}}}, 7, true, {}}, {"app-2", {}, 0, false, "silent"}};
    level.observedAge = 250ms;
    ResourceView share;
    share.name = "canary_share";
    share.wanted = {{"percent", 2.5}};
    share.generation = 3;
    view.resources = {level, share};
    view.holds = {{"instance", "app-2", "drained", "alice", "control-1:38", std::nullopt},
                  {"pool", "binnacle", "paused", "bob", "control-1:39", at(60)}};
    view.features = {{"analytics", "Dashboard analytics", {"GET /v1/dashboard"}, 1, "left out", 12.5, 310.0},
                     {"tasks", "Tasks", {"GET /v1/tasks"}, std::nullopt, {}, std::nullopt, std::nullopt}};
    view.forecasts = {{1, {{"requests", "Requests", "1/s", 50, 44}}}, {2, {}}};
    view.forecastBasis = "5 min of 3 instances";
    view.cohorts =
        CohortShares{120s,     {{"canary", {"app-3"}, {"1.1.0"}, 510.0, 1200}, {"stable", {"app-1"}, {}, {}, {}}},
                     10'020.0, 5.1,
                     4.9,      900ms,
                     "app-2"};
    MigrationStatus row;
    row.id = "20261101120000_tasks_by_assignee";
    row.title = "Index tasks by assignee";
    row.table = "tasks";
    row.statement = "CREATE INDEX CONCURRENTLY …";
    row.revertStatement = "DROP INDEX CONCURRENTLY …";
    row.lock = "ShareUpdateExclusive: reads and writes go on";
    row.state = MigrationStatus::State::Waiting;
    row.attempt = 2;
    row.progress = MigrationProgress{"building index: scanning table", 3, 10, 120, 4000, "blocks"};
    row.blockers = {{4711, "app_rw", "service", "idle in transaction", "SELECT ?", 61s}};
    row.tableRows = 2'000'000;
    row.tableBytes = 300'000'000;
    row.indexBytes = 40'000'000;
    row.startedAt = at(5);
    row.message = "waits for 4711";
    row.reference = "39";
    view.migrations = MigrationsView{{row}, 400ms, "late"};
    return view;
}

} // namespace

class TestControlView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsBackWhatItWrote() {
        const auto view = wholeView();
        const auto read = parseControlView(controlViewDocument(view));
        QVERIFY2(read.has_value(), read ? "" : read.error().text.c_str());
        QVERIFY(*read == view);
        QCOMPARE(read->resource("canary_share")->generation, std::int64_t{3});
        QVERIFY(read->resource("nothing") == nullptr);
    }

    void absentPartsStayAbsent() {
        ControlView view;
        view.writerId = "w";
        const auto read = parseControlView(controlViewDocument(view));
        QVERIFY(read.has_value());
        QVERIFY(!read->cohorts && !read->migrations && read->features.empty());
    }

    void wordsOfANewerControlDoNotBlind() {
        const auto read =
            parseControlView(R"({"writer_id":"w","later":1,"migrations":{"rows":[{"id":"x","state":"rehearsing"}]}})");
        QVERIFY(read.has_value());
        QVERIFY(read->migrations->rows.at(0).state == MigrationStatus::State::Unknown);
    }

    void whatIsNoStateIsRefused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("no writer") << QByteArray("{}");
        QTest::newRow("wrong type") << QByteArray(R"({"writer_id":"w","features":[{"routes":7}]})");
        QTest::newRow("wrong resource") << QByteArray(R"({"writer_id":"w","resources":{"canary_share":4}})");
        QTest::newRow("deep") << QByteArray(R"({"writer_id":"w","x":)") + QByteArray(100'000, '[');
    }
    void whatIsNoStateIsRefused() {
        QFETCH(const QByteArray, text);
        QVERIFY(!parseControlView(std::string_view(text.constData(), static_cast<std::size_t>(text.size()))));
    }

    void effectsReadBack() {
        Effect effect;
        effect.reference = "40";
        effect.state = Effect::State::Ready;
        effect.observedAt = at(0);
        effect.readyAt = at(90);
        effect.rows = {{"p99", "all routes", "s", 1.24, 0.486, -0.9, -0.6, 5000, 4800, EffectRow::Change::Fell, true},
                       {"errors", "all routes", "share", {}, {}, {}, {}, 3, 2, EffectRow::Change::TooFew, true}};
        effect.forecast = {{"requests", "Requests", "1/s", 50, 44}};
        effect.summary = "p99 fell from 1.24 s to 486 ms.";
        const std::vector<Effect> effects{effect, Effect{"39", Effect::State::Pending, at(1), at(2), {}, {}, {}}};
        const auto read = parseEffects(effectsDocument(effects));
        QVERIFY(read.has_value());
        QVERIFY(*read == effects);
        QVERIFY(!parseEffects("[1]"));
    }
};

QTEST_APPLESS_MAIN(TestControlView)
#include "test_control_view.moc"
