// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/haproxy_csv.h"
#include "backend/collectors/parse_number.h"
#include "backend/collectors/redis_info.h"
#include "backend/collectors/telemetry_document.h"
#include "tests/collectors/recorded_answers.h"

#include <QTest>
#include <random>

using namespace binnacle;
using namespace binnacle::testing;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    return at == std::string::npos ? std::string() : text.replace(at, from.size(), to);
}

/// The text with a few bytes changed, cut short or doubled: whatever comes of it, no crash and no hang.
template <typename Parse>
void survivesDamage(const std::string& good, const Parse& parse) {
    std::mt19937 random(42);
    for (int round = 0; round < 3000; ++round) {
        auto text = good;
        for (unsigned i = 0; i < 1 + random() % 4 && !text.empty(); ++i) {
            const auto at = random() % text.size();
            switch (random() % 4) {
            case 0:
                text[at] = static_cast<char>(random() % 256);
                break;
            case 1:
                text.erase(at, random() % 20);
                break;
            case 2:
                text.insert(at, text.substr(random() % text.size(), random() % 40));
                break;
            default:
                text.resize(at + 1);
            }
        }
        parse(text);
    }
}

} // namespace

class TestParsers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsATelemetryDocument() {
        const auto document = parseTelemetry(kTelemetry);
        QVERIFY2(document, document ? "" : document.error().text.c_str());
        QCOMPARE(document->epoch, std::string("00ff00ff00ff00ff"));
        QCOMPARE(document->monotonic, std::chrono::microseconds(5'000'000));
        QCOMPARE(document->readings.size(), std::size_t{8});
        QCOMPARE(document->readings[0].value.value(), 40.0);
        QCOMPARE(document->readings[0].key.labels.get("route"), std::string_view("GET /v1/projects"));
        QCOMPARE(document->readings[4].value.value(), 1.25);
        const auto& latency = document->readings.back();
        QCOMPARE(latency.kind, SignalKind::Histogram);
        QCOMPARE(latency.histogram->count(), std::uint64_t{6});
        QCOMPARE(latency.histogram->cell(700), std::uint64_t{2});
        QCOMPARE(latency.histogram->above(), std::uint64_t{2});
        QCOMPARE(latency.histogram->sumNs(), std::uint64_t{9'000'000});
        QCOMPARE(document->routeStatements.value().size(), std::size_t{2});
        QCOMPARE(document->routeStatements->front().statement, std::string("projects_page"));
        QCOMPARE(document->routeStatements->front().calls, 30.0);
        QCOMPARE(document->routeStatements->front().seconds, 0.006);
        QVERIFY(document->statementTexts.at("projects_page").starts_with("select id"));
        const auto older = parseTelemetry(replaced(kTelemetry, "route_statements", "something_else"));
        QVERIFY(older && !older->routeStatements);
    }
    void refusesTelemetryThatDoesNotFit_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("another protocol") << QByteArray("\"protocol\":1") << QByteArray("\"protocol\":2");
        QTest::newRow("no epoch") << QByteArray("\"epoch\"") << QByteArray("\"epic\"");
        QTest::newRow("a negative counter") << QByteArray("\"value\":40") << QByteArray("\"value\":-40");
        QTest::newRow("a text for a number") << QByteArray("\"value\":40") << QByteArray("\"value\":\"40\"");
        QTest::newRow("a label that is a number") << QByteArray("\"2xx\"},\"value\"") << QByteArray("2},\"value\"");
        QTest::newRow("a bucket beyond the range") << QByteArray("[700,2]") << QByteArray("[1728,2]");
        QTest::newRow("a negative bucket") << QByteArray("[700,2]") << QByteArray("[-1,2]");
        QTest::newRow("a bucket of three") << QByteArray("[700,2]") << QByteArray("[700,2,3]");
        QTest::newRow("a count beyond reason") << QByteArray("[700,2]") << QByteArray("[700,18446744073709551615]");
        QTest::newRow("an id of a kilobyte") << QByteArray("pool.app.in_use") << QByteArray(1000, 'x');
        QTest::newRow("an empty id") << QByteArray("pool.app.in_use") << QByteArray();
        QTest::newRow("broken UTF-8") << QByteArray("pool.app.in_use") << QByteArray("\xff\xfe");
        QTest::newRow("a list for an object") << QByteArray("\"labels\":{}") << QByteArray("\"labels\":[]");
        QTest::newRow("calls below zero") << QByteArray("\"calls\":30") << QByteArray("\"calls\":-30");
        QTest::newRow("a statement without name") << QByteArray("\"statement\":\"untold\",") << QByteArray();
        QTest::newRow("a text of a book") << QByteArray("select id") << QByteArray(20'000, 'x');
        QTest::newRow("a clock beyond reason") << QByteArray("5000000") << QByteArray("9999999999999999999");
    }
    void refusesTelemetryThatDoesNotFit() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        const auto text = replaced(kTelemetry, from.toStdString(), to.toStdString());
        QVERIFY(!text.empty());
        const auto document = parseTelemetry(text);
        QVERIFY(!document);
        QCOMPARE(document.error().code, ErrorCode::Protocol);
        QVERIFY(!document.error().text.empty());
    }
    void hostileTelemetryDoesNotCrash() {
        for (const auto& text : {std::string(), std::string("null"), std::string("[]"), std::string(300'000, '['),
                                 std::string("{\"protocol\":1,\"counters\":{}}"), std::string(10, '\0')}) {
            QVERIFY(!parseTelemetry(text));
        }
        survivesDamage(kTelemetry, [](const std::string& text) { static_cast<void>(parseTelemetry(text)); });
    }

    void readsRedisInfo() {
        const auto info = RedisInfo::parse(kRedisInfo);
        QCOMPARE(info.text("run_id"), std::string_view("8f1c"));
        QCOMPARE(info.number("keyspace_hits").value(), 70.0);
        QCOMPARE(info.keys(), 20.0);
        QVERIFY(!info.number("run_id_of_nobody"));
        QVERIFY(!info.number("redis_version"));
    }
    void hostileInfoDoesNotCrash() {
        QVERIFY(RedisInfo::parse("").empty());
        QCOMPARE(RedisInfo::parse("db0:keys=\ndb:keys=5\ndbx:keys=7\ndb1:keys=-4,\n:empty\nno colon").keys(), 0.0);
        survivesDamage(kRedisInfo, [](const std::string& text) {
            const auto info = RedisInfo::parse(text);
            QVERIFY(std::isfinite(info.keys()));
        });
    }

    void readsHaproxyStatistics() {
        const auto rows = parseHaproxyCsv(kHaproxyCsv);
        QVERIFY2(rows, rows ? "" : rows.error().text.c_str());
        QCOMPARE(rows->size(), std::size_t{7});
        const auto& api = rows->front();
        QCOMPARE(api.type, HaproxyRow::Type::Frontend);
        QCOMPARE(api.requests.value(), 103.0);
        QCOMPARE(api.responseSum(), 103.0);
        QVERIFY(!api.retries);
        QCOMPARE((*rows)[3].status, std::string("DOWN 1/2"));
        QCOMPARE(rows->back().queued.value(), 3.0);
    }
    void quotedCellsMayHoldCommasAndQuotes() {
        const auto rows = parseHaproxyCsv("# pxname,svname,status,qcur,\n\"a,\"\"b\"\"\",\"x\",\"UP, or so\",5,\n");
        QVERIFY(rows);
        QCOMPARE(rows->front().proxy, std::string("a,\"b\""));
        QCOMPARE(rows->front().status, std::string("UP, or so"));
        QCOMPARE(rows->front().queued.value(), 5.0);
    }
    void hostileStatisticsDoNotCrash() {
        QVERIFY(!parseHaproxyCsv(""));
        QVERIFY(!parseHaproxyCsv("<html>no</html>"));
        QVERIFY(!parseHaproxyCsv("# pxname,svname,\n,\n"));
        QVERIFY(!parseHaproxyCsv("# pxname,svname,\n" + std::string(5000, 'x') + ",y,\n"));
        std::string many = "# pxname,svname,\n";
        for (int i = 0; i < 20'000; ++i) {
            many += "a,b,\n";
        }
        QVERIFY(!parseHaproxyCsv(many));
        survivesDamage(kHaproxyCsv, [](const std::string& text) { static_cast<void>(parseHaproxyCsv(text)); });
    }
    void numbersAreWholeTextsAndFinite() {
        QCOMPARE(parseNumber("1.5e3").value(), 1500.0);
        for (const char* wrong : {"", " 1", "1 ", "1x", "nan", "inf", "-inf", "1e999", "0x10", "+1", "1,5"}) {
            QVERIFY2(!parseNumber(wrong), wrong);
        }
    }
};

QTEST_APPLESS_MAIN(TestParsers)
#include "test_parsers.moc"
