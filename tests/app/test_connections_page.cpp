// SPDX-License-Identifier: GPL-3.0-or-later
// The page Connections on profiles of its own: form, files, test, connect; the keychain is one in memory.
#include "app/controllers/connections_controller.h"
#include "app/dialogs/confirm_dialog.h"
#include "app/notice_bar.h"
#include "app/pages/connection_form.h"
#include "app/pages/connection_list.h"
#include "app/pages/connections_page.h"
#include "app/pages/plain_label.h"
#include "app/pages/probe_panel.h"
#include "app/pages/server_form.h"
#include "tests/app/console_bench.h"
#include "tests/clients/canned_server.h"
#include "tests/collectors/recorded_answers.h"
#include "widgets/key_button.h"
#include "widgets/situation_sentence.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

/// A keychain that lives as long as its test.
class MemoryKeychain final : public Keychain {
public:
    using Entries = std::map<QString, std::string>;
    explicit MemoryKeychain(std::shared_ptr<Entries> entries)
        : m_entries(std::move(entries)) {}
    void read(const QString& key, Done done) override {
        later(std::move(done), [this, key] {
            const auto it = m_entries->find(key);
            return it != m_entries->end() ? KeychainAnswer{KeychainAnswer::Kind::Done, Secret(it->second), {}}
                                          : KeychainAnswer{KeychainAnswer::Kind::NotFound, {}, {}};
        });
    }
    void write(const QString& key, Secret secret, Done done) override {
        later(std::move(done), [this, key, secret] {
            (*m_entries)[key] = secret.view();
            return KeychainAnswer{KeychainAnswer::Kind::Done, {}, {}};
        });
    }
    void remove(const QString& key, Done done) override {
        later(std::move(done), [this, key] {
            m_entries->erase(key);
            return KeychainAnswer{KeychainAnswer::Kind::Done, {}, {}};
        });
    }
    void unlock(Done done) override {
        later(std::move(done), [] { return KeychainAnswer{KeychainAnswer::Kind::Done, {}, {}}; });
    }

private:
    void later(Done done, std::function<KeychainAnswer()> answer) {
        QTimer::singleShot(0, &m_context, [done = std::move(done), answer = std::move(answer)] { done(answer()); });
    }
    std::shared_ptr<Entries> m_entries;
    QObject m_context;
};

QByteArray contents(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

struct ConnectionsBench : Bench {
    QTemporaryDir folder;
    std::shared_ptr<MemoryKeychain::Entries> entries = std::make_shared<MemoryKeychain::Entries>();
    std::unique_ptr<ConnectionsController> connections;

    [[nodiscard]] QString file(const QString& name) const { return folder.filePath(name + QStringLiteral(".json")); }
    void write(const char* name, const char* document) const {
        QFile out(file(QLatin1String(name)));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(QByteArray(document).replace('\'', '"'));
        out.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    void start() {
        connections = std::make_unique<ConnectionsController>(folder.path().toStdString(),
                                                              std::make_unique<MemoryKeychain>(entries));
        LaunchOptions options;
        options.size = QSize(1600, 1000);
        options.theme = themeFromName(qEnvironmentVariable("BINNACLE_TEST_THEME")); // for pictures
        auto parts = FakeStack::parts(stack, settings);
        parts.options = options;
        parts.connections = connections.get();
        console = std::make_unique<Console>(std::move(parts));
        console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&console->window()));
        console->window().activateWindow();
        QTest::keyClick(&window(), Qt::Key_G);
        QTest::keyClick(&window(), Qt::Key_X);
        QTRY_COMPARE(window().currentPage(), QStringLiteral("connections"));
        QTRY_VERIFY(connections->listed());
    }
    ~ConnectionsBench() { console.reset(); }
    [[nodiscard]] ConnectionsPage& page() const {
        return *static_cast<ConnectionsPage*>(window().page(QStringLiteral("connections")));
    }
    [[nodiscard]] ConnectionList& list() const { return *page().findChild<ConnectionList*>(); }
    [[nodiscard]] ConnectionForm& form() const { return *page().findChild<ConnectionForm*>(); }
    [[nodiscard]] KeyButton& button(const char* name) const {
        return *page().findChild<KeyButton*>(QLatin1String(name));
    }
    [[nodiscard]] std::string entry(const char* key) const {
        const auto it = entries->find(QLatin1String(key));
        return it != entries->end() ? it->second : std::string();
    }
    [[nodiscard]] QString probes() const { return page().findChild<ProbePanel*>()->text(); }
    [[nodiscard]] QStringList rows() const {
        QStringList all;
        for (int row = 0; row < list().model()->rowCount(); ++row) {
            all << list().model()->index(row, 0).data().toString();
        }
        return all;
    }
    [[nodiscard]] QLineEdit& field(const char* name, int server = 0) const {
        return *form().findChildren<ServerForm*>()[server]->findChild<QLineEdit*>(QStringLiteral("field.") +
                                                                                  QLatin1String(name));
    }
    void type(QLineEdit& into, const char* text) const {
        into.setFocus();
        into.selectAll();
        QTest::keyClicks(&into, QLatin1String(text));
    }
    [[nodiscard]] QStringList faults() const {
        QStringList all;
        for (const auto* label : form().findChildren<PlainLabel*>()) {
            if (label->isVisibleTo(&form()) &&
                label->palette().color(QPalette::WindowText) == Theme().color(Token::Crit)) {
                all << label->text();
            }
        }
        return all;
    }
};

constexpr const char* kOrders =
    "{'format':1,'name':'orders','environment':'production','kept':'yes','postgres':[{'name':'main','conninfo':'host="
    "db1.example.org user=watcher dbname=shop sslmode=verify-full','password_from':'keychain'}]}";
constexpr const char* kLocal = "{'format':1,'environment':'development','redis':{'endpoint':'127.0.0.1:1'},"
                               "'services':[{'name':'a','admin':'http://10.9.8.7:1'}]}";

} // namespace

class TestConnectionsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBundledStackIsFirstAndStays() {
        ConnectionsBench bench;
        bench.start();
        QCOMPARE(bench.rows().size(), 1);
        QVERIFY(bench.rows()[0].startsWith(QStringLiteral("Bundled stack, Development")));
        QVERIFY(!bench.button("remove").isEnabled());
        QVERIFY(bench.button("remove").text().contains(QStringLiteral("part of Binnacle")));
        QVERIFY(!bench.button("connect").isEnabled());
        QVERIFY(bench.button("connect").text().contains(QStringLiteral("shown here")));
        QVERIFY(
            bench.page().findChild<SituationSentence*>()->spokenValue().contains(QStringLiteral("no profiles yet")));
        bench.picture("connections-empty");
    }
    void profilesAreListedAndDamagedFilesAreNotLost() {
        ConnectionsBench bench;
        bench.write("orders", kOrders);
        bench.write("local", kLocal);
        bench.write("broken", "{'format':1,");
        bench.start();
        QTRY_COMPARE(bench.rows().size(), 4);
        const auto rows = bench.rows();
        QVERIFY2(rows[1].contains(QStringLiteral("broken, not readable")) && rows[1].contains(QStringLiteral("line 1")),
                 qPrintable(rows[1]));
        QVERIFY2(rows[2].contains(QStringLiteral("local, Development")) &&
                     rows[2].contains(QStringLiteral("1 of 2 not encrypted")),
                 qPrintable(rows[2]));
        QVERIFY2(rows[3].contains(QStringLiteral("orders, PRODUCTION, PostgreSQL, TLS verified")) &&
                     rows[3].contains(QStringLiteral("read only")),
                 qPrintable(rows[3]));
        bench.page().choose(QStringLiteral("broken"));
        QVERIFY(bench.page()
                    .findChild<QLabel*>(QStringLiteral("about"))
                    ->text()
                    .contains(bench.file(QStringLiteral("broken"))));
        QVERIFY(!bench.button("test").isEnabled() && !bench.button("connect").isEnabled());
        QCOMPARE(contents(bench.file(QStringLiteral("broken"))), QByteArray("{\"format\":1,"));
        // Mended by hand, it is a profile again.
        bench.write("broken", kLocal);
        QTRY_VERIFY(bench.button("test").isEnabled());
        bench.page().choose(QStringLiteral("orders"));
        QCOMPARE(bench.field("host").text(), QStringLiteral("db1.example.org"));
        bench.picture("connections-several");
    }
    void aProfileIsMadeFromAPastedAddress() {
        ConnectionsBench bench;
        bench.start();
        bench.button("newProfile").click();
        QVERIFY(bench.form().isVisibleTo(&bench.page()));
        bench.button("save").click();
        QVERIFY2(
            bench.faults().contains(QStringLiteral("Add a server to read: paste its address, or choose its kind.")),
            qPrintable(bench.faults().join(u'|')));
        bench.type(*bench.form().findChild<QLineEdit*>(QStringLiteral("profileName")), "shop");
        auto* paste = bench.form().findChild<QPlainTextEdit*>(QStringLiteral("paste"));
        paste->setPlainText(QStringLiteral("postgresql://watcher:hunter2@db1.example.org:5433/shop"));
        bench.form().findChild<KeyButton*>(QStringLiteral("addPasted"))->click();
        QVERIFY(paste->toPlainText().isEmpty());
        QCOMPARE(bench.field("host").text(), QStringLiteral("db1.example.org"));
        QCOMPARE(bench.faults(), QStringList());
        bench.type(bench.field("port"), "70000");
        QTRY_COMPARE(bench.faults(), QStringList(QStringLiteral("Write a number from 1 to 65535, or leave it empty.")));
        bench.button("save").click();
        QVERIFY(!QFile::exists(bench.file(QStringLiteral("shop"))));
        bench.type(bench.field("port"), "5433");
        bench.button("save").click();
        QTRY_VERIFY(QFile::exists(bench.file(QStringLiteral("shop"))));
        QTRY_COMPARE(bench.list().chosenName(), QStringLiteral("shop"));
        const auto document = contents(bench.file(QStringLiteral("shop")));
        QVERIFY(document.contains("\"password_from\": \"keychain\"") && document.contains("sslmode=verify-full"));
        QVERIFY(!document.contains("hunter2"));
        QCOMPARE(QFileInfo(bench.file(QStringLiteral("shop"))).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFileDevice::Permissions());
        QTRY_COMPARE(bench.entry("shop/postgres/db1"), std::string("hunter2"));
    }
    void aChangeKeepsTheRestAndANewNameTakesItsSecretAlong() {
        ConnectionsBench bench;
        bench.write("orders", kOrders);
        (*bench.entries)[QStringLiteral("orders/postgres/main")] = "hunter2";
        bench.start();
        QTRY_COMPARE(bench.rows().size(), 2);
        bench.page().choose(QStringLiteral("orders"));
        QVERIFY(!bench.button("save").isEnabled());
        bench.type(bench.field("user"), "reader");
        QVERIFY(bench.button("save").isEnabled());
        QVERIFY(bench.button("connect").text().contains(QStringLiteral("save first")));
        bench.type(*bench.form().findChild<QLineEdit*>(QStringLiteral("profileName")), "shop");
        QTest::keyClick(&bench.window(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(QFile::exists(bench.file(QStringLiteral("shop"))));
        QTRY_VERIFY(!QFile::exists(bench.file(QStringLiteral("orders"))));
        const auto document = contents(bench.file(QStringLiteral("shop")));
        QVERIFY(document.contains("\"kept\": \"yes\"") && document.contains("user=reader"));
        QTRY_COMPARE(*bench.entries, (MemoryKeychain::Entries{{QStringLiteral("shop/postgres/main"), "hunter2"}}));
    }
    void aRemovalIsAskedForInProductionAndTakenBack() {
        ConnectionsBench bench;
        bench.write("orders", kOrders);
        (*bench.entries)[QStringLiteral("orders/postgres/main")] = "hunter2";
        bench.start();
        QTRY_COMPARE(bench.rows().size(), 2);
        bench.page().choose(QStringLiteral("orders"));
        bench.button("remove").click();
        auto* dialog = bench.window().findChild<ConfirmDialog*>();
        QVERIFY(dialog != nullptr);
        auto* act = dialog->findChild<KeyButton*>(QStringLiteral("act"));
        QVERIFY(!act->isEnabled());
        QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("typed")), QStringLiteral("orders"));
        act->click();
        QTRY_COMPARE(bench.rows().size(), 1);
        QTRY_VERIFY(bench.entries->empty());
        auto* notice = bench.page().findChild<NoticeBar*>(QStringLiteral("removed"));
        QVERIFY(notice->isVisibleTo(&bench.page()));
        notice->findChild<KeyButton*>()->click();
        QTRY_COMPARE(bench.rows().size(), 2);
        QTRY_COMPARE(bench.entry("orders/postgres/main"), std::string("hunter2"));
        QCOMPARE(contents(bench.file(QStringLiteral("orders"))), QByteArray(kOrders).replace('\'', '"'));
    }
    void aTestTellsOfEachServer() {
        const testing::CannedServer instance(testing::CannedServer::http(
            [](std::string_view) { return std::pair(200, std::string(testing::kTelemetry)); }));
        ConnectionsBench bench;
        bench.write("mixed",
                    ("{'format':1,'environment':'staging','redis':{'endpoint':'127.0.0.1:1'},'services':[{'name':"
                     "'a','admin':'unix:" +
                     instance.path() + "'}]}")
                        .c_str());
        bench.start();
        QTRY_COMPARE(bench.rows().size(), 2);
        bench.page().choose(QStringLiteral("mixed"));
        bench.button("test").click();
        QTRY_VERIFY(!bench.connections->test().running);
        const auto said = bench.probes();
        QVERIFY2(said.contains(QStringLiteral("service/a: reached in")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("redis: not reached")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("Does the server run")), qPrintable(said));
        bench.picture("connections-failed");
    }
    void aTestOfAServerThatHangsIsCancelled() {
        const testing::CannedServer silent(testing::CannedServer::silent());
        ConnectionsBench bench;
        bench.write("hangs",
                    ("{'format':1,'environment':'staging','redis':{'endpoint':'unix:" + silent.path() + "'}}").c_str());
        bench.start();
        QTRY_COMPARE(bench.rows().size(), 2);
        bench.page().choose(QStringLiteral("hangs"));
        bench.button("test").click();
        QVERIFY(bench.connections->test().running);
        QTRY_COMPARE(silent.connections(), 1);
        QVERIFY(bench.button("test").text().contains(QStringLiteral("Cancel")));
        QVERIFY(bench.probes().contains(QStringLiteral("asking")));
        bench.picture("connections-testing");
        bench.button("test").click();
        QVERIFY(!bench.connections->test().running);
        QVERIFY(bench.probes().contains(QStringLiteral("not asked to the end")));
        // What it says later is of no test any more.
        QSignalSpy changed(bench.connections.get(), &ConnectionsController::testChanged);
        bench.button("test").click();
        QTRY_VERIFY(!bench.connections->test().running);
        QVERIFY2(bench.probes().contains(QStringLiteral("not reached")), qPrintable(bench.probes()));
    }
    void connectingAsksOnlyWhereItMayActInProduction() {
        ConnectionsBench bench;
        bench.write("orders", kOrders);
        bench.write("acting", QByteArray(kOrders)
                                  .replace("'kept':'yes'", "'read_only':false")
                                  .replace("'orders'", "'acting'")
                                  .constData());
        bench.start();
        QTRY_COMPARE(bench.rows().size(), 3);
        QSignalSpy finished(bench.console.get(), &Console::finished);
        bench.page().choose(QStringLiteral("acting"));
        bench.button("connect").click();
        auto* dialog = bench.window().findChild<ConfirmDialog*>();
        QVERIFY(dialog != nullptr && finished.isEmpty());
        dialog->reject();
        bench.page().choose(QStringLiteral("orders"));
        QTRY_VERIFY(bench.button("connect").isEnabled());
        bench.button("connect").click();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(bench.console->next()->profile, QStringLiteral("orders"));
    }
    void unsavedFieldsOutlastALookAtAnotherProfile() {
        ConnectionsBench bench;
        bench.write("orders", kOrders);
        bench.write("local", kLocal);
        bench.start();
        QTRY_COMPARE(bench.rows().size(), 3);
        bench.page().choose(QStringLiteral("orders"));
        bench.type(bench.field("user"), "reader");
        bench.page().choose(QStringLiteral("local"));
        bench.page().choose(QStringLiteral("orders"));
        QCOMPARE(bench.field("user").text(), QStringLiteral("reader"));
        QVERIFY(bench.button("save").isEnabled());
    }
};

QTEST_MAIN(TestConnectionsPage)
#include "test_connections_page.moc"
