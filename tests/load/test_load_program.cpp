// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/load/fake_http_server.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace binnacle::load::test;

namespace {

QString program() {
    return qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnacle-load");
}

} // namespace

/// The program as scripts meet it: exit codes, streams, signals.
class TestLoadProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void runPrintsOneDocument();
    void stopsOnSignalWithItsDocument_data();
    void stopsOnSignalWithItsDocument();
    void endlessRunOutlivesItsServer();
    void failureIsASentenceAndExitOne();
    void usageIsExitTwo_data();
    void usageIsExitTwo();

private:
    QStringList runArguments(const FakeHttpServer& server, const char* duration) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_keyFile;
};

void TestLoadProgram::init() {
    m_directory = std::make_unique<QTemporaryDir>();
    m_keyFile = m_directory->filePath(QStringLiteral("key"));
    QFile file(m_keyFile);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("abc\n") == 4);
}

QStringList TestLoadProgram::runArguments(const FakeHttpServer& server, const char* duration) const {
    return {QStringLiteral("run"),
            QStringLiteral("--rate"),
            QStringLiteral("50"),
            QStringLiteral("--duration"),
            QLatin1String(duration),
            QStringLiteral("--mix"),
            QStringLiteral("default"),
            QStringLiteral("--url"),
            QString::fromStdString(server.url()),
            QStringLiteral("--key-file"),
            m_keyFile,
            QStringLiteral("--json")};
}

void TestLoadProgram::runPrintsOneDocument() {
    FakeHttpServer server(apiReply);
    QProcess load;
    load.start(program(), runArguments(server, "1"));
    QVERIFY(load.waitForFinished());
    QCOMPARE(load.exitCode(), 0);
    QCOMPARE(load.readAllStandardError(), QByteArray());
    const auto document = QJsonDocument::fromJson(load.readAllStandardOutput()).object();
    QCOMPARE(document[QLatin1String("sent")].toInteger(), static_cast<qint64>(server.requests().size()));
    QCOMPARE(document[QLatin1String("interrupted")].toBool(true), false);
}

void TestLoadProgram::stopsOnSignalWithItsDocument_data() {
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestLoadProgram::stopsOnSignalWithItsDocument() {
    QFETCH(int, number);
    FakeHttpServer server(apiReply);
    QProcess load;
    load.start(program(), runArguments(server, "0"));
    QTRY_VERIFY(server.requests().size() > 20);
    ::kill(static_cast<pid_t>(load.processId()), number);
    QVERIFY(load.waitForFinished());
    QCOMPARE(load.exitStatus(), QProcess::NormalExit);
    QCOMPARE(load.exitCode(), 0);
    const auto document = QJsonDocument::fromJson(load.readAllStandardOutput()).object();
    QCOMPARE(document[QLatin1String("sent")].toInteger(), static_cast<qint64>(server.requests().size()));
}

void TestLoadProgram::endlessRunOutlivesItsServer() {
    auto server = std::make_unique<FakeHttpServer>(apiReply);
    const int port = server->port();
    auto arguments = runArguments(*server, "0");
    server.reset();
    QProcess load;
    load.start(program(), arguments); // starts before its API, as demo traffic may
    QVERIFY(load.waitForStarted());
    QByteArray notices;
    const auto toldToWait = [&] {
        notices += load.readAllStandardError();
        return notices.contains("trying again every second");
    };
    QTRY_VERIFY(toldToWait());
    const auto serve = [&] {
        server = std::make_unique<FakeHttpServer>(apiReply, std::chrono::milliseconds(0), "", port);
    };
    serve();
    QTRY_VERIFY(server->requests().size() > 20);
    const auto before = server->requests().size();
    server.reset();
    serve();
    QTRY_VERIFY(server->requests().size() > 20);
    load.terminate();
    QVERIFY(load.waitForFinished());
    QCOMPARE(load.exitCode(), 0);
    const auto document = QJsonDocument::fromJson(load.readAllStandardOutput()).object();
    QVERIFY(document[QLatin1String("sent")].toInteger() >= static_cast<qint64>(before + server->requests().size()));
    QVERIFY(document[QLatin1String("not_sent")].toInteger() >= 1);
}

void TestLoadProgram::failureIsASentenceAndExitOne() {
    FakeHttpServer server([](const FakeRequest&) { return jsonReply("{}", 401); });
    QProcess load;
    load.start(program(), runArguments(server, "1"));
    QVERIFY(load.waitForFinished());
    QCOMPARE(load.exitCode(), 1);
    QCOMPARE(load.readAllStandardOutput(), QByteArray());
    QVERIFY(load.readAllStandardError().contains("the API key was refused"));
}

void TestLoadProgram::usageIsExitTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    const auto words = [](const char* text) {
        return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    QTest::newRow("a rate that is no number")
        << QStringList{QStringLiteral("run"), QStringLiteral("--rate"), QStringLiteral("nan")};
    QTest::newRow("nothing") << words("");
    QTest::newRow("unknown subcommand") << words("walk");
    QTest::newRow("unknown option") << words("run --fast");
    QTest::newRow("no rate") << words("run --rate 0");
    QTest::newRow("negative duration") << words("run --duration -1");
    QTest::newRow("unknown mix") << words("run --mix nonsense");
    QTest::newRow("url without key") << words("run --url http://127.0.0.1:1");
    QTest::newRow("two targets") << words("run --state-dir /tmp --url http://127.0.0.1:1 --key-file /dev/null");
}

void TestLoadProgram::usageIsExitTwo() {
    QFETCH(QStringList, arguments);
    QProcess load;
    load.start(program(), arguments);
    QVERIFY(load.waitForFinished());
    QCOMPARE(load.exitCode(), 2);
    QVERIFY(!load.readAllStandardError().isEmpty());
}

QTEST_GUILESS_MAIN(TestLoadProgram)
#include "test_load_program.moc"
