// SPDX-License-Identifier: GPL-3.0-or-later
// Alerts by rules with hysteresis: when they are raised and cleared, what silence and acknowledgement do, and that
// nothing grows without an end.
#include "backend/history/alert_book.h"

#include <QTest>

#include <functional>
#include <map>
#include <set>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(30)};
constexpr UtcTime kUtc{std::chrono::seconds(1'800'000'000)};

void measureP99(const AlertInputs& in, std::vector<AlertMeasure>& out) {
    out.push_back({{}, "service/*", in.path.p99.live() ? in.path.p99.value : std::nullopt});
}

void measureReplicas(const AlertInputs& in, std::vector<AlertMeasure>& out) {
    for (const auto& replica : in.path.replicas) {
        out.push_back({replica.name, "postgres/primary", replica.lagSeconds});
    }
}

constexpr std::array kTwo = {
    AlertRule{"tail",
              "Tail",
              "Slow.",
              AlertSeverity::Caution,
              AlertUnit::Seconds,
              {10, 3s, 5, 4s, 100},
              "latency",
              &measureP99},
    AlertRule{"lag",
              "Lag",
              "Behind.",
              AlertSeverity::Critical,
              AlertUnit::Seconds,
              {10, 0s, 5, 2s},
              "database",
              &measureReplicas},
};

/// A book that is told a reading a second.
struct Watch {
    AlertBook book{kTwo};
    PathReading path{};
    BurnRates burn{};
    SteadyTime now = kStart;
    std::vector<AlertEvent> events{};

    void step(std::chrono::seconds by = 1s) {
        now += by;
        path.at = now;
        book.evaluate({path, burn, {}, nullptr}, now, utc());
        for (auto& event : book.takeEvents()) {
            events.push_back(std::move(event));
        }
    }
    /// Says this value of the tail for so many seconds; nothing: it is not known.
    void say(std::optional<double> value, int seconds = 1) {
        path.p99.value = value;
        path.p99.state = SourceState::Live;
        for (int i = 0; i < seconds; ++i) {
            step();
        }
    }
    [[nodiscard]] UtcTime utc() const { return kUtc + std::chrono::round<std::chrono::seconds>(now - kStart); }
    [[nodiscard]] const Alert* tail() const { return book.find({"tail", ""}); }
    [[nodiscard]] int count(AlertEvent::Kind kind) const {
        return static_cast<int>(std::ranges::count(events, kind, &AlertEvent::kind));
    }
};

Figure live(double value) {
    Figure figure;
    figure.value = value;
    figure.source = "service/*";
    figure.state = SourceState::Live;
    return figure;
}

/// A place where all is well.
PathReading calm() {
    PathReading path;
    path.errorShare = live(0);
    path.p99 = live(0.1);
    path.proxyQueue = path.poolWaiting = path.bouncerWaiting = path.lockWaits = path.deadlocks = live(0);
    path.hitRatio = live(0.9);
    path.proxy.state = SourceState::Live;
    path.proxy.source = "haproxy";
    InstanceHop instance;
    instance.name = "app-1";
    instance.source = "service/app-1";
    instance.state = SourceState::Live;
    instance.inRotation = true;
    instance.poolInUse = 2;
    instance.poolSize = 5;
    path.instances.push_back(instance);
    path.primary.name = "primary";
    path.primary.source = "postgres/primary";
    path.primary.state = SourceState::Live;
    path.primary.connections = 14;
    path.primary.maxConnections = 100;
    ReplicaHop replica;
    replica.name = "replica-1";
    replica.source = "postgres/replica-1";
    replica.state = replica.lagState = SourceState::Live;
    replica.lagSeconds = 0.01;
    replica.streams = true;
    replica.paused = false;
    path.replicas.push_back(replica);
    SourceHealth redis;
    redis.name = "redis";
    redis.state = SourceState::Live;
    path.sources.push_back(redis);
    return path;
}

using Readings = std::vector<std::pair<std::string, Reading>>; // by source

/// A place whose sources tell a snapshot a second, all of them calm at first.
struct Place {
    std::map<std::string, std::vector<Reading>> sources{
        {"stack",
         {gauge("stack.disk_free_bytes", {}, 50e9), gauge("stack.disk_used_bytes", {}, 1e9),
          gauge("stack.disk_quota_bytes", {}, 4e9),
          gauge("stack.running", {{"process", "recorder"}, {"role", "recorder"}}, 1),
          gauge("stack.running", {{"process", "demo-traffic"}, {"role", "demo_traffic"}}, 0)}},
        {"control",
         {gauge("control.audit.writable", {}, 1),
          gauge("control.lease_left_seconds", {{"resource", "degradation_level"}}, 600)}},
        {"postgres/primary",
         {gauge("postgres.xid_age", {{"server", "primary"}}, 2e6),
          counter("postgres.archiver.failed", {{"server", "primary"}}, 40),
          gauge("postgres.slot.active", {{"server", "primary"}, {"slot", "replica_2"}}, 1),
          gauge("postgres.slot.retained_bytes", {{"server", "primary"}, {"slot", "replica_2"}}, 8e6)}}};
    std::string silent{}; ///< a source that says nothing any more
    PathReading path = calm();
    AlertBook book{};
    SignalStore store{};
    SteadyTime now = kStart;

    void tell(const std::string& source, Reading reading) {
        auto& readings = sources[source];
        std::erase_if(readings, [&](const Reading& known) { return known.key == reading.key; });
        readings.push_back(std::move(reading));
    }
    void steps(int seconds) {
        for (int i = 0; i < seconds; ++i) {
            now += 1s;
            for (const auto& [source, readings] : sources) {
                if (source != silent) {
                    store.apply(updateOf(source, readings));
                }
            }
            path.at = now;
            book.evaluate({path, {0.2, 0.2, 0.2, 0.2}, 0.9, &store}, now, kUtc);
        }
    }

private:
    [[nodiscard]] SourceUpdate updateOf(const std::string& source, const std::vector<Reading>& readings) const {
        Snapshot snapshot;
        snapshot.header.source = source;
        snapshot.header.steadyAt = now;
        snapshot.header.epoch = "one";
        snapshot.readings = readings;
        snapshot.sort();
        SourceUpdate update;
        update.source = source;
        update.interval = 1s;
        update.startedAt = kStart;
        update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
        return update;
    }
};

} // namespace

class TestAlerts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsRaisedAndClearedAfterItsTime_data() {
        QTest::addColumn<QList<double>>("values"); // a second each; -1: not known
        QTest::addColumn<QString>("states");       // after each: . none, p pending, r raised, c cleared
        QTest::newRow("calm") << QList<double>{1, 2, 9.9} << "...";
        QTest::newRow("a moment is none") << QList<double>{11, 12, 9, 11, 9} << "pp.p.";
        QTest::newRow("raised after three seconds") << QList<double>{11, 11, 11, 11, 11} << "ppprr";
        QTest::newRow("the limit itself counts") << QList<double>{10, 10, 10, 10} << "pppr";
        QTest::newRow("between the limits it stays") << QList<double>{11, 11, 11, 11, 7, 7, 7, 7, 7, 7} << "ppprrrrrrr";
        QTest::newRow("cleared after four seconds") << QList<double>{11, 11, 11, 11, 5, 4, 3, 2, 1, 1} << "ppprrrrrcc";
        QTest::newRow("calm must last") << QList<double>{11, 11, 11, 11, 1, 1, 1, 7, 1, 1, 1, 1, 1} << "ppprrrrrrrrrc";
        QTest::newRow("unknown neither raises") << QList<double>{11, 11, -1, 11, 11, 11, 11} << "ppppppr";
        QTest::newRow("unknown nor clears")
            << QList<double>{11, 11, 11, 11, 1, 1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1} << "ppprrrrrrrrrrrrc";
        QTest::newRow("never known") << QList<double>{-1, -1, -1, -1, -1} << ".....";
    }
    void itIsRaisedAndClearedAfterItsTime() {
        QFETCH(QList<double>, values);
        QFETCH(QString, states);
        Watch watch;
        QString seen;
        for (const auto value : values) {
            watch.say(value < 0 ? std::nullopt : std::optional(value));
            const auto* alert = watch.tail();
            seen += QLatin1Char(alert == nullptr                      ? '.'
                                : alert->state == AlertState::Pending ? 'p'
                                : alert->state == AlertState::Raised  ? 'r'
                                                                      : 'c');
        }
        QCOMPARE(seen, states);
        QCOMPARE(watch.count(AlertEvent::Kind::Raised), seen.contains(QLatin1Char('r')) ? 1 : 0);
        QCOMPARE(watch.count(AlertEvent::Kind::Cleared), seen.contains(QLatin1Char('c')) ? 1 : 0);
    }

    void whatIsNotKnownIsSaid() {
        Watch watch;
        watch.say(12, 6);
        QCOMPARE(watch.tail()->since, kStart + 1s);
        QCOMPARE(watch.tail()->raisedAt, std::optional(kStart + 4s));
        watch.path.p99.state = SourceState::Late; // it still has a value, which is not of now
        watch.step();
        QCOMPARE(watch.tail()->unknownSince, std::optional(watch.now));
        QCOMPARE(watch.tail()->value, std::optional(12.0));
        watch.step(5s);
        QCOMPARE(watch.tail()->unknownSince, std::optional(watch.now - 5s));
        watch.say(13);
        QVERIFY(!watch.tail()->unknownSince);
        QCOMPARE(watch.tail()->state, AlertState::Raised);
    }

    void whoLookedAwayHasSeenNothingHold() {
        Watch watch;
        watch.say(12, 2);
        watch.step(10min); // asleep
        QCOMPARE(watch.tail()->state, AlertState::Pending);
        watch.say(12, 3);
        QCOMPARE(watch.tail()->state, AlertState::Raised);
    }

    void aCautionBecomesCriticalAndCallsAgain() {
        Watch watch;
        watch.say(12, 5);
        QCOMPARE(watch.tail()->severity, AlertSeverity::Caution);
        QVERIFY(watch.book.acknowledge({"tail", ""}));
        QVERIFY(!watch.book.acknowledge({"tail", ""}));
        QVERIFY(!watch.tail()->calls());
        watch.say(120, 3);
        QCOMPARE(watch.tail()->state, AlertState::Acknowledged);
        watch.say(120);
        QCOMPARE(watch.tail()->severity, AlertSeverity::Critical);
        QVERIFY(watch.tail()->calls());
        QCOMPARE(watch.count(AlertEvent::Kind::Worse), 1);
        watch.say(12, 10); // it stays critical until it is over
        QCOMPARE(watch.tail()->severity, AlertSeverity::Critical);
        QCOMPARE(watch.book.episodes().size(), std::size_t{1});
        QCOMPARE(watch.book.episodes().front().severity, AlertSeverity::Critical);
        watch.say(1, 5);
        watch.say(12, 5);
        QCOMPARE(watch.tail()->severity, AlertSeverity::Caution);
    }

    void whatComesAndGoesIsToldOnceMoreAndThenStays() {
        Watch watch;
        for (int i = 0; i < 10; ++i) {
            watch.say(12, 4);
            watch.say(1, 5);
        }
        QVERIFY(watch.tail()->flapping);
        QCOMPARE(watch.tail()->state, AlertState::Raised);
        QCOMPARE(watch.count(AlertEvent::Kind::Raised), static_cast<int>(AlertBook::kFlapRaises));
        watch.say(1, 290);
        QCOMPARE(watch.tail()->state, AlertState::Raised);
        watch.say(1, 11);
        QCOMPARE(watch.tail()->state, AlertState::Cleared);
        watch.say(12, 4);
        QVERIFY(watch.tail()->state == AlertState::Raised && !watch.tail()->flapping);
    }

    void aSilenceAlwaysEndsAndThenItIsToldAgain() {
        Watch watch;
        QVERIFY(watch.book.silence({"tail", ""}, watch.utc() + 60s, watch.utc()));
        watch.say(12, 10);
        QCOMPARE(watch.tail()->state, AlertState::Raised);
        QVERIFY(!watch.tail()->calls());
        QCOMPARE(watch.count(AlertEvent::Kind::Raised), 1);
        QVERIFY(watch.events.front().alert.silencedUntil); // whoever tells people knows that it is quiet
        watch.say(12, 51);
        QVERIFY(watch.tail()->calls());
        QCOMPARE(watch.count(AlertEvent::Kind::SilenceEnded), 1);
        QVERIFY(watch.book.silences().empty());
        // Far ahead is cut, the past and unknown rules are refused.
        QVERIFY(watch.book.silence({"tail", ""}, watch.utc() + 1000h, watch.utc()));
        QCOMPARE(watch.book.silences().front().until, watch.utc() + AlertBook::kLongestSilence);
        QVERIFY(!watch.book.silence({"tail", ""}, watch.utc(), watch.utc()));
        QVERIFY(!watch.book.silence({"no such rule", ""}, watch.utc() + 1h, watch.utc()));
        QVERIFY(watch.book.unsilence({"tail", ""}));
        QVERIFY(!watch.book.unsilence({"tail", ""}));
        QVERIFY(watch.tail()->calls());
        QCOMPARE(watch.count(AlertEvent::Kind::SilenceEnded), 1); // who ended it knows
    }

    void aSilenceIsOfARuleOrOfOneSubject() {
        Watch watch;
        watch.path.replicas.resize(2);
        watch.path.replicas[0].name = "replica-1";
        watch.path.replicas[1].name = "replica-2";
        watch.path.replicas[0].lagSeconds = watch.path.replicas[1].lagSeconds = 20;
        watch.step();
        QVERIFY(watch.book.silence({"lag", "replica-1"}, watch.utc() + 1h, watch.utc()));
        QVERIFY(!watch.book.find({"lag", "replica-1"})->calls());
        QVERIFY(watch.book.find({"lag", "replica-2"})->calls());
        QCOMPARE(watch.book.alerts().front().subject, std::string("replica-2")); // what calls stands first
        QVERIFY(watch.book.silence({"lag", ""}, watch.utc() + 2h, watch.utc()));
        QVERIFY(!watch.book.find({"lag", "replica-2"})->calls());
        QVERIFY(watch.book.unsilence({"lag", "replica-2"})); // that of the rule
        QVERIFY(watch.book.find({"lag", "replica-2"})->calls());
        QVERIFY(!watch.book.find({"lag", "replica-1"})->calls());
    }

    void whatIsNoPartOfThePlaceAnyMoreIsOver() {
        Watch watch;
        watch.path.replicas.resize(1);
        watch.path.replicas[0].name = "replica-1";
        watch.path.replicas[0].lagSeconds = 20;
        watch.step();
        QVERIFY(watch.book.find({"lag", "replica-1"})->active());
        watch.path.replicas.clear();
        watch.step();
        watch.step(2s);
        QVERIFY(!watch.book.find({"lag", "replica-1"})->active());
        watch.step(AlertBook::kShownCleared + 1s);
        QVERIFY(watch.book.alerts().empty());
        QCOMPARE(watch.book.episodes().size(), std::size_t{1}); // for the marks
        watch.step(AlertBook::kEpisodesKept + 1s);
        QVERIFY(watch.book.episodes().empty());
    }

    void acknowledgementOutlivesAStart() {
        Watch watch;
        watch.book.acknowledgedBefore({{"tail", ""}}, watch.now + 30s);
        watch.say(12, 5);
        QCOMPARE(watch.tail()->state, AlertState::Acknowledged);
        QVERIFY(watch.events.empty());
        watch.say(1, 6);
        watch.say(12, 5);
        QCOMPARE(watch.tail()->state, AlertState::Raised); // it was that one, and not all of them
    }

    void anotherTimeBeginsAnew() {
        Watch watch;
        QVERIFY(watch.book.silence({"tail", ""}, watch.utc() + 1h, watch.utc()));
        watch.say(12, 6);
        watch.book.reset();
        QVERIFY(watch.book.alerts().empty() && watch.book.episodes().empty());
        QCOMPARE(watch.book.silences().size(), std::size_t{1});
        watch.now = kStart - 1h; // earlier in a recording
        watch.say(12);
        QCOMPARE(watch.tail()->state, AlertState::Pending);
    }

    void nothingGrowsWithoutAnEnd() {
        Watch watch;
        watch.path.replicas.resize(1000);
        for (std::size_t i = 0; i < 1000; ++i) {
            watch.path.replicas[i].name = "replica-" + std::to_string(i);
            watch.path.replicas[i].lagSeconds = 20;
        }
        watch.now += 1s;
        watch.book.evaluate({watch.path, {}, {}, nullptr}, watch.now, watch.utc());
        QCOMPARE(watch.book.alerts().size(), AlertBook::kMostAlerts);
        QCOMPARE(watch.book.takeEvents().size(), AlertBook::kMostEvents);
        QCOMPARE(watch.book.dropped(), 1000u - AlertBook::kMostEvents);
        for (int i = 0; i < 50; ++i) {
            for (auto& replica : watch.path.replicas) {
                replica.lagSeconds = i % 2 == 0 ? 1 : 20;
            }
            watch.step(3s);
        }
        QVERIFY(watch.book.episodes().size() <= AlertBook::kMostEpisodes);
        for (int i = 0; i < 1000; ++i) {
            watch.book.silence({"lag", "replica-" + std::to_string(i)}, watch.utc() + 1h, watch.utc());
        }
        QCOMPARE(watch.book.silences().size(), AlertBook::kMostSilences);
    }

    // The rules of the catalogue.

    void eachRuleIsWhole() {
        std::set<std::string_view> ids;
        for (const auto& rule : alertRules()) {
            QVERIFY2(ids.insert(rule.id).second, rule.id.data());
            QVERIFY2(!rule.name.empty() && !rule.text.empty() && !rule.page.empty(), rule.id.data());
            const double sign = rule.limits.falling ? -1 : 1;
            QVERIFY2(sign * rule.limits.clear < sign * rule.limits.raise, rule.id.data());
            QVERIFY2(!rule.limits.critical || sign * *rule.limits.critical > sign * rule.limits.raise, rule.id.data());
            QVERIFY2((rule.unit == AlertUnit::State) == !rule.state.empty(), rule.id.data());
            QVERIFY2(rule.limits.clearFor > 0s, rule.id.data());
            QCOMPARE(findAlertRule(rule.id), &rule);
        }
        QCOMPARE(findAlertRule("none"), nullptr);
    }

    void eachRuleSeesItsOwnTrouble_data() {
        using Break = std::function<void(PathReading&, BurnRates&)>;
        QTest::addColumn<Break>("breaks");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<bool>("critical");
        const auto row = [](const char* rule, const char* subject, bool critical, Break breaks) {
            QTest::addRow("%s%s", rule, critical ? ", critical" : "")
                << std::move(breaks) << QString::fromLatin1(rule) << QString::fromLatin1(subject) << critical;
        };
        row("budget-fast", "", true, [](auto&, auto& burn) { burn = {20, 15, 3, 1}; });
        row("budget-slow", "", false, [](auto&, auto& burn) { burn = {7, 7, 7, 6.5}; });
        row("source-lost", "redis", true, [](auto& path, auto&) { path.sources[0].state = SourceState::Lost; });
        row("source-unreadable", "redis", false,
            [](auto& path, auto&) { path.sources[0].state = SourceState::Denied; });
        row("errors", "", false, [](auto& path, auto&) { path.errorShare = live(0.004); });
        row("errors", "", true, [](auto& path, auto&) { path.errorShare = live(0.04); });
        row("p99", "", false, [](auto& path, auto&) { path.p99 = live(0.3); });
        row("p99", "", true, [](auto& path, auto&) { path.p99 = live(0.9); });
        row("proxy-queue", "", false, [](auto& path, auto&) { path.proxyQueue = live(3); });
        row("out-of-rotation", "app-1", false, [](auto& path, auto&) { path.instances[0].inRotation = false; });
        row("pool-waiting", "", false, [](auto& path, auto&) { path.poolWaiting = live(1); });
        row("pool-full", "app-1", false, [](auto& path, auto&) { path.instances[0].poolInUse = 5; });
        row("bouncer-waiting", "", false, [](auto& path, auto&) { path.bouncerWaiting = live(1); });
        row("hits-fell", "", false, [](auto& path, auto&) { path.hitRatio = live(0.5); });
        row("connections", "primary", false, [](auto& path, auto&) { path.primary.connections = 95; });
        row("lock-waits", "", false, [](auto& path, auto&) { path.lockWaits = live(1); });
        row("deadlocks", "", false, [](auto& path, auto&) { path.deadlocks = live(1); });
        row("not-streaming", "replica-1", true, [](auto& path, auto&) { path.replicas[0].streams = false; });
        row("replay-paused", "replica-1", false, [](auto& path, auto&) { path.replicas[0].paused = true; });
        row("replica-lag", "replica-1", false, [](auto& path, auto&) { path.replicas[0].lagSeconds = 2; });
        row("replica-lag", "replica-1", true, [](auto& path, auto&) { path.replicas[0].lagSeconds = 60; });
    }
    void eachRuleSeesItsOwnTrouble() {
        using Break = std::function<void(PathReading&, BurnRates&)>;
        QFETCH(Break, breaks);
        QFETCH(QString, rule);
        QFETCH(QString, subject);
        QFETCH(bool, critical);
        AlertBook book;
        auto now = kStart;
        const auto steps = [&](const PathReading& path, const BurnRates& burn, int seconds) {
            for (int i = 0; i < seconds; ++i) {
                now += 1s;
                book.evaluate({path, burn, 0.9, nullptr}, now, kUtc);
            }
        };
        steps(calm(), {0.2, 0.2, 0.2, 0.2}, 60);
        QVERIFY(book.alerts().empty());
        auto path = calm();
        BurnRates burn{0.2, 0.2, 0.2, 0.2};
        breaks(path, burn);
        steps(path, burn, 31);
        QCOMPARE(book.alerts().size(), std::size_t{1});
        const auto* alert = book.find({rule.toStdString(), subject.toStdString()});
        QVERIFY(alert != nullptr && alert->state == AlertState::Raised);
        QCOMPARE(alert->severity, critical ? AlertSeverity::Critical : AlertSeverity::Caution);
        QVERIFY(!alert->source.empty());
        steps(calm(), {0.2, 0.2, 0.2, 0.2}, 301);
        QCOMPARE(book.alerts().front().state, AlertState::Cleared);
    }

    void eachRuleSeesItsOwnReading_data() {
        QTest::addColumn<Readings>("bad"); // instead of those of a calm place
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<bool>("critical");
        const auto row = [](const char* rule, const char* subject, bool critical, Readings bad) {
            QTest::addRow("%s%s", rule, critical ? ", critical" : "")
                << std::move(bad) << QString::fromLatin1(rule) << QString::fromLatin1(subject) << critical;
        };
        row("disk-room", "", false, {{"stack", gauge("stack.disk_free_bytes", {}, 40e6)}});
        row("disk-room", "", true, {{"stack", gauge("stack.disk_free_bytes", {}, 9e6)}});
        row("disk-quota", "", false, {{"stack", gauge("stack.disk_used_bytes", {}, 3.7e9)}});
        row("recorder", "", false,
            {{"stack", gauge("stack.running", {{"process", "recorder"}, {"role", "recorder"}}, 0)}});
        row("audit", "", true, {{"control", gauge("control.audit.writable", {}, 0)}});
        row("lease-overdue", "", false,
            {{"control", gauge("control.lease_left_seconds", {{"resource", "degradation_level"}}, -11)}});
        const Labels slot{{"server", "primary"}, {"slot", "replica_2"}};
        row("slot-retains", "primary/replica_2", false,
            {{"postgres/primary", gauge("postgres.slot.active", slot, 0)},
             {"postgres/primary", gauge("postgres.slot.retained_bytes", slot, 600e6)}});
        const Labels primary{{"server", "primary"}};
        row("xid-age", "primary", false, {{"postgres/primary", gauge("postgres.xid_age", primary, 1.1e9)}});
        row("xid-age", "primary", true, {{"postgres/primary", gauge("postgres.xid_age", primary, 1.7e9)}});
    }
    void eachRuleSeesItsOwnReading() {
        QFETCH(Readings, bad);
        QFETCH(QString, rule);
        QFETCH(QString, subject);
        QFETCH(bool, critical);
        Place place;
        place.steps(60);
        QVERIFY(place.book.alerts().empty());
        for (const auto& [source, reading] : bad) {
            place.tell(source, reading);
        }
        place.steps(31);
        QCOMPARE(place.book.alerts().size(), std::size_t{1});
        const AlertKey key{rule.toStdString(), subject.toStdString()};
        QVERIFY(place.book.find(key) != nullptr);
        QCOMPARE(place.book.find(key)->state, AlertState::Raised);
        QCOMPARE(place.book.find(key)->severity, critical ? AlertSeverity::Critical : AlertSeverity::Caution);
        QVERIFY(!place.book.find(key)->source.empty());
        place.sources = Place().sources;
        place.steps(31);
        QCOMPARE(place.book.find(key)->state, AlertState::Cleared);
    }

    void littleIsRaisedBelowAndClearedAbove() {
        Place place;
        const auto free = [&](double bytes, int seconds) {
            place.tell("stack", gauge("stack.disk_free_bytes", {}, bytes));
            place.steps(seconds);
            const auto* alert = place.book.find({"disk-room", ""});
            return alert != nullptr && alert->active();
        };
        QVERIFY(!free(65e6, 60));
        QVERIFY(!free(64e6, 10));
        QVERIFY(free(64e6, 2));   // the limit itself counts
        QVERIFY(free(127e6, 60)); // between the limits it stays
        QVERIFY(free(128e6, 30));
        QVERIFY(!free(128e6, 2));
    }

    void aSlotInUseOrKeepingLittleIsNoAlert() {
        const Labels slot{{"server", "primary"}, {"slot", "replica_2"}};
        Place place;
        place.tell("postgres/primary", gauge("postgres.slot.retained_bytes", slot, 5e9)); // active: it catches up
        place.steps(60);
        QVERIFY(place.book.alerts().empty());
        place.tell("postgres/primary", gauge("postgres.slot.active", slot, 0));
        place.tell("postgres/primary", gauge("postgres.slot.retained_bytes", slot, 1e6));
        place.steps(60);
        QVERIFY(place.book.alerts().empty());
    }

    void anArchiverThatFailsAgainAndAgainIsToldAndOneHiccupIsNot() {
        Place place;
        const auto failed = [&](double count, int seconds) {
            place.tell("postgres/primary", counter("postgres.archiver.failed", {{"server", "primary"}}, count));
            place.steps(seconds);
            const auto* alert = place.book.find({"archiver", "primary"});
            return alert == nullptr  ? QStringLiteral("none")
                   : alert->active() ? QStringLiteral("%1").arg(*alert->value)
                                     : QStringLiteral("over");
        };
        QCOMPARE(failed(40, 20), QStringLiteral("none")); // long ago
        QCOMPARE(failed(42, 20), QStringLiteral("none"));
        QCOMPARE(failed(43, 20), QStringLiteral("3"));
        QCOMPARE(failed(46, 60), QStringLiteral("6"));
        QCOMPARE(failed(46, 200), QStringLiteral("6"));
        QCOMPARE(failed(46, 130), QStringLiteral("over"));
    }

    void aLeaseThatNobodyEndsIsOverdueAlsoWithControlAway() {
        const Labels level{{"resource", "degradation_level"}};
        const AlertKey key{"lease-overdue", ""};
        Place place;
        place.tell("control", gauge("control.lease_left_seconds", level, 20));
        place.steps(1);
        place.silent = "control"; // with 20 s left
        place.steps(29);
        QVERIFY(place.book.find(key) == nullptr || !place.book.find(key)->active());
        place.steps(8);
        QVERIFY(place.book.find(key) != nullptr && place.book.find(key)->active());
        // Somebody ended it past control: all instances say so.
        place.path.degradationLevel = live(0);
        place.steps(8);
        QCOMPARE(place.book.find(key)->state, AlertState::Cleared);
        place.path.degradationLevel = live(2);
        place.steps(8);
        QVERIFY(place.book.find(key)->active());
        // Control is back, and has ended it.
        place.silent.clear();
        std::erase_if(place.sources["control"],
                      [](const Reading& reading) { return reading.key.id == "control.lease_left_seconds"; });
        place.steps(8);
        QCOMPARE(place.book.find(key)->state, AlertState::Cleared);
    }

    void whatIsNotReadNowRaisesNothing() {
        Place place;
        place.tell("stack", gauge("stack.disk_free_bytes", {}, 1e6));
        place.tell("stack", gauge("stack.running", {{"process", "recorder"}, {"role", "recorder"}}, 0));
        place.steps(2);
        place.silent = "stack"; // its last word was bad, and is of then
        place.steps(60);
        for (const auto& alert : place.book.alerts()) {
            QVERIFY2(!alert.active(), alert.rule->id.data());
        }
    }

    void anInstanceThatSomebodyDrainedIsNoAlert() {
        AlertBook book;
        auto now = kStart;
        auto path = calm();
        const auto steps = [&](int seconds) {
            for (int i = 0; i < seconds; ++i) {
                now += 1s;
                book.evaluate({path, {}, {}, nullptr}, now, kUtc);
            }
        };
        const AlertKey key{"out-of-rotation", "app-1"};
        path.instances[0].drainedBy = "alice";
        path.instances[0].inRotation = false; // down while she works on it
        steps(120);
        QVERIFY(book.find(key) == nullptr);
        // The drain is over, and it did not come back.
        path.instances[0].drainedBy.clear();
        steps(12);
        QVERIFY(book.find(key) != nullptr && book.find(key)->state == AlertState::Raised);
        // Somebody takes it out on purpose from now on.
        path.instances[0].drainedBy = "bob";
        steps(12);
        QCOMPARE(book.find(key)->state, AlertState::Cleared);
    }

    void bothWindowsMustBurn_data() {
        QTest::addColumn<QList<double>>("rates"); // 5 min, 1 h, 30 min, 6 h; -1: not known
        QTest::addColumn<QString>("raised");
        QTest::newRow("calm") << QList<double>{1, 1, 1, 1} << "";
        QTest::newRow("a short burst") << QList<double>{100, 10, 8, 2} << "";
        QTest::newRow("it is over already") << QList<double>{0, 30, 2, 10} << "";
        QTest::newRow("fast") << QList<double>{14.4, 14.4, 5, 5} << "budget-fast";
        QTest::newRow("slow") << QList<double>{6, 6, 6, 6} << "budget-slow";
        QTest::newRow("both") << QList<double>{50, 50, 50, 50} << "budget-fast budget-slow";
        QTest::newRow("too young for six hours") << QList<double>{50, 50, 50, -1} << "budget-fast";
        QTest::newRow("nothing known") << QList<double>{-1, -1, -1, -1} << "";
    }
    void bothWindowsMustBurn() {
        QFETCH(QList<double>, rates);
        QFETCH(QString, raised);
        const auto rate = [&](int i) { return rates[i] < 0 ? std::nullopt : std::optional(rates[i]); };
        AlertBook book;
        const auto path = calm();
        for (auto second = 0s; second < 40s; second += 1s) {
            book.evaluate({path, {rate(0), rate(1), rate(2), rate(3)}, {}, nullptr}, kStart + second, kUtc);
        }
        QStringList seen;
        for (const auto& alert : book.alerts()) {
            seen << QString::fromLatin1(alert.rule->id);
        }
        QCOMPARE(seen.join(QLatin1Char(' ')), raised);
    }

    void whoNeverAnsweredMayBeStarting() {
        SourceUpdate update;
        update.source = "redis";
        update.startedAt = kStart;
        update.failure = SourceFailure{{ErrorCode::Refused, "refused"}, kStart, {}, 1, kStart};
        SignalStore store;
        store.apply(update);
        AlertBook book;
        for (auto second = 0s; second < 40s; second += 1s) {
            const auto now = kStart + second;
            book.evaluate({readRequestPath(store, now), {}, {}, &store}, now, kUtc);
            QCOMPARE(book.alerts().empty(), second < 30s);
        }
        QVERIFY(book.find({"source-lost", "redis"})->calls());
    }

    void aLatePrimarySaysNothingOfItsReplicas() {
        AlertBook book;
        auto path = calm();
        path.replicas[0].lagSeconds = 60;
        path.replicas[0].streams = false;
        path.replicas[0].lagState = SourceState::Late;
        for (auto second = 0s; second < 60s; second += 1s) {
            book.evaluate({path, {}, {}, nullptr}, kStart + second, kUtc);
        }
        QVERIFY(book.alerts().empty());
    }
};

QTEST_APPLESS_MAIN(TestAlerts)
#include "test_alerts.moc"
