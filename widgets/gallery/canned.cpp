// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/canned.h"

#include <cmath>
#include <random>

namespace binnacle::canned {

using namespace std::chrono_literals;

SteadyTime now() {
    return SteadyTime{100000s + 8s};
}

UtcTime utcNow() {
    return UtcTime{std::chrono::sys_days{std::chrono::November / 19 / 2026} + 14h + 12min + 8s};
}

double noise(int step, int seed) {
    auto bits = static_cast<std::uint32_t>(step) * 2654435761U + static_cast<std::uint32_t>(seed) * 40503U;
    bits ^= bits >> 15;
    bits *= 2246822519U;
    bits ^= bits >> 13;
    return static_cast<double>(bits % 20001) / 10000.0 - 1.0;
}

Series series(std::chrono::seconds span, std::chrono::milliseconds every,
              const std::function<double(double, int)>& value) {
    Series out({20000, 720, 10s});
    int step = 0;
    for (auto at = now() - span; at <= now(); at += every, ++step) {
        out.append(at, value(toSeconds(at - now()), step));
    }
    return out;
}

double ramp(double seconds, double at, double width) {
    return 1 / (1 + std::exp(-(seconds - at) / width * 4));
}

LatencyHistogram latencies(int count, double hump, int seed) {
    LatencyHistogram out;
    std::mt19937 random(static_cast<std::uint32_t>(seed));
    const auto normal = [&random] {
        // Box-Muller with a fixed generator: the same on every system.
        const double a = (random() + 1.0) / 4294967297.0;
        const double b = random() / 4294967296.0;
        return std::sqrt(-2 * std::log(a)) * std::cos(6.283185307179586 * b);
    };
    for (int i = 0; i < count; ++i) {
        const double pick = random() / 4294967296.0;
        double ms = 0;
        if (pick < hump) {
            ms = 330 * std::exp(normal() * 0.42);
        } else if (pick < hump + 0.27) {
            ms = 14 * std::exp(normal() * 0.5);
        } else if (pick < hump + 0.42) {
            ms = 48 * std::exp(normal() * 0.5);
        } else {
            ms = 6.2 * std::exp(normal() * 0.34);
        }
        out.record(std::chrono::nanoseconds(static_cast<std::int64_t>(ms * 1e6)));
    }
    return out;
}

std::vector<ChartEvent> events() {
    const auto at = [](std::chrono::seconds before) { return now() - before; };
    return {{at(13min + 50s), QStringLiteral("Backfill run 6 started"), ChartEvent::Kind::Automatic},
            {at(9min + 16s), QStringLiteral("Reads leave replica 2"), ChartEvent::Kind::Automatic},
            {at(5min + 20s), QStringLiteral("Alert: burn 14.4\u00d7"), ChartEvent::Kind::CriticalAlert},
            {at(2min + 38s), QStringLiteral("Level 1"), ChartEvent::Kind::Operator}};
}

RequestPath requestPath() {
    const auto live = [](std::chrono::milliseconds age) {
        PanelStatus status;
        status.state = PanelState::Live;
        status.age = age;
        return status;
    };
    RequestPath path;
    const auto thin = QStringLiteral("1\u2009842");
    path.nodes = {
        {QStringLiteral("clients"),
         HopKind::Clients,
         QStringLiteral("Clients"),
         {thin, QStringLiteral("req/s")},
         {},
         QStringLiteral("1\u2009204 connections"),
         {},
         Severity::Normal,
         Token::Ref,
         live(300ms)},
        {QStringLiteral("haproxy"),
         HopKind::LoadBalancer,
         QStringLiteral("HAProxy"),
         {QStringLiteral("0"), QStringLiteral("in queue")},
         {},
         QStringLiteral("retries 0.2/s"),
         0.3,
         Severity::Normal,
         Token::Ref,
         live(300ms)},
        {QStringLiteral("app-1"),
         HopKind::Instance,
         QStringLiteral("app-1 \u00b7 stable 2.7.4"),
         {QStringLiteral("37"), QStringLiteral("in flight")},
         QStringLiteral("CPU 54 %"),
         {},
         0.54,
         Severity::Normal,
         Token::Ref,
         live(200ms)},
        {QStringLiteral("app-2"),
         HopKind::Instance,
         QStringLiteral("app-2 \u00b7 stable 2.7.4"),
         {QStringLiteral("38"), QStringLiteral("in flight")},
         QStringLiteral("CPU 56 %"),
         {},
         0.56,
         Severity::Normal,
         Token::Ref,
         live(200ms)},
        {QStringLiteral("app-3"),
         HopKind::Instance,
         QStringLiteral("app-3 \u00b7 canary 2.8.0"),
         {QStringLiteral("9"), QStringLiteral("in flight")},
         QStringLiteral("CPU 15 %"),
         {},
         0.15,
         Severity::Normal,
         Token::D4,
         live(200ms)},
        {QStringLiteral("pgbouncer"),
         HopKind::Pooler,
         QStringLiteral("pgBouncer"),
         {QStringLiteral("24"), QStringLiteral("of 24 servers busy")},
         {},
         QStringLiteral("6 clients wait, max 61 ms"),
         1.0,
         Severity::Caution,
         Token::Ref,
         live(400ms)},
        {QStringLiteral("redis"),
         HopKind::Cache,
         QStringLiteral("Redis"),
         {QStringLiteral("92.4"), QStringLiteral("% of reads hit")},
         {},
         QStringLiteral("0 evictions, 211 of 512 MB"),
         0.41,
         Severity::Normal,
         Token::Ref,
         live(200ms)},
        {QStringLiteral("primary"),
         HopKind::Primary,
         QStringLiteral("PostgreSQL primary"),
         {QStringLiteral("612"), QStringLiteral("tx/s")},
         {},
         QStringLiteral("reads +38 % since 14:02:52"),
         0.86,
         Severity::Caution,
         Token::Ref,
         live(600ms)},
        {QStringLiteral("replica-1"),
         HopKind::Replica,
         QStringLiteral("replica 1"),
         {QStringLiteral("540"), QStringLiteral("reads/s")},
         {},
         QStringLiteral("quorum 1 of 2 met"),
         0.62,
         Severity::Normal,
         Token::Ref,
         live(500ms)},
        {QStringLiteral("replica-2"),
         HopKind::Replica,
         QStringLiteral("replica 2"),
         {QStringLiteral("0"), QStringLiteral("reads/s")},
         {},
         QStringLiteral("replay waits for query 48213"),
         0.0,
         Severity::Critical,
         Token::Ref,
         live(700ms)},
    };
    const auto flow = [&path](const char* from, const char* to, double rate, const QString& label) {
        PathFlow out;
        out.from = QLatin1String(from);
        out.to = QLatin1String(to);
        out.perSecond = rate;
        out.label = label;
        path.flows.push_back(out);
    };
    flow("clients", "haproxy", 1842, thin + QStringLiteral("/s"));
    flow("haproxy", "app-1", 829, QStringLiteral("829/s"));
    flow("haproxy", "app-2", 829, QStringLiteral("829/s"));
    flow("haproxy", "app-3", 184, QStringLiteral("184/s"));
    for (const char* app : {"app-1", "app-2", "app-3"}) {
        flow(app, "pgbouncer", 390, {});
        flow(app, "redis", 700, QStringLiteral("4\u2009930/s"));
    }
    for (auto& item : path.flows) {
        if (item.to == QStringLiteral("pgbouncer")) {
            item.severity = Severity::Caution;
            item.waiting = 14;
            item.waitingLabel = QStringLiteral("14 waiting in app pools");
        }
    }
    flow("pgbouncer", "primary", 618, QStringLiteral("618/s"));
    flow("pgbouncer", "replica-1", 540, QStringLiteral("540/s"));
    flow("pgbouncer", "replica-2", 0, QStringLiteral("reads off"));
    path.flows.back().off = true;
    path.lags = {{QStringLiteral("replica-1"),
                  QStringLiteral("replay lag"),
                  {QStringLiteral("0.04"), QStringLiteral("s")},
                  {},
                  Severity::Normal},
                 {QStringLiteral("replica-2"),
                  QStringLiteral("replay lag, stopped"),
                  {QStringLiteral("9:28"), QStringLiteral("min")},
                  QStringLiteral("612 MB to replay"),
                  Severity::Critical}};
    for (auto& node : path.nodes) {
        node.worst = node.id == QLatin1String("replica-2");
    }
    return path;
}

} // namespace binnacle::canned
