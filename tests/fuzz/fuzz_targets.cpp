// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_targets.h"

#include "backend/actions/fleet.h"
#include "backend/clients/exposition_text.h"
#include "backend/clients/prometheus_client.h"
#include "backend/clients/stack_status.h"
#include "backend/collectors/haproxy_collector.h"
#include "backend/collectors/haproxy_csv.h"
#include "backend/collectors/json_log_tail.h"
#include "backend/collectors/postgres/deadlock_report.h"
#include "backend/collectors/prometheus_readings.h"
#include "backend/collectors/redis_info.h"
#include "backend/collectors/telemetry_document.h"
#include "backend/sql/explainable.h"
#include "backend/sql/sql_text.h"
#include "backend/sql/statement_shape.h"
#include "tests/clients/stack_status_sample.h"
#include "tests/collectors/metrics_page.h"
#include "tests/collectors/prometheus_answers.h"
#include "tests/collectors/recorded_answers.h"
#include "tests/fuzz/recorder_chunk.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace binnacle::fuzz {

namespace {

/// What must hold of everything that a parser lets through.
void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// What becomes of samples, whoever wrote them: readings of every kind, and histograms from buckets.
template <typename Read>
void requireReadings(const Read& read) {
    for (const auto kind : {PrometheusKind::Service, PrometheusKind::Postgres, PrometheusKind::Redis,
                            PrometheusKind::Haproxy, PrometheusKind::PgBouncer}) {
        PrometheusReadings readings(kind, "one");
        (void)read([&](const PrometheusSample& sample) { readings.add(sample); });
        const auto told = readings.take();
        require(std::ranges::adjacent_find(told, {}, &Reading::key) == told.end());
    }
}

void expositionText(std::string_view bytes) {
    requireReadings([&](const PrometheusVisit& visit) { return readExpositionText(bytes, visit); });
}

void haproxyCsv(std::string_view bytes) {
    if (const auto rows = parseHaproxyCsv(bytes)) {
        HaproxyReadings readings;
        std::vector<Reading> out;
        readings.add(*rows, out);
    }
}

void jsonLog(std::string_view bytes) {
    const bool isEntry = isDeadlockEntry(bytes);
    if (auto report = postgres::parseDeadlockEntry(bytes)) {
        require(isEntry && !report->id.empty());
        postgres::DeadlockReports reports;
        require(reports.add(*report) && !reports.add(*report));
    }
}

void prometheusAnswer(std::string_view bytes) {
    requireReadings([&](const PrometheusVisit& visit) { return readPrometheusAnswer(bytes, visit); });
}

void redisInfo(std::string_view bytes) {
    const auto info = RedisInfo::parse(bytes);
    (void)info.number("used_memory");
    (void)info.text("run_id");
    require(info.keys() >= 0);
}

void sqlText(std::string_view bytes) {
    constexpr std::size_t kLongest = 512;
    require(withoutLiterals(bytes, kLongest).size() <= kLongest + 16); // and a mark that it was cut
    const auto shape = statementShape(bytes);
    require(shape.empty() || shape.size() == 16);
    require(routeInComment(bytes).size() <= 200);
    const auto asked = explainable(bytes);
    require(!asked.whyNot.empty() || !asked.statement.empty());
}

void stackStatus(std::string_view bytes) {
    (void)parseStackStatus(bytes);
}

void telemetry(std::string_view bytes) {
    const auto health = readHealth("app-1", bytes); // control's own look at the same document
    require(health.has_value() || health.error().text.starts_with("app-1 "));
    if (const auto document = parseTelemetry(bytes)) {
        for (const auto& reading : document->readings) {
            require(reading.value.has_value() != (reading.histogram != nullptr));
            require(reading.kind != SignalKind::Counter || *reading.value >= 0);
        }
    }
}

std::vector<std::string> prometheusSeeds() {
    using namespace binnacle::testing;
    const std::string latency = "binnacle_service_http_latency_seconds_bucket";
    return {vectorOf({element(series("up", "a:1"), "1"), element(scraped("a:1"), "999.5")}),
            vectorOf({element(series(latency, "a:1", bucket("0.001")), "10"),
                      element(series(latency, "a:1", bucket("0.00125")), "12"),
                      element(series(latency, "a:1", bucket("+Inf")), "12"),
                      element(series("binnacle_service_http_latency_seconds_sum", "a:1", kRoute), "0.013")}),
            vectorOf({element(series("haproxy_server_status", "h:1", kServerUp), "1"),
                      element(series("pg_stat_database_xact_commit", "d:1", kCommits), "700"),
                      element(series("redis_keyspace_hits_total", "r:1"), "NaN")}),
            kRefusedQuery, kMatrix};
}

constexpr const char* kDeadlockLine =
    R"({"timestamp":"2026-07-01 10:00:00.123 UTC","user":"app_rw","dbname":"binnacle","pid":4711,)"
    R"("error_severity":"ERROR","state_code":"40P01","message":"deadlock detected","detail":)"
    R"("Process 4711 waits for ShareLock on transaction 990; blocked by process 4712.\nProcess 4711: update t\n)"
    R"(Process 4712: update u","hint":"See server log for query details.","query_id":0})";

// Sorted by name.
constexpr auto kTargets = std::to_array<Target>({
    {"exposition_text", expositionText, [] { return std::vector<std::string>{binnacle::testing::kMetricsPage}; }},
    {"haproxy_csv", haproxyCsv, [] { return std::vector<std::string>{binnacle::testing::kHaproxyCsv}; }},
    {"json_log", jsonLog, [] { return std::vector<std::string>{kDeadlockLine}; }},
    {"prometheus", prometheusAnswer, prometheusSeeds},
    {"recorder_chunk", recorderChunk, recorderChunks},
    {"redis_info", redisInfo, [] { return std::vector<std::string>{binnacle::testing::kRedisInfo}; }},
    {"sql_text", sqlText,
     [] {
         return std::vector<std::string>{"select * from t where a = 'secret' and b = $1 -- note",
                                         "insert into t values (E'a\\'b', 1.5e3, $x$ body $x$, U&'d') /* c */",
                                         "update \"T\" set x = -7 where y in (1, 2, 3)"};
     }},
    {"stack_status", stackStatus, [] { return std::vector<std::string>{binnacle::testing::kStatusSample}; }},
    {"telemetry", telemetry, [] { return std::vector<std::string>{binnacle::testing::kTelemetry}; }},
});

} // namespace

std::span<const Target> targets() {
    return kTargets;
}

const Target* findTarget(std::string_view name) {
    const auto it = std::ranges::find(kTargets, name, &Target::name);
    return it != kTargets.end() ? &*it : nullptr;
}

} // namespace binnacle::fuzz
