// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/instance_probe.h"
#include "tests/control/control_fakes.h"

#include <atomic>

namespace binnacle::control::test {

/// An instance whose counters the test makes grow.
class FakeInstance {
public:
    std::string name = "app-1";
    std::string version = "1";
    std::string epoch = "e1";
    std::chrono::microseconds monotonic{std::chrono::hours(2)};
    std::map<std::string, LatencyHistogram> latency; ///< 2xx, by route
    std::map<std::string, LatencyHistogram> errors;  ///< 5xx, by route
    std::map<std::string, double> degraded;
    std::map<std::string, LatencyHistogram> queries; ///< by statement
    UserReading users;
    std::vector<FeatureReading> features;
    bool answers = true;

    void request(const std::string& route, std::chrono::microseconds took, std::uint64_t count = 1) {
        latency[route].recordMany(std::chrono::nanoseconds(took).count(), count);
    }
    void fail(const std::string& route, std::uint64_t count = 1) { errors[route].recordMany(1'000'000, count); }
    void query(const std::string& statement, std::chrono::microseconds took, std::uint64_t count = 1) {
        queries[statement].recordMany(std::chrono::nanoseconds(took).count(), count);
    }
    /// A new process: its counters begin at zero.
    void restart() {
        epoch += "'";
        latency.clear();
        errors.clear();
        degraded.clear();
        queries.clear();
    }
    [[nodiscard]] TelemetryDocument document() const {
        TelemetryDocument told;
        told.instance = name;
        told.version = version;
        told.epoch = epoch;
        told.monotonic = monotonic;
        for (const auto& [route, values] : latency) {
            told.readings.push_back(
                histogram("service.http.latency", {{"route", route}, {"status_class", "2xx"}}, values));
        }
        for (const auto& [route, values] : errors) {
            told.readings.push_back(
                histogram("service.http.latency", {{"route", route}, {"status_class", "5xx"}}, values));
        }
        for (const auto& [route, count] : degraded) {
            told.readings.push_back(counter("service.http.degraded", {{"route", route}}, count));
        }
        for (const auto& [statement, values] : queries) {
            told.readings.push_back(histogram("db.query", {{"statement", statement}}, values));
        }
        return told;
    }
};

/// Asks a FakeInstance.
class FakeProbe final : public InstanceProbe {
public:
    explicit FakeProbe(FakeInstance& instance)
        : m_instance(instance) {}
    [[nodiscard]] Result<TelemetryDocument> telemetry(SteadyTime) override {
        return m_instance.answers ? Result<TelemetryDocument>(m_instance.document())
                                  : fail(ErrorCode::Timeout, "no answer in time");
    }
    [[nodiscard]] Result<std::vector<FeatureReading>> features(SteadyTime) override { return m_instance.features; }
    [[nodiscard]] Result<UserReading> users(std::chrono::seconds window, SteadyTime) override {
        auto reading = m_instance.users;
        reading.covered = window;
        windows.push_back(window);
        return reading;
    }
    std::vector<std::chrono::seconds> windows; ///< that were asked for

private:
    FakeInstance& m_instance;
};

inline std::vector<FeatureReading> twoFeatures() {
    FeatureReading analytics;
    analytics.view = {"analytics", "Dashboard analytics", {"GET /v1/dashboard"}, 1, "no analytics", {}, {}};
    analytics.statements = {"dashboard_analytics"};
    FeatureReading suggestions;
    suggestions.view = {
        "suggestions", "Search suggestions", {"GET /v1/search/suggestions"}, 2, "an empty list", {}, {}};
    suggestions.statements = {"suggest_projects", "suggest_tasks"};
    return {analytics, suggestions};
}

} // namespace binnacle::control::test
