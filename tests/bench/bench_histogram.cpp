// SPDX-License-Identifier: GPL-3.0-or-later
// What recording one latency, or one user, costs, apart from reading the clock. The service does it for every request
// and every hop, so it has to vanish beside the request itself: the aim is 15 ns.
#include "backend/domain/latency_histogram.h"
#ifdef BINNACLE_HAS_SERVICE
#include "backend/service/telemetry/recorders.h"
#include "backend/service/telemetry/user_ring.h"
#endif

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#ifdef BINNACLE_HAS_PROMETHEUS_CPP
#include <prometheus/histogram.h>
#endif
#include <xxhash.h>

namespace {

using binnacle::LatencyHistogram;

constexpr double kAimNs = 15.0;
constexpr double kFailNs = 4 * kAimNs; ///< beyond what a busy neighbour explains

/// Latencies as a service sees them: log-normal around 2 ms. Random, so that no branch or cell is learned by heart.
const std::array<std::int64_t, 4096>& latencies() {
    static const auto values = [] {
        std::mt19937_64 engine(1);
        std::lognormal_distribution<double> law(std::log(2e6), 0.8);
        std::array<std::int64_t, 4096> drawn{};
        for (auto& ns : drawn) {
            ns = static_cast<std::int64_t>(law(engine));
        }
        return drawn;
    }();
    return values;
}

template <typename Record>
void measure(benchmark::State& state, Record&& record) {
    const auto& values = latencies();
    std::size_t i = 0;
    for (auto _ : state) {
        record(values[i++ & 4095U]);
    }
}

void readClock(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(std::chrono::steady_clock::now());
    }
}
BENCHMARK(readClock);

void findBucket(benchmark::State& state) {
    measure(state, [](std::int64_t ns) { benchmark::DoNotOptimize(LatencyHistogram::bucketIndex(ns)); });
}
BENCHMARK(findBucket);

void recordInHistogram(benchmark::State& state) {
    LatencyHistogram histogram;
    measure(state, [&](std::int64_t ns) {
        histogram.record(std::chrono::nanoseconds(ns));
        benchmark::ClobberMemory();
    });
}
BENCHMARK(recordInHistogram);

#ifdef BINNACLE_HAS_SERVICE
void recordInService(benchmark::State& state) {
    const auto recorder = std::make_unique<binnacle::service::LatencyRecorder>();
    measure(state, [&](std::int64_t ns) {
        recorder->record(ns);
        benchmark::ClobberMemory();
    });
}
BENCHMARK(recordInService);

/// Ten thousand users, so that the sketch is at home in no cache line, hashed as the service hashes them.
void countUserInService(benchmark::State& state) {
    const auto ring = std::make_unique<binnacle::service::UserRing>();
    std::vector<std::string> names(10'000);
    for (std::size_t i = 0; i < names.size(); ++i) {
        names[i] = "user-" + std::to_string(i);
    }
    const auto now = std::chrono::steady_clock::now();
    std::size_t i = 0;
    for (auto _ : state) {
        const auto& name = names[i++ % names.size()];
        ring->add(XXH3_64bits(name.data(), name.size()), now);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(countUserInService);
#endif

#ifdef BINNACLE_HAS_PROMETHEUS_CPP
/// The usual alternative beside it, with the eleven buckets that Prometheus' clients have by default.
void observeInPrometheusCpp(benchmark::State& state) {
    prometheus::Histogram histogram({0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10});
    measure(state, [&](std::int64_t ns) {
        histogram.Observe(static_cast<double>(ns) * 1e-9);
        benchmark::ClobberMemory();
    });
}
BENCHMARK(observeInPrometheusCpp);

/// … and with as many as it would need for an error of one per cent.
void observeFinelyInPrometheusCpp(benchmark::State& state) {
    prometheus::Histogram::BucketBoundaries edges;
    for (std::size_t i = 0; i < LatencyHistogram::kBucketCount; ++i) {
        edges.push_back(static_cast<double>(LatencyHistogram::bucketHighNs(i)) * 1e-9);
    }
    prometheus::Histogram histogram(edges);
    measure(state, [&](std::int64_t ns) {
        histogram.Observe(static_cast<double>(ns) * 1e-9);
        benchmark::ClobberMemory();
    });
}
BENCHMARK(observeFinelyInPrometheusCpp);
#endif

/// Keeps the medians that the console reporter prints.
class MedianReporter : public benchmark::ConsoleReporter {
public:
    MedianReporter()
        : ConsoleReporter(OO_None) {}
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const auto& run : runs) {
            if (run.run_type == Run::RT_Aggregate && run.aggregate_name == "median") {
                medians[run.run_name.function_name] = run.GetAdjustedCPUTime();
            }
        }
    }
    std::map<std::string, double> medians;
};

} // namespace

int main(int argc, char** argv) {
    std::vector<char*> arguments(argv, argv + argc);
    std::string repetitions = "--benchmark_repetitions=9";
    std::string aggregates = "--benchmark_report_aggregates_only=true";
    std::string shortTime = "--benchmark_min_time=0.03";
    arguments.insert(arguments.begin() + 1, {repetitions.data(), aggregates.data()});
    for (auto& argument : arguments) {
        if (std::string_view(argument) == "--short") {
            argument = shortTime.data();
        }
    }
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) {
        return 2;
    }
    MedianReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    bool failed = false;
    for (const char* name : {"recordInHistogram", "recordInService", "countUserInService"}) {
        const auto found = reporter.medians.find(name);
        if (found == reporter.medians.end()) {
            continue;
        }
        const double ns = found->second;
        std::printf("verdict: %s takes %.1f ns (median of 9), aim %.0f ns: %s\n", name, ns, kAimNs,
                    ns <= kAimNs ? "met" : (ns <= kFailNs ? "missed" : "FAILED"));
        failed = failed || ns > kFailNs;
    }
    for (const char* name : {"observeInPrometheusCpp", "observeFinelyInPrometheusCpp"}) {
        if (const auto found = reporter.medians.find(name); found != reporter.medians.end()) {
            std::printf("beside it: %s takes %.1f ns, %.1f times recordInHistogram\n", name, found->second,
                        found->second / reporter.medians["recordInHistogram"]);
        }
    }
    return failed ? 1 : 0;
}
