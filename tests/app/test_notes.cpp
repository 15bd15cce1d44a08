// SPDX-License-Identifier: GPL-3.0-or-later
// Notes of people: kept between two starts, on every chart, in a table, and harmless whatever they say.
#include "app/notes/note_book.h"
#include "app/notes/note_dialogs.h"
#include "app/notes/note_store.h"
#include "tests/app/console_bench.h"
#include "tests/app/slow_disk.h"
#include "widgets/key_button.h"
#include "widgets/line_chart.h"
#include "widgets/time_ribbon.h"

#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

UtcTime at(int seconds) {
    return UtcTime(std::chrono::seconds(1'800'000'000 + seconds));
}

void put(const QString& file, const QByteArray& content) {
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly) && out.write(content) == content.size());
}

std::vector<Note> notesIn(const QString& file) {
    NoteStore store(file);
    return store.flush(5s) ? store.notes() : std::vector<Note>();
}

} // namespace

class TestNotes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theyAreThereAfterTheNextStart() {
        const QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("deeper/notes.json"));
        const Note span{at(10), at(40), QStringLiteral("deploy 1.4 \u2013 \u00e4\u4e2d"), QStringLiteral("mo")};
        const Note moment{at(5), at(5), QStringLiteral("<b>\"page\"</b> & \\u0000"), {}};
        {
            NoteStore store(file);
            QVERIFY(store.notes().empty());
            QVERIFY(store.add(span));
            QVERIFY(store.add(moment));
            QVERIFY(!store.add({at(1), at(1), QStringLiteral("  \n "), {}}));
            QVERIFY(store.flush(5s));
            QVERIFY2(store.problem().isEmpty(), qPrintable(store.problem()));
        }
        QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        NoteStore store(file);
        QVERIFY(store.flush(5s));
        QCOMPARE(store.notes(), (std::vector{moment, span})); // by their beginnings
        store.remove(moment);
        QVERIFY(store.flush(5s));
        QCOMPARE(notesIn(file), std::vector{span});
        QCOMPARE(QDir(dir.filePath(QStringLiteral("deeper"))).entryList(QDir::Files),
                 QStringList(QStringLiteral("notes.json"))); // nothing half written is left
    }

    void theyAreBounded() {
        NoteStore store{QString()};
        for (int i = 0; i < 700; ++i) {
            store.add({at(i), at(i), QString(5000, QLatin1Char('x')), QString(500, QLatin1Char('y'))});
        }
        QCOMPARE(store.notes().size(), NoteStore::kMostNotes);
        QCOMPARE(store.notes().back().from, at(699));
        QCOMPARE(store.notes().back().text.size(), NoteStore::kLongestText);
        QCOMPARE(store.notes().back().by.size(), 64);
    }

    void aDamagedFileIsSetAside_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no json") << QByteArray("notes!");
        QTest::newRow("of another format") << QByteArray("{\"format\":2,\"notes\":[]}");
        QTest::newRow("an array") << QByteArray("[1,2]");
        QTest::newRow("too large") << QByteArray(NoteStore::kLargestFile + 1, ' ');
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }
    void aDamagedFileIsSetAside() {
        QFETCH(QByteArray, content);
        const QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("notes.json"));
        put(file, content);
        NoteStore store(file);
        QVERIFY(store.flush(5s));
        QVERIFY(store.notes().empty());
        QVERIFY(store.notice().contains(QStringLiteral("notes.json.damaged")));
        QVERIFY(QFile::exists(file + QStringLiteral(".damaged")));
        QVERIFY(store.add({at(1), at(1), QStringLiteral("new"), {}}));
        QVERIFY(store.flush(5s));
        QCOMPARE(notesIn(file).size(), std::size_t{1});
    }

    void whatOthersWroteIsTakenAsPlainText() {
        const QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("notes.json"));
        const QByteArray hostile =
            "{'format':1,'notes':["
            "{'from_ms':1800000000000,'to_ms':1700000000000,'text':'a\\nb\\u001b[31m\\u202e','by':'x\\ty'},"
            "{'from_ms':-5,'to_ms':0,'text':'before all time'},"
            "{'from_ms':1e300,'to_ms':1e301,'text':'after it'},"
            "{'from_ms':'1800000000000','to_ms':true,'text':'no time'},"
            "{'from_ms':1800000001000,'to_ms':1800000001000,'text':{'not':'text'}}, 7, null]}";
        put(file, QByteArray(hostile).replace('\'', '"'));
        const auto notes = notesIn(file);
        QCOMPARE(notes.size(), std::size_t{1});
        const auto& note = notes.front();
        QCOMPARE(note.to, note.from);
        for (const auto character : note.text + note.by) {
            QVERIFY(character.isPrint());
        }
    }

    void aFileThatCannotBeWrittenSaysSo() {
        const QTemporaryDir dir;
        put(dir.filePath(QStringLiteral("file")), "x");
        NoteStore store(dir.filePath(QStringLiteral("file/below/notes.json")));
        QVERIFY(store.add({at(1), at(1), QStringLiteral("kept in memory"), {}}));
        QVERIFY(store.flush(5s));
        QVERIFY(!store.problem().isEmpty());
        QCOMPARE(store.notes().size(), std::size_t{1});
    }

    void whatIsNotedBeforeTheFileWasReadJoinsIt() {
        const QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("notes.json"));
        const Note kept{at(1), at(1), QStringLiteral("kept"), {}};
        const Note meanwhile{at(2), at(2), QStringLiteral("meanwhile"), {}};
        const Note last{at(3), at(3), QStringLiteral("last"), {}};
        {
            NoteStore store(file);
            store.add(kept);
            QVERIFY(store.flush(5s));
        }
        const auto disk = std::make_shared<BackgroundJobs>(1);
        SlowDisk slow(*disk);
        int told = 0;
        {
            NoteStore store(file, disk);
            store.whenRead([&] { ++told; });
            QVERIFY(store.notes().empty()); // nobody waited for it
            QVERIFY(store.add(meanwhile));
            QVERIFY(store.add(last));
            store.remove(last);
            QVERIFY(!store.flush(0ms));
            slow.goOn();
            QTRY_COMPARE(told, 1);
            QCOMPARE(store.notes(), (std::vector{kept, meanwhile}));
            QVERIFY(store.add(last));
        } // at once: what writes it holds a share of it
        QVERIFY(disk->finish(5s));
        QCOMPARE(notesIn(file), (std::vector{kept, meanwhile, last}));
    }

    void whoIsGoneIsToldNothing() {
        const QTemporaryDir dir;
        const auto disk = std::make_shared<BackgroundJobs>(1);
        SlowDisk slow(*disk);
        int told = 0;
        {
            NoteStore store(dir.filePath(QStringLiteral("notes.json")), disk);
            store.whenRead([&] { ++told; });
        }
        slow.goOn();
        QVERIFY(disk->finish(5s));
        QCOMPARE(told, 0);
    }

    void theNextConsoleReadsWhatTheLastOneWrites() {
        const QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("notes.json"));
        const auto disk = std::make_shared<BackgroundJobs>(1);
        NoteStore before(file, disk);
        QVERIFY(disk->finish(5s));
        SlowDisk slow(*disk);
        QVERIFY(before.add({at(1), at(1), QStringLiteral("one"), {}}));
        QVERIFY(before.add({at(2), at(2), QStringLiteral("two"), {}}));
        NoteStore next(file, disk);
        slow.goOn();
        QVERIFY(next.flush(5s));
        QCOMPARE(next.notes(), before.notes());
    }

    void aNoteRightBeforeTheEndIsKept() {
        Bench bench;
        auto parts = FakeStack::parts(bench.stack, bench.settings);
        parts.notesFile = bench.settings.filePath(QStringLiteral("notes.json"));
        parts.disk = std::make_shared<BackgroundJobs>(1);
        const auto file = parts.notesFile;
        SlowDisk slow(*parts.disk);
        bench.console = std::make_unique<Console>(std::move(parts));
        bench.console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&bench.window()));
        bench.window().activateWindow();
        QTest::keyClick(&bench.window(), Qt::Key_N);
        auto* dialog = bench.window().findChild<NoteDialog*>();
        QVERIFY(dialog != nullptr);
        Q_EMIT dialog->written(QStringLiteral("and off"));
        QVERIFY(bench.console->notes().store().notes().size() == 1);
        slow.goOn();
        bench.console->quitNow();
        QVERIFY(bench.console->shutDown());
        QCOMPARE(notesIn(file).size(), std::size_t{1});
    }

    void nNotesTheCrosshairAndAllChartsShowIt() {
        Bench bench;
        LaunchOptions options;
        options.page = QStringLiteral("latency");
        options.size = QSize(1600, 1000);
        bench.open(options);
        QTRY_VERIFY(bench.live() && bench.console->control().hasView());
        bench.awaitReadings(8);
        auto& time = bench.window().time();
        time.pinCrosshair(time.now() - 2s);
        const auto noted = *time.crosshair();
        QTest::keyClick(&bench.window(), Qt::Key_N);
        auto* dialog = bench.window().findChild<NoteDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto* text = dialog->findChild<QLineEdit*>(QStringLiteral("noteText"));
        QTest::keyClicks(text, QStringLiteral("deploy <b>7</b> begins"));
        bench.picture("note-dialog");
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY(bench.window().findChild<NoteDialog*>() == nullptr);
        QCOMPARE(time.notes().size(), std::size_t{1});
        QCOMPARE(time.notes().front().label, QStringLiteral("deploy <b>7</b> begins"));
        QVERIFY(std::chrono::abs(time.notes().front().at - noted) < 300ms);
        QVERIFY(!bench.console->notes().store().notes().front().by.isEmpty());
        // A span, by the menu of a chart.
        time.pinCrosshair(std::nullopt);
        auto* chart = bench.window().findChild<LineChart*>();
        time.setPending(TimeSpan{time.now() - 5s, time.now() - 3s});
        const auto centre = chart->rect().center();
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, centre, chart->mapToGlobal(centre));
        QCoreApplication::sendEvent(chart, &asked);
        auto* menu = bench.window().findChild<QMenu*>(QStringLiteral("chartMenu"));
        QVERIFY(menu != nullptr);
        const auto actions = menu->actions();
        const auto note = std::ranges::find_if(
            actions, [](const auto* action) { return action->text().startsWith(QStringLiteral("Note on")); });
        QVERIFY(note != actions.end());
        (*note)->trigger();
        menu->close();
        dialog = bench.window().findChild<NoteDialog*>();
        QVERIFY(dialog != nullptr);
        text = dialog->findChild<QLineEdit*>(QStringLiteral("noteText"));
        QTest::keyClicks(text, QStringLiteral("load test"));
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(time.notes().size(), std::size_t{2});
        QVERIFY(std::ranges::any_of(time.notes(), [](const auto& mark) { return mark.until > mark.at; }));
        QTRY_VERIFY(bench.window().findChild<NoteDialog*>() == nullptr);
        for (const auto& page : {"latency", "overview", "database"}) {
            bench.window().openPage(QLatin1String(page));
            bench.awaitReadings(1);
            bench.picture(qPrintable(QStringLiteral("notes-") + QLatin1String(page)));
        }
        // The table: shows one in its time, and removes.
        bench.window().activateWindow(); // keys are heard by the window that is in front
        QTRY_VERIFY(bench.window().isActiveWindow());
        QTest::keyClick(&bench.window(), Qt::Key_N, Qt::AltModifier);
        auto* list = bench.window().findChild<NotesDialog*>();
        QVERIFY(list != nullptr && list->isVisible());
        auto* table = list->findChild<QTableView*>(QStringLiteral("notes"));
        QCOMPARE(table->model()->rowCount(), 2);
        bench.picture("notes-table");
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(table->model()->rowCount(), 1);
        QCOMPARE(time.notes().size(), std::size_t{1});
        table->selectRow(0);
        QTest::mouseClick(list->findChild<KeyButton*>(QStringLiteral("noteShow")), Qt::LeftButton);
        QCOMPARE(time.mode(), TimeContext::Mode::Paused);
        QVERIFY(time.window().from <= time.notes().front().at && time.window().to >= time.notes().front().at);
        QVERIFY(time.canGoBack());
    }

    void eachPlaceHasAFileOfItsOwn() {
        qputenv("XDG_STATE_HOME", "/somewhere");
        const auto one = notesFileOf(QStringLiteral("/var/lib/binnacle"));
        QVERIFY(one.startsWith(QStringLiteral("/somewhere/binnacle/notes/")));
        QVERIFY(one != notesFileOf(QStringLiteral("../../etc/passwd")));
        QCOMPARE(QFileInfo(notesFileOf(QStringLiteral("../../etc/passwd"))).absolutePath(),
                 QStringLiteral("/somewhere/binnacle/notes"));
        qputenv("XDG_STATE_HOME", "relative");
        QVERIFY(QDir::isAbsolutePath(notesFileOf(QStringLiteral("x"))));
        qunsetenv("XDG_STATE_HOME");
    }
};

QTEST_MAIN(TestNotes)
#include "test_notes.moc"
