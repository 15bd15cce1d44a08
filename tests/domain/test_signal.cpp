// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/signal.h"

#include <QTest>
#include <algorithm>

using namespace binnacle;

class TestSignal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCatalogueIsSortedAndUnique() {
        const auto catalogue = signalCatalogue();
        QVERIFY(std::ranges::adjacent_find(catalogue, [](const Signal& a, const Signal& b) { return a.id >= b.id; }) ==
                catalogue.end());
    }
    void everySignalHasATitleAndAUnit() {
        for (const auto& signal : signalCatalogue()) {
            QVERIFY(!signal.title.empty());
            QVERIFY(!signal.unit.empty());
            QCOMPARE(findSignal(signal.id), &signal);
        }
    }
    void anUnknownIdIsNotFound() {
        QVERIFY(findSignal("no.such.signal") == nullptr);
        QVERIFY(findSignal("") == nullptr);
        QVERIFY(findSignal("zzz") == nullptr);
    }
    void theIdsThatScriptsRelyOnExist() {
        for (const char* id :
             {"service.http.latency", "service.http.requests", "service.http.errors", "cache.hit_ratio",
              "postgres.replication.lag_seconds", "postgres.replication.lag_bytes", "pool.app.in_use",
              "pool.app.waiting", "pgbouncer.clients_waiting", "pgbouncer.servers_active", "postgres.deadlocks",
              "degradation.level", "canary.share_percent"}) {
            QVERIFY2(findSignal(id) != nullptr, id);
        }
    }
};

QTEST_APPLESS_MAIN(TestSignal)
#include "test_signal.moc"
