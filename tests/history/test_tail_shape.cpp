// SPDX-License-Identifier: GPL-3.0-or-later
// What the tail of a window is made of: told on drawn traffic, and never read out of noise.
#include "backend/history/tail_shape.h"

#include <QTest>
#include <cmath>
#include <functional>
#include <random>
#include <rapidcheck.h>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

constexpr double kUsual = 0.005;

SteadyTime at(std::chrono::nanoseconds time) {
    return SteadyTime(10000s + time);
}

/// Slots of 2 s with about `perSlot` requests; `shareAt` gives the share of slow ones at each second.
std::vector<SlowSlot> drawn(std::uint64_t seed, std::size_t count, double perSlot,
                            const std::function<double(double)>& shareAt) {
    std::mt19937_64 random(seed);
    std::vector<SlowSlot> out;
    for (std::size_t i = 0; i < count; ++i) {
        SlowSlot slot{at(2s * i), std::poisson_distribution<std::uint64_t>(perSlot)(random), 0};
        const auto share = shareAt(2.0 * static_cast<double>(i));
        slot.slow = std::binomial_distribution<std::uint64_t>(slot.total, share)(random);
        out.push_back(slot);
    }
    return out;
}

/// `width` seconds in every `period`, from `phase` on.
bool inBeat(double second, double period, double phase, double width) {
    return second >= phase && std::fmod(second - phase, period) < width;
}

TailTiming told(const std::vector<SlowSlot>& slots) {
    return tailTiming(slots, 2s, kUsual);
}

double periodOf(const TailTiming& timing) {
    return std::chrono::duration<double>(timing.period).count();
}

/// One series of a log: some requests at 4 ms each 2 s, and slow ones at 300 ms.
struct Stream {
    const char* route = "GET /v1/projects";
    const char* instance = "app-1";
    const char* version = "1.0.0";
    int fast = 200;
    std::function<int(double)> slow = [](double) { return 1; };

    void into(LatencyLog& log, int seconds) const {
        for (int second = 0; second < seconds; second += 2) {
            LatencyHistogram histogram;
            histogram.recordMany(4'000'000, static_cast<std::uint64_t>(fast));
            histogram.recordMany(300'000'000, static_cast<std::uint64_t>(slow(second)));
            const Labels labels{{"route", route}, {"instance", instance}, {"version", version}, {"role", "stable"}};
            QVERIFY(log.add(labels, at(std::chrono::seconds(second)), histogram));
        }
    }
};

} // namespace

class TestTailShape : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachShapeIsToldByItsName_data() {
        QTest::addColumn<std::function<double(double)>>("shareAt");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("bursts");
        const auto row = [](const char* name, TailKind kind, int bursts, std::function<double(double)> shareAt) {
            QTest::newRow(name) << std::move(shareAt) << int(kind) << bursts;
        };
        row("as usual", TailKind::Steady, 0, [](double) { return kUsual; });
        row("twice the usual is no shape", TailKind::Steady, 0, [](double) { return 2 * kUsual; });
        row("a job each half minute", TailKind::Regular, 10,
            [](double t) { return inBeat(t, 30, 4, 2) ? 0.3 : kUsual; });
        row("a long job each minute", TailKind::Regular, 5,
            [](double t) { return inBeat(t, 60, 4, 10) ? 0.2 : kUsual; });
        row("a job that missed one turn", TailKind::Regular, 9,
            [](double t) { return inBeat(t, 30, 4, 2) && t != 124 ? 0.3 : kUsual; });
        row("a job, and a burst of its own", TailKind::Sporadic, 11,
            [](double t) { return inBeat(t, 30, 4, 2) || t == 142 ? 0.3 : kUsual; });
        row("a job that ended long ago", TailKind::Sporadic, 4,
            [](double t) { return t < 100 && inBeat(t, 24, 4, 2) ? 0.3 : kUsual; });
        row("one burst", TailKind::Sporadic, 1, [](double t) { return t >= 100 && t < 112 ? 0.3 : kUsual; });
        row("bursts without a rhythm", TailKind::Sporadic, 5,
            [](double t) { return t == 20 || t == 32 || t == 110 || t == 124 || t == 260 ? 0.3 : kUsual; });
        row("up since the middle", TailKind::Plateau, 0, [](double t) { return t >= 150 ? 0.06 : kUsual; });
        row("up since before", TailKind::Plateau, 0, [](double) { return 0.06; });
        row("climbed and stayed", TailKind::Plateau, 0,
            [](double t) { return t < 120 ? kUsual : std::min(0.08, kUsual + (t - 120) * 0.002); });
        row("up, and over before the end", TailKind::Sporadic, 1,
            [](double t) { return t >= 100 && t < 200 ? 0.06 : kUsual; });
        row("up for most of the window, and over", TailKind::Sporadic, 1,
            [](double t) { return t >= 50 && t < 250 ? 0.06 : kUsual; });
        row("all of them", TailKind::Plateau, 0, [](double) { return 1.0; });
        row("none at all", TailKind::Steady, 0, [](double) { return 0.0; });
    }
    void eachShapeIsToldByItsName() {
        QFETCH(std::function<double(double)>, shareAt);
        QFETCH(int, kind);
        QFETCH(int, bursts);
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const auto timing = told(drawn(seed, 150, 400, shareAt));
            QCOMPARE(int(timing.kind), kind);
            QCOMPARE(int(timing.bursts.size()), bursts);
        }
    }

    void aRhythmHasItsPeriodAndItsJitter() {
        const auto timing = told(drawn(1, 150, 400, [](double t) { return inBeat(t, 30, 4, 2) ? 0.3 : kUsual; }));
        QCOMPARE(periodOf(timing), 30.0);
        QCOMPARE(timing.jitter.count(), 0);
        QCOMPARE(timing.bursts.front().from, at(4s));
        QCOMPARE(timing.bursts.front().to, at(6s));
        // 25 s do not fit the grid: the distances are 24 and 26.
        const auto uneven = told(drawn(1, 150, 400, [](double t) { return inBeat(t, 25, 4, 2) ? 0.3 : kUsual; }));
        QCOMPARE(uneven.kind, TailKind::Regular);
        QVERIFY(std::abs(periodOf(uneven) - 25) < 0.5);
        QVERIFY(uneven.jitter > 0ns && uneven.jitter < 2s);
        const auto missed =
            told(drawn(1, 150, 400, [](double t) { return inBeat(t, 30, 4, 2) && t != 124 ? 0.3 : kUsual; }));
        QCOMPARE(missed.skipped, std::size_t{1});
        QCOMPARE(periodOf(missed), 30.0);
    }

    void aPlateauBeganAtItsInstant() {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const auto timing = told(drawn(seed, 150, 400, [](double t) { return t >= 150 ? 0.06 : kUsual; }));
            QVERIFY(timing.since);
            QVERIFY(*timing.since >= at(148s) && *timing.since <= at(152s));
        }
        QVERIFY(!told(drawn(1, 150, 400, [](double) { return 0.06; })).since);
    }

    void tooLittleIsSaidToBeTooLittle() {
        QCOMPARE(told({}).kind, TailKind::TooFew);
        QCOMPARE(told(drawn(1, 9, 400, [](double) { return 0.3; })).kind, TailKind::TooFew);
        QCOMPARE(told(drawn(1, 40, 10, [](double) { return 0.3; })).kind, TailKind::TooFew);
        QVERIFY(told(drawn(1, 40, 40, [](double) { return kUsual; })).kind != TailKind::TooFew);
    }

    void noiseIsNeverRegular() {
        // Even streams, streams whose level wanders, and bursts placed at random: 3 000 windows of 5 min.
        int regular = 0;
        int bursts = 0;
        for (std::uint64_t seed = 0; seed < 1000; ++seed) {
            std::mt19937_64 random(seed);
            std::uniform_real_distribution<double> uniform(0, 1);
            const auto perSlot = 20 + uniform(random) * 1000;
            regular += told(drawn(seed, 150, perSlot, [](double) { return kUsual; })).kind == TailKind::Regular;
            std::gamma_distribution<double> level(1, kUsual);
            regular += told(drawn(seed, 150, perSlot, [&](double) { return std::min(1.0, level(random)); })).kind ==
                       TailKind::Regular;
            const auto often = 0.01 + uniform(random) * 0.3;
            const auto scattered =
                told(drawn(seed, 150, perSlot, [&](double) { return uniform(random) < often ? 0.3 : kUsual; }));
            regular += scattered.kind == TailKind::Regular;
            bursts += scattered.bursts.size() >= 4;
        }
        QVERIFY2(bursts > 500, qPrintable(QString::number(bursts)));
        QVERIFY2(regular <= 5, qPrintable(QString::number(regular)));
    }

    void anyRhythmIsFoundWhereverItStands() {
        const auto found = rc::check("a rhythm is found with its period", [] {
            const auto period = *rc::gen::inRange(12, 61);
            const auto phase = *rc::gen::inRange(0, period);
            const auto width = *rc::gen::inRange(2, 5);
            const auto perSlot = *rc::gen::inRange(100, 2000);
            const auto seed = *rc::gen::arbitrary<std::uint64_t>();
            const auto slots =
                drawn(seed, 450, perSlot, [&](double t) { return inBeat(t, period, phase, width) ? 0.4 : kUsual; });
            const auto timing = told(slots);
            RC_ASSERT(timing.kind == TailKind::Regular);
            RC_ASSERT(std::abs(periodOf(timing) - period) <= 0.02 * period);
            RC_ASSERT(timing.bursts.size() + timing.skipped >= static_cast<std::size_t>((899 - phase) / period));
        });
        QVERIFY(found);
    }

    void theVerdictMovesWithTimeAndHidesNoRequest() {
        QVERIFY(rc::check("shifted in time, the same; bursts are apart and within the window", [] {
            const auto seed = *rc::gen::arbitrary<std::uint64_t>();
            const auto often = *rc::gen::inRange(0, 40);
            const auto perSlot = *rc::gen::inRange(1, 500);
            std::mt19937_64 random(seed);
            std::uniform_int_distribution<int> percent(0, 99);
            auto slots = drawn(seed, 120, perSlot, [&](double) { return percent(random) < often ? 0.25 : kUsual; });
            const auto timing = told(slots);
            std::uint64_t slow = 0;
            auto last = slots.front().from;
            for (const auto& burst : timing.bursts) {
                RC_ASSERT(burst.from >= last && burst.to > burst.from);
                RC_ASSERT(burst.middle >= burst.from && burst.middle <= burst.to);
                RC_ASSERT(burst.slow <= burst.total);
                last = burst.to;
                slow += burst.slow;
            }
            RC_ASSERT(last <= slots.back().from + 2s);
            std::uint64_t all = 0;
            for (auto& slot : slots) {
                all += slot.slow;
                slot.from += 1h;
            }
            RC_ASSERT(slow <= all);
            const auto later = told(slots);
            RC_ASSERT(later.kind == timing.kind);
            RC_ASSERT(later.bursts.size() == timing.bursts.size());
            RC_ASSERT(later.period == timing.period);
        }));
    }

    void theLogTellsWhatIsUsualAndWhereItSits() {
        LatencyLog log;
        Stream{}.into(log, 600);
        Stream{.instance = "app-2"}.into(log, 600);
        // From the fifth minute on, one route of one instance is slow each 30 s.
        Stream{.route = "POST /v1/tasks",
               .instance = "app-2",
               .version = "1.1.0",
               .fast = 40,
               .slow = [](double t) { return t >= 300 && inBeat(t, 30, 10, 2) ? 30 : 0; }}
            .into(log, 600);
        const auto shape = tailShape(log, {}, at(300s), at(600s), at(600s));
        QCOMPARE(shape.baseline, TailShape::Baseline::Before);
        QCOMPARE(shape.timing.kind, TailKind::Regular);
        QCOMPARE(periodOf(shape.timing), 30.0);
        QVERIFY(shape.baselineP99 < 0.005);
        QVERIFY(shape.usualShare > 0.004 && shape.usualShare < 0.006);
        QCOMPARE(shape.slow, std::uint64_t{300 + 300});
        QCOMPARE(shape.total, std::uint64_t{150 * 442 + 300});
        QCOMPARE(shape.slowInBursts, std::uint64_t{300 + 20});
        QCOMPARE(shape.concentrations.size(), std::size_t{3});
        const auto& first = shape.concentrations.front();
        QCOMPARE(first.ofExcess, 1.0);
        QVERIFY(first.ofRequests < 0.2);
        const auto of = [&](const char* label) {
            for (const auto& one : shape.concentrations) {
                if (one.label == label) {
                    return QString::fromStdString(one.value);
                }
            }
            return QString();
        };
        QCOMPARE(of("route"), QStringLiteral("POST /v1/tasks"));
        QCOMPARE(of("version"), QStringLiteral("1.1.0"));
        QCOMPARE(of("instance"), QStringLiteral("app-2"));
        QCOMPARE(of("role"), QString()); // all are stable: it explains nothing

        LatencySelector other;
        other.route = "GET /v1/projects";
        const auto calm = tailShape(log, other, at(300s), at(600s), at(600s));
        QCOMPARE(calm.timing.kind, TailKind::Steady);
        QVERIFY(calm.concentrations.empty());
    }

    void withoutAPastTheCalmestQuarterIsUsual() {
        LatencyLog log;
        Stream{.slow = [](double t) { return t >= 200 ? 20 : 1; }}.into(log, 300);
        const auto shape = tailShape(log, {}, at(0s), at(300s), at(300s));
        QCOMPARE(shape.baseline, TailShape::Baseline::Window);
        QCOMPARE(shape.timing.kind, TailKind::Plateau);
        QCOMPARE(shape.timing.since, std::optional(at(200s)));
        const auto empty = tailShape(LatencyLog(), {}, at(0s), at(300s), at(300s));
        QCOMPARE(empty.baseline, TailShape::Baseline::None);
        QCOMPARE(empty.timing.kind, TailKind::TooFew);
        QCOMPARE(empty.total, std::uint64_t{0});
    }

    void foldedSlotsTellTheSame() {
        LatencyLog log;
        Stream{.slow = [](double t) { return t >= 1800 && inBeat(t, 300, 10, 20) ? 40 : 1; }}.into(log, 5400);
        log.expire(at(5400s));
        const auto shape = tailShape(log, {}, at(1800s), at(5400s), at(5400s));
        QCOMPARE(shape.timing.kind, TailKind::Regular);
        QVERIFY2(std::abs(periodOf(shape.timing) - 300) < 5, qPrintable(QString::number(periodOf(shape.timing))));
        QCOMPARE(shape.timing.bursts.size(), std::size_t{12});
    }
};

QTEST_APPLESS_MAIN(TestTailShape)
#include "test_tail_shape.moc"
