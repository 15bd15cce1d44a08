// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/metrics_collector.h"
#include "tests/collectors/metrics_page.h"
#include "tests/collectors/snapshot_checks.h"

#include <QTest>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;

namespace {

const Labels kOwn{{"instance", "orders-1"}};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

} // namespace

class TestMetricsCollector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPageBecomesTheSignalsOfAService() {
        MetricsCollector collector("orders-1", {"http://localhost:1", {}});
        QCOMPARE(collector.source(), std::string("service/orders-1"));
        QCOMPARE(collector.target(), std::string("http://localhost:1/metrics"));
        const SteadyTime at(100s);
        auto snapshot = collector.read(kMetricsPage, at);
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        checkShape(*snapshot);
        QCOMPARE(snapshot->header.epoch, std::to_string(1700000000.0));
        const Labels route{{"instance", "orders-1"}, {"route", "GET /v1/orders"}, {"status_class", "2xx"}};
        QCOMPARE(valueOf(*snapshot, "service.http.requests", route), 12.0);
        const auto* const latency = snapshot->find("service.http.latency", route);
        QVERIFY(latency != nullptr && latency->histogram != nullptr);
        QCOMPARE(latency->histogram->count(), std::uint64_t{12});
        QCOMPARE(valueOf(*snapshot, "pool.app.in_use", kOwn), 3.0);
        const Labels level{{"instance", "orders-1"}, {"level", "l2"}};
        QCOMPARE(reasonOf(*snapshot, "cache.hit_ratio", level), std::string(kNoLookups));
        // Three hits and a miss later.
        const auto later =
            replaced(replaced(kMetricsPage, "binnacle_cache_hits_total{level=\"l2\"} 90",
                              "binnacle_cache_hits_total{level=\"l2\"} 93"),
                     "binnacle_cache_misses_total{level=\"l2\"} 10", "binnacle_cache_misses_total{level=\"l2\"} 11");
        snapshot = collector.read(later, at + 1s);
        QVERIFY(snapshot.has_value());
        QCOMPARE(valueOf(*snapshot, "cache.hit_ratio", level), 0.75);
        // A restart begins the window anew.
        snapshot = collector.read(replaced(later, "1700000000", "1700000500"), at + 2s);
        QVERIFY(snapshot.has_value());
        QCOMPARE(reasonOf(*snapshot, "cache.hit_ratio", level), std::string(kNoLookups));
    }

    void aPageOfSomethingElseSaysSo() {
        MetricsCollector collector("orders-1", {"http://localhost:1/other/page", {}});
        QCOMPARE(collector.target(), std::string("http://localhost:1/other/page"));
        const auto foreign = collector.read("go_goroutines 12\n", SteadyTime(1s));
        QVERIFY(!foreign && foreign.error().code == ErrorCode::NotFound);
        const auto page = collector.read("<html>not found</html>", SteadyTime(1s));
        QVERIFY(!page && page.error().code == ErrorCode::Protocol);
    }
};

QTEST_GUILESS_MAIN(TestMetricsCollector)
#include "test_metrics_collector.moc"
