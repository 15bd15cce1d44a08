// SPDX-License-Identifier: GPL-3.0-or-later
// The faults of today's tools, each shown absent by a test. Here are those that concern the way of a value from a
// reading to a display; the others are shown where they could arise:
//  1 sessions by identity        here, and test_actions (the fingerprint of an act)
//  2 rates by their own time     here, and test_rate
//  3 a bounded lock view         the tests of the PostgreSQL collector
//  4 windowed ratios             here, and test_windows
//  5 cells that add up           test_plots
//  6 a pause that loses nothing  test_console
//  7 monitors that do no harm    test_cut_network, test_collector_runner
//  8 no old value as live        here, test_top_frame, test_snapshot_document
//  9 named targets               test_console_actions
// 10 requested is not done       test_action_engine
#include "backend/collectors/windowed_ratio.h"
#include "backend/domain/snapshot_table.h"
#include "backend/history/signal_store.h"

#include <QTest>
#include <cmath>
#include <rapidcheck.h>

using namespace binnacle;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};
constexpr milliseconds kInterval{500};
const SeriesKey kRequests{"service.http.requests", {{"route", "GET /v1/projects"}}};

/// What happened between two looks at a source.
struct Step {
    int elapsedMs = 500; ///< on the sender's clock: passes jitter, and looks are missed
    int readerLateMs = 0;
    unsigned requests = 0;
    bool restarted = false; ///< the source began anew: its counter from zero, with another epoch
    bool toldClock = true;
};

SourceUpdate updateOf(Snapshot snapshot) {
    SourceUpdate update;
    update.source = snapshot.header.source;
    update.interval = kInterval;
    update.startedAt = kStart;
    snapshot.sort();
    update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    return update;
}

Snapshot counted(SteadyTime at, std::string epoch, double value) {
    Snapshot snapshot;
    snapshot.header.source = "service/app-1";
    snapshot.header.steadyAt = at;
    snapshot.header.epoch = std::move(epoch);
    snapshot.readings.push_back(counter(kRequests.id, kRequests.labels, value));
    return snapshot;
}

} // namespace

template <>
struct rc::Arbitrary<Step> {
    static Gen<Step> arbitrary() {
        return gen::build<Step>(gen::set(&Step::elapsedMs, gen::inRange(1, 3000)),
                                gen::set(&Step::readerLateMs, gen::inRange(0, 400)),
                                gen::set(&Step::requests, gen::inRange(0U, 100'000U)),
                                gen::set(&Step::restarted, gen::map(gen::inRange(0, 8), [](int i) { return i == 0; })),
                                gen::set(&Step::toldClock));
    }
};

class TestTenFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReusedPidIsAnotherSession() {
        const auto* const spec = findTable("postgres.sessions");
        QVERIFY(spec != nullptr);
        const auto isKey = [&](const char* column) {
            const auto index = spec->column(column);
            return index && *index < spec->keyColumns;
        };
        QVERIFY(isKey("pid"));
        QVERIFY(isKey("backend_start"));
        const auto session = [&](const char* began) {
            std::vector<TableCell> cells(spec->columns.size());
            cells[spec->column("pid").value()] = 4711.0;
            cells[spec->column("backend_start").value()] = std::string(began);
            return cells;
        };
        SnapshotTable table(*spec);
        table.add(session("2026-11-25 10:00:00.000001+00"));
        const auto other = session("2026-11-25 10:00:00.000002+00");
        QVERIFY(!table.find(std::span(other).first(spec->keyColumns)));
        table.add(other);
        QCOMPARE(table.find(std::span(other).first(spec->keyColumns)).value(), std::size_t{1});
    }

    void aRateIsOfItsOwnTimeOverResetsJitterAndMissedLooks() {
        const bool holds = rc::check("rates", [](const std::vector<Step>& steps) {
            SignalStore store;
            store.apply(updateOf(counted(kStart, "0", 0)));
            double total = 0;
            double shown = 0;     // what the rates say happened
            double countable = 0; // what happened between two looks at one life of the source
            int epoch = 0;
            auto at = kStart;
            auto sender = 0ns;
            bool told = false;
            for (const auto& step : steps) {
                if (step.restarted) {
                    ++epoch;
                    total = 0;
                }
                total += step.requests;
                sender += milliseconds(step.elapsedMs);
                auto next = counted(kStart + sender + milliseconds(step.readerLateMs), std::to_string(epoch), total);
                if (next.header.steadyAt <= at) {
                    next.header.steadyAt = at + 1ms;
                }
                if (step.toldClock) {
                    next.header.senderMonotonic = sender;
                }
                const double seconds =
                    step.toldClock && told ? step.elapsedMs / 1000.0 : toSeconds(next.header.steadyAt - at);
                at = next.header.steadyAt;
                told = step.toldClock;
                store.apply(updateOf(std::move(next)));
                const auto* const entry = store.find("service/app-1", kRequests);
                RC_ASSERT(entry != nullptr);
                // A restart has no rate: neither a fall below zero nor the new life's whole count as one jump.
                RC_ASSERT(entry->value.has_value() == !step.restarted);
                if (entry->value) {
                    RC_ASSERT(*entry->value >= 0);
                    RC_ASSERT(std::abs(*entry->value * seconds - step.requests) <= 1e-6 * (1 + step.requests));
                    shown += *entry->value * seconds;
                    countable += step.requests;
                }
            }
            RC_ASSERT(std::abs(shown - countable) <= 1e-6 * (1 + countable));
        });
        QVERIFY(holds);
    }
    void aLookThatWasMissedLosesNoEvent() {
        // Newest wins between a collector and a display: the next look spans what the missed ones would have told.
        const bool holds = rc::check("missed looks", [](const std::vector<std::pair<Step, bool>>& steps) {
            SignalStore store;
            store.apply(updateOf(counted(kStart, "0", 0)));
            double total = 0;
            double shown = 0;
            auto at = kStart;
            auto seenAt = kStart;
            for (const auto& [step, missed] : steps) {
                total += step.requests;
                at += milliseconds(step.elapsedMs);
                if (missed) {
                    continue;
                }
                store.apply(updateOf(counted(at, "0", total)));
                shown += store.find("service/app-1", kRequests)->value.value() * toSeconds(at - seenAt);
                seenAt = at;
            }
            const auto* const entry = store.find("service/app-1", kRequests);
            RC_ASSERT(std::abs(shown - entry->cumulative.value()) <= 1e-6 * (1 + shown));
        });
        QVERIFY(holds);
    }

    void aRatioIsOfItsWindowAlone() {
        const bool holds = rc::check("ratios", [](const std::vector<std::pair<unsigned char, unsigned char>>& looks) {
            constexpr auto window = 10s;
            WindowedRatio ratio(window);
            // Years of hits before the window must not hide what happens in it.
            std::vector<std::pair<double, double>> counted{{1e12, 1e6}};
            ratio.update(kStart, counted.back().first, counted.back().second);
            for (const auto& [hits, misses] : looks) {
                counted.emplace_back(counted.back().first + hits, counted.back().second + misses);
                ratio.update(kStart + static_cast<int>(counted.size() - 1) * 1s, counted.back().first,
                             counted.back().second);
            }
            const auto base = counted.size() > 11 ? counted.size() - 11 : 0;
            const double hits = counted.back().first - counted[base].first;
            const double lookups = hits + counted.back().second - counted[base].second;
            RC_ASSERT(ratio.value().has_value() == (lookups > 0));
            if (ratio.value()) {
                RC_ASSERT(std::abs(*ratio.value() - hits / lookups) < 1e-9);
            }
        });
        QVERIFY(holds);
    }

    void noLastValueForEver() {
        SignalStore store;
        store.apply(updateOf(counted(kStart, "a", 0)));
        store.apply(updateOf(counted(kStart + 500ms, "a", 21'000)));
        const auto now = kStart + 500ms;
        const auto& update = *store.source("service/app-1");
        QCOMPARE(freshnessOf(update, now + 400ms), Freshness::Fresh);
        QCOMPARE(freshnessOf(update, now + 1100ms), Freshness::Late);
        QCOMPARE(freshnessOf(update, now + 5100ms), Freshness::Lost);
    }
    void aSilenceCutsTheLine() {
        SignalStore store;
        for (int i = 0; i < 3; ++i) {
            store.apply(updateOf(counted(kStart + i * 500ms, "a", i * 100.0)));
        }
        store.apply(updateOf(counted(kStart + 30s, "a", 5000)));
        const auto* const entry = store.find("service/app-1", kRequests);
        QVERIFY(!entry->series.at(kStart + 20s)); // a crosshair in the silence finds nothing
        const auto columns = entry->series.columns(kStart, kStart + 31s, 31);
        QVERIFY(columns.back().present && columns.back().gapBefore);
    }
};

QTEST_GUILESS_MAIN(TestTenFaults)
#include "test_ten_faults.moc"
