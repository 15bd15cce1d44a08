// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notice_bar.h"
#include "app/page_picture.h"
#include "app/table_export.h"
#include "tests/app/page_bench.h"
#include "widgets/top_bar.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QStandardItemModel>
#include <QTreeView>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

struct ExportBench : PageBench {
    void start(const QString& page = QStringLiteral("overview")) {
        LaunchOptions options;
        options.size = QSize(1600, 1000);
        options.page = page;
        open(options);
        QTRY_VERIFY(live() && console->control().hasView());
        console->window().setPlace(Environment::Production, QStringLiteral("eu-1"));
    }
    [[nodiscard]] QFileDialog* saving() const { return window().findChild<QFileDialog*>(); }
    [[nodiscard]] QString said() const { return window().findChild<NoticeBar*>(QStringLiteral("endedActs"))->notice(); }
    void answer(const QString& file) const {
        saving()->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(file);
        static_cast<QDialog*>(saving())->accept();
    }
};

} // namespace

class TestExport : public QObject {
    Q_OBJECT

    std::unique_ptr<ExportBench> m_pages; // one console for a picture of each page

private Q_SLOTS:
    void cleanup() {
        if (QTest::currentTestFailed()) {
            m_pages.reset(); // whatever it left open
        }
    }

    void everyPageBecomesAPicture_data() {
        QTest::addColumn<QString>("id");
        for (const auto& id : pageIds()) {
            QTest::addRow("%s", qPrintable(id)) << id;
        }
    }
    void everyPageBecomesAPicture() {
        QFETCH(QString, id);
        QTemporaryDir dir;
        if (!m_pages) {
            m_pages = std::make_unique<ExportBench>();
            m_pages->start();
            m_pages->awaitReadings(2);
        }
        auto& bench = *m_pages;
        bench.window().openPage(id);
        bench.window().activateWindow(); // what a window manager does when a dialog goes
        QTRY_VERIFY(bench.window().isActiveWindow() && (bench.saving() == nullptr || !bench.saving()->isVisible()));
        bench.awaitSteps();
        const auto size = bench.window().page(id)->size(); // what is said afterwards takes some room from it
        QTest::keyClick(&bench.window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(bench.saving() != nullptr && bench.saving()->isVisible());
        bench.awaitReadings(1); // the window goes on while it is asked
        const auto file = dir.filePath(QStringLiteral("page.png"));
        bench.answer(file);
        QTRY_VERIFY2(bench.said().contains(file), qPrintable(bench.said()));
        const QImage picture(file);
        QCOMPARE(picture.size(), QSize(size.width() + 40, size.height() + 76));
        QCOMPARE(picture.pixelColor(800, 1), Theme().environment(Environment::Production));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
        if (const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES"); !folder.isEmpty()) {
            picture.save(folder + QStringLiteral("/saved-") + id + QStringLiteral(".png"));
        }
    }

    void aPictureThatCanNotBeWrittenIsSaid() {
        ExportBench bench;
        bench.start();
        QTest::keyClick(&bench.window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(bench.saving() != nullptr);
        auto* saver = bench.window().findChild<PictureSaver*>();
        bench.saving()->reject();
        saver->save(QImage(10, 10, QImage::Format_RGB32), QStringLiteral("/nowhere/at/all.png"));
        QTRY_VERIFY2(bench.said().contains(QStringLiteral("/nowhere/at/all.png")), qPrintable(bench.said()));
        QVERIFY(bench.said().contains(QStringLiteral("not written")));
    }

    void aDialogThatClosesKeepsNobodyWaiting() {
        // Qt writes what a dialog remembers when it is destroyed, and waits until that is on the disk.
        QTemporaryDir home;
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home.path());
        const auto restore = qScopeGuard([] {
            QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                               QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation));
        });
        ExportBench bench;
        bench.start();
        QStringList names;
        for (const auto* page : {"latency", "pools"}) {
            bench.window().openPage(QLatin1String(page));
            QTRY_VERIFY(bench.window().isActiveWindow());
            QTest::keyClick(&bench.window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
            QTRY_VERIFY(bench.saving() != nullptr && bench.saving()->isVisible());
            names << bench.saving()->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->text();
            bench.saving()->reject();
            QTRY_VERIFY(!bench.saving()->isVisible());
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            bench.window().activateWindow();
        }
        QVERIFY2(names.value(0).startsWith(QStringLiteral("binnacle-latency-")) &&
                     names.value(1).startsWith(QStringLiteral("binnacle-pools-")),
                 qPrintable(names.join(u' ')));
        QVERIFY(QDir(home.path()).entryList(QDir::Files).isEmpty());
        // Asked again at once after thinking better of it, it still saves.
        const auto file = home.filePath(QStringLiteral("again.png"));
        auto* saver = bench.window().findChild<PictureSaver*>();
        auto* bar = bench.window().findChild<TopBar*>();
        auto* time = &bench.console->window().time();
        saver->ask(*bench.window().page(QStringLiteral("pools")), QStringLiteral("pools"), *bar, *time, Theme());
        bench.saving()->reject();
        saver->ask(*bench.window().page(QStringLiteral("pools")), QStringLiteral("pools"), *bar, *time, Theme());
        QCoreApplication::processEvents();
        bench.answer(file);
        QTRY_VERIFY(QFile::exists(file));
    }

    void aFailedPictureLeavesTheOldOneWhole() {
        QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("old.png"));
        QFile old(file);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        PictureSaver saver(nullptr);
        QSignalSpy said(&saver, &PictureSaver::said);
        saver.save(QImage(), file); // nothing that could be packed
        QTRY_COMPARE(said.count(), 1);
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
    }

    void theHeadSaysWhenInWhichZone() {
        TimeContext time;
        time.setZone(QTimeZone("Europe/Berlin"));
        time.advance(SteadyTime(std::chrono::hours(5)), UtcTime(std::chrono::seconds(1'795'997'528)));
        time.setSpan(std::chrono::minutes(15));
        QCOMPARE(windowText(time), QStringLiteral("2026-11-30 00:57:08 \u2013 01:12:08 CET"));
        time.setSpan(std::chrono::hours(2));
        QCOMPARE(windowText(time), QStringLiteral("2026-11-29 23:12:08 \u2013 2026-11-30 01:12:08 CET"));
    }

    void everyTableCanBeSavedByKey() {
        ExportBench bench;
        bench.start();
        for (const auto& id : pageIds()) {
            bench.window().openPage(id);
            for (auto* view : bench.window().page(id)->findChildren<QAbstractItemView*>()) {
                if (qobject_cast<QTableView*>(view) == nullptr && qobject_cast<QTreeView*>(view) == nullptr) {
                    continue;
                }
                int saves = 0;
                int copies = 0;
                for (const auto* action : view->actions()) {
                    saves += action->shortcut() == QKeySequence(QKeySequence::Save) ? 1 : 0;
                    copies += action->shortcut() == QKeySequence(QStringLiteral("Ctrl+Shift+C")) ? 1 : 0;
                }
                QVERIFY2(saves == 1 && copies == 1, qPrintable(id + u' ' + view->objectName()));
                QVERIFY2(!view->accessibleName().isEmpty(), qPrintable(id + u' ' + view->objectName()));
            }
        }
        bench.window().openPage(QStringLiteral("latency"));
        bench.awaitReadings(4);
        auto* routes = bench.window().page(QStringLiteral("latency"))->findChild<QTableView*>(QStringLiteral("routes"));
        routes->setFocus();
        QTemporaryDir dir;
        QTest::keyClick(routes, Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(bench.saving() != nullptr && bench.saving()->isVisible());
        const auto file = dir.filePath(QStringLiteral("routes.csv"));
        bench.answer(file);
        QTRY_VERIFY2(bench.said().contains(file), qPrintable(bench.said()));
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const auto text = saved.readAll();
        QVERIFY2(text.startsWith("Route,") && text.contains("GET /v1/projects"), text.constData());
    }

    void treesGoOutWithAllTheirRows() {
        QStandardItemModel model;
        model.setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Value \u2193")});
        auto* root = new QStandardItem(QStringLiteral("=1+1"));
        root->appendRow(
            {new QStandardItem(QStringLiteral("a,\"b\"")), new QStandardItem(QStringLiteral("two\nlines"))});
        model.appendRow({root, new QStandardItem(QStringLiteral("-3"))});
        QTreeView view;
        view.setModel(&model);
        QCOMPARE(shownCsv(view), QByteArray("Name,Value\r\n'=1+1,'-3\r\n\"a,\"\"b\"\"\",\"two\nlines\"\r\n"));
    }
};

QTEST_MAIN(TestExport)
#include "test_export.moc"
