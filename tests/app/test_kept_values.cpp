// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/kept_values.h"
#include "app/feed/update_mailbox.h"

#include <QtTest>

#include <functional>
#include <thread>

using namespace binnacle;
using namespace binnacle::app;

namespace {

/// Tells on which thread it ended.
struct Witness {
    explicit Witness(std::function<void()> end)
        : ended(std::move(end)) {}
    ~Witness() { ended(); }
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;
    std::function<void()> ended;
};

} // namespace

class TestKeptValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theMakerIsTheLastToLetGo() {
        KeptValues kept;
        std::thread::id endedOn;
        auto value = std::make_shared<const Witness>([&] { endedOn = std::this_thread::get_id(); });
        kept.add(value);
        std::thread([value = std::move(value)]() mutable { value.reset(); }).join();
        QCOMPARE(endedOn, std::thread::id()); // still here
        kept.add(nullptr);
        QCOMPARE(endedOn, std::this_thread::get_id());
        QCOMPARE(kept.size(), std::size_t{0});
    }

    void whatIsUsedStaysAndOnceIsEnough() {
        KeptValues kept;
        const auto used = std::make_shared<const int>(1);
        kept.add(used);
        kept.add(used);
        kept.add(std::make_shared<const int>(2)); // nobody else's: goes with the next
        QCOMPARE(kept.size(), std::size_t{2});
        kept.add(nullptr);
        QCOMPARE(kept.size(), std::size_t{1});
        QCOMPARE(used.use_count(), 2);
    }

    void whoeverKeepsAllDoesNotFillIt() {
        KeptValues kept;
        std::vector<std::shared_ptr<const int>> users;
        for (int i = 0; i < 2000; ++i) {
            users.push_back(std::make_shared<const int>(i));
            kept.add(users.back());
        }
        QCOMPARE(kept.size(), KeptValues::kMost);
        QCOMPARE(users.front().use_count(), 1);
        QCOMPARE(users.back().use_count(), 2);
    }

    void whatTheDisplayLetsGoEndsWhereItWasPut() {
        UpdateMailbox mailbox;
        SourceUpdate update;
        update.source = "redis";
        std::vector<std::weak_ptr<const Snapshot>> made;
        for (int i = 0; i < 3; ++i) {
            update.snapshot = std::make_shared<const Snapshot>();
            made.push_back(update.snapshot);
            mailbox.publish(update);
            update.snapshot.reset();
            std::size_t taken = 0;
            std::thread([&] { taken = mailbox.takeAll().size(); }).join(); // and let go
            QCOMPARE(taken, std::size_t{1});
            QVERIFY(!made.back().expired());
            QVERIFY(i == 0 || made[made.size() - 2].expired());
        }
    }
};

QTEST_GUILESS_MAIN(TestKeptValues)
#include "test_kept_values.moc"
