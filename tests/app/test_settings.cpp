// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console_host.h"
#include "app/notice_bar.h"
#include "app/settings.h"
#include "app/settings_file.h"
#include "tests/app/page_bench.h"

#include <QElapsedTimer>
#include <QHeaderView>
#include <QRandomGenerator>
#include <QSettings>
#include <QTreeView>
#include <QtTest>

#include <sys/stat.h>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

QByteArray contentOf(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

void writeTo(const QString& file, const QByteArray& bytes) {
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(out.write(bytes), bytes.size());
}

/// As a console leaves it behind.
QByteArray realSettings(const QTemporaryDir& dir) {
    const auto file = dir.filePath(QStringLiteral("real.ini"));
    {
        Settings settings(file);
        settings.setTheme(ThemeChoice::Light);
        settings.setPage(QStringLiteral("latency"));
        settings.setSpanMinutes(60);
        settings.setGeometry(QByteArray("\x01\xd9\xd0\xcb\0\x03\0\0\xff\n\"[a]=;", 18));
        settings.setTableLayout(QStringLiteral("database.postgres.sessions.19"), QStringLiteral("19;sort 3 desc"));
        settings.setRecentCommands({QStringLiteral("page/latency"), QStringLiteral("action/panic")});
        if (!settings.flush()) {
            return {};
        }
    }
    return contentOf(file);
}

QString keyOf(const QTableView& table) {
    return QStringLiteral("database.%1.%2").arg(table.objectName()).arg(table.horizontalHeader()->count());
}

/// A console with settings that outlive it.
struct Lived : PageBench {
    QTemporaryDir& kept;
    explicit Lived(QTemporaryDir& dir)
        : kept(dir) {}
    void live_(LaunchOptions options = {}) {
        auto parts = FakeStack::parts(stack, kept);
        parts.options = std::move(options);
        stack->setTable("postgres/primary",
                        tableOf("postgres.sessions",
                                {{{"pid", 1.0}, {"backend_start", "2026-11-25T18:30:01.1Z"}, {"user", "app_user"}},
                                 {{"pid", 2.0}, {"backend_start", "2026-11-25T18:30:01.2Z"}, {"user", "b_user"}}}));
        console = std::make_unique<Console>(std::move(parts));
        console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&console->window()));
        console->window().activateWindow();
        QTRY_VERIFY(live());
        awaitReadings(2);
    }
    [[nodiscard]] QTableView& sessions() const {
        // There is another of that name, which shows the long transactions.
        const auto all =
            window().page(QStringLiteral("database"))->findChildren<QTableView*>(QStringLiteral("postgres.sessions"));
        for (auto* table : all) {
            if (table->isVisible()) {
                return *table;
            }
        }
        return *all.front();
    }
    void end() {
        console->quitNow();
        console.reset();
    }
};

} // namespace

class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasChosenIsThereAgain() {
        QTemporaryDir dir;
        QVERIFY(!realSettings(dir).isEmpty());
        const Settings again(dir.filePath(QStringLiteral("real.ini")));
        QVERIFY2(again.notice().isEmpty(), qPrintable(again.notice()));
        QCOMPARE(again.theme(), ThemeChoice::Light);
        QCOMPARE(again.page(), QStringLiteral("latency"));
        QCOMPARE(again.spanMinutes(), 60);
        QCOMPARE(again.geometry(), QByteArray("\x01\xd9\xd0\xcb\0\x03\0\0\xff\n\"[a]=;", 18));
        QCOMPARE(again.tableLayout(QStringLiteral("database.postgres.sessions.19")), QStringLiteral("19;sort 3 desc"));
        QCOMPARE(again.recentCommands().size(), 2);
    }

    void damagedFilesAreSetAside_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addRow("words") << QByteArray("these are no settings\n");
        QTest::addRow("zeros") << QByteArray(500, '\0');
        QTest::addRow("huge") << QByteArray(2'000'000, 'x');
        QTest::addRow("huge and ours") << QByteArray("[General]\nformat=1\n") + QByteArray(2'000'000, ';');
        QTest::addRow("an image") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
        QTest::addRow("another format") << QByteArray("[General]\nformat=none\npage=latency\n");
        QTest::addRow("no format") << QByteArray("[General]\npage=latency\n");
    }
    void damagedFilesAreSetAside() {
        QFETCH(QByteArray, bytes);
        QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("s.ini"));
        for (int round = 1; round <= 3; ++round) {
            writeTo(file, bytes);
            QElapsedTimer since;
            since.start();
            Settings settings(file);
            QVERIFY2(since.elapsed() < 1000, qPrintable(QString::number(since.elapsed())));
            const auto aside =
                file + (round == 1 ? QStringLiteral(".damaged") : QStringLiteral(".damaged-%1").arg(round));
            QVERIFY2(settings.notice().contains(aside), qPrintable(settings.notice()));
            QCOMPARE(contentOf(aside), bytes); // nothing is lost
            QCOMPARE(settings.page(), QString());
            settings.setPage(QStringLiteral("cache"));
            QVERIFY(settings.flush());
            QCOMPARE(Settings(file).page(), QStringLiteral("cache"));
        }
    }

    void aFileThatWasCutAnywhereIsReadOrSetAside() {
        QTemporaryDir dir;
        const auto real = realSettings(dir);
        QVERIFY(real.size() > 100);
        const auto file = dir.filePath(QStringLiteral("cut.ini"));
        int aside = 0;
        for (qsizetype length = 1; length < real.size(); ++length) {
            writeTo(file, real.left(length));
            const Settings settings(file);
            if (settings.notice().isEmpty()) {
                const auto page = settings.page();
                QVERIFY(QStringLiteral("latency").startsWith(page));
                QVERIFY(settings.spanMinutes() >= 0 && settings.recentCommands().size() <= 2);
            } else {
                QVERIFY(!QFile::exists(file));
                ++aside;
            }
        }
        QVERIFY(aside > 5);
    }

    void bytesOfAllKindsDoNoHarm() {
        QTemporaryDir dir;
        const auto real = realSettings(dir);
        const auto file = dir.filePath(QStringLiteral("noise.ini"));
        QRandomGenerator random(11);
        for (int round = 0; round < 300; ++round) {
            auto bytes = real;
            for (int change = random.bounded(1, 12); change > 0; --change) {
                bytes[random.bounded(static_cast<int>(bytes.size()))] = static_cast<char>(random.bounded(256));
            }
            writeTo(file, bytes);
            Settings settings(file);
            static_cast<void>(settings.theme());
            static_cast<void>(settings.geometry());
            static_cast<void>(settings.quitChoice());
            static_cast<void>(settings.recentCommands());
            if (QFile::exists(file)) {
                QVERIFY(settings.notice().isEmpty() || lookAtSettings(file) == SettingsFile::Newer);
            }
        }
    }

    void whatIsNoFileIsLeftAlone() {
        QTemporaryDir dir;
        const auto folder = dir.filePath(QStringLiteral("folder.ini"));
        QVERIFY(QDir().mkdir(folder));
        const auto pipe = dir.filePath(QStringLiteral("pipe.ini"));
        QCOMPARE(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
        for (const auto& file : {folder, pipe}) {
            QElapsedTimer since;
            since.start();
            Settings settings(file);
            settings.setPage(QStringLiteral("cache"));
            QVERIFY(settings.flush());
            QVERIFY2(since.elapsed() < 1000, "a pipe must not be waited for");
            QVERIFY2(settings.notice().contains(file), qPrintable(settings.notice()));
            QVERIFY(QFileInfo::exists(file) && !QFileInfo(file).isFile());
        }
    }

    void theSettingsOfALaterVersionAreLeftAlone() {
        QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("later.ini"));
        const QByteArray later("[General]\nformat=2\npage=of_tomorrow\n");
        writeTo(file, later);
        Settings settings(file);
        QVERIFY2(settings.notice().contains(QStringLiteral("later version")), qPrintable(settings.notice()));
        settings.setPage(QStringLiteral("cache"));
        QVERIFY(settings.flush());
        QCOMPARE(contentOf(file), later);
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
    }

    void whatCanNotBeWrittenIsSaidOnce() {
        QTemporaryDir dir;
        const auto notFolder = dir.filePath(QStringLiteral("file"));
        writeTo(notFolder, "x");
        // A folder that nobody can write in, root included: there is none.
        Settings settings(notFolder + QStringLiteral("/binnacle.ini"));
        QVERIFY(settings.notice().isEmpty());
        settings.setPage(QStringLiteral("cache"));
        QCOMPARE(settings.page(), QStringLiteral("cache")); // for as long as it runs
        QVERIFY(!settings.flush());
        const auto problem = settings.takeProblem();
        QVERIFY2(problem.contains(QStringLiteral("can't be written")), qPrintable(problem));
        settings.setPage(QStringLiteral("pools"));
        QVERIFY(!settings.flush());
        QCOMPARE(settings.takeProblem(), QString());
    }

    void twoConsolesKeepEachOthersChoices() {
        QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("two.ini"));
        {
            Settings first(file);
            first.setQuitChoice(QuitChoice::Stop);
            QVERIFY(first.flush());
            Settings second(file);
            for (int i = 0; i < 20; ++i) {
                first.setTableLayout(QStringLiteral("a%1").arg(i), QStringLiteral("1;sort 0 asc"));
                second.setTableLayout(QStringLiteral("b%1").arg(i), QStringLiteral("1;sort 0 desc"));
                QVERIFY(i % 2 == 0 ? first.flush() : second.flush());
            }
            first.setTheme(ThemeChoice::Light);
            second.setPage(QStringLiteral("locks"));
        } // both write their last, at about the same time
        const Settings again(file);
        QVERIFY(again.notice().isEmpty());
        QCOMPARE(again.quitChoice(), QuitChoice::Stop);
        QCOMPARE(again.theme(), ThemeChoice::Light);
        QCOMPARE(again.page(), QStringLiteral("locks"));
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(again.tableLayout(QStringLiteral("a%1").arg(i)), QStringLiteral("1;sort 0 asc"));
            QCOMPARE(again.tableLayout(QStringLiteral("b%1").arg(i)), QStringLiteral("1;sort 0 desc"));
        }
    }

    void aChangeOfPlaceReadsNothingAgain() {
        const QTemporaryDir dir;
        const auto profiles = dir.filePath(QStringLiteral("profiles"));
        const auto profile = profiles + QStringLiteral("/elsewhere.json");
        QVERIFY(QDir().mkpath(profiles));
        writeTo(profile, R"({"format":1,"environment":"staging","redis":{"endpoint":"127.0.0.1:1"}})");
        ConsoleHost::Setup setup;
        setup.settingsFile = dir.filePath(QStringLiteral("binnacle.ini"));
        setup.profiles = profiles.toStdString();
        setup.mayStart = false;
        const auto settings = setup.settingsFile;
        ConsoleHost host(std::move(setup));
        StackPlace place;
        place.stateDir = dir.path().toStdString();
        place.socket = place.stateDir + "/nobody.sock";
        host.open(place);
        const auto* const first = &host.console();
        const auto* const chosen = &host.console().settings();
        QVERIFY(QTest::qWaitForWindowExposed(&host.console().window()));
        host.console().window().openPage(QStringLiteral("traffic"));
        // Neither the profile nor the settings are there to be read any more once the console makes way.
        QObject::connect(&host.connections(), &ConnectionsController::connectRequested, &host,
                         [&] { QVERIFY(QFile::remove(profile)); });
        host.connections().connectTo(QStringLiteral("elsewhere"));
        QTRY_VERIFY(&host.console() != first);
        QVERIFY(QTest::qWaitForWindowExposed(&host.console().window()));
        QCOMPARE(host.connections().current(), QStringLiteral("elsewhere"));
        QCOMPARE(host.console().window().currentPage(), QStringLiteral("traffic"));
        QCOMPARE(&host.console().settings(), chosen);
        QVERIFY(host.console().settings().flush());
        QVERIFY(contentOf(settings).contains("traffic"));
        QVERIFY(host.shutDown());
    }

    void whatSomethingElseWroteOverIsMadeWholeAgain() {
        QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("s.ini"));
        Settings settings(file);
        settings.setPage(QStringLiteral("locks"));
        QVERIFY(settings.flush());
        writeTo(file, "a shell's > went wrong");
        settings.setSpanMinutes(15);
        QVERIFY(settings.flush());
        QVERIFY2(settings.takeProblem().contains(QStringLiteral(".damaged")), "it is said");
        QCOMPARE(contentOf(file + QStringLiteral(".damaged")), QByteArray("a shell's > went wrong"));
        QCOMPARE(Settings(file).page(), QStringLiteral("locks"));
        QVERIFY(QFile::remove(file));
        settings.setSpanMinutes(5);
        QVERIFY(settings.flush());
        QCOMPARE(Settings(file).page(), QStringLiteral("locks"));
        QCOMPARE(Settings(file).spanMinutes(), 5);
    }

    void theWindowLooksTheSameAfterARestart() {
        QTemporaryDir dir;
        QString layout;
        {
            Lived first(dir);
            first.live_();
            first.window().resize(1300, 850);
            QTest::keyClick(&first.window(), Qt::Key_T, Qt::ControlModifier);
            QTest::keyClick(&first.window(), Qt::Key_3);
            QCOMPARE(first.window().time().span(), SteadyTime::duration(std::chrono::minutes(15)));
            first.window().openTarget(QStringLiteral("database"), QStringLiteral("session postgres/primary 2"));
            auto& table = first.sessions();
            QTRY_VERIFY(table.isVisible() && table.model()->rowCount() == 2);
            auto* header = table.horizontalHeader();
            // By mouse: the edge of the second column in view is dragged.
            const int column = header->logicalIndex(1);
            QCOMPARE(header->sectionResizeMode(column), QHeaderView::Interactive);
            const QPoint edge(header->sectionViewportPosition(column) + header->sectionSize(column) - 1, 10);
            QTest::mousePress(header->viewport(), Qt::LeftButton, {}, edge);
            QTest::mouseMove(header->viewport(), edge + QPoint(20, 0));
            QTest::mouseMove(header->viewport(), edge + QPoint(47, 0));
            QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, edge + QPoint(47, 0));
            // By keys: sorted by another column, which moves.
            table.setFocus();
            const int sorted = header->sortIndicatorSection();
            QTest::keyClick(&table, Qt::Key_Right, Qt::ControlModifier);
            QVERIFY(header->sortIndicatorSection() != sorted);
            QTest::keyClick(&table, Qt::Key_Up, Qt::ControlModifier);
            QCOMPARE(header->sortIndicatorOrder(), Qt::AscendingOrder);
            QTest::keyClick(&table, Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
            layout = first.console->settings().tableLayout(keyOf(first.sessions()));
            QVERIFY2(layout.contains(QStringLiteral("wide")) && layout.contains(QStringLiteral("order")) &&
                         layout.contains(QStringLiteral("sort")),
                     qPrintable(layout));
            first.end();
        }
        Lived second(dir);
        second.live_();
        QCOMPARE(second.window().size(), QSize(1300, 850));
        QCOMPARE(second.window().currentPage(), QStringLiteral("database"));
        QCOMPARE(second.console->settings().theme(), ThemeChoice::Light);
        QCOMPARE(second.window().time().span(), SteadyTime::duration(std::chrono::minutes(15)));
        second.window().openTarget(QStringLiteral("database"), QStringLiteral("session postgres/primary 2"));
        QTRY_VERIFY(second.sessions().isVisible() && second.sessions().model()->rowCount() == 2);
        const auto* header = second.sessions().horizontalHeader();
        QCOMPARE(header->sortIndicatorOrder(), Qt::AscendingOrder);
        const auto wide = layout.section(QStringLiteral("wide "), 1).section(u' ', 0, 0).section(u';', 0, 0);
        QTRY_COMPARE(header->sectionSize(wide.section(u':', 0, 0).toInt()), wide.section(u':', 1).toInt());
        const auto order = layout.section(QStringLiteral("order "), 1).section(u';', 0, 0).split(u' ');
        for (int place = 0; place < header->count(); ++place) {
            QCOMPARE(header->logicalIndex(place), order.at(place).toInt());
        }
        // And back, as the page wants them.
        for (auto* action : second.sessions().actions()) {
            if (action->text() == QStringLiteral("Columns as they were")) {
                action->trigger();
            }
        }
        QCOMPARE(second.console->settings().tableLayout(keyOf(second.sessions())), QString());
        QCOMPARE(header->logicalIndex(3), 3);
    }

    void theBlockingTreeKeepsItsColumns() {
        QTemporaryDir dir;
        const auto headerOf = [](Lived& lived) {
            lived.window().openPage(QStringLiteral("locks"));
            return lived.window().page(QStringLiteral("locks"))->findChild<QTreeView*>()->header();
        };
        const int column = 2;
        int wide = 0;
        {
            Lived first(dir);
            first.live_();
            auto* header = headerOf(first);
            QVERIFY(!header->isFirstSectionMovable()); // it holds the tree
            wide = header->sectionSize(column) + 40;
            const QPoint edge(header->sectionViewportPosition(column) + header->sectionSize(column) - 1, 10);
            QTest::mousePress(header->viewport(), Qt::LeftButton, {}, edge);
            QTest::mouseMove(header->viewport(), edge + QPoint(20, 0));
            QTest::mouseMove(header->viewport(), edge + QPoint(40, 0));
            QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, edge + QPoint(40, 0));
            QCOMPARE(header->sectionSize(column), wide);
            header->moveSection(4, 3);
            first.end();
        }
        Lived second(dir);
        second.live_();
        const auto* header = headerOf(second);
        QCOMPARE(header->sectionSize(column), wide);
        QCOMPARE(header->logicalIndex(3), 4);
    }

    void layoutsFromElsewhereChangeNothing_data() {
        QTest::addColumn<QString>("layout");
        QTest::addRow("other columns") << QStringLiteral("3;sort 1 asc;order 2 1 0");
        QTest::addRow("no numbers") << QStringLiteral("x;;;sort;order;wide");
        QTest::addRow("beyond") << QStringLiteral("%1;sort 99 asc;order 0 0 0;wide 99:10 -1:5 x:y");
        QTest::addRow("long") << QString(100'000, u'9');
    }
    void layoutsFromElsewhereChangeNothing() {
        QFETCH(QString, layout);
        QTemporaryDir dir;
        int columns = 0;
        int sorted = 0;
        {
            Lived first(dir);
            first.live_();
            first.window().openPage(QStringLiteral("database"));
            columns = first.sessions().horizontalHeader()->count();
            sorted = first.sessions().horizontalHeader()->sortIndicatorSection();
            if (layout.contains(QStringLiteral("%1"))) {
                layout = layout.arg(columns);
            }
            first.console->settings().setTableLayout(keyOf(first.sessions()), layout);
            first.end();
        }
        Lived second(dir);
        second.live_();
        second.window().openPage(QStringLiteral("database"));
        const auto* header = second.sessions().horizontalHeader();
        QCOMPARE(header->count(), columns);
        QCOMPARE(header->sortIndicatorSection(), sorted);
        for (int place = 0; place < columns; ++place) {
            QCOMPARE(header->logicalIndex(place), place);
        }
    }
};

QTEST_MAIN(TestSettings)
#include "test_settings.moc"
