// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzzers' targets without a fuzzer: their seeds, and damage that is the same in each run.
#include "tests/fuzz/fuzz_targets.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <random>

namespace {

/// A seed with some bytes changed, dropped, doubled, taken from elsewhere in it, or the rest cut off.
std::string damaged(const std::string& seed, std::mt19937& random) {
    auto text = seed;
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
    for (auto changes = 1 + below(6); changes > 0 && !text.empty(); --changes) {
        const auto at = below(text.size());
        switch (below(6)) {
        case 0:
            text[at] = static_cast<char>(below(256));
            break;
        case 1:
            text.erase(at, below(32));
            break;
        case 2:
            text.insert(at, text.substr(below(text.size()), below(64)));
            break;
        case 3: { // a number becomes another: counts, lengths and times at their limits
            constexpr std::array<const char*, 6> kNumbers{"-1",  "0",       "1e308", "18446744073709551615",
                                                          "NaN", "0.1e-320"};
            const auto digit = text.find_first_of("0123456789", at);
            if (digit != std::string::npos) {
                const auto end = text.find_first_not_of("0123456789.", digit);
                text.replace(digit, (end == std::string::npos ? text.size() : end) - digit, kNumbers[below(6)]);
            }
            break;
        }
        case 4:
            text[at] = "\"\\{}[],:\n\r\0#"[below(12)];
            break;
        default:
            text.resize(at + 1);
        }
    }
    return text;
}

} // namespace

class TestFuzzTargets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyParserComesBackFromDamage_data() {
        QTest::addColumn<QString>("name");
        for (const auto& target : binnacle::fuzz::targets()) {
            QTest::newRow(std::string(target.name).c_str())
                << QString::fromLatin1(target.name.data(), static_cast<qsizetype>(target.name.size()));
        }
    }
    void everyParserComesBackFromDamage() {
        QFETCH(QString, name);
        const auto* const target = binnacle::fuzz::findTarget(name.toStdString());
        QVERIFY(target != nullptr);
        const auto seeds = target->seeds();
        QVERIFY(!seeds.empty());
        std::mt19937 random(20'260'701);
        target->run({});
        for (const auto& seed : seeds) {
            target->run(seed);
            for (std::size_t rounds = 4000 / seeds.size(); rounds > 0; --rounds) {
                target->run(damaged(seed, random));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestFuzzTargets)
#include "test_fuzz_targets.moc"
