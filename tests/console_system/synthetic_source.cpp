// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console_system/synthetic_source.h"

#include <random>
#include <utility>
#include <vector>

namespace binnacle::test {

namespace {

constexpr int kRoutes = 200;
constexpr int kRequestsPerPass = 5; ///< of each route
static_assert(kRoutes * 5 == kEventsPerPass);

class SyntheticCollector final : public Collector {
public:
    std::string source() const override { return kSyntheticSource; }
    std::string target() const override { return "here"; }
    std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(100); }

    Result<Snapshot> collect(SteadyTime) override {
        Snapshot snapshot;
        snapshot.header.epoch = "synthetic";
        m_requests += kRequestsPerPass;
        std::lognormal_distribution<double> latency(-5.5, 0.8); // around 4 ms
        for (int i = 0; i < kRoutes; ++i) {
            auto& histogram = m_latencies[static_cast<std::size_t>(i)];
            for (int request = 0; request < kRequestsPerPass; ++request) {
                histogram.record(std::chrono::nanoseconds(static_cast<std::int64_t>(latency(m_random) * 1e9)));
            }
            Labels labels{{"instance", "synthetic"}, {"role", "stable"}, {"version", "1.0.0"}};
            labels.set("route", "GET /v1/synthetic/" + std::to_string(i));
            auto failed = labels;
            auto cached = labels;
            labels.set("status_class", "2xx");
            failed.set("status_class", "5xx");
            cached.set("level", "l2");
            auto& out = snapshot.readings;
            out.push_back(counter("service.http.requests", labels, m_requests));
            out.push_back(counter("service.http.requests", failed, m_requests / 50));
            out.push_back(counter("cache.hits", cached, m_requests * 0.9));
            out.push_back(counter("cache.misses", cached, m_requests * 0.1));
            out.push_back(binnacle::histogram("service.http.latency", labels, histogram));
        }
        snapshot.sort();
        return snapshot;
    }

private:
    double m_requests = 0;
    std::vector<LatencyHistogram> m_latencies = std::vector<LatencyHistogram>(kRoutes);
    std::mt19937 m_random{5};
};

class LinkBeside final : public app::StackLink {
public:
    explicit LinkBeside(std::unique_ptr<app::StackLink> link)
        : m_link(std::move(link)) {}

    Result<StackStatus> status(SteadyTime deadline) override { return m_link->status(deadline); }
    Result<void> startComponent(std::string_view name, SteadyTime deadline) override {
        return m_link->startComponent(name, deadline);
    }
    Result<void> stopComponent(std::string_view name, SteadyTime deadline) override {
        return m_link->stopComponent(name, deadline);
    }
    Result<void> down(SteadyTime deadline) override { return m_link->down(deadline); }
    std::vector<std::unique_ptr<Collector>> collectors(const StackStatus& status) override {
        auto all = m_link->collectors(status);
        all.push_back(std::make_unique<SyntheticCollector>());
        return all;
    }
    std::shared_ptr<app::PlanSource> plans() override { return m_link->plans(); }

private:
    std::unique_ptr<app::StackLink> m_link;
};

} // namespace

std::unique_ptr<app::StackLink> withSyntheticSource(std::unique_ptr<app::StackLink> link) {
    return std::make_unique<LinkBeside>(std::move(link));
}

} // namespace binnacle::test
