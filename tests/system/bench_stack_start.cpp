// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/bundled_stack.h"
#include "tests/support/wait_for.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

double medianSeconds(std::vector<qint64> milliseconds) {
    std::ranges::sort(milliseconds);
    return static_cast<double>(milliseconds[milliseconds.size() / 2]) / 1000;
}

} // namespace

/// How long a user waits for the bundled stack, and what it costs when nobody uses it.
class BenchStackStart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsAndCosts() {
        const int rounds = qEnvironmentVariableIntValue("BINNACLE_BENCH_ROUNDS") > 0
                               ? qEnvironmentVariableIntValue("BINNACLE_BENCH_ROUNDS")
                               : 5;
        std::vector<qint64> cold;
        std::vector<qint64> warm;
        double idleMegabytes = 0;
        for (int round = 0; round < rounds; ++round) {
            BundledStack stack;
            for (auto* times : {&cold, &warm}) {
                QElapsedTimer timer;
                timer.start();
                const auto result = stack.up();
                times->push_back(timer.elapsed());
                QVERIFY2(result.exitCode == 0, result.err.constData());
                if (times == &warm && round == 0) {
                    idleMegabytes = idle(stack);
                }
                QCOMPARE(stack.down().exitCode, 0);
            }
        }
        qInfo("from nothing: median %.2f s of %d (budget 8 s)", medianSeconds(cold), rounds);
        qInfo("again:        median %.2f s of %d (budget 2 s)", medianSeconds(warm), rounds);
        qInfo("idle:         %.0f MB PSS in all (budget 250 MB)", idleMegabytes);
        QVERIFY(medianSeconds(cold) <= 8);
        QVERIFY(medianSeconds(warm) <= 2);
        QVERIFY(idleMegabytes > 20 && idleMegabytes <= 250);
    }

private:
    /// PSS of all components in MB, once every one of them has been measured.
    static double idle(BundledStack& stack) {
        double bytes = 0;
        waitFor(30s, [&] {
            const auto components = stack.status()[QLatin1String("components")].toArray();
            bytes = 0;
            bool complete = components.size() >= 9;
            for (const auto item : components) {
                const auto pss = item.toObject()[QLatin1String("pss_bytes")].toDouble();
                complete = complete && pss > 0;
                bytes += pss;
            }
            return complete;
        });
        return bytes / 1e6;
    }
};

QTEST_GUILESS_MAIN(BenchStackStart)
#include "bench_stack_start.moc"
