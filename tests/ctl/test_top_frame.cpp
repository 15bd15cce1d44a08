// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/plain_text.h"
#include "backend/ctl/top_frame.h"

#include <QTest>
#include <algorithm>

using namespace binnacle;
using namespace binnacle::ctl;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};

StackStatus stack() {
    StackStatus status;
    status.state = "running";
    status.stateDir = "/var/lib/binnacle";
    status.endpoints.haproxyRead = status.endpoints.redis = status.endpoints.pgbouncer = "x";
    status.endpoints.postgresPrimary = "x";
    status.endpoints.postgresReplicas = {"x", "x"};
    status.endpoints.instances = {{"app-1", "stable", "1.0.0", {}, {}, {}}, {"app-3", "canary", "1.0.0", {}, {}, {}}};
    return status;
}

SourceUpdate update(const char* source, SteadyTime at, std::vector<Reading> readings) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->header.source = source;
    snapshot->header.epoch = "e";
    snapshot->header.steadyAt = at;
    snapshot->header.sequence = static_cast<std::uint64_t>((at - kStart) / 500ms) + 1;
    snapshot->readings = std::move(readings);
    snapshot->sort();
    return {source, 500ms, kStart, snapshot, std::nullopt};
}

/// Five seconds of 20 requests/s of one millisecond on app-1.
void feed(SignalStore& store) {
    const Labels instance{{"instance", "app-1"}, {"role", "stable"}, {"version", "1.0.0"}};
    auto route = instance;
    route.set("route", "GET /v1/projects");
    route.set("status_class", "2xx");
    for (int i = 0; i <= 10; ++i) {
        LatencyHistogram latency;
        latency.recordMany(1'000'000, static_cast<std::uint64_t>(i) * 10);
        store.apply(update("service/app-1", kStart + i * 500ms,
                           {counter("service.http.requests", route, i * 10.0),
                            histogram("service.http.latency", route, latency), gauge("pool.app.in_use", instance, 3),
                            gauge("pool.app.size", instance, 5), gauge("pool.app.waiting", instance, 0),
                            gauge("degradation.level", instance, 0)}));
    }
}

std::string drawn(const SignalStore& store, SteadyTime now, std::size_t columns = 80, std::size_t rows = 24) {
    return plainFrame(topFrame({store, stack(), std::nullopt, now, "22:44:13 UTC", {}}, columns, rows));
}

bool holds(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestTopFrame : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsTheRequestPathWithFigures() {
        SignalStore store;
        feed(store);
        const auto text = drawn(store, kStart + 5s);
        QVERIFY2(holds(text, "Requests 20 /s"), text.c_str());
        QVERIFY2(holds(text, "p50 1 ms"), text.c_str());
        QVERIFY2(holds(text, "pool 3 of 5, 0 waiting"), text.c_str());
        QVERIFY2(holds(text, "GET /v1/projects"), text.c_str());
        QVERIFY2(holds(text, "not read yet"), text.c_str()); // Redis and the others
    }
    void aLostSourceShowsNoFigures() {
        SignalStore store;
        feed(store);
        auto lost = *store.source("service/app-1");
        lost.failure = SourceFailure{{ErrorCode::Refused, "nothing listens there"}, kStart + 5s, {}, 1, kStart + 6s};
        store.apply(lost);
        const auto text = drawn(store, kStart + 6s);
        QVERIFY2(holds(text, "app-1 stable  lost    nothing listens there"), text.c_str());
        QVERIFY2(!holds(text, "pool 3 of 5"), text.c_str());
        QVERIFY2(holds(text, "Requests \u2014"), text.c_str());
    }
    void aSourceThatFellSilentTurnsLateWithItsAge() {
        SignalStore store;
        feed(store);
        QVERIFY(holds(drawn(store, kStart + 7s), "late"));
        QVERIFY(holds(drawn(store, kStart + 7s), "2.0 s"));
        QVERIFY(!holds(drawn(store, kStart + 20s), "live"));
    }
    void fitsEveryTerminal() {
        SignalStore store;
        feed(store);
        for (const auto& [columns, rows] :
             {std::pair(80U, 24U), std::pair(200U, 60U), std::pair(60U, 12U), std::pair(20U, 3U), std::pair(1U, 1U)}) {
            const auto frame = topFrame({store, stack(), std::nullopt, kStart + 5s, "22:44:13 UTC", {}}, columns, rows);
            QVERIFY(frame.size() <= rows);
            for (const auto& line : frame) {
                std::size_t used = 0;
                for (const auto& span : line) {
                    used += columnsOf(span.text);
                }
                QVERIFY(used <= columns);
            }
        }
    }
    void hostileTextStaysOnItsLine() {
        SignalStore store;
        auto bad = update("redis", kStart, {});
        bad.snapshot.reset();
        bad.failure = SourceFailure{{ErrorCode::Protocol, "\x1b[2Jevil\n\xff"}, kStart, {}, 1, kStart};
        store.apply(bad);
        const auto text = drawn(store, kStart + 1s);
        QVERIFY(!holds(text, "\x1b"));
        QVERIFY(holds(text, "?[2Jevil??"));
    }
    void tellsWhenTheSupervisorIsLostOrStarting() {
        const SignalStore store;
        auto status = stack();
        QVERIFY(holds(plainFrame(topFrame({store, status, "gone", kStart, "", {}}, 80, 24)), "supervisor lost"));
        status.state = "starting";
        status.step = "PostgreSQL: copying replica 2";
        QVERIFY(holds(plainFrame(topFrame({store, status, std::nullopt, kStart, "", {}}, 80, 24)),
                      "starting: PostgreSQL: copying replica 2"));
        QVERIFY(holds(plainFrame(topFrame({store, status, std::nullopt, kStart, "", "0:42"}, 80, 24)),
                      "PAUSED 0:42 behind"));
    }
};

QTEST_APPLESS_MAIN(TestTopFrame)
#include "test_top_frame.moc"
