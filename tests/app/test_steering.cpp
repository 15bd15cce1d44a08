// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/canary_words.h"
#include "app/models/cohort_rows.h"
#include "app/models/effect_rows.h"
#include "app/models/keyed_table.h"
#include "app/models/migration_pace.h"
#include "app/models/migration_words.h"
#include "app/models/share_text.h"
#include "app/models/split_reading.h"
#include "app/pages/cohort_lines.h"
#include "widgets/number_text.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTextDocument>
#include <QtTest>

#include <cmath>

using namespace binnacle;
using namespace binnacle::app;
using namespace std::chrono_literals;
using State = MigrationStatus::State;

namespace {

const std::string kHostile = "<b>x</b>\n\t\x1b[31m<img src=file:///etc/passwd>\xe2\x80\xae" + std::string(5000, 'W');

SteadyTime at(std::chrono::milliseconds since) {
    return SteadyTime(100000s) + since;
}

CohortShares split(double users, double canaryPercent) {
    CohortShares out;
    out.window = 300s;
    out.users = users;
    out.usersSharePercent = canaryPercent;
    out.requestsSharePercent = canaryPercent;
    out.cohorts = {{"canary", {"app-3"}, {"1.1.0"}, users * canaryPercent / 100, 120},
                   {"stable", {"app-1", "app-2"}, {"1.0.0"}, users * (1 - canaryPercent / 100), 2280}};
    return out;
}

MigrationStatus building(std::int64_t done, std::int64_t total = 8920) {
    MigrationStatus out;
    out.id = "20261101120000_tasks_by_assignee";
    out.title = "Index tasks by assignee";
    out.table = "tasks";
    out.state = State::Running;
    out.attempt = 1;
    out.tableRows = 2'000'000;
    out.progress = MigrationProgress{"building index: scanning table", 3, 10, done, total, "blocks"};
    return out;
}

ResourceView share(double wanted, double held) {
    ResourceView out;
    out.name = "canary_share";
    out.wanted = {{"percent", wanted}};
    out.generation = 3;
    out.changedBy = "root";
    out.changedAt = UtcTime(1'790'000'000s);
    out.reason = "trying the release";
    out.reference = "12";
    out.targets = {{"haproxy", {{"percent", held}}, 3, wanted == held, {}}};
    return out;
}

QString textsOf(const std::vector<TableRow>& rows) {
    QStringList out;
    for (const auto& row : rows) {
        for (const auto& cell : row.cells) {
            out << cell.text << cell.tip;
        }
    }
    return out.join(QLatin1Char('|'));
}

} // namespace

class TestSteering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sharesAreReadAsPeopleWriteThem_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("percent");
        QTest::addRow("whole") << QStringLiteral("5") << 5.0;
        QTest::addRow("point") << QStringLiteral("2.5") << 2.5;
        QTest::addRow("comma") << QStringLiteral("2,5") << 2.5;
        QTest::addRow("sign") << QStringLiteral(" 12.34 % ") << 12.34;
        QTest::addRow("zero") << QStringLiteral("0") << 0.0;
        QTest::addRow("all") << QStringLiteral("100") << 100.0;
        QTest::addRow("least") << QStringLiteral("0.01") << 0.01;
    }
    void sharesAreReadAsPeopleWriteThem() {
        QFETCH(QString, text);
        QFETCH(double, percent);
        const auto read = readShare(text);
        QVERIFY(read.has_value());
        QVERIFY(std::abs(*read - percent) < 1e-9);
    }

    void whatIsNoShareIsRefusedWithWhatToWrite_data() {
        QTest::addColumn<QString>("text");
        for (const auto* text : {"", "%", "five", "-1", "100.01", "101", "0.001", "1e2", "nan", "inf", "0x10", "5 5",
                                 "1.2.3", "99999999999999999999", "+5"}) {
            QTest::addRow("\"%s\"", text) << QString(QLatin1String(text));
        }
    }
    void whatIsNoShareIsRefusedWithWhatToWrite() {
        QFETCH(QString, text);
        const auto read = readShare(text);
        QVERIFY(!read.has_value());
        QVERIFY(read.error().contains(QStringLiteral("0 to 100")));
    }

    void aSplitWithinChanceIsAsWantedAndOneBeyondIsNot() {
        const auto near = readSplit(split(2400, 5.4), 5.0);
        QVERIFY(near.asWanted.has_value() && *near.asWanted);
        QVERIFY(near.marginPoints.has_value());
        // Chance alone gives 1.96 * sqrt(0.05 * 0.95 / 2400) = 0.87 points; the estimate of users adds to it.
        QVERIFY(*near.marginPoints > 0.87 && *near.marginPoints < 1.1);
        const auto far = readSplit(split(2400, 9), 5.0);
        QVERIFY(far.asWanted.has_value() && !*far.asWanted);
        const auto few = readSplit(split(12, 50), 5.0);
        QVERIFY(!few.asWanted && !few.marginPoints);
        QVERIFY(!readSplit(split(2400, 5), std::nullopt).asWanted);
    }

    void noUserAtNoShareIsAsWanted() {
        const auto none = readSplit(split(2400, 0), 0.0);
        QVERIFY(none.asWanted.has_value() && *none.asWanted);
        const auto leak = readSplit(split(2400, 0.5), 0.0);
        QVERIFY(leak.asWanted.has_value() && !*leak.asWanted);
    }

    void cohortsSayTooFewInsteadOfAQuantile() {
        CohortTraffic canary;
        CohortTraffic stable;
        canary.latency.recordMany(4'000'000, 12);
        stable.latency.recordMany(4'000'000, 5000);
        const auto shares = split(2400, 5);
        const auto rows = cohortRows(canary, stable, &shares, 5.0);
        const auto text = textsOf(rows);
        QVERIFY2(text.contains(QStringLiteral("too few (12)")), qPrintable(text));
        const auto p99 = std::ranges::find(rows, QStringLiteral("p99"), &TableRow::key);
        QVERIFY(p99 != rows.end());
        QVERIFY(p99->cells[3].text.isEmpty()); // nothing to compare
        QVERIFY(p99->cells[2].text.contains(QStringLiteral("ms")));
    }

    void withoutControlTheSplitIsADash() {
        const auto rows = cohortRows({}, {}, nullptr, std::nullopt);
        const auto users = std::ranges::find(rows, QStringLiteral("Share of users"), &TableRow::key);
        QVERIFY(users != rows.end());
        QCOMPARE(users->cells[1].text, absentText());
        QVERIFY(users->cells[4].text.contains(QStringLiteral("control")));
    }

    void theSentenceTellsWantedFromHeld() {
        const auto zone = QTimeZone::utc();
        const auto same = share(5, 5);
        auto words = canarySentence(&same, zone);
        QVERIFY(words.clause.contains(QStringLiteral("go to the canary")));
        QVERIFY(words.detail.contains(QStringLiteral("root")) && words.detail.contains(QStringLiteral("trying")));
        QVERIFY(words.aside.contains(QStringLiteral("#12")));
        QCOMPARE(words.severity, Severity::Normal);
        const auto other = share(5, 0);
        words = canarySentence(&other, zone);
        QVERIFY(words.clause.contains(QStringLiteral("wanted")) &&
                words.clause.contains(QStringLiteral("haproxy has 0")));
        QCOMPARE(words.severity, Severity::Caution);
        QVERIFY(canarySentence(nullptr, zone).clause.contains(QStringLiteral("not known")));
    }

    void aTableKeepsRowsBySelectionWhenCellsChange() {
        KeyedTable table;
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.setColumns({{QStringLiteral("a"), false}, {QStringLiteral("b"), true}});
        const auto row = [](const char* key, const char* text) {
            return TableRow{QLatin1String(key), {{QLatin1String(key)}, {QLatin1String(text)}}};
        };
        QSignalSpy resets(&table, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&table, &QAbstractItemModel::dataChanged);
        table.showRows({row("1", "x"), row("2", "y")});
        const QPersistentModelIndex second(table.index(1, 0));
        table.showRows({row("1", "x"), row("2", "z")});
        QCOMPARE(changes.count(), 1);
        table.showRows({row("1", "x"), row("2", "z")});
        QCOMPARE(changes.count(), 1); // nothing new: nothing told
        table.showRows({row("0", "w"), row("2", "z")});
        QCOMPARE(table.keyAt(second.row()), QStringLiteral("2"));
        QCOMPARE(table.rowOf(QStringLiteral("0")), 0);
        table.showRows({});
        QCOMPARE(table.rowCount(), 0);
        QCOMPARE(resets.count(), 0);
    }

    void aTipIsNeverMarkup() {
        KeyedTable table;
        table.setColumns({{QStringLiteral("a"), false}});
        table.showRows({{QStringLiteral("k"),
                         {{QStringLiteral("x"), Mark::None, Type::Label, Token::Ink, QStringLiteral("<b>bold</b>")}}}});
        QTextDocument shown;
        shown.setHtml(table.index(0, 0).data(Qt::ToolTipRole).toString());
        QCOMPARE(shown.toPlainText(), QStringLiteral("<b>bold</b>"));
    }

    void thePaceIsOfTheLastHalfMinuteAndOfThisPhase() {
        MigrationPace pace;
        QVERIFY(!pace.perSecond());
        for (int i = 0; i <= 20; ++i) {
            pace.append(building(i * 50), at(i * 500ms));
        }
        QVERIFY(pace.perSecond().has_value());
        QVERIFY(std::abs(*pace.perSecond() - 100) < 1);
        QCOMPARE(pace.phaseLeft()->count(), 79); // (8920 - 1000) / 100
        auto next = building(0);
        next.progress->phase = "building index: sorting live tuples";
        pace.append(next, at(10500ms));
        QVERIFY(!pace.perSecond() && !pace.phaseLeft()); // nothing is known of this one yet
    }

    void noTimeLeftIsToldWhereItWouldBeAGuess() {
        MigrationPace still;
        MigrationPace waiting;
        MigrationPace unsaid;
        for (int i = 0; i <= 20; ++i) {
            still.append(building(500), at(i * 500ms));
            auto waits = building(i, 40);
            waits.progress->phase = "waiting for writers before build";
            waits.progress->unit = "lockers";
            waiting.append(waits, at(i * 500ms));
            unsaid.append(building(i * 100, 0), at(i * 500ms));
        }
        QVERIFY(!still.perSecond() && !still.phaseLeft());
        QVERIFY(!waiting.phaseLeft());
        QVERIFY(!unsaid.phaseLeft());
        QVERIFY(unsaid.share().empty()); // without a total there is no share to draw
    }

    void aLineIsCutBetweenPhasesAttemptsAndWhileNobodyTells() {
        MigrationPaces paces;
        const auto id = building(0).id;
        paces.append({building(100)}, at(0ms));
        paces.append({building(200)}, at(500ms));
        paces.interrupt(at(1000ms));
        paces.append({building(900)}, at(9000ms));
        const auto* pace = paces.of(id);
        QVERIFY(pace != nullptr);
        const auto columns = pace->share().columns(at(0ms), at(10000ms), 20);
        int cuts = 0;
        for (const auto& column : columns) {
            cuts += column.gapBefore ? 1 : 0;
        }
        QCOMPARE(cuts, 1);
        QVERIFY(paces.of("another") == nullptr);
    }

    void phasesAreToldAsFarAsPostgresTells() {
        auto phase = phaseOf(building(1204), nullptr, false);
        QCOMPARE(phase.number, 3);
        QCOMPARE(phase.finished, 2);
        QVERIFY(phase.figures.contains(QStringLiteral("blocks")));
        QVERIFY(phase.share && std::abs(*phase.share - 0.135) < 0.001);
        QVERIFY(phase.aside.isEmpty());
        phase = phaseOf(building(0, 0), nullptr, false);
        QVERIFY(!phase.share);
        auto done = building(0);
        done.state = State::Applied;
        phase = phaseOf(done, nullptr, false);
        QCOMPARE(phase.finished, phase.count);
        QCOMPARE(phase.number, 0);
        done.state = State::Pending;
        QCOMPARE(phaseOf(done, nullptr, false).finished, 0);
    }

    void theSentenceIsAboutWhatMattersMost() {
        MigrationsView view;
        QVERIFY(sentenceOf(view).clause.contains(QStringLiteral("no migration")));
        auto pending = building(0);
        pending.progress.reset();
        pending.state = State::Pending;
        pending.tableRows = 1200;
        view.rows = {pending};
        QVERIFY(sentenceOf(view).detail.contains(QStringLiteral("binnacle-load seed")));
        view.rows[0].tableRows = 500'000;
        QVERIFY(!sentenceOf(view).detail.contains(QStringLiteral("seed")));
        auto waiting = building(3);
        waiting.id = "2";
        waiting.title = "Another";
        waiting.state = State::Waiting;
        waiting.blockers = {{4711, "svc", "psql", "idle in transaction", "update tasks set x = ?", 184s}};
        view.rows.push_back(waiting);
        const auto words = sentenceOf(view);
        QVERIFY(words.clause.contains(QStringLiteral("Another")) && words.clause.contains(QStringLiteral("1 session")));
        QCOMPARE(words.severity, Severity::Caution);
        QCOMPARE(railWordOf(view), QStringLiteral("waiting"));
        view.rows[1].state = State::Failed;
        QCOMPARE(sentenceOf(view).severity, Severity::Critical);
    }

    void blockersSayWhoAndWhatTheyHold() {
        auto waiting = building(3);
        waiting.blockers = {{4711, "svc", "psql", "idle in transaction", "update tasks set x = ?", 184s}};
        const auto text = textsOf(blockerRows(waiting));
        for (const auto* part : {"4711", "svc", "psql", "3:04", "idle in transaction: update tasks"}) {
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        }
    }

    void aButtonSaysWhyItCannotBePressed() {
        auto migration = building(3);
        QVERIFY(!buttonsOf(migration).applyNot.isEmpty());
        QVERIFY(buttonsOf(migration).stopNot.isEmpty());
        migration.state = State::Applied;
        migration.reference = "12";
        QVERIFY(buttonsOf(migration).undoNot.isEmpty());
        QVERIFY(buttonsOf(migration).stopNot.contains(QStringLiteral("not running")));
        for (const auto state : {State::Pending, State::Stopped, State::Failed}) {
            migration.state = state;
            QVERIFY(buttonsOf(migration).applyNot.isEmpty());
            QVERIFY(!buttonsOf(migration).stopNot.isEmpty() && !buttonsOf(migration).undoNot.isEmpty());
        }
        migration.state = State::Unknown;
        QVERIFY(!buttonsOf(migration).applyNot.isEmpty() && !buttonsOf(migration).stopNot.isEmpty() &&
                !buttonsOf(migration).undoNot.isEmpty());
    }

    void everyStateHasAWord() {
        QSet<QString> words;
        for (int i = 0; i <= static_cast<int>(State::Unknown); ++i) {
            words << stateWordOf(static_cast<State>(i));
        }
        QCOMPARE(words.size(), 9);
    }

    void effectsSayNoneAndTooFewInWords() {
        Effect effect;
        effect.state = Effect::State::Ready;
        effect.summary = "No measurable change.";
        EffectRow none{"p99", "all routes", "s", 0.118, 0.119, {}, {}, 900, 910, EffectRow::Change::None, true};
        EffectRow few{"errors", "all routes", "1", {}, 0.0, {}, {}, 3, 900, EffectRow::Change::TooFew, true};
        EffectRow fell{"database_time", "all routes", "s/s", 0.4, 0.1, {}, {}, 900, 910, EffectRow::Change::Fell, true};
        EffectRow route{"p99", "GET /v1/x", "s", 1.0, 2.0, {}, {}, 900, 910, EffectRow::Change::Rose, true};
        effect.rows = {none, few, fell, route};
        const auto rows = effectRows(effect);
        QCOMPARE(rows.size(), std::size_t{3}); // single routes have no place here
        QVERIFY(rows[0].cells[0].text.contains(QStringLiteral("Database")));
        QCOMPARE(rows[0].cells[3].mark, Mark::Proof);
        QCOMPARE(rows[1].cells[3].text, QStringLiteral("none"));
        QVERIFY(rows[2].cells[1].text.contains(QStringLiteral("too few (3)")));
        QCOMPARE(effectSentence(&effect, UtcTime(0s)).text, QStringLiteral("No measurable change."));
        effect.state = Effect::State::Pending;
        effect.readyAt = UtcTime(60s);
        QVERIFY(effectSentence(&effect, UtcTime(20s)).text.contains(QStringLiteral("40 s")));
        QVERIFY(effectSentence(nullptr, UtcTime(0s)).text.contains(QStringLiteral("Nothing")));
    }

    void hostileTextsArePlainAndShort() {
        auto migration = building(3);
        migration.id = migration.title = migration.table = migration.message = kHostile;
        migration.progress->phase = migration.progress->unit = kHostile;
        migration.blockers = {{1, kHostile, kHostile, kHostile, kHostile, 1s}};
        MigrationsView view{{migration}, 100ms, kHostile};
        auto canary = share(5, 0);
        canary.changedBy = canary.reason = canary.reference = kHostile;
        canary.targets[0].name = canary.targets[0].problem = kHostile;
        const auto words = canarySentence(&canary, QTimeZone::utc());
        const auto sentence = sentenceOf(view);
        const auto phase = phaseOf(migration, nullptr, false);
        QStringList texts{words.clause,
                          words.detail,
                          words.aside,
                          sentence.clause,
                          sentence.detail,
                          phase.title,
                          phase.figures,
                          textsOf(migrationRows(view)),
                          textsOf(blockerRows(migration))};
        for (const auto& text : texts) {
            QVERIFY(!text.contains(QLatin1Char('\n')) && !text.contains(QLatin1Char('\x1b')));
            QVERIFY(text.size() < 3000);
        }
    }

    void aCohortLineHasGapsWhereThereIsTooLittle() {
        LatencyLog log;
        PathHistory history;
        const Labels canary{{"role", "canary"}, {"instance", "app-3"}, {"route", "GET /x"}, {"status_class", "2xx"}};
        const auto begin = at(0ms);
        for (int s = 0; s < 420; s += 2) {
            LatencyHistogram recorded;
            // A minute of traffic, five of silence, and a minute of it again.
            if (s < 60 || s >= 360) {
                recorded.recordMany(20'000'000, 50);
            }
            log.add(canary, begin + std::chrono::seconds(s) + 1s, recorded);
            PathReading reading;
            reading.at = begin + std::chrono::seconds(s) + 1s;
            InstanceHop hop;
            hop.name = "app-3";
            hop.role = "canary";
            hop.state = SourceState::Live;
            reading.instances = {hop};
            history.append(reading);
        }
        CohortLine line("canary");
        for (int i = 0; i < 10; ++i) {
            line.feed(log, history, begin, begin + 420s);
        }
        const auto columns = line.p99().columns(begin, begin + 420s, 210);
        int present = 0;
        int cuts = 0;
        for (const auto& column : columns) {
            present += column.present ? 1 : 0;
            cuts += column.gapBefore ? 1 : 0;
        }
        QVERIFY2(present > 100 && present < 125, qPrintable(QString::number(present)));
        QCOMPARE(cuts, 1);
        QVERIFY(std::abs(line.p99().last()->value - 0.02) < 0.001);
    }
};

QTEST_GUILESS_MAIN(TestSteering)
#include "test_steering.moc"
