// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/cursor.h"
#include "backend/service/api/json_text.h"
#include "backend/service/api/query_string.h"
#include "backend/service/api/task_input.h"
#include "backend/service/cache/cache_keys.h"
#include "backend/service/data/statement.h"
#include "backend/service/http/route.h"
#include "backend/service/protect/constant_time.h"
#include "backend/service/service_config.h"
#include "backend/service/telemetry/recorders.h"
#include "backend/service/telemetry/user_ring.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <set>

using namespace binnacle;
using namespace binnacle::service;

class ServiceValuesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRouteOfTheTableMatchesItself();
    void openApiDocumentNamesExactlyTheRoutes();
    void idsArePositiveBigints();
    void cursorsSurviveTheRoundTrip();
    void hostileCursorsAreRefused();
    void textsAreEscapedForJson();
    void timestampsAreRfc3339();
    void queryParametersAreDecodedOnce();
    void goodBodyIsRead();
    void badBodiesAreRefused_data();
    void badBodiesAreRefused();
    void deepNestingIsRefusedWithoutRecursion();
    void newTaskOutdatesItsPrefixes();
    void tagsNameTheirKeysAndNoOthers();
    void schemaNamesEveryStatement();
    void brokenSchemaIsRefused();
    void keysAreComparedWhole();
    void recorderAgreesWithTheHistogram();
    void usersAreForgottenAfterFiveMinutes();
    void aWindowTellsWholeBucketsOnly();
};

void ServiceValuesTest::everyRouteOfTheTableMatchesItself() {
    for (const RouteEntry& entry : routeTable()) {
        std::string path(entry.path);
        if (const auto at = path.find("{id}"); at != std::string::npos) {
            path.replace(at, 4, "42");
        }
        const RouteMatch match = matchRoute(entry.method, path);
        QVERIFY(match.route == entry.route);
        QCOMPARE(routeLabel(entry.route), entry.label);
        QCOMPARE(match.id.has_value(), path != entry.path);
        const RouteMatch other = matchRoute(Method::Other, path);
        QVERIFY(other.route == Route::Other && other.pathKnown && !other.allow.empty());
    }
    QVERIFY(!matchRoute(Method::Get, "/v1/projects/1/2").pathKnown);
    QVERIFY(!matchRoute(Method::Get, "/v1/projects//tasks").pathKnown);
    QVERIFY(!matchRoute(Method::Get, "").pathKnown);
}

void ServiceValuesTest::openApiDocumentNamesExactlyTheRoutes() {
    QFile file(QString::fromStdString(resourceDirectory() / "openapi" / "binnacle-v1.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    std::set<std::string> documented;
    std::string path;
    const QRegularExpression pathLine(QStringLiteral("^  (/[^:]*):$"));
    const QRegularExpression methodLine(QStringLiteral("^    (get|put|post|patch|delete|head|options):$"));
    for (const QByteArray& line : file.readAll().split('\n')) {
        const QString text = QString::fromUtf8(line);
        if (const auto found = pathLine.match(text); found.hasMatch()) {
            path = found.captured(1).toStdString();
        } else if (const auto method = methodLine.match(text); method.hasMatch()) {
            documented.insert(method.captured(1).toUpper().toStdString() + " " + path);
        }
    }
    std::set<std::string> served;
    for (const RouteEntry& entry : routeTable()) {
        served.insert(std::string(entry.label));
    }
    QVERIFY(documented == served);
}

void ServiceValuesTest::idsArePositiveBigints() {
    QCOMPARE(parseId("1"), std::optional<std::int64_t>(1));
    QCOMPARE(parseId("9223372036854775807"), std::optional<std::int64_t>(INT64_MAX));
    for (const char* text : {"", "0", "-1", "+1", "01", " 1", "1 ", "1a", "9223372036854775808", "1e3"}) {
        QVERIFY2(!parseId(text), text);
    }
}

void ServiceValuesTest::cursorsSurviveTheRoundTrip() {
    std::mt19937_64 random(7);
    for (int i = 0; i < 1000; ++i) {
        const Cursor cursor{static_cast<std::int64_t>(random() % 253'402'300'800'000'000),
                            static_cast<std::int64_t>(random() >> 1U) | 1};
        const std::string text = encodeCursor(CursorKind::Projects, cursor);
        QCOMPARE(text.find_first_of("+/="), std::string::npos);
        QVERIFY(decodeCursor(CursorKind::Projects, text) == cursor);
        QVERIFY(!decodeCursor(CursorKind::ProjectTasks, text));
    }
}

void ServiceValuesTest::hostileCursorsAreRefused() {
    const std::string good = encodeCursor(CursorKind::Projects, {1, 2});
    for (const std::string& text :
         {std::string(), good + "A", good.substr(1), good + "=", std::string(good.size(), '='),
          std::string(good.size(), '\0'), std::string(1 << 20, 'A'), encodeCursor(CursorKind::Projects, {1, -2}),
          encodeCursor(CursorKind::Projects, {1, 0}), encodeCursor(CursorKind::Projects, {-1, 2}),
          encodeCursor(CursorKind::Projects, {std::numeric_limits<std::int64_t>::max() - 1, 2})}) {
        QVERIFY(!decodeCursor(CursorKind::Projects, text));
    }
    std::mt19937 random(11);
    for (int i = 0; i < 20000; ++i) {
        std::string text = good;
        text[random() % text.size()] = static_cast<char>(random());
        const auto cursor = decodeCursor(CursorKind::Projects, text);
        QVERIFY(!cursor || encodeCursor(CursorKind::Projects, *cursor) == text); // one text for one cursor
    }
}

void ServiceValuesTest::textsAreEscapedForJson() {
    std::string out;
    appendJsonString(out, std::string_view("a\"b\\c\n\x01\x7f\0é", 11));
    QCOMPARE(out, std::string("\"a\\\"b\\\\c\\n\\u0001\\u007f\\u0000é\""));
}

void ServiceValuesTest::timestampsAreRfc3339() {
    std::string out;
    appendTimestamp(out, 0);
    appendTimestamp(out, -1);
    appendTimestamp(out, 847'000'000'000'001);
    appendDate(out, 9821);
    QCOMPARE(out, std::string("\"2000-01-01T00:00:00.000000Z\"\"1999-12-31T23:59:59.999999Z\""
                              "\"2026-11-03T05:46:40.000001Z\"\"2026-11-21\""));
}

void ServiceValuesTest::queryParametersAreDecodedOnce() {
    QCOMPARE(findParameter("a=1&q=caf%C3%A9+x%2525&b", "q").value, std::string("café x%25"));
    QVERIFY(!findParameter("qq=1", "q").present);
    QVERIFY(findParameter("q", "q").present);
    for (const char* query : {"q=%", "q=%4", "q=%zz", "q=a&q=b", "q=%C3", "q=%0a"}) {
        QVERIFY2(!findParameter(query, "q").wellFormed, query);
    }
    QCOMPARE(countCharacters("é漢𝄞"), std::optional<std::size_t>(3));
}

void ServiceValuesTest::goodBodyIsRead() {
    std::string body = R"( {"priority":"high","title":"A \u00e9 \"q\"","description":"line\nnext","project_id":9} )";
    const auto parsed = parseTaskInput(body);
    const auto* input = std::get_if<TaskInput>(&parsed);
    QVERIFY(input != nullptr);
    QCOMPARE(input->projectId, std::int64_t{9});
    QCOMPARE(input->title, std::string("A é \"q\""));
    QCOMPARE(input->description, std::string("line\nnext"));
    QCOMPARE(input->priority, std::string("high"));
}

void ServiceValuesTest::badBodiesAreRefused_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("parameter");
    const auto row = [](const char* name, const QByteArray& body, int status, const char* parameter = "") {
        QTest::newRow(name) << body << status << QByteArray(parameter);
    };
    row("empty", "", 400);
    row("blank", "  ", 400);
    row("null", "null", 400);
    row("number", "7", 400);
    row("cut off", R"({"project_id":1,"title":"a")", 400);
    row("two objects", R"({"project_id":1,"title":"a"}{})", 400);
    row("tail", R"({"project_id":1,"title":"a"}x)", 400);
    row("not UTF-8", "{\"project_id\":1,\"title\":\"\xff\"}", 400);
    row("single quotes", "{'title':'a'}", 400);
    row("comma", R"({"project_id":1,"title":"a",})", 400);
    row("repeated", R"({"project_id":1,"title":"a","title":"b"})", 422, "title");
    row("escaped name", R"({"project_id":1,"t\u0069tle":"a","title":"b"})", 422, "title");
    row("float", R"({"project_id":1.5,"title":"a"})", 422, "project_id");
    row("huge", R"({"project_id":99999999999999999999,"title":"a"})", 422, "project_id");
    row("zero", R"({"project_id":0,"title":"a"})", 422, "project_id");
    row("null field", R"({"project_id":1,"title":null})", 422, "title");
    row("nested", R"({"project_id":1,"title":{"a":[]}})", 422, "title");
    row("empty title", R"({"project_id":1,"title":""})", 422, "title");
    row("nul", R"({"project_id":1,"title":"a\u0000b"})", 422, "title");
    row("long title", R"({"project_id":1,"title":")" + QByteArray(201, 'a') + R"("})", 422, "title");
    row("long text", R"({"project_id":1,"title":"a","description":")" + QByteArray(4001, 'a') + R"("})", 422,
        "description");
    row("priority", R"({"project_id":1,"title":"a","priority":"urgent"})", 422, "priority");
}

void ServiceValuesTest::badBodiesAreRefused() {
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, parameter);
    std::string text = body.toStdString();
    const auto parsed = parseTaskInput(text);
    const auto* error = std::get_if<InputError>(&parsed);
    QVERIFY(error != nullptr);
    QCOMPARE(error->status, status);
    QCOMPARE(error->parameter, parameter.toStdString());
    QVERIFY(!error->message.empty());
}

void ServiceValuesTest::deepNestingIsRefusedWithoutRecursion() {
    std::string body(64 * 1024, '[');
    const auto parsed = parseTaskInput(body);
    QCOMPARE(std::string(std::get<InputError>(parsed).code), std::string("json_too_deep"));
    const std::string bracketsInText = R"({"a":"[[[\"[[","b":[1]})";
    QCOMPARE(jsonDepth(bracketsInText), std::size_t{2});
}

void ServiceValuesTest::newTaskOutdatesItsPrefixes() {
    const auto keys = cache_keys::outdatedByTask(1, 5, "Éa");
    const std::vector<std::string> expected{"cache:1:project:1:5", "cache:1:dashboard-summary:1",
                                            "cache:1:suggestions:1:É", "cache:1:suggestions:1:Éa"};
    QVERIFY(keys == expected);
    QCOMPARE(cache_keys::outdatedByTask(1, 5, std::string(200, 'x')).size(), 2 + kLongestSearch);
}

void ServiceValuesTest::tagsNameTheirKeysAndNoOthers() {
    using namespace cache_keys;
    const auto task = cache_keys::task(12, 7);
    QVERIFY(isKey(task) && belongsTo(task, "task") && belongsTo(task, "task:12") && belongsTo(task, "organisation:12"));
    QVERIFY(!belongsTo(task, "task:1") && !belongsTo(task, "organisation:7") && !belongsTo(task, "project"));
    QVERIFY(belongsTo(dashboardSummary(12), "organisation:12") && !belongsTo(dashboardSummary(12), "organisation:1"));
    // What people have typed may look like anything.
    QVERIFY(!belongsTo(suggestions(1, "a:2:3"), "organisation:2") && belongsTo(suggestions(1, "a:2"), "suggestions:1"));
    for (const char* wrong : {"", "session", "task:", "task:x", "task:1:2", "organisation", "*", "task:*"}) {
        QVERIFY2(!isTag(wrong), wrong);
    }
    QVERIFY(!isKey("session:1") && !isKey("cache:1:") && !isKey("cache:2:task:1:1"));
}

void ServiceValuesTest::schemaNamesEveryStatement() {
    QFile file(QString::fromStdString(resourceDirectory() / "sql" / "schema.sql"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto statements = StatementCatalogue::parse(file.readAll().toStdString());
    QVERIFY2(statements, statements ? "" : statements.error().text.c_str());
    const StatementText& insert = (*statements)[Statement::TaskInsert];
    QVERIFY(insert.parameterTypes == (std::vector<unsigned>{20, 20, 25, 25, 25}));
    QVERIFY(insert.sql.starts_with("insert into public.tasks"));
    QVERIFY(!insert.sql.ends_with(';'));
    // What is told of them holds no literal: each is the parameter after the last.
    QCOMPARE(insert.shown, insert.sql);
    const StatementText& project = (*statements)[Statement::ProjectById];
    QVERIFY(project.sql.contains("status <> $$done$$") && project.shown.contains("status <> $3"));
}

void ServiceValuesTest::brokenSchemaIsRefused() {
    QVERIFY(!StatementCatalogue::parse(""));
    QVERIFY(!StatementCatalogue::parse("prepare probe(jsonb) as select 1;"));
    QVERIFY(!StatementCatalogue::parse("prepare probe as select 1"));
}

void ServiceValuesTest::keysAreComparedWhole() {
    QVERIFY(equalInConstantTime("abc", "abc"));
    QVERIFY(!equalInConstantTime("abc", "abd"));
    QVERIFY(!equalInConstantTime("abc", "ab"));
    QVERIFY(!equalInConstantTime("", "a"));
}

void ServiceValuesTest::recorderAgreesWithTheHistogram() {
    LatencyRecorder recorder;
    LatencyHistogram histogram;
    QVERIFY(recorder.cells() == nullptr);
    std::mt19937_64 random(3);
    for (int i = 0; i < 10000; ++i) {
        const auto ns = static_cast<std::int64_t>(random() >> (20 + random() % 40));
        recorder.record(ns);
        histogram.record(std::chrono::nanoseconds(ns));
    }
    for (std::size_t i = 0; i < LatencyHistogram::kCellCount; ++i) {
        QCOMPARE(recorder.cells()->counts[i].load(), histogram.cell(i));
    }
    QCOMPARE(recorder.cells()->sumNs.load(), histogram.sumNs());
}

void ServiceValuesTest::usersAreForgottenAfterFiveMinutes() {
    using std::chrono::seconds;
    const auto ring = std::make_unique<UserRing>();
    std::mt19937_64 random(9);
    // One new user a second for a quarter of an hour, and one who is always there.
    constexpr UserRing::Time start{seconds(1000)};
    for (int second = 0; second < 900; ++second) {
        ring->add(random(), start + seconds(second));
        ring->add(42, start + seconds(second));
    }
    const auto end = start + seconds(900);
    DistinctSketch fiveMinutes;
    ring->readSince(end - UserRing::kLongestWindow, fiveMinutes);
    QVERIFY2(std::abs(fiveMinutes.estimate() - 301) < 5, std::to_string(fiveMinutes.estimate()).c_str());
    DistinctSketch minute;
    ring->readSince(end - seconds(60), minute);
    QVERIFY2(std::abs(minute.estimate() - 61) < 2, std::to_string(minute.estimate()).c_str());
}

void ServiceValuesTest::aWindowTellsWholeBucketsOnly() {
    using std::chrono::seconds;
    const auto ring = std::make_unique<UserRing>();
    constexpr UserRing::Time bucket{seconds(1000)};
    QVERIFY(UserRing::wholeFrom(bucket) == bucket);
    QVERIFY(UserRing::wholeFrom(bucket + seconds(1)) == bucket + UserRing::kBucketTime);
    ring->add(1ULL << 60, bucket + seconds(2));
    ring->add(2ULL << 60, bucket + seconds(12));
    DistinctSketch later; // who came before the asked moment is not told, and neither are those of its bucket
    ring->readSince(bucket + seconds(1), later);
    QCOMPARE(std::lround(later.estimate()), 1L);
    DistinctSketch both;
    ring->readSince(bucket, both);
    QCOMPARE(std::lround(both.estimate()), 2L);
}

QTEST_GUILESS_MAIN(ServiceValuesTest)
#include "tst_service_values.moc"
