// SPDX-License-Identifier: GPL-3.0-or-later
// What the status line says of the place that is watched, out of a store that no server filled.
#include "app/place_facts.h"

#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace std::chrono_literals;

namespace {

const SteadyTime kStart{1h};

struct Place {
    SignalStore store;
    SteadyTime now = kStart;
    std::uint64_t sequence = 0;
    double ownSeconds = 0.001; ///< per second, of the primary
    std::string recorder = "running";
    std::string redis = "running";
    double restarts = 0;
    double diskUsed = 1.2e9;
    std::optional<double> recording;
    double received = 0; ///< bytes per second, of each server

    void tell(const std::string& source, Snapshot snapshot) {
        snapshot.header.source = source;
        snapshot.header.sequence = sequence;
        snapshot.header.epoch = "1";
        snapshot.header.steadyAt = now;
        snapshot.sort();
        SourceUpdate update;
        update.source = source;
        update.interval = 1s;
        update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
        store.apply(update);
    }
    /// A second passes, and everybody answers.
    void pass() {
        now += 1s;
        ++sequence;
        const auto elapsed = toSeconds(now - kStart);
        for (const auto& [server, share] : {std::pair("primary", ownSeconds), std::pair("replica-1", 0.0004)}) {
            Snapshot postgres;
            postgres.readings = {counter("monitor.queries", {{"server", server}}, elapsed * 2),
                                 counter("monitor.query_seconds", {{"server", server}}, elapsed * share)};
            if (received > 0) {
                postgres.readings.push_back(counter("monitor.bytes", {}, elapsed * received));
            }
            tell(std::string("postgres/") + server, std::move(postgres));
        }
        Snapshot stack;
        stack.readings = {counter("stack.restarts", {{"process", "redis"}, {"role", "redis"}}, restarts),
                          gauge("stack.disk_used_bytes", {}, diskUsed), gauge("stack.disk_quota_bytes", {}, 4e9)};
        if (recording) {
            stack.readings.push_back(gauge("stack.recording_bytes", {}, *recording));
            stack.readings.push_back(gauge("stack.recording_limit_bytes", {}, 200e6));
        }
        SnapshotTable table(*findTable("stack.processes"));
        const auto row = [&table](const char* name, const std::string& state, const char* message = "") {
            table.add({std::string(name), std::string(name), state, {}, 0.0, {}, {}, std::string(message)});
        };
        row("recorder", recorder);
        row("redis", redis, redis == "running" ? "" : "exited with 1");
        row("demo-traffic", "stopped");
        stack.tables.push_back(std::make_shared<const SnapshotTable>(std::move(table)));
        tell("stack", std::move(stack));
    }
    [[nodiscard]] PlaceFacts read() const { return PlaceFacts::read(store, now); }
    [[nodiscard]] StatusFact fact(const QString& name) const {
        for (const auto& fact : read().facts) {
            if (fact.name == name) {
                return fact;
            }
        }
        return {};
    }
};

QString plainSpaces(QString text) {
    return text.replace(QChar(0x2009), QLatin1Char(' '));
}

} // namespace

class TestPlaceFacts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void watchingCostsSoMuchOfTheWorstServer() {
        Place place;
        QVERIFY(place.read().facts.empty());
        for (int i = 0; i < 10; ++i) {
            place.pass();
        }
        const auto quiet = place.fact(QStringLiteral("Own queries"));
        QCOMPARE(plainSpaces(quiet.text), QStringLiteral("4.0 /s, 1.0 ms/s")); // of both, and of the worse one
        QCOMPARE(quiet.mark, Mark::None);
        const auto details = place.read().details.join(QLatin1Char('\n'));
        QVERIFY2(details.contains(QStringLiteral("replica 1: 2.0 queries/s")), qPrintable(details));
        QVERIFY2(details.contains(QStringLiteral("0.4 ms/s")), qPrintable(details));
    }

    void whatIsReadIsOfAllSources() {
        Place place;
        place.received = 21'000;
        for (int i = 0; i < 10; ++i) {
            place.pass();
        }
        QCOMPARE(plainSpaces(place.fact(QStringLiteral("Own queries")).text),
                 QStringLiteral("4.0 /s, 1.0 ms/s, 42.0 kB/s"));
        const auto details = plainSpaces(place.read().details.join(QLatin1Char('\n')));
        QVERIFY2(details.contains(QStringLiteral("Read from all sources: 42.0 kB/s")), qPrintable(details));
    }

    void waitingIsNotTakenForTheServersWork() {
        Place place;
        place.ownSeconds = 0.0034;
        for (int i = 0; i < 10; ++i) {
            place.pass();
        }
        const auto dear = place.fact(QStringLiteral("Own queries"));
        QCOMPARE(plainSpaces(dear.text), QStringLiteral("4.0 /s, 3.4 ms/s"));
        QCOMPARE(dear.mark, Mark::None);
    }

    void aSourceThatIsSilentSaysNothing() {
        Place place;
        for (int i = 0; i < 5; ++i) {
            place.pass();
        }
        QVERIFY(!place.read().facts.empty());
        place.now += 1min;
        QVERIFY(place.read().facts.empty());
    }

    void whatDoesNotRunIsNamed() {
        Place place;
        place.pass();
        QCOMPARE(place.fact(QStringLiteral("Recorder")).text, QStringLiteral("runs"));
        place.recording = 142e6;
        place.pass();
        QCOMPARE(plainSpaces(place.fact(QStringLiteral("Recorder")).text), QStringLiteral("142 MB of 200 MB"));
        QCOMPARE(place.fact(QStringLiteral("Down")), StatusFact()); // the demo traffic was stopped on purpose
        QCOMPARE(place.fact(QStringLiteral("Disk")), StatusFact()); // there is room: the tooltip tells it
        QVERIFY(plainSpaces(place.read().details.join(QLatin1Char('\n')))
                    .contains(QStringLiteral("Disk: 1.2 GB of 4.0 GB")));
        place.recorder = "failed";
        place.redis = "backoff";
        place.diskUsed = 3.9e9;
        place.pass();
        QCOMPARE(place.fact(QStringLiteral("Recorder")).text, QStringLiteral("does not run"));
        QCOMPARE(place.fact(QStringLiteral("Recorder")).mark, Mark::Caution);
        QCOMPARE(place.fact(QStringLiteral("Down")).text, QStringLiteral("redis"));
        QCOMPARE(place.fact(QStringLiteral("Disk")).mark, Mark::Caution);
        QVERIFY(place.read().details.contains(QStringLiteral("redis: exited with 1")));
    }

    void whatDiedAndCameBackIsSaidForAWhile() {
        Place place;
        place.pass();
        place.pass();
        QCOMPARE(place.fact(QStringLiteral("Started again")), StatusFact());
        place.restarts = 1;
        place.pass();
        place.pass();
        QCOMPARE(place.fact(QStringLiteral("Started again")).text, QStringLiteral("redis"));
        for (int i = 0; i < 660; ++i) {
            place.pass();
        }
        QCOMPARE(place.fact(QStringLiteral("Started again")), StatusFact());
    }
};

QTEST_GUILESS_MAIN(TestPlaceFacts)
#include "test_place_facts.moc"
