// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/effect_rules.h"

#include <QTest>
#include <cmath>
#include <functional>
#include <random>

using namespace binnacle;
using namespace binnacle::control;

namespace {

using Change = EffectRow::Change;

/// Traffic as a window of twelve parts of five seconds, from a law of latency that may move from part to part.
class Traffic {
public:
    explicit Traffic(std::uint64_t seed)
        : m_random(seed) {}

    double requestsPerPart = 250;
    double meanMs = 10;
    double errorShare = 0;
    double databaseSecondsPerPart = 0.5;
    /// Requests come in groups of so many, each group slow or fast together.
    int burst = 1;

    Slices window(const std::function<double(int)>& factorOfPart = [](int) { return 1.0; }) {
        Slices slices;
        for (int part = 0; part < 12; ++part) {
            TrafficSlice slice;
            slice.seconds = 5;
            auto& route = slice.routes["GET /v1/projects"];
            const int groups = poisson(requestsPerPart / burst);
            for (int group = 0; group < groups; ++group) {
                const double ms = meanMs * factorOfPart(part) * -std::log(uniform());
                const bool fails = uniform() < errorShare;
                route.latency.recordMany(std::llround(ms * 1e6), static_cast<std::uint64_t>(burst));
                route.errors += fails ? static_cast<std::uint64_t>(burst) : 0U;
            }
            slice.statements["task_by_id"] = {100, databaseSecondsPerPart * (0.9 + 0.2 * uniform())};
            slices.push_back(std::move(slice));
        }
        return slices;
    }

private:
    double uniform() { return static_cast<double>((m_random() >> 11) + 1) * 0x1.0p-53; }
    int poisson(double mean) {
        double sum = 0;
        int count = -1;
        while (sum < mean) {
            sum -= std::log(uniform());
            ++count;
        }
        return count;
    }
    std::mt19937_64 m_random;
};

const EffectRow& row(const std::vector<EffectRow>& rows, const char* id, const char* label = "all routes") {
    for (const auto& one : rows) {
        if (one.id == id && one.label == label) {
            return one;
        }
    }
    qFatal("there is no row %s of %s", id, label);
}

#define HAS_CHANGE(rows, id, expected) QCOMPARE(row(rows, id).change, Change::expected)

} // namespace

class TestEffectRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFallOfLatencyIsTold() {
        Traffic traffic(1);
        const auto before = traffic.window();
        traffic.meanMs = 4;
        const auto rows = compareWindows(before, traffic.window(), {"GET /v1/projects"});
        HAS_CHANGE(rows, "p50", Fell);
        HAS_CHANGE(rows, "p95", Fell);
        HAS_CHANGE(rows, "p99", Fell);
        QCOMPARE(row(rows, "p99", "GET /v1/projects").change, Change::Fell);
        const auto& p99 = row(rows, "p99");
        QVERIFY(p99.high < 0 && p99.low < p99.high);
        QVERIFY(*p99.before > 0.04 && *p99.after < 0.025);
        HAS_CHANGE(rows, "requests", None);
        HAS_CHANGE(rows, "errors", None);
        HAS_CHANGE(rows, "database_time", None);
        const auto text = effectSummary(rows);
        QVERIFY2(text.starts_with("p99 fell from "), text.c_str());
    }
    void errorsTrafficAndDatabaseTimeAreTold() {
        Traffic traffic(2);
        const auto before = traffic.window();
        traffic.errorShare = 0.05;
        traffic.requestsPerPart = 500;
        traffic.databaseSecondsPerPart = 0.2;
        const auto rows = compareWindows(before, traffic.window(), {});
        HAS_CHANGE(rows, "errors", Rose);
        HAS_CHANGE(rows, "requests", Rose);
        HAS_CHANGE(rows, "database_time", Fell);
        HAS_CHANGE(rows, "p50", None);
        const auto text = effectSummary(rows);
        QVERIFY2(text.starts_with("The error share rose from 0") &&
                     text.find("; database time fell") != std::string::npos,
                 text.c_str());
    }
    void noiseIsNoChange() {
        int claims = 0;
        int rowsSeen = 0;
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            Traffic traffic(seed + 100);
            traffic.requestsPerPart = seed % 2 == 0 ? 100 : 400;
            traffic.errorShare = 0.01;
            traffic.burst = seed % 3 == 0 ? 10 : 1;
            const auto before = traffic.window();
            for (const auto& one : compareWindows(before, traffic.window(), {})) {
                ++rowsSeen;
                claims += one.change == Change::Rose || one.change == Change::Fell ? 1 : 0;
            }
        }
        QVERIFY2(claims <= rowsSeen / 200, qPrintable(QString::number(claims))); // half a percent
    }
    void aChangeThatNobodyWouldFeelIsNone() {
        Traffic traffic(3);
        traffic.requestsPerPart = 20'000;
        const auto before = traffic.window();
        traffic.meanMs = 11; // a tenth more: certain, and small
        const auto rows = compareWindows(before, traffic.window(), {});
        QVERIFY(*row(rows, "p50").low > 0);
        HAS_CHANGE(rows, "p50", None);
        traffic.meanMs = 0.3;
        const auto fast = traffic.window();
        traffic.meanMs = 0.6; // twice as much, and still nothing
        HAS_CHANGE(compareWindows(fast, traffic.window(), {}), "p50", None);
        QCOMPARE(effectSummary(rows), std::string("No measurable change."));
    }
    void tooFewRequestsAreSaidToBeTooFew() {
        Traffic traffic(4);
        traffic.requestsPerPart = 5;
        const auto before = traffic.window();
        traffic.meanMs = 100;
        const auto rows = compareWindows(before, traffic.window(), {"GET /v1/none"});
        HAS_CHANGE(rows, "p99", TooFew);
        QVERIFY(!row(rows, "p99").before.has_value());
        HAS_CHANGE(rows, "p50", Rose);
        QCOMPARE(row(rows, "p50", "GET /v1/none").change, Change::TooFew);
        const auto nothing = compareWindows(Slices(12), Slices(12), {});
        HAS_CHANGE(nothing, "p50", TooFew);
        HAS_CHANGE(nothing, "requests", TooFew);
        // An open end forbids one direction only: what is certain to have fallen has.
        traffic.requestsPerPart = 60;
        traffic.meanMs = 200;
        const auto slow = traffic.window();
        traffic.requestsPerPart = 2000;
        traffic.meanMs = 2;
        const auto fast = compareWindows(slow, traffic.window(), {});
        HAS_CHANGE(fast, "p99", Fell);
        QVERIFY(!row(fast, "p99").low.has_value() && *row(fast, "p99").high < 0);
        QVERIFY(effectSummary(nothing).starts_with("Too few requests"));
    }
    void aLineThatWasRisingHasNotRisenByTheAct() {
        // From 10 ms by 5 % of that each part, before the act and after it: the same line.
        Traffic traffic(5);
        traffic.requestsPerPart = 2000;
        const auto before = traffic.window([](int part) { return 1 + 0.05 * part; });
        const auto onTheLine = traffic.window([](int part) { return 1 + 0.05 * (18 + part); });
        const auto rows = compareWindows(before, onTheLine, {});
        QVERIFY(*row(rows, "p50").low > 0);
        HAS_CHANGE(rows, "p50", None);
        HAS_CHANGE(rows, "p95", None);
        // Steeper than before is a change, and so is turning round.
        const auto above = traffic.window([](int part) { return 4 + 0.05 * (18 + part); });
        HAS_CHANGE(compareWindows(before, above, {}), "p50", Rose);
        const auto below = traffic.window([](int) { return 0.4; });
        HAS_CHANGE(compareWindows(before, below, {}), "p50", Fell);
    }
    void theCanaryIsComparedWithStableInTheSameWindow() {
        Traffic stable(6);
        Traffic canary(7);
        canary.requestsPerPart = 40;
        canary.meanMs = 40;
        canary.errorShare = 0.1;
        const auto rows = compareCohorts(stable.window(), canary.window());
        QCOMPARE(row(rows, "canary.p50", "the canary against stable").change, Change::Rose);
        QCOMPARE(row(rows, "canary.errors", "the canary against stable").change, Change::Rose);
        const auto text = effectSummary(rows);
        QVERIFY2(text.find(" of the canary is ") != std::string::npos, text.c_str());
    }
};

QTEST_APPLESS_MAIN(TestEffectRules)
#include "test_effect_rules.moc"
