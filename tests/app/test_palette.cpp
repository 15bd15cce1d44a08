// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/database_page.h"
#include "app/pages/server_choice.h"
#include "app/palette/fuzzy_match.h"
#include "app/palette/palette.h"
#include "app/palette/palette_catalogue.h"
#include "app/palette/palette_search.h"
#include "backend/actions/action_catalogue.h"
#include "tests/app/page_bench.h"
#include "widgets/palette_view.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QRandomGenerator>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

int scoreOf(const char* word, const char* text) {
    const auto match = matchWord(QLatin1String(word), QLatin1String(text));
    return match ? match->score : 0;
}

/// A source of so many rows that searching them all at once would be felt.
class ManyRows : public PaletteSource {
public:
    explicit ManyRows(std::size_t count)
        : m_count(count) {}
    [[nodiscard]] std::size_t count() const override { return m_count; }
    [[nodiscard]] PaletteText text(std::size_t index) const override {
        ++looked;
        return {QStringLiteral("PID %1 app_user, reporting job of the night").arg(index),
                QStringLiteral("SELECT sum(amount) FROM orders WHERE region = ? AND day > ?"),
                {}};
    }
    [[nodiscard]] PaletteItem item(std::size_t index) const override {
        ++made;
        PaletteItem item;
        item.title = text(index).title;
        return item;
    }
    mutable int looked = 0;
    mutable int made = 0;

private:
    std::size_t m_count;
};

struct PaletteBench : PageBench {
    void leaveDialog() const {
        dialog()->reject();
        QTRY_VERIFY(dialog() == nullptr && window().findChild<QDialog*>() == nullptr);
        window().activateWindow();
        QTRY_VERIFY(window().isActiveWindow());
    }
    /// The one of that name that is shown.
    [[nodiscard]] QTableView* shownTable(const char* name) const {
        for (auto* view : window().findChildren<QTableView*>(QLatin1String(name))) {
            if (view->isVisible()) {
                return view;
            }
        }
        return nullptr;
    }
    [[nodiscard]] PaletteView& view() const { return *window().findChild<PaletteView*>(); }
    [[nodiscard]] QLineEdit& field() const { return *view().findChild<QLineEdit*>(); }
    [[nodiscard]] QListView& list() const { return *view().findChild<QListView*>(); }
    [[nodiscard]] Palette& palette() const { return *window().findChild<Palette*>(); }
    void openPalette(const QString& words = {}) {
        if (!view().isOpen()) {
            QTest::keyClick(window().focusWidget() ? window().focusWidget() : &window(), Qt::Key_K,
                            Qt::ControlModifier);
        }
        QTRY_VERIFY(view().isOpen() && field().hasFocus());
        field().selectAll();
        if (words.isEmpty()) {
            QTest::keyClick(&field(), Qt::Key_Delete);
        } else {
            QTest::keyClicks(&field(), words);
        }
        QTRY_VERIFY(palette().settled());
    }
    void enter() const { QTest::keyClick(&field(), Qt::Key_Return); }
    [[nodiscard]] const PaletteRow* chosen() const { return view().rows().rowAt(list().currentIndex()); }
    [[nodiscard]] QString title() const { return chosen() == nullptr ? QString() : chosen()->title; }
    [[nodiscard]] QStringList titles() const {
        QStringList out;
        for (int i = 0; i < view().rows().rowCount(); ++i) {
            if (const auto* row = view().rows().rowAt(view().rows().index(i, 0))) {
                out << row->title;
            }
        }
        return out;
    }
    /// Goes down to the row that begins so; false: there is none.
    [[nodiscard]] bool choose(const QString& begin) const {
        for (int i = 0; i < 200; ++i) {
            if (title().startsWith(begin)) {
                return true;
            }
            QTest::keyClick(&field(), Qt::Key_Down);
        }
        return false;
    }
    void start() {
        LaunchOptions options;
        options.size = QSize(1600, 1000);
        open(options);
        QTRY_VERIFY(live() && console->control().hasView());
    }
    /// Something that each action of the catalogue can act on.
    void fill() const {
        stack->setTable("postgres/primary",
                        tableOf("postgres.sessions", {{{"pid", 41907.0},
                                                       {"backend_start", "2026-11-25T18:30:01.123456Z"},
                                                       {"xact_start", "2026-11-25T18:31:01.123456Z"},
                                                       {"user", "app_user"},
                                                       {"state", "active"},
                                                       {"query", "SELECT pg_sleep(?)"}}}));
        stack->setTable("pgbouncer", tableOf("pgbouncer.pools", {{{"database", "app"}, {"user", "app_user"}}}));
    }
    /// A migration of that state, as the window has read it.
    void showMigration(MigrationStatus::State state) const {
        stack->control()->change([state](ControlView& view) {
            MigrationStatus migration;
            migration.id = "20261101120000_tasks_by_assignee";
            migration.title = "Index tasks by assignee";
            migration.state = state;
            view.migrations = MigrationsView{{migration}, std::chrono::milliseconds(0), {}};
        });
        QTRY_VERIFY(console->control().view().migrations &&
                    console->control().view().migrations->rows.front().state == state);
    }
};

} // namespace

class TestPalette : public QObject {
    Q_OBJECT

    std::unique_ptr<PaletteBench> m_shared;

    /// One console for the rows of a table, each of which leaves its palette closed.
    PaletteBench& shared() {
        if (!m_shared) {
            m_shared = std::make_unique<PaletteBench>();
            m_shared->fill();
            m_shared->start();
            m_shared->awaitReadings(4);
        }
        m_shared->window().activateWindow(); // a test with a window of its own had the keyboard
        static_cast<void>(QTest::qWaitForWindowActive(&m_shared->window()));
        return *m_shared;
    }

private Q_SLOTS:
    void cleanup() {
        if (QTest::currentTestFailed()) {
            m_shared.reset(); // whatever it left open
        }
    }

    void wordsAreFoundWhereAnEyeLooksForThem() {
        QVERIFY(scoreOf("lat", "Latency") > scoreOf("lat", "Escalate"));
        QVERIFY(scoreOf("lat", "Escalate") > 0);
        QVERIFY(scoreOf("dl", "Degradation level") > scoreOf("dl", "Idle"));
        QVERIFY(scoreOf("lock", "Locks") < scoreOf("locks", "Locks"));
        QVERIFY(scoreOf("cache", "Cache") > scoreOf("cache", "Caches of the night"));
        QCOMPARE(scoreOf("xyz", "Latency"), 0);
        QCOMPARE(scoreOf("yl", "Latency"), 0); // their order counts
        QCOMPARE(scoreOf("aoe", "xxaxxxxxxxxxxxxxxxxxxxoxxxxxxxxxxxxxxxxxxxxxex"), 0);
        const auto match = matchWord(QStringLiteral("DLV"), QStringLiteral("Set the degradation level"));
        QVERIFY(match);
        QCOMPARE(match->places, (std::vector<int>{8, 20, 22}));
        QVERIFY(matchWord(QStringLiteral("\u00c4NDERN"), QStringLiteral("Etwas \u00e4ndern")));
    }

    void everyPlaceThatIsMarkedHoldsItsLetter() {
        QRandomGenerator random(7);
        const QString letters = QStringLiteral("aAbB cd-_");
        const auto any = [&](int most) {
            QString out;
            for (int i = random.bounded(1, most); i > 0; --i) {
                out += letters.at(random.bounded(static_cast<int>(letters.size())));
            }
            return out;
        };
        int found = 0;
        for (int round = 0; round < 20'000; ++round) {
            const auto word = any(6).remove(u' ');
            const auto text = any(240);
            const auto match = matchWord(word, text);
            if (!match || word.isEmpty()) {
                continue;
            }
            ++found;
            QCOMPARE(match->places.size(), static_cast<std::size_t>(word.size()));
            int before = -1;
            for (std::size_t i = 0; i < match->places.size(); ++i) {
                const int place = match->places[i];
                QVERIFY(place > before && place < text.size());
                QCOMPARE(text.at(place).toLower(), word.at(static_cast<qsizetype>(i)).toLower());
                before = place;
            }
        }
        QVERIFY(found > 1000);
    }

    void wordsMayStandInTheSecondLine() {
        const auto match = matchQuery({QStringLiteral("sess"), QStringLiteral("orders")}, QStringLiteral("Session 41"),
                                      QStringLiteral("primary, SELECT * FROM orders"));
        QVERIFY(match);
        QCOMPARE(match->inTitle.size(), std::size_t{4});
        QCOMPARE(match->inDetail.size(), std::size_t{6});
        QVERIFY(!matchQuery({QStringLiteral("sess"), QStringLiteral("nowhere")}, QStringLiteral("Session 41"),
                            QStringLiteral("orders")));
    }

    void bigTablesAreLookedThroughInSlices() {
        auto rows = std::make_shared<ManyRows>(100'000);
        PaletteSearch search;
        search.begin({rows}, QStringLiteral("job 777"), 50);
        int slices = 0;
        double longest = 0;
        bool more = true;
        while (more) {
            QElapsedTimer since;
            since.start();
            more = search.step([&] { return since.nsecsElapsed() < 2'000'000; });
            longest = std::max(longest, static_cast<double>(since.nsecsElapsed()) / 1e6);
            ++slices;
        }
        QVERIFY(search.done());
        QVERIFY2(slices > 1, "the test needs more rows");
        QCOMPARE(rows->looked, static_cast<int>(PaletteSearch::kMostLooked));
        QCOMPARE(rows->made, 0);
        const auto groups = search.groups();
        QCOMPARE(groups.size(), std::size_t{1});
        QCOMPARE(groups[0].hits.size(), std::size_t{50});
        QCOMPARE(groups[0].hits.front().index, std::size_t{777}); // the whole word, before those that hold it
        for (std::size_t i = 0; i < 38; ++i) { // so many below 20 000 hold it, before those with letters between
            QVERIFY(QString::number(groups[0].hits[i].index).contains(QStringLiteral("777")));
        }
        qInfo("%d slices, the longest %.2f ms", slices, longest);
    }

    void aKeyIsInvalidatedByItsName() {
        PaletteBench bench;
        bench.start();
        bench.openPalette(QStringLiteral("task:42"));
        QVERIFY(bench.choose(QStringLiteral("Invalidate task:42")));
        bench.picture("palette-key");
        bench.enter();
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->phase() == ActionDialog::Phase::Preview);
        bench.leaveDialog();
        const auto offers = [&bench](const QString& words, const QString& title) {
            bench.openPalette(words);
            return bench.titles().contains(title);
        };
        const auto word = QStringLiteral("Invalidate organisation\u2026");
        QVERIFY(!offers(QStringLiteral("organisation"), word)); // a word is looked for
        QVERIFY(offers(QStringLiteral(":organisation"), word)); // unless it is said to be a key
        QVERIFY(!offers(QStringLiteral("no key: at all"), QStringLiteral("Invalidate no key: at all\u2026")));
        bench.stack->control()->actAs("mira", "invalidate_cache", {{"key", std::string("project:9")}});
        const auto again = [&] {
            QTest::keyClick(&bench.field(), Qt::Key_Escape); // what there is stands as it did when it was opened
            return offers(QStringLiteral(":project"), QStringLiteral("project:9"));
        };
        QTRY_VERIFY(again());
    }

    void escapeGivesTheFocusBack() {
        PaletteBench bench;
        bench.start();
        bench.openPalette();
        bench.picture("palette-open");
        QTest::keyClick(&bench.field(), Qt::Key_Escape);
        QVERIFY(!bench.view().isOpen());
        QTest::keyClick(&bench.window(), Qt::Key_G);
        QTest::keyClick(&bench.window(), Qt::Key_T);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("traffic"));
        auto* filter = bench.window().page(QStringLiteral("traffic"))->findChild<QLineEdit*>();
        filter->setFocus();
        filter->setText(QStringLiteral("app"));
        // In a field the key would delete to the end of the line.
        QTest::keyClick(filter, Qt::Key_K, Qt::ControlModifier);
        QVERIFY(bench.view().isOpen() && bench.field().hasFocus());
        QCOMPARE(filter->text(), QStringLiteral("app"));
        QTest::keyClick(&bench.field(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(!bench.view().isOpen());
        QTRY_VERIFY(filter->hasFocus());
    }

    void pagesOpenByName_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("title");
        for (const auto& page : pageCatalogue()) {
            QTest::addRow("%s", page.id) << QString(QLatin1String(page.id)) << QString(QLatin1String(page.title));
        }
    }
    void pagesOpenByName() {
        QFETCH(QString, id);
        QFETCH(QString, title);
        auto& bench = shared();
        bench.openPalette(title);
        QCOMPARE(bench.title(), title); // the first that is found is what was written
        QVERIFY(!bench.chosen()->keys.isEmpty());
        QCOMPARE(bench.chosen()->titleHits.size(), static_cast<std::size_t>(title.remove(u' ').size()));
        bench.enter();
        QVERIFY(!bench.view().isOpen());
        QTRY_COMPARE(bench.window().currentPage(), id);
    }

    void aPartOfAPageIsFoundFromEverywhere() {
        PaletteBench bench;
        bench.start();
        bench.openPalette();
        QVERIFY2(!bench.titles().contains(QStringLiteral("Database: Replication")), "parts must be looked for");
        bench.openPalette(QStringLiteral("replication"));
        QVERIFY(bench.choose(QStringLiteral("Database: Replication")));
        bench.enter();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("database"));
        const auto* sections = bench.window().findChild<SegmentedControl*>(QStringLiteral("databaseSections"));
        QCOMPARE(sections->current(), int(DatabasePage::Replication));
        bench.openPalette(QStringLiteral("slow log"));
        QVERIFY(bench.choose(QStringLiteral("Cache: Slow log")));
        bench.enter();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("cache"));
        QTRY_VERIFY(bench.shownTable("redis.slowlog") != nullptr && bench.shownTable("redis.slowlog")->hasFocus());
    }

    void choicesOfThePageAreFound() {
        PaletteBench bench;
        bench.start();
        bench.window().openPage(QStringLiteral("database"));
        bench.openPalette(QStringLiteral("!server replica 2"));
        QVERIFY2(bench.choose(QStringLiteral("Server: replica 2")), qPrintable(bench.titles().join(u'|')));
        bench.enter();
        const auto* choice = bench.window().page(QStringLiteral("database"))->findChild<ServerChoice*>();
        QCOMPARE(choice->source(), std::string("postgres/replica-2"));
        bench.openPalette(QStringLiteral("!server replica 2"));
        QVERIFY(bench.choose(QStringLiteral("Server: replica 2")));
        QCOMPARE(bench.chosen()->detail, QStringLiteral("Chosen already"));
        // Its parts stand with the pages, not here as well.
        bench.openPalette(QStringLiteral("!replication"));
        QVERIFY2(!bench.choose(QStringLiteral("What about the database")), qPrintable(bench.titles().join(u'|')));
    }

    void everyActionOfTheCatalogueIsReached_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < actionCatalogue().size(); ++i) {
            QTest::addRow("%s", actionCatalogue()[i].spec.id.c_str()) << static_cast<int>(i);
        }
    }
    void everyActionOfTheCatalogueIsReached() {
        QFETCH(int, index);
        const auto& entry = actionCatalogue()[static_cast<std::size_t>(index)];
        const auto title = QString::fromStdString(entry.spec.title);
        auto& bench = shared();
        const auto& id = entry.spec.id;
        bench.showMigration(id == "stop_migration"     ? MigrationStatus::State::Running
                            : id == "revert_migration" ? MigrationStatus::State::Applied
                                                       : MigrationStatus::State::Pending);
        bench.openPalette(QLatin1Char('>') + title);
        QVERIFY2(bench.choose(title), qPrintable(bench.titles().join(u'\n')));
        QVERIFY2(bench.chosen()->may, qPrintable(bench.chosen()->detail));
        bench.picture(qPrintable(QStringLiteral("palette-") + QString::fromStdString(id)));
        bench.enter();
        // What is missing is asked for, one after the other, until the preview can be made.
        for (int stage = 0; stage < 4 && bench.view().isOpen(); ++stage) {
            QTRY_VERIFY(bench.palette().settled());
            if (id == "resize_pool" && bench.title().isEmpty()) {
                QTest::keyClicks(&bench.field(), QStringLiteral("40"));
            } else if (id == "invalidate_cache") {
                QTest::keyClicks(&bench.field(), QStringLiteral("tag project:7"));
            } else if (id == "ready_instance") {
                QTest::keyClicks(&bench.field(), QStringLiteral("app-1")); // as typed, since all are in rotation
                QTest::keyClick(&bench.field(), Qt::Key_Up);
            }
            bench.picture(qPrintable(QStringLiteral("palette-%1-%2").arg(QString::fromStdString(id)).arg(stage)));
            QVERIFY2(
                bench.chosen() != nullptr && bench.chosen()->may,
                qPrintable(bench.chosen() == nullptr ? QStringLiteral("nothing to choose") : bench.chosen()->detail));
            bench.enter();
        }
        QVERIFY(!bench.view().isOpen());
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->isVisible());
        QTRY_VERIFY(bench.dialog()->phase() != ActionDialog::Phase::Reading);
        QCOMPARE(bench.dialog()->phase(), ActionDialog::Phase::Preview);
        bench.leaveDialog();
    }

    void typedShareIsTheOneOfThePreview() {
        PaletteBench bench;
        bench.start();
        bench.openPalette(QStringLiteral("set the canary share"));
        bench.enter();
        QTest::keyClicks(&bench.field(), QStringLiteral("12.5"));
        QTRY_VERIFY(bench.palette().settled());
        QCOMPARE(bench.title(), QStringLiteral("12.5"));
        bench.enter();
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->phase() == ActionDialog::Phase::Preview);
        QVERIFY2(bench.dialog()->windowTitle().contains(QStringLiteral("12.5")),
                 qPrintable(bench.dialog()->windowTitle()));
        bench.leaveDialog();
        // What can't be is said before anything opens.
        bench.openPalette(QStringLiteral("set the canary share"));
        bench.enter();
        QTest::keyClicks(&bench.field(), QStringLiteral("140"));
        QTRY_VERIFY(bench.palette().settled());
        QVERIFY(bench.chosen() != nullptr && !bench.chosen()->may);
        QVERIFY2(bench.chosen()->detail.contains(QStringLiteral("100")), qPrintable(bench.chosen()->detail));
        bench.enter();
        QVERIFY(bench.view().isOpen() && bench.dialog() == nullptr);
        QTest::keyClick(&bench.field(), Qt::Key_Escape); // one stage back
        QVERIFY(bench.view().isOpen());
        QTest::keyClick(&bench.field(), Qt::Key_Escape);
        QVERIFY(!bench.view().isOpen());
    }

    void whatCanNotBeDoneIsListedWithTheReason() {
        PaletteBench bench;
        bench.stack->control()->setRole("viewer");
        bench.start();
        QTRY_VERIFY(!bench.console->actions().whyNot("set_share").isEmpty());
        bench.openPalette(QStringLiteral(">set the canary share"));
        QVERIFY(bench.chosen() != nullptr && !bench.chosen()->may);
        QVERIFY2(bench.chosen()->detail.contains(QStringLiteral("operator")), qPrintable(bench.chosen()->detail));
        bench.picture("palette-denied");
        bench.enter();
        QVERIFY(bench.view().isOpen());
        QVERIFY(bench.dialog() == nullptr);
    }

    void sessionsStatementsRoutesAndServersLeadThere() {
        PaletteBench bench;
        bench.stack->setTable(
            "postgres/primary",
            tableOf("postgres.sessions",
                    {{{"pid", 41906.0}, {"backend_start", "2026-11-25T18:30:01.1Z"}, {"user", "app_user"}},
                     {{"pid", 41907.0},
                      {"backend_start", "2026-11-25T18:30:01.2Z"},
                      {"user", "night_report"},
                      {"state", "active"},
                      {"query", "SELECT sum(amount) FROM orders"}}}));
        bench.stack->setTable(
            "postgres/primary",
            tableOf("postgres.statements",
                    {{{"query_id", "77"},
                      {"database", "app"},
                      {"calls", 12.0},
                      {"query", "SELECT sum(amount) FROM orders"}},
                     {{"query_id", "78"}, {"database", "app"}, {"calls", 3.0}, {"query", "DELETE FROM baskets"}}}));
        bench.stack->setRoute("GET /v1/baskets");
        bench.start();
        bench.awaitReadings(4);
        bench.openPalette(QStringLiteral("@night"));
        QVERIFY2(bench.title().contains(QStringLiteral("41907")), qPrintable(bench.titles().join(u'\n')));
        bench.enter();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("database"));
        QTRY_VERIFY(bench.shownTable("postgres.sessions") != nullptr);
        QTRY_COMPARE(bench.shownTable("postgres.sessions")->currentIndex().siblingAtColumn(0).data().toString(),
                     QStringLiteral("41907"));

        bench.openPalette(QStringLiteral("$baskets"));
        QVERIFY2(bench.title().startsWith(QStringLiteral("DELETE")), qPrintable(bench.titles().join(u'\n')));
        bench.enter();
        QTRY_VERIFY(bench.shownTable("postgres.statements") != nullptr);

        QTRY_VERIFY(bench.console->feed().store().latency().series().size() > 1);
        bench.openPalette(QStringLiteral("/baskets"));
        QVERIFY2(bench.title().contains(QStringLiteral("/v1/baskets")), qPrintable(bench.titles().join(u'\n')));
        bench.enter();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("latency"));
        auto* routes = bench.window().page(QStringLiteral("latency"))->findChild<QTableView*>(QStringLiteral("routes"));
        QCOMPARE(routes->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("GET /v1/baskets"));
        QVERIFY(routes->hasFocus());

        bench.openPalette(QStringLiteral("replica 2"));
        QVERIFY2(bench.choose(QStringLiteral("replica 2")), qPrintable(bench.titles().join(u'\n')));
        bench.enter();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("database"));
    }

    void recentOnesComeFirstAndSurviveARestart() {
        QTemporaryDir settings;
        {
            PaletteBench bench;
            auto parts = FakeStack::parts(bench.stack, settings);
            bench.console = std::make_unique<Console>(std::move(parts));
            bench.console->show();
            QVERIFY(QTest::qWaitForWindowExposed(&bench.window()));
            bench.window().activateWindow();
            QTRY_VERIFY(bench.live());
            bench.openPalette(QStringLiteral("pools"));
            bench.enter();
            QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("pools"));
            bench.openPalette();
            QCOMPARE(bench.title(), QStringLiteral("Pools"));
            QTest::keyClick(&bench.field(), Qt::Key_Escape);
            bench.console->quitNow();
        }
        PaletteBench bench;
        bench.console = std::make_unique<Console>(FakeStack::parts(bench.stack, settings));
        bench.console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&bench.window()));
        bench.window().activateWindow();
        QTRY_VERIFY(bench.live());
        bench.openPalette();
        QCOMPARE(bench.title(), QStringLiteral("Pools"));
    }

    void windowCommandsAreThere() {
        PaletteBench bench;
        bench.start();
        bench.openPalette(QStringLiteral("pause"));
        QVERIFY2(bench.choose(QStringLiteral("Pause, or go on live")), qPrintable(bench.titles().join(u'\n')));
        bench.enter();
        QCOMPARE(bench.window().time().mode(), TimeContext::Mode::Paused);
        bench.openPalette(QStringLiteral("time span 5"));
        bench.enter();
        QCOMPARE(bench.window().time().span(), TimeContext::Mode::Paused == bench.window().time().mode()
                                                   ? SteadyTime::duration(std::chrono::minutes(5))
                                                   : SteadyTime::duration(0));
        bench.openPalette(QStringLiteral("take back the last act"));
        QVERIFY(bench.chosen() != nullptr && !bench.chosen()->may); // nothing was done yet
    }

    void hostileNamesStayPlainAndShort() {
        PaletteBench bench;
        bench.stack->setRoute("GET <b>/x</b>\n\t\x1b[31m\u202e" + std::string(3000, 'W'));
        bench.start();
        QTRY_VERIFY(bench.console->feed().store().latency().series().size() > 1);
        bench.openPalette(QStringLiteral("/WWW"));
        QVERIFY(bench.chosen() != nullptr);
        QVERIFY(bench.title().size() <= 210 && !bench.title().contains(u'\n') && !bench.title().contains(QChar(0x1b)));
        bench.picture("palette-hostile");
        bench.field().setText(QString(5000, u'w'));
        QVERIFY(bench.field().text().size() <= 200);
    }

    void theWindowGoesOnWhileThousandsAreLookedThrough() {
        PaletteBench bench;
        SnapshotTable table(*findTable("postgres.sessions"));
        const auto columns = table.spec().columns.size();
        for (int i = 0; i < 20'000; ++i) {
            std::vector<binnacle::TableCell> cells(columns);
            cells[0] = static_cast<double>(10'000 + i);
            cells[1] = std::string("2026-11-25T18:30:01.1Z");
            cells[*table.spec().column("user")] = std::string("app_user_of_a_rather_long_name");
            cells[*table.spec().column("query")] = std::string("SELECT a, b, c FROM somewhere WHERE nobody = ?");
            table.add(std::move(cells));
        }
        bench.stack->setTable("postgres/primary", std::move(table));
        bench.start();
        bench.awaitReadings(4);
        QElapsedTimer opened;
        opened.start();
        bench.openPalette();
        qInfo("open and settled after %lld ms", opened.elapsed());
        // Each key is answered within one slice, whatever is still looked through.
        double longest = 0;
        for (const QChar letter : QStringLiteral("nobody 2999")) {
            QElapsedTimer since;
            since.start();
            QTest::keyClick(&bench.field(), letter.toLatin1());
            longest = std::max(longest, static_cast<double>(since.nsecsElapsed()) / 1e6);
        }
        qInfo("the longest key took %.1f ms on the GUI thread", longest);
        QTRY_VERIFY(bench.palette().settled());
        QVERIFY2(bench.title().contains(QStringLiteral("2999")), qPrintable(bench.titles().join(u'\n')));
    }
};

QTEST_MAIN(TestPalette)
#include "test_palette.moc"
