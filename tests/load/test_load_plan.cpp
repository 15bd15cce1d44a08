// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/answer_reader.h"
#include "backend/load/arrival_schedule.h"
#include "backend/load/cursor_memory.h"
#include "backend/load/request_planner.h"
#include "backend/load/table_seeder.h"
#include "backend/load/zipf_distribution.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace binnacle::load;

namespace {

KeySpace someKeys() {
    KeySpace keys;
    for (int i = 1; i <= 40; ++i) {
        keys.projects.push_back(i);
    }
    for (int i = 1000; i < 3000; ++i) {
        keys.tasks.push_back(i);
    }
    return keys;
}

} // namespace

class TestLoadPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void zipfDrawsFollowTheory_data();
    void zipfDrawsFollowTheory();
    void zipfOfOneKeyIsThatKey();
    void zipfOfManyKeysReachesTheTail();
    void arrivalsKeepTheRateAndAreMemoryless();
    void oneSeedGivesOneSchedule();
    void routesAreDrawnByTheirShares();
    void sharesOfEveryMixSumToOne();
    void oneSeedGivesOneSequenceOfRequests();
    void onlyKnownKeysAreAskedFor();
    void everyUserComes();
    void hotKeysAreNotNeighbours();
    void requestBytesAreCompleteHttp();
    void cursorsAreEscaped();
    void listAnswersAreRead();
    void foreignAnswersAreNoLists();
    void readersGoOnWhereTheyWere();
    void rowsThatHaveNoRoomAreRefused();
};

void TestLoadPlan::zipfDrawsFollowTheory_data() {
    QTest::addColumn<double>("exponent");
    QTest::newRow("0.8") << 0.8;
    QTest::newRow("1") << 1.0;
    QTest::newRow("1.3") << 1.3;
}

void TestLoadPlan::zipfDrawsFollowTheory() {
    QFETCH(double, exponent);
    constexpr std::size_t count = 100;
    constexpr int draws = 400'000;
    RandomSource random(42, 0);
    const ZipfDistribution zipf(count, exponent);
    std::vector<double> seen(count + 1, 0.0);
    for (int i = 0; i < draws; ++i) {
        const auto rank = zipf.rank(random);
        QVERIFY(rank >= 1 && rank <= count);
        ++seen[rank];
    }
    double norm = 0;
    for (std::size_t k = 1; k <= count; ++k) {
        norm += std::pow(static_cast<double>(k), -exponent);
    }
    double chiSquare = 0;
    for (std::size_t k = 1; k <= count; ++k) {
        const double expected = draws * std::pow(static_cast<double>(k), -exponent) / norm;
        chiSquare += (seen[k] - expected) * (seen[k] - expected) / expected;
    }
    // 99 degrees of freedom: 99.99 % of fair draws stay under 161; the seed is fixed, so this cannot flicker.
    QVERIFY2(chiSquare < 161.0, qPrintable(QString::number(chiSquare)));
}

void TestLoadPlan::zipfOfOneKeyIsThatKey() {
    RandomSource random(1, 0);
    const ZipfDistribution zipf(1, 1.0);
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(zipf.rank(random), std::uint64_t{1});
    }
}

void TestLoadPlan::zipfOfManyKeysReachesTheTail() {
    RandomSource random(3, 0);
    const ZipfDistribution zipf(10'000'000, 1.0);
    std::uint64_t highest = 0;
    for (int i = 0; i < 10'000; ++i) {
        highest = std::max(highest, zipf.rank(random));
    }
    QVERIFY(highest > 5'000'000 && highest <= 10'000'000);
}

void TestLoadPlan::arrivalsKeepTheRateAndAreMemoryless() {
    ArrivalSchedule schedule(200.0, 7);
    constexpr int count = 100'000;
    double previous = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; ++i) {
        const double at = std::chrono::duration<double>(schedule.next()).count();
        QVERIFY(at >= previous);
        sum += at - previous;
        squares += (at - previous) * (at - previous);
        previous = at;
    }
    const double mean = sum / count;
    const double deviation = std::sqrt(squares / count - mean * mean);
    QVERIFY(std::abs(mean * 200.0 - 1.0) < 0.02);
    QVERIFY(std::abs(deviation / mean - 1.0) < 0.02); // exponential gaps: the deviation is the mean
}

void TestLoadPlan::oneSeedGivesOneSchedule() {
    ArrivalSchedule one(50.0, 9);
    ArrivalSchedule same(50.0, 9);
    ArrivalSchedule other(50.0, 10);
    bool differs = false;
    for (int i = 0; i < 100; ++i) {
        const auto at = one.next();
        QCOMPARE(at.count(), same.next().count());
        differs = differs || at != other.next();
    }
    QVERIFY(differs);
}

void TestLoadPlan::routesAreDrawnByTheirShares() {
    const auto mix = findMix("default");
    QVERIFY(mix);
    RequestPlanner planner(*mix, someKeys(), 100, 5);
    constexpr int count = 100'000;
    std::array<int, kRouteCount> seen{};
    for (int i = 0; i < count; ++i) {
        ++seen[routeIndex(planner.next().route)];
    }
    for (std::size_t i = 0; i < kRouteCount; ++i) {
        const double share = mix->shares[i];
        const double bound = 4 * std::sqrt(share * (1 - share) / count);
        QVERIFY2(std::abs(seen[i] / static_cast<double>(count) - share) < bound,
                 routeLabel(static_cast<Route>(i)).data());
    }
}

void TestLoadPlan::sharesOfEveryMixSumToOne() {
    const auto mix = findMix("default");
    QVERIFY(std::abs(std::accumulate(mix->shares.begin(), mix->shares.end(), 0.0) - 1.0) < 1e-9);
    QVERIFY(!findMix("nonsense"));
}

void TestLoadPlan::oneSeedGivesOneSequenceOfRequests() {
    RequestPlanner one(*findMix("default"), someKeys(), 100, 5);
    RequestPlanner same(*findMix("default"), someKeys(), 100, 5);
    RequestPlanner other(*findMix("default"), someKeys(), 100, 6);
    int different = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto plan = one.next();
        QVERIFY(plan == same.next());
        different += plan == other.next() ? 0 : 1;
    }
    QVERIFY(different > 900);
}

void TestLoadPlan::onlyKnownKeysAreAskedFor() {
    const auto keys = someKeys();
    RequestPlanner planner(*findMix("default"), keys, 100, 5);
    for (int i = 0; i < 20'000; ++i) {
        const auto plan = planner.next();
        switch (plan.route) {
        case Route::Project:
        case Route::ProjectTasks:
        case Route::CreateTask:
            QVERIFY(std::ranges::binary_search(keys.projects, plan.id));
            break;
        case Route::Task:
            QVERIFY(std::ranges::binary_search(keys.tasks, plan.id));
            break;
        default:
            QCOMPARE(plan.id, 0);
        }
    }
}

void TestLoadPlan::everyUserComes() {
    RequestPlanner planner(*findMix("default"), someKeys(), 50, 5);
    std::set<std::uint32_t> users;
    for (int i = 0; i < 2'000; ++i) {
        users.insert(planner.next().user);
    }
    QCOMPARE(users.size(), std::size_t{50});
    QCOMPARE(*users.begin(), 1U);
    QCOMPARE(*users.rbegin(), 50U);
}

void TestLoadPlan::hotKeysAreNotNeighbours() {
    RequestPlanner planner(*findMix("default"), someKeys(), 50, 5);
    std::map<std::int64_t, int> seen;
    for (int i = 0; i < 50'000; ++i) {
        const auto plan = planner.next();
        if (plan.route == Route::Task) {
            ++seen[plan.id];
        }
    }
    std::vector<std::pair<int, std::int64_t>> byCount;
    for (const auto& [id, count] : seen) {
        byCount.emplace_back(count, id);
    }
    std::ranges::sort(byCount, std::greater());
    QVERIFY(byCount[0].first > 1.5 * byCount[1].first); // Zipf: the first is about twice the second
    QVERIFY(std::abs(byCount[0].second - byCount[1].second) > 1);
}

void TestLoadPlan::requestBytesAreCompleteHttp() {
    const RequestIdentity identity{"127.0.0.1:8080", "the-key"};
    std::string text;
    appendRequest(text, {Route::Project, false, 17, 0, 5}, {}, identity);
    const std::string agent = BINNACLE_VERSION;
    const std::string expected =
        "GET /v1/projects/5 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: binnacle-load/" + agent +
        "\r\nAccept: application/json\r\nX-User: user-17\r\nAuthorization: Bearer the-key\r\n\r\n";
    QCOMPARE(text, expected);
    text.clear();
    appendRequest(text, {Route::CreateTask, false, 17, 33, 5}, {}, identity);
    QVERIFY(text.starts_with("POST /v1/tasks HTTP/1.1\r\n"));
    const auto body = text.substr(text.find("\r\n\r\n") + 4);
    QVERIFY(text.find("\r\nContent-Length: " + std::to_string(body.size()) + "\r\n") != std::string::npos);
    const bool named = body.starts_with(R"({"project_id":5,"title":")");
    QVERIFY(named);
}

void TestLoadPlan::cursorsAreEscaped() {
    std::string text;
    appendRequest(text, {Route::ProjectTasks, true, 1, 0, 5}, "aZ09-_.~ &\r\n", {"h", {}});
    QVERIFY(text.starts_with("GET /v1/projects/5/tasks?cursor=aZ09-_.~%20%26%0D%0A HTTP/1.1\r\n"));
}

void TestLoadPlan::listAnswersAreRead() {
    const auto list =
        readListAnswer(R"({"data":[{"title":"\"next_cursor\":\"no\"","id":3},{"id":9007199254740993}],)"
                       R"("meta":{"request_id":"r","pagination":{"next_cursor":"abc","has_more":true}}})");
    QVERIFY(list);
    QCOMPARE(list->ids, (std::vector<std::int64_t>{3, 9007199254740993}));
    QCOMPARE(list->nextCursor, std::optional<std::string>("abc"));
    const auto metaFirst = readNextCursor(R"({"meta":{"pagination":{"next_cursor":"x"}},"data":[]})");
    QCOMPARE(metaFirst, std::optional<std::string>("x"));
    const auto lastPage = readNextCursor(R"({"data":[{"id":1}],"meta":{"pagination":{"next_cursor":null}}})");
    QVERIFY(!lastPage);
    const auto last = readListAnswer(R"({"data":[],"meta":{"pagination":{"next_cursor":null,"has_more":false}}})");
    QVERIFY(last && last->ids.empty() && !last->nextCursor);
}

void TestLoadPlan::foreignAnswersAreNoLists() {
    for (const char* text : {"", "null", "[]", "{}", "<html>", R"({"data":{"id":1}})", R"({"data":[{"id":"a"}]})",
                             R"({"data":[1]})", R"({"data":[{"id":1})"}) {
        QVERIFY2(!readListAnswer(text), text);
        QVERIFY2(!readNextCursor(text), text);
    }
}

void TestLoadPlan::readersGoOnWhereTheyWere() {
    const std::string page = R"({"data":[],"meta":{"pagination":{"next_cursor":"p2"}}})";
    const std::string last = R"({"data":[],"meta":{"pagination":{"next_cursor":null}}})";
    CursorMemory memory;
    QCOMPARE(memory.nextPage(1), std::string_view());
    memory.remember(1, page);
    QCOMPARE(memory.nextPage(1), std::string_view("p2"));
    QCOMPARE(memory.nextPage(2), std::string_view());
    memory.remember(1, last);
    QCOMPARE(memory.nextPage(1), std::string_view());
    int remembered = 0;
    for (int list = 0; list < 10'000; ++list) {
        memory.remember(list, page);
    }
    for (int list = 0; list < 10'000; ++list) {
        remembered += memory.nextPage(list).empty() ? 0 : 1;
    }
    QCOMPARE(remembered, 512);
}

void TestLoadPlan::rowsThatHaveNoRoomAreRefused() {
    SeedTarget target;
    target.stateDir = "/data";
    QVERIFY(!whyNoRoom(1000, target, 1000 * seedBytesPerRow));
    const auto full = whyNoRoom(1001, target, 1000 * seedBytesPerRow);
    QVERIFY(full && full->find("/data") != std::string::npos);
    target.usedBytes = 500;
    target.quotaBytes = 500 + 10 * seedBytesPerRow;
    QVERIFY(!whyNoRoom(10, target, 1'000'000'000));
    QVERIFY(whyNoRoom(11, target, 1'000'000'000).has_value());
}

QTEST_APPLESS_MAIN(TestLoadPlan)
#include "test_load_plan.moc"
