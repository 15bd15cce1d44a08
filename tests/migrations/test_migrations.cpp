// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/migrations/migration_runner.h"
#include "tests/migrations/fake_migration_database.h"
#include "tests/support/wait_for.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <future>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* build = "-- title: Index tasks\ncreate index concurrently a on public.tasks (assignee_id);\n";
constexpr const char* drop = "drop index concurrently public.a;\n";

struct Directory {
    QTemporaryDir directory;
    [[nodiscard]] std::filesystem::path path() const { return directory.path().toStdString(); }
    void write(const char* name, const char* text) const { std::ofstream(path() / name) << text; }
    [[nodiscard]] Result<std::vector<Migration>> read() const { return readMigrations(path(), plainDigest); }
    [[nodiscard]] std::string problem() const {
        const auto files = read();
        return files ? std::string() : files.error().text;
    }
};

/// A runner on a fake database with pauses that nobody notices.
struct Run {
    FakeDatabase database;
    RunOrders orders;
    std::vector<MigrationStatus> shown;
    Migration migration = sampleMigration();
    RunnerOptions options;
    Run() {
        options.attempts = 3;
        options.firstPause = 1ms;
        options.longestPause = 2ms;
        options.lockPoll = 1ms;
    }
    RunResult go(Direction direction = Direction::Apply, bool resumed = false,
                 const std::function<void(const MigrationStatus&)>& look = {}) {
        FakeMigrationDatabase session(database);
        MigrationRunner runner(session, options);
        const std::vector<Migration> files{migration};
        return runner.run(files, files.front(), direction, "control-1:7", resumed, orders, {},
                          [&](const MigrationStatus& row) {
                              shown.push_back(row);
                              if (look) {
                                  look(row);
                              }
                          });
    }
    [[nodiscard]] bool applied() {
        return database.ask([](const FakeDatabase& shared) {
            return !shared.ledger.empty() && shared.ledger.front().applied && shared.index == IndexState::Valid;
        });
    }
};

} // namespace

class TestMigrations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesAreReadInOrderAndChained() {
        const Directory files;
        files.write("20260102000000_b.expand.sql", build);
        files.write("20260102000000_b.revert.sql", drop);
        files.write("20260101000000_a.expand.sql", build);
        files.write("20260101000000_a.revert.sql", drop);
        files.write("README", "no migration");
        const auto read = files.read();
        QVERIFY2(read.has_value(), files.problem().c_str());
        QCOMPARE(read->size(), 2U);
        const auto& first = read->front();
        QCOMPARE(first.id, std::string("20260101000000_a"));
        QCOMPARE(first.title, std::string("Index tasks"));
        QCOMPARE(first.statement, std::string("create index concurrently a on public.tasks (assignee_id)"));
        QCOMPARE(first.index, (IndexName{"public", "a", "tasks"}));
        QCOMPARE(first.digest, read->at(1).digest); // the same texts
        QVERIFY(first.chain != read->at(1).chain);  // at another place
        files.write("20260101000000_a.expand.sql", "create index concurrently a on public.tasks (title);");
        const auto edited = files.read();
        QVERIFY(edited->front().digest != first.digest);
        QVERIFY(edited->at(1).chain != read->at(1).chain); // what comes after it knows
        QVERIFY((*findMigration(*read, "20260102000000"))->id == read->at(1).id);
        QVERIFY(findMigration(*read, "x").error().text.find("20260101000000_a") != std::string::npos);
    }
    void whatIsNotUnderstoodIsRefused_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("expand");
        QTest::addColumn<QByteArray>("revert");
        const QByteArray name = "20260101000000_a";
        QTest::newRow("name") << QByteArray("2026_a") << QByteArray(build) << QByteArray(drop);
        QTest::newRow("not concurrently")
            << name << QByteArray("create index a on public.tasks (x)") << QByteArray(drop);
        QTest::newRow("no schema") << name << QByteArray("create index concurrently a on tasks (x)")
                                   << QByteArray(drop);
        QTest::newRow("two statements") << name
                                        << QByteArray("create index concurrently a on public.tasks (x); select 1")
                                        << QByteArray(drop);
        QTest::newRow("comment behind code")
            << name << QByteArray("create index concurrently a on public.tasks (x) -- why\n  where x > 0")
            << QByteArray(drop);
        QTest::newRow("comment within code")
            << name << QByteArray("create index concurrently a on public.tasks (/* why */ x)") << QByteArray(drop);
        QTest::newRow("too large") << name << QByteArray(build) + "-- " + QByteArray(8192, 'x') << QByteArray(drop);
        QTest::newRow("something else") << name << QByteArray("drop table public.tasks") << QByteArray(drop);
        QTest::newRow("drops another") << name << QByteArray(build) << QByteArray("drop index concurrently public.b");
        QTest::newRow("drops loudly") << name << QByteArray(build) << QByteArray("drop index public.a");
        QTest::newRow("no reversal") << name << QByteArray(build) << QByteArray();
    }
    void whatIsNotUnderstoodIsRefused() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, expand);
        QFETCH(QByteArray, revert);
        const Directory files;
        files.write((name + ".expand.sql").constData(), expand.constData());
        if (!revert.isEmpty()) {
            files.write((name + ".revert.sql").constData(), revert.constData());
        }
        const auto read = files.read();
        QVERIFY(!read && read.error().code == ErrorCode::Invalid);
        QVERIFY2(read.error().text.find(name.toStdString()) != std::string::npos, read.error().text.c_str());
    }
    void theLedgerRefusesWithWhatMendsIt() {
        const auto first = sampleMigration("20260101000000_a");
        const auto second = sampleMigration("20260102000000_b");
        const std::vector files{first, second};
        const auto entry = [](const Migration& file, bool applied = true) {
            return LedgerEntry{file.id, file.digest, file.chain, applied, "w:1"};
        };
        std::vector<LedgerEntry> ledger;
        const auto says = [](const std::optional<std::string>& refusal, const char* part) {
            return refusal && refusal->find(part) != std::string::npos;
        };
        QVERIFY(!whyNotApply(files, ledger, first));
        QVERIFY(says(whyNotApply(files, ledger, second), "Apply that first"));
        QVERIFY(says(whyNotRevert(files, ledger, first), "is not applied"));
        ledger = {entry(first)};
        QVERIFY(says(whyNotApply(files, ledger, first), "applied already"));
        QVERIFY(!whyNotApply(files, ledger, second));
        QVERIFY(!whyNotRevert(files, ledger, first));
        ledger = {entry(first), entry(second)};
        QVERIFY(says(whyNotRevert(files, ledger, first), "Roll that back first"));
        ledger = {entry(first, false), entry(second)};
        QVERIFY(says(whyNotApply(files, ledger, first), "later time in its name"));
        ledger = {entry(first)};
        ledger.front().digest = "edited";
        QVERIFY(says(whyNotApply(files, ledger, second), "Put the applied files back"));
        QVERIFY(says(whyNotRevert(files, ledger, first), "Put the applied files back"));
        ledger = {entry(first)};
        ledger.front().chain = "another";
        QVERIFY(says(whyNotApply(files, ledger, second), "later time"));
        ledger = {entry(sampleMigration("20250101000000_gone"))};
        QVERIFY(says(whyNotApply(files, ledger, first), "gone"));
        // What was taken back may be mended in its file.
        ledger = {entry(first, false)};
        ledger.front().digest = "edited";
        QVERIFY(!whyNotApply(files, ledger, first));
    }
    void appliesAndTakesBack() {
        Run run;
        const auto done = run.go();
        QVERIFY(done.end == RunEnd::Done);
        QCOMPARE(done.attempts, 1);
        QVERIFY(run.applied());
        QCOMPARE(run.database.ledger.front().reference, std::string("control-1:7"));
        QVERIFY(run.shown.front().state == MigrationStatus::State::Running);
        QVERIFY(run.go(Direction::Revert).end == RunEnd::Done);
        QVERIFY(run.database.index == IndexState::Absent && !run.database.ledger.front().applied);
    }
    void whatAnAttemptLeavesIsDroppedBeforeTheNext() {
        Run run;
        run.database.buildErrors = {{ErrorCode::Timeout, "55P03"}, {ErrorCode::Closed, "gone"}};
        const auto done = run.go();
        QVERIFY(done.end == RunEnd::Done);
        QCOMPARE(done.attempts, 3);
        QCOMPARE(run.database.builds, 3);
        QCOMPARE(run.database.drops, 2);
        QVERIFY(run.applied());
        QVERIFY(std::ranges::any_of(run.shown, [](const MigrationStatus& row) {
            return row.state == MigrationStatus::State::Waiting && row.message.find("55P03") != std::string::npos;
        }));
    }
    void givesUpAfterSoManyAttemptsAndLeavesNothing() {
        Run run;
        run.database.buildErrors.assign(3, {ErrorCode::Timeout, "lock timeout"});
        const auto failed = run.go();
        QVERIFY(failed.end == RunEnd::Failed);
        QVERIFY(failed.message.find("3 attempts") != std::string::npos);
        QVERIFY(run.database.index == IndexState::Absent && run.database.ledger.empty());
    }
    void whatIsHopelessIsNotTriedAgain() {
        Run run;
        run.database.buildErrors = {{ErrorCode::Invalid, "42703: no such column"}};
        const auto failed = run.go();
        QVERIFY(failed.end == RunEnd::Failed);
        QCOMPARE(failed.attempts, 1);
        QVERIFY(failed.message.find("42703") != std::string::npos);
        QVERIFY(run.database.index == IndexState::Absent);
    }
    void aPoolerIsRefused() {
        Run run;
        run.database.pooled = true;
        const auto failed = run.go();
        QVERIFY(failed.end == RunEnd::Failed);
        QCOMPARE(failed.message, std::string("A pooler stands between."));
        QCOMPARE(run.database.builds, 0);
    }
    void stoppedInTheMiddleItLeavesNothing() {
        Run run;
        run.database.held = true;
        run.database.sample.progress = MigrationProgress{"building index: scanning table", 3, 10, 5, 100, "blocks"};
        const auto stopped = run.go(Direction::Apply, false, [&](const MigrationStatus& row) {
            if (row.progress) {
                run.orders.stop();
            }
        });
        QVERIFY(stopped.end == RunEnd::Stopped);
        QVERIFY(run.database.index == IndexState::Absent && run.database.ledger.empty());
        QCOMPARE(run.database.drops, 1);
    }
    void whatCantBeCleanedUpEndsAndIsTold() {
        Run run;
        run.database.held = true;
        const auto failed = run.go(Direction::Apply, false, [&](const MigrationStatus& row) {
            run.database.set([&](FakeDatabase& shared) {
                if (row.state == MigrationStatus::State::Running && shared.index == IndexState::Invalid) {
                    run.orders.stop();
                    shared.indexError = Error{ErrorCode::Denied, "42501: not yours."};
                }
            });
        });
        QVERIFY(failed.end == RunEnd::Failed);
        QVERIFY2(failed.message.find("42501") != std::string::npos, failed.message.c_str());
        QVERIFY2(failed.message.find("public.tasks_by_assignee by hand") != std::string::npos, failed.message.c_str());
    }
    void aDiskThatHasFilledUpIsNotBuiltOnAgain() {
        Run run;
        run.database.buildErrors = {{ErrorCode::Closed, "gone"}};
        run.database.noRoom = "The disk has 1 MB free."; // since the preflight
        const auto failed = run.go();
        QVERIFY(failed.end == RunEnd::Failed);
        QCOMPARE(failed.message, *run.database.noRoom);
        QCOMPARE(run.database.builds, 1);
        QVERIFY(run.database.index == IndexState::Absent);
        Run resumed;
        resumed.database.noRoom = run.database.noRoom;
        QVERIFY(resumed.go(Direction::Apply, true).end == RunEnd::Failed);
        QCOMPARE(resumed.database.builds, 0);
    }
    void aCancelThatIsNotHeardIsRepeated() {
        Run run;
        run.options.cancelGrace = 1h;
        run.database.held = true;
        run.database.deafToCancels = 2;
        const auto stopped = run.go(Direction::Apply, false, [&](const MigrationStatus& row) {
            if (row.state == MigrationStatus::State::Running) {
                run.orders.stop();
            }
        });
        QVERIFY(stopped.end == RunEnd::Stopped);
        QCOMPARE(run.database.deafToCancels, 0);
    }
    void anOrderThatCameBeforeTheWaitEndsIt() {
        RunOrders orders;
        orders.stop();
        orders.wait(1h, true); // else the test ends by its limit
        orders.quit();
        orders.wait(1h, false);
    }
    void blockersMeanWaiting() {
        Run run;
        run.database.held = true;
        run.database.sample.blockers = {{42, "app_rw", "psql", "idle in transaction", "select ?", 3s}};
        const auto done = run.go(Direction::Apply, false, [&](const MigrationStatus& row) {
            if (row.state == MigrationStatus::State::Waiting && row.blockers.size() == 1 &&
                row.blockers.front().pid == 42) {
                run.database.set([](FakeDatabase& shared) { shared.held = false; });
            }
        });
        QVERIFY(done.end == RunEnd::Done);
    }
    void leftBehindByAKilledProcessItIsTakenUp_data() {
        QTest::addColumn<int>("left");
        QTest::addColumn<bool>("recorded");
        QTest::newRow("before the build") << int(IndexState::Absent) << false;
        QTest::newRow("in the build") << int(IndexState::Invalid) << false;
        QTest::newRow("after the build") << int(IndexState::Valid) << false;
        QTest::newRow("in the ledger") << int(IndexState::Valid) << true;
    }
    void leftBehindByAKilledProcessItIsTakenUp() {
        QFETCH(int, left);
        QFETCH(bool, recorded);
        Run run;
        run.database.index = static_cast<IndexState>(left);
        if (recorded) {
            run.database.ledger = {{run.migration.id, run.migration.digest, run.migration.chain, true, "control-1:7"}};
        }
        QVERIFY(run.go(Direction::Apply, true).end == RunEnd::Done);
        QVERIFY(run.applied());
        QCOMPARE(run.database.builds,
                 run.database.index == IndexState::Valid && left == int(IndexState::Valid) ? 0 : 1);
    }
    void resumedAndStoppedItCleansUpToo() {
        Run run;
        run.database.index = IndexState::Invalid;
        run.orders.stop();
        QVERIFY(run.go(Direction::Apply, true).end == RunEnd::Stopped);
        QVERIFY(run.database.index == IndexState::Absent);
    }
    void itWaitsForTheOtherRunner() {
        Run run;
        run.database.lockedByOthers = true;
        const auto done = run.go(Direction::Apply, false, [&](const MigrationStatus& row) {
            if (row.message.starts_with("Another session")) {
                run.database.set([](FakeDatabase& shared) { shared.lockedByOthers = false; });
            }
        });
        QVERIFY(done.end == RunEnd::Done);
    }
    void aDatabaseThatIsAwayIsWaitedForBeforeItIsCleanedUp() {
        Run run;
        run.database.held = true;
        const auto stopped = run.go(Direction::Apply, false, [&](const MigrationStatus& row) {
            run.database.set([&](FakeDatabase& shared) {
                if (row.state == MigrationStatus::State::Running && shared.index == IndexState::Invalid) {
                    run.orders.stop();
                    shared.away = true;
                } else if (row.message.find("as soon as the database lets us") != std::string::npos) {
                    shared.away = false;
                }
            });
        });
        QVERIFY(stopped.end == RunEnd::Stopped);
        QVERIFY(run.database.index == IndexState::Absent);
    }
    void quitLeavesThingsForTheNextProcess() {
        Run run;
        run.database.held = true;
        const auto quit = run.go(Direction::Apply, false, [&](const MigrationStatus& row) {
            if (row.state == MigrationStatus::State::Running) {
                run.orders.quit();
            }
        });
        QVERIFY(quit.end == RunEnd::Quit);
        QVERIFY(run.database.index == IndexState::Invalid);
    }
    void anEditedFileNeverReplacesWhatTheLedgerKnows() {
        Run run;
        QVERIFY(run.go().end == RunEnd::Done);
        const auto digest = run.database.ledger.front().digest;
        run.migration.digest = "edited";
        const auto failed = run.go(Direction::Revert);
        QVERIFY(failed.end == RunEnd::Failed);
        QCOMPARE(run.database.ledger.front().digest, digest);
        QVERIFY(run.database.index == IndexState::Valid);
    }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "test_migrations.moc"
