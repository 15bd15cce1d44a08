// SPDX-License-Identifier: GPL-3.0-or-later
// The keychain of the desktop: there, locked, missing, silent. with_keyring.sh brings each about;
// BINNACLE_TEST_KEYCHAIN says which one this is.
#include "app/credentials/credential_desk.h"
#include "app/credentials/credential_flow.h"
#include "app/dialogs/credential_dialog.h"
#include "app/dialogs/secret_field.h"
#include "tests/app/shared_keychain.h"
#include "tests/clients/canned_server.h"
#include "tests/support/patience.h"

#include <QCheckBox>
#include <QSignalSpy>
#include <QtTest>

#include <tuple>

using namespace binnacle;
using namespace binnacle::app;
using namespace std::chrono_literals;

namespace {

using Kind = KeychainAnswer::Kind;

/// Milliseconds that nobody who waits would keep to: a bus that is silent, or a person who is asked, takes seconds.
constexpr qint64 kStandsStill = 1000;

/// Asks, and waits for the answer while the event loop turns; counts how long it ever stood still.
class Asking {
public:
    template <typename Call>
    explicit Asking(Call call) {
        QElapsedTimer turned;
        QTimer tick;
        turned.start();
        QObject::connect(&tick, &QTimer::timeout, [&] { longest = std::max(longest, turned.restart()); });
        tick.start(5);
        QElapsedTimer took;
        took.start();
        call([this](const KeychainAnswer& said) { answer = said; });
        returnedAfter = took.elapsed();
        std::ignore = QTest::qWaitFor([this] { return answer.has_value(); }, 20'000);
        endedAfter = took.elapsed();
    }
    std::optional<KeychainAnswer> answer;
    qint64 returnedAfter = 0;
    qint64 endedAfter = 0;
    qint64 longest = 0; ///< milliseconds between two turns of the event loop
};

std::vector<CredentialSlot> slot() {
    return {{"postgres/main", "watcher", "db:5432", false}};
}

} // namespace

class TestKeychain : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QVERIFY2(qEnvironmentVariableIsSet("BINNACLE_TEST_KEYCHAIN"), "run it by with_keyring.sh");
        m_mode = qEnvironmentVariable("BINNACLE_TEST_KEYCHAIN");
    }

    void aReadyOneKeepsReadsAndForgets() {
        QCOMPARE(m_mode, QStringLiteral("ready"));
        auto* const keychain = m_keychain.get();
        const auto key = QStringLiteral("orders/postgres/main");
        QCOMPARE(Asking([&](auto done) { keychain->read(key, done); }).answer->kind, Kind::NotFound);
        const Asking write([&](auto done) { keychain->write(key, Secret("pass w\xc3\xb6rd"), done); });
        QCOMPARE(write.answer->kind, Kind::Done);
        const Asking read([&](auto done) { keychain->read(key, done); });
        QCOMPARE(read.answer->kind, Kind::Done);
        QCOMPARE(std::string(read.answer->secret.view()), std::string("pass w\xc3\xb6rd"));
        QVERIFY2(read.returnedAfter < kStandsStill && read.longest < kStandsStill,
                 qPrintable(QString::number(read.longest)));
        QCOMPARE(Asking([&](auto done) { keychain->remove(key, done); }).answer->kind, Kind::Done);
        QCOMPARE(Asking([&](auto done) { keychain->read(key, done); }).answer->kind, Kind::NotFound);
        QCOMPARE(Asking([&](auto done) { keychain->remove(key, done); }).answer->kind, Kind::Done);
    }
    void aReadyOneIsAskedFirstAndThePersonOnce() {
        QCOMPARE(m_mode, QStringLiteral("ready"));
        QWidget window;
        window.resize(1000, 700);
        CredentialDesk desk(std::make_unique<test::SharedKeychain>(*m_keychain));
        const auto box = std::make_shared<CredentialBox>();
        {
            CredentialFlow flow(desk, Environment::Staging, QStringLiteral("orders"), slot(), box);
            flow.start(window, Theme());
            QTRY_VERIFY(flow.dialog() != nullptr);
            auto* dialog = flow.dialog();
            QVERIFY(dialog->findChild<QCheckBox*>(QStringLiteral("keep"))->isVisibleTo(dialog));
            dialog->findChild<SecretField*>()->setText(QStringLiteral("correct horse"));
            dialog->findChild<QAbstractButton*>(QStringLiteral("use"))->click();
            QCOMPARE(std::string(box->lookup("postgres/main", {}).secret.view()), std::string("correct horse"));
        }
        // The next session asks nobody.
        CredentialDesk later(std::make_unique<test::SharedKeychain>(*m_keychain));
        const auto found = std::make_shared<CredentialBox>();
        QTRY_VERIFY(([&] {
            CredentialFlow flow(later, Environment::Staging, QStringLiteral("orders"), slot(), found);
            flow.setMayAsk(false);
            QSignalSpy supplied(&flow, &CredentialFlow::supplied);
            flow.start(window, Theme());
            supplied.wait(6'000);
            return !found->lookup("postgres/main", {}).secret.empty();
        }()));
        QVERIFY(later.sentence().isEmpty());
        later.forget(QStringLiteral("orders"), "postgres/main");
        auto* const keychain = m_keychain.get();
        QTRY_COMPARE(Asking([&](auto done) {
                         keychain->read(CredentialDesk::keyOf(QStringLiteral("orders"), "postgres/main"), done);
                     }).answer->kind,
                     Kind::NotFound);
    }

    void withoutOneSecretsLastForTheSession() {
        QCOMPARE(m_mode, QStringLiteral("none"));
        auto* const keychain = m_keychain.get();
        const Asking read([&](auto done) { keychain->read(QStringLiteral("x"), done); });
        QCOMPARE(read.answer->kind, Kind::Absent);
        QVERIFY(read.longest < kStandsStill && read.returnedAfter < kStandsStill);
        QCOMPARE(Asking([&](auto done) { keychain->unlock(done); }).answer->kind, Kind::Absent);
        QWidget window;
        window.resize(1000, 700);
        CredentialDesk desk(std::make_unique<test::SharedKeychain>(*m_keychain));
        const auto box = std::make_shared<CredentialBox>();
        CredentialFlow flow(desk, Environment::Staging, QStringLiteral("orders"), slot(), box);
        QSignalSpy noticed(&flow, &CredentialFlow::noticed);
        flow.start(window, Theme());
        QTRY_VERIFY(flow.dialog() != nullptr);
        QCOMPARE(desk.state(), CredentialDesk::State::Absent);
        QVERIFY(noticed.last().first().toString().contains(QStringLiteral("No keychain")));
        QVERIFY(box->lookup("postgres/main", {}).why.find("no keychain") != std::string::npos);
        auto* dialog = flow.dialog();
        QVERIFY(!dialog->findChild<QCheckBox*>(QStringLiteral("keep"))->isVisibleTo(dialog));
        dialog->findChild<SecretField*>()->setText(QStringLiteral("correct horse"));
        dialog->findChild<QAbstractButton*>(QStringLiteral("use"))->click();
        QCOMPARE(std::string(box->lookup("postgres/main", {}).secret.view()), std::string("correct horse"));
        // In this session nobody is asked again, in the next one everybody.
        CredentialDesk::Secrets found;
        desk.find(QStringLiteral("orders"), slot(), [&](auto secrets) { found = std::move(secrets); });
        QCOMPARE(found.size(), std::size_t{1});
        CredentialDesk next(std::make_unique<test::SharedKeychain>(*m_keychain));
        bool ended = false;
        next.find(QStringLiteral("orders"), slot(), [&](auto secrets) {
            found = std::move(secrets);
            ended = true;
        });
        QTRY_VERIFY(ended);
        QVERIFY(found.empty());
    }
    void aSilentBusIsGivenUpInTime() {
        QCOMPARE(m_mode, QStringLiteral("none"));
        const testing::CannedServer bus(testing::CannedServer::silent());
        QVERIFY(bus.good());
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + QByteArray::fromStdString(bus.path()));
        auto* const keychain = m_keychain.get();
        const Asking read([&](auto done) { keychain->read(QStringLiteral("x"), done); });
        QCOMPARE(read.answer->kind, Kind::Absent);
        QVERIFY2(read.endedAfter < 7'000, qPrintable(QString::number(read.endedAfter)));
        QVERIFY2(read.longest < kStandsStill && read.returnedAfter < kStandsStill,
                 qPrintable(QString::number(read.longest)));
    }

    void aLockedOneIsSaidAndAskedToUnlock() {
        QCOMPARE(m_mode, QStringLiteral("locked"));
        auto* const keychain = m_keychain.get();
        const Asking read([&](auto done) { keychain->read(QStringLiteral("x"), done); });
        QCOMPARE(read.answer->kind, Kind::Locked);
        QVERIFY(read.longest < kStandsStill && read.returnedAfter < kStandsStill);
        QCOMPARE(Asking([&](auto done) { keychain->write(QStringLiteral("x"), Secret("y"), done); }).answer->kind,
                 Kind::Locked);
        QWidget window;
        window.resize(1000, 700);
        CredentialDesk desk(std::make_unique<test::SharedKeychain>(*m_keychain));
        const auto box = std::make_shared<CredentialBox>();
        CredentialFlow flow(desk, Environment::Production, QStringLiteral("orders"), slot(), box);
        flow.start(window, Theme());
        QTRY_VERIFY(flow.dialog() != nullptr);
        QCOMPARE(desk.state(), CredentialDesk::State::Locked);
        QVERIFY(desk.sentence().contains(QStringLiteral("locked")));
        QVERIFY(box->lookup("postgres/main", {}).why.find("locked") != std::string::npos);
        auto* unlock = flow.dialog()->findChild<QAbstractButton*>(QStringLiteral("unlock"));
        QVERIFY(unlock->isVisibleTo(flow.dialog()));
        // Nobody is here to answer the keychain's own window: it stays locked, and the console goes on.
        unlock->click();
        QVERIFY(desk.sentence().contains(QStringLiteral("asks for its password")));
        QTRY_VERIFY(!desk.sentence().contains(QStringLiteral("asks for its password")));
        QVERIFY(desk.state() != CredentialDesk::State::Ready);
        QVERIFY(!desk.sentence().isEmpty());
    }

private:
    QString m_mode;
    std::unique_ptr<Keychain> m_keychain = systemKeychain(); ///< one for a process
};

QTEST_MAIN(TestKeychain)
#include "test_keychain.moc"
