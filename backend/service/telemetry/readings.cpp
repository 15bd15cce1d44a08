// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/telemetry/readings.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <sys/resource.h>
#include <unistd.h>

namespace binnacle::service {
namespace {

using Shards = std::vector<const ShardMetrics*>;

/// Adds one recorder of every shard; empty count if none has recorded.
template <typename Select>
HistogramReading mergeRecorders(const Shards& shards, const Select& select) {
    HistogramReading reading;
    for (const ShardMetrics* shard : shards) {
        const LatencyRecorder::Cells* cells = select(*shard).cells();
        if (cells == nullptr) {
            continue;
        }
        reading.cells.resize(LatencyHistogram::kCellCount);
        for (std::size_t i = 0; i < LatencyHistogram::kCellCount; ++i) {
            const std::uint64_t count = cells->counts[i].load(std::memory_order_relaxed);
            reading.cells[i] += count;
            reading.count += count;
        }
        reading.sumNs += cells->sumNs.load(std::memory_order_relaxed);
    }
    return reading;
}

template <typename Select>
double sumOf(const Shards& shards, const Select& select) {
    double sum = 0;
    for (const ShardMetrics* shard : shards) {
        sum += static_cast<double>(std::invoke(select, *shard).value());
    }
    return sum;
}

/// A dependency is up when every shard reaches it.
template <typename Select>
double leastOf(const Shards& shards, const Select& select) {
    std::int64_t least = 1;
    for (const ShardMetrics* shard : shards) {
        least = std::min(least, std::invoke(select, *shard).value());
    }
    return static_cast<double>(least);
}

double cpuSeconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double residentBytes() {
    long total = 0;
    long resident = 0;
    if (FILE* file = std::fopen("/proc/self/statm", "re"); file != nullptr) {
        if (std::fscanf(file, "%ld %ld", &total, &resident) != 2) {
            resident = 0;
        }
        std::fclose(file);
    }
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

void readRequests(InstanceReadings& readings, const Shards& shards) {
    for (std::size_t route = 0; route < kRouteCount; ++route) {
        const LabelText routeText{"route", routeLabel(static_cast<Route>(route))};
        double errors = 0;
        bool used = false;
        for (std::size_t statusClass = 0; statusClass < kStatusClasses.size(); ++statusClass) {
            auto latency = mergeRecorders(shards, [&](const ShardMetrics& shard) -> const LatencyRecorder& {
                return shard.latency[route][statusClass];
            });
            if (latency.count == 0) {
                continue;
            }
            used = true;
            const auto count = static_cast<double>(latency.count);
            latency.id = "service.http.latency";
            latency.labels = {routeText, LabelText{"status_class", kStatusClasses[statusClass]}};
            readings.counters.push_back({"service.http.requests", latency.labels, count});
            errors += statusClass == kServerErrorClass ? count : 0;
            readings.histograms.push_back(std::move(latency));
        }
        if (used) {
            readings.counters.push_back({"service.http.errors", {routeText}, errors});
        }
        const auto degraded = [=](const ShardMetrics& shard) -> const Counter& { return shard.degraded[route]; };
        if (const double count = sumOf(shards, degraded); count > 0) {
            readings.counters.push_back({"service.http.degraded", {routeText}, count});
        }
    }
}

void readCache(InstanceReadings& readings, const Shards& shards) {
    constexpr LabelText kLevel{"level", "l2"};
    for (const Route route : {Route::GetProject, Route::GetTask, Route::Dashboard, Route::Suggestions}) {
        const auto index = static_cast<std::size_t>(route);
        const LabelPair labels{kLevel, LabelText{"route", routeLabel(route)}};
        const auto hits = [=](const ShardMetrics& shard) -> const Counter& { return shard.cacheHits[index]; };
        const auto misses = [=](const ShardMetrics& shard) -> const Counter& { return shard.cacheMisses[index]; };
        readings.counters.push_back({"cache.hits", labels, sumOf(shards, hits)});
        readings.counters.push_back({"cache.misses", labels, sumOf(shards, misses)});
    }
    readings.counters.push_back({"cache.errors", {kLevel}, sumOf(shards, &ShardMetrics::cacheErrors)});
    readings.counters.push_back({"cache.invalidations", {kLevel}, sumOf(shards, &ShardMetrics::cacheInvalidations)});
}

void readDatabase(InstanceReadings& readings, const Shards& shards) {
    readings.counters.push_back({"pool.app.acquired", {}, sumOf(shards, &ShardMetrics::poolAcquired)});
    readings.counters.push_back({"pool.app.timeouts", {}, sumOf(shards, &ShardMetrics::poolTimeouts)});
    readings.counters.push_back({"db.errors", {}, sumOf(shards, &ShardMetrics::databaseErrors)});
    if (auto wait = mergeRecorders(shards, std::mem_fn(&ShardMetrics::poolWait)); wait.count != 0) {
        wait.id = "pool.app.wait";
        readings.histograms.push_back(std::move(wait));
    }
    for (std::size_t i = 0; i < kStatementCount; ++i) {
        auto query =
            mergeRecorders(shards, [=](const ShardMetrics& shard) -> const LatencyRecorder& { return shard.query[i]; });
        if (query.count != 0) {
            query.id = "db.query";
            query.labels = {LabelText{"statement", statementName(static_cast<Statement>(i))}};
            readings.histograms.push_back(std::move(query));
        }
    }
}

/// Always there, so that "no fault" is a reading, too.
void readFault(InstanceReadings& readings, const FaultKnob& knob) {
    const Fault fault = knob.at(std::chrono::steady_clock::now());
    readings.counters.push_back({"service.fault.injected", {}, static_cast<double>(knob.injected())});
    readings.gauges.push_back({"service.fault.error_share", {}, fault.errorPercent / 100.0});
    readings.gauges.push_back({"service.fault.latency_seconds", {}, static_cast<double>(fault.latency.count()) / 1e3});
}

void readGauges(InstanceReadings& readings, const Shards& shards, const Degradation& degradation) {
    auto& gauges = readings.gauges;
    gauges.push_back({"service.http.in_flight", {}, sumOf(shards, &ShardMetrics::inFlight)});
    gauges.push_back({"pool.app.in_use", {}, sumOf(shards, &ShardMetrics::poolInUse)});
    gauges.push_back({"pool.app.idle", {}, sumOf(shards, &ShardMetrics::poolIdle)});
    gauges.push_back({"pool.app.waiting", {}, sumOf(shards, &ShardMetrics::poolWaiting)});
    gauges.push_back({"pool.app.size", {}, sumOf(shards, &ShardMetrics::poolSize)});
    gauges.push_back({"degradation.level", {}, static_cast<double>(degradation.level())});
    gauges.push_back({"degradation.generation", {}, static_cast<double>(degradation.generation())});
    gauges.push_back({"process.rss_bytes", {}, residentBytes()});
    gauges.push_back(
        {"dependency.up", {LabelText{"dependency", "postgres"}}, leastOf(shards, &ShardMetrics::postgresUp)});
    gauges.push_back({"dependency.up", {LabelText{"dependency", "redis"}}, leastOf(shards, &ShardMetrics::redisUp)});
}

} // namespace

std::vector<StatementReading> readStatements(const Shards& shards) {
    std::vector<StatementReading> readings;
    for (std::size_t route = 0; route < static_cast<std::size_t>(Route::Other); ++route) {
        for (std::size_t statement = 0; statement < kStatementCount; ++statement) {
            StatementReading reading{static_cast<Route>(route), static_cast<Statement>(statement)};
            for (const ShardMetrics* shard : shards) {
                const StatementUse& use = shard->statementsOf[route][statement];
                reading.calls += use.calls.value();
                reading.timeNs += use.timeNs.value();
            }
            if (reading.calls > 0) {
                readings.push_back(reading);
            }
        }
    }
    return readings;
}

InstanceReadings readInstance(const Shards& shards, const Degradation& degradation, const FaultKnob& fault) {
    InstanceReadings readings;
    readRequests(readings, shards);
    for (std::size_t i = 0; i < kShedReasons.size(); ++i) {
        const auto shed = [=](const ShardMetrics& shard) -> const Counter& { return shard.shed[i]; };
        readings.counters.push_back({"service.shed", {LabelText{"reason", kShedReasons[i]}}, sumOf(shards, shed)});
    }
    readCache(readings, shards);
    readDatabase(readings, shards);
    readings.counters.push_back({"process.cpu_seconds", {}, cpuSeconds()});
    readGauges(readings, shards, degradation);
    readFault(readings, fault);
    return readings;
}

} // namespace binnacle::service
