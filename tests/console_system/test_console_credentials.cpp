// SPDX-License-Identifier: GPL-3.0-or-later
// The console on a PostgreSQL of somebody else's, over TLS and with a password (SCRAM) that only the keychain has: it
// shows live values, and the password is nowhere but there. Run by with_keyring.sh.
#include "app/console_host.h"
#include "app/pages/connections_page.h"
#include "app/pages/probe_panel.h"
#include "backend/collectors/profile_shelf.h"
#include "tests/app/shared_keychain.h"
#include "tests/support/patience.h"
#include "tests/support/private_postgres.h"
#include "widgets/key_button.h"

#include <QDialog>
#include <QDirIterator>
#include <QLineEdit>
#include <QProcess>
#include <QtTest>

#include <algorithm>
#include <fstream>
#include <sys/stat.h>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

constexpr const char* kPassword = "tr0ub4dor-and-3-horses";

std::string contents(const QString& file) {
    std::ifstream in(file.toStdString(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The process and all below it.
QList<qint64> family(qint64 root) {
    QList<qint64> all{root};
    for (qsizetype i = 0; i < all.size(); ++i) {
        const auto tasks = QStringLiteral("/proc/%1/task").arg(all[i]);
        for (const auto& task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const auto children = contents(tasks + QLatin1Char('/') + task + QStringLiteral("/children"));
            for (const auto& child : QString::fromStdString(children).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                all << child.toLongLong();
            }
        }
    }
    return all;
}

/// In which files below the folder the password stands.
QStringList tellers(const QString& folder, const QStringList& except) {
    QStringList found;
    for (QDirIterator it(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
         it.hasNext();) {
        const auto file = it.next();
        if (!except.contains(file) && contents(file).find(kPassword) != std::string::npos) {
            found << file;
        }
    }
    return found;
}

} // namespace

class TestConsoleCredentials : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QCOMPARE(qEnvironmentVariable("BINNACLE_TEST_KEYCHAIN"), QStringLiteral("ready"));
        m_scratch = qEnvironmentVariable("BINNACLE_TEST_SCRATCH");
        QVERIFY2(m_server.answers(), m_server.lastWords().constData());
        QVERIFY(m_server.run(
            std::string("set password_encryption = 'scram-sha-256'; create role watcher login password '") + kPassword +
            "'; grant pg_monitor to watcher"));
        QCOMPARE(
            m_server.number("select count(*) from pg_authid where rolname = 'watcher' and rolpassword like 'SCRAM%'"),
            1);
        std::optional<KeychainAnswer> kept;
        m_keychain->write(QStringLiteral("orders/postgres/main"), Secret(kPassword),
                          [&](const KeychainAnswer& answer) { kept = answer; });
        QTRY_VERIFY(kept.has_value());
        QCOMPARE(kept->kind, KeychainAnswer::Kind::Done);
        m_folder = profileFolder(processEnvironment()).value();
        QVERIFY(m_folder.string().starts_with(m_scratch.toStdString()));
        QVERIFY(ProfileShelf(m_folder).save("orders", document(), {}));
    }
    void theConsoleShowsLiveValuesWithAPasswordOfTheKeychain() {
        ConsoleHost host(setup());
        host.open(place());
        const auto live = [&] {
            const auto* const update = host.console().feed().store().source("postgres/main");
            return update != nullptr && update->snapshot != nullptr && !update->failure;
        };
        QTRY_VERIFY(live());
        QCOMPARE(m_server.number(
                     "select count(*) from pg_stat_activity a join pg_stat_ssl using (pid) where ssl and usename = "
                     "'watcher' and application_name = 'binnacle'"),
                 1);
        QVERIFY(host.connections().credentials().sentence().isEmpty());
        // The test of the page says the same, and which rights it has there.
        host.console().window().openPage(QStringLiteral("connections"));
        auto* page = host.console().window().page(QStringLiteral("connections"));
        auto* test = page->findChild<KeyButton*>(QStringLiteral("test"));
        QTRY_VERIFY(test->isEnabled());
        test->click();
        QTRY_VERIFY(!host.connections().test().running);
        const auto said = page->findChild<ProbePanel*>()->text();
        for (const auto* word : {"postgres/main: reached in", "TLS verified", "PostgreSQL 1", "primary", "as watcher",
                                 "pg_monitor", "pg_stat_statements"}) {
            QVERIFY2(said.contains(QLatin1String(word)), qPrintable(said));
        }
        QVERIFY(host.shutDown());
    }
    void withoutItsEntryTheSourceIsDeniedAndThePersonAsked() {
        QVERIFY(ProfileShelf(m_folder).save("other", document("other"), {}));
        ConsoleHost host(setup());
        host.open(place("other"));
        const auto denied = [&] {
            const auto* const update = host.console().feed().store().source("postgres/main");
            return update != nullptr && update->failure && update->failure->error.code == ErrorCode::Denied &&
                   update->failure->error.text.find("keychain has no password") != std::string::npos;
        };
        QTRY_VERIFY(denied());
        auto* dialog = host.console().window().findChild<QDialog*>(QStringLiteral("credentialDialog"));
        QVERIFY(dialog != nullptr && dialog->isVisible());
        dialog->findChild<QLineEdit*>()->setText(QLatin1String(kPassword));
        dialog->findChild<QAbstractButton*>(QStringLiteral("use"))->click();
        const auto live = [&] {
            const auto* const update = host.console().feed().store().source("postgres/main");
            return update != nullptr && update->snapshot != nullptr && !update->failure;
        };
        QTRY_VERIFY(live());
        QVERIFY(host.shutDown());
    }
    void oneConsoleMakesWayForAnother() {
        ConsoleHost host(setup());
        host.open(place("other"));
        const auto* const first = &host.console();
        host.connections().connectTo(QStringLiteral("orders"));
        QTRY_VERIFY(&host.console() != first);
        QCOMPARE(host.connections().current(), QStringLiteral("orders"));
        const auto live = [&] {
            const auto* const update = host.console().feed().store().source("postgres/main");
            return update != nullptr && update->snapshot != nullptr && !update->failure;
        };
        QTRY_VERIFY(live());
        QTRY_COMPARE(
            m_server.number(
                "select count(*) from pg_stat_activity where usename = 'watcher' and application_name = 'binnacle'"),
            1);
        QVERIFY(host.shutDown());
    }
    void thePasswordIsNowhereElse() {
        // The terminal reads a file: what it records must not hold it either.
        const auto passfile = m_scratch + QStringLiteral("/pgpass");
        std::ofstream(passfile.toStdString()) << "localhost:*:*:*:" << kPassword << "\n";
        ::chmod(qPrintable(passfile), 0600);
        auto withFile = document("recorded");
        withFile.replace(withFile.find("\"password_from\""), 0, "\"passfile\": \"" + passfile.toStdString() + "\", ");
        QVERIFY(ProfileShelf(m_folder).save("recorded", withFile, {}));
        const auto bin = qEnvironmentVariable("BINNACLE_TEST_BIN");
        const auto log = m_scratch + QStringLiteral("/log");
        QProcess console;
        console.setStandardOutputFile(log + QStringLiteral(".console"), QIODevice::Append);
        console.setStandardErrorFile(log + QStringLiteral(".console"), QIODevice::Append);
        console.start(bin + QStringLiteral("/binnacle"), {QStringLiteral("--connect"), QStringLiteral("orders")});
        QVERIFY(console.waitForStarted());
        QTRY_VERIFY(
            m_server.number(
                "select count(*) from pg_stat_activity where usename = 'watcher' and application_name = 'binnacle'") >=
            1);
        QProcess recorder;
        recorder.setStandardOutputFile(log + QStringLiteral(".record"));
        recorder.setStandardErrorFile(log + QStringLiteral(".record"), QIODevice::Append);
        const auto recording = m_scratch + QStringLiteral("/recording.sqlite");
        recorder.start(bin + QStringLiteral("/binnaclectl"),
                       {QStringLiteral("--connect"), QStringLiteral("recorded"), QStringLiteral("record"),
                        QStringLiteral("start"), QStringLiteral("--for"), QStringLiteral("60s"),
                        QStringLiteral("--out"), recording});
        QVERIFY(recorder.waitForStarted());
        QTRY_VERIFY(
            m_server.number(
                "select count(*) from pg_stat_activity where usename = 'watcher' and application_name = 'binnacle'") >=
            2);
        for (const auto& root : {console.processId(), recorder.processId()}) {
            for (const auto pid : family(root)) {
                const auto of = QStringLiteral("/proc/%1/").arg(pid);
                for (const auto* file : {"cmdline", "environ"}) {
                    QVERIFY2(contents(of + QLatin1String(file)).find(kPassword) == std::string::npos, qPrintable(of));
                }
            }
            // Nothing of either ever comes into a core file.
            const auto limits = QString::fromStdString(contents(QStringLiteral("/proc/%1/limits").arg(root)));
            QVERIFY2(limits.contains(QRegularExpression(QStringLiteral("Max core file size +0 +0 "))),
                     qPrintable(limits));
        }
        QTRY_VERIFY(QFileInfo(recording + QStringLiteral("-wal")).size() > 0); // something was told, and kept
        recorder.terminate();
        QTRY_COMPARE(recorder.state(), QProcess::NotRunning);
        QVERIFY(QFileInfo(recording).size() > 0);
        console.terminate();
        QTRY_COMPARE(console.state(), QProcess::NotRunning);
        QCOMPARE(console.exitCode(), 0);
        // Settings, profiles, state, recording, what was printed, and the keyring itself, which is encrypted.
        QVERIFY(QFile::exists(m_scratch + QStringLiteral("/data/keyrings/login.keyring")));
        QVERIFY(QFile::exists(m_scratch + QStringLiteral("/config/binnacle/binnacle.ini")));
        QVERIFY(QFile::exists(log + QStringLiteral(".console")));
        QCOMPARE(tellers(m_scratch, {passfile}), QStringList());
        QCOMPARE(tellers(m_scratch, {}), QStringList(passfile)); // what is looked for can be found
    }

private:
    [[nodiscard]] std::string document(const std::string& name = "orders") const {
        // Single quotes: moc loses its way in raw strings.
        auto text = "{'format': 1, 'name': '" + name +
                    "', 'environment': 'staging', 'postgres': [{'name': 'main', 'conninfo': 'host=localhost port=" +
                    std::to_string(m_server.port()) +
                    " user=watcher dbname=postgres sslmode=verify-full sslrootcert=" + m_server.caFile() +
                    "', 'password_from': 'keychain'}]}";
        std::ranges::replace(text, '\'', '"');
        return text;
    }
    [[nodiscard]] static StackPlace place(const char* name = "orders") {
        LaunchOptions options;
        options.profile = QLatin1String(name);
        return findStackPlace(options).value();
    }
    [[nodiscard]] ConsoleHost::Setup setup() const {
        ConsoleHost::Setup setup;
        setup.options.profile = QStringLiteral("orders");
        setup.settingsFile = m_scratch + QStringLiteral("/own.ini");
        setup.profiles = m_folder;
        setup.keychain = std::make_unique<SharedKeychain>(*m_keychain);
        return setup;
    }

    PrivatePostgres m_server;
    std::unique_ptr<Keychain> m_keychain = systemKeychain();
    QString m_scratch;
    std::filesystem::path m_folder;
};

QTEST_MAIN(TestConsoleCredentials)
#include "test_console_credentials.moc"
