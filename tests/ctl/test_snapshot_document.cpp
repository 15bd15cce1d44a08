// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/snapshot_document.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace binnacle;
using namespace binnacle::ctl;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};
constexpr SteadyTime kNow = kStart + 1100ms;

std::shared_ptr<const Snapshot> snapshot(SteadyTime at, std::vector<Reading> readings, const char* epoch = "e1") {
    auto out = std::make_shared<Snapshot>();
    out->header.source = "service/app-1";
    out->header.epoch = epoch;
    out->header.steadyAt = at;
    out->readings = std::move(readings);
    out->sort();
    return out;
}

SourcePasses passes(std::vector<Reading> first, std::vector<Reading> second, const char* secondEpoch = "e1") {
    SourcePasses out;
    out.first = snapshot(kStart, std::move(first));
    out.last.source = "service/app-1";
    out.last.startedAt = kStart;
    out.last.snapshot = snapshot(kStart + 1s, std::move(second), secondEpoch);
    return out;
}

LatencyHistogram values(std::uint64_t count) {
    LatencyHistogram out;
    out.recordMany(1'000'000, count);
    return out;
}

json signalOf(const SourcePasses& source, std::size_t index = 0) {
    return json::parse(snapshotJson({source}, kNow)).at("signals").at(index);
}

} // namespace

class TestSnapshotDocument : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCounterIsCumulativeAndHasARate() {
        const Labels labels{{"route", "GET /v1/projects"}};
        const auto signal = signalOf(
            passes({counter("service.http.requests", labels, 100)}, {counter("service.http.requests", labels, 150)}));
        QVERIFY(signal["id"] == "service.http.requests");
        QVERIFY(signal["kind"] == "counter");
        QVERIFY(signal["labels"] == json({{"route", "GET /v1/projects"}}));
        QVERIFY(signal["value"] == 150);
        QVERIFY(signal["value"].is_number_unsigned());
        QVERIFY(signal["rate"] == 50.0);
        QVERIFY(signal["epoch"] == "e1");
        QVERIFY(signal["unit"] == "requests");
        QVERIFY(signal["source"] == "service/app-1");
        QVERIFY(signal["age_ms"] == 100);
        QVERIFY(signal["freshness"] == "fresh");
        QVERIFY(signal["reason"].is_null());
    }
    void aRestartBetweenThePassesGivesNoRate() {
        const auto signal = signalOf(
            passes({counter("service.http.requests", {}, 100)}, {counter("service.http.requests", {}, 150)}, "e2"));
        QVERIFY(signal["rate"].is_null());
        QVERIFY(signal["epoch"] == "e2");
    }
    void aHistogramTellsItsWindow() {
        const auto signal = signalOf(passes({histogram("service.http.latency", {}, values(500))},
                                            {histogram("service.http.latency", {}, values(650))}));
        QVERIFY(signal["value"].is_null());
        QVERIFY(signal["count"] == 650);
        QVERIFY(signal["window_count"] == 150);
        QVERIFY(signal["window_s"] == 1.0);
        QVERIFY(std::abs(signal["p99"].get<double>() - 0.001) < 0.00001);
        QVERIFY(signal["p999"].is_null()); // 150 requests don't support it
    }
    void anAbsentValueIsFreshAndSaysWhy() {
        const auto reading = absent(SignalKind::Ratio, "cache.hit_ratio", {}, "no lookups in the window");
        const auto signal = signalOf(passes({reading}, {reading}));
        QVERIFY(signal["value"].is_null());
        QVERIFY(signal["freshness"] == "fresh");
        QVERIFY(signal["reason"] == "no lookups in the window");
        QVERIFY(!anyLost({passes({reading}, {reading})}, kNow));
    }
    void aLostSourceShowsNoValueAsLive() {
        auto source = passes({gauge("pool.app.in_use", {}, 4)}, {gauge("pool.app.in_use", {}, 4)});
        source.last.failure = SourceFailure{{ErrorCode::Closed, "went away"}, kNow, {}, 1, kNow};
        const auto signal = signalOf(source);
        QVERIFY(signal["freshness"] == "lost");
        QVERIFY(signal["value"].is_null());
        QVERIFY(signal["reason"] == "lost: went away");
        QVERIFY(anyLost({source}, kNow));
    }
    void aSourceThatNeverAnsweredIsLostAndNamed() {
        SourcePasses source;
        source.last.source = "redis";
        source.last.startedAt = kStart;
        source.last.failure = SourceFailure{{ErrorCode::Timeout, "no answer in time"}, kNow, {}, 2, kNow};
        QVERIFY(anyLost({source}, kNow));
        const auto document = json::parse(snapshotJson({source}, kNow));
        QVERIFY(document["signals"].empty());
        QVERIFY(document["sources"][0]["source"] == "redis");
        QVERIFY(document["sources"][0]["freshness"] == "lost");
        QVERIFY(snapshotTable({source}, kNow).find("redis  lost") == 0);
    }
    void hostileTextNeitherBreaksTheDocumentNorTheTerminal() {
        const Labels labels{{"route", "\xff\x1b[2J\n\"\u202e"}};
        const auto source = passes({gauge("pool.app.in_use", labels, 1)}, {gauge("pool.app.in_use", labels, 1)});
        QVERIFY(!json::parse(snapshotJson({source}, kNow), nullptr, false).is_discarded());
        const auto table = snapshotTable({source}, kNow);
        QVERIFY(table.find('\x1b') == std::string::npos);
        QCOMPARE(std::count(table.begin(), table.end(), '\n'), std::ptrdiff_t{2});
    }
    void theTableIsAligned() {
        const auto source = passes({gauge("pool.app.idle", {}, 1), gauge("pool.app.in_use", {{"a", "b"}}, 2)},
                                   {gauge("pool.app.idle", {}, 1), gauge("pool.app.in_use", {{"a", "b"}}, 2)});
        QCOMPARE(snapshotTable({source}, kNow), std::string("service/app-1  live  0.1 s\n"
                                                            "  pool.app.idle         1 connections\n"
                                                            "  pool.app.in_use  a=b  2 connections\n"));
    }
};

QTEST_APPLESS_MAIN(TestSnapshotDocument)
#include "test_snapshot_document.moc"
