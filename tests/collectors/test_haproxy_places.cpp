// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/haproxy_collector.h"
#include "tests/support/private_redis.h"
#include "tests/support/test_certificates.h"
#include "tests/support/wait_for.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <csignal>
#include <memory>
#include <sys/prctl.h>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

SteadyTime soon() {
    return std::chrono::steady_clock::now() + 20s;
}

constexpr auto kConfiguration = R"(
global
    stats socket unix@DIR/stats.sock mode 600 level user
defaults
    mode http
    timeout client 5s
    timeout server 5s
    timeout connect 1s
frontend shop
    bind 127.0.0.1:SHOP
    http-request return status 204 if { path /answered-here }
    default_backend shelves
backend shelves
    server shelf-1 127.0.0.1:1 weight 7
frontend statistics
    bind 127.0.0.1:PAGE ssl crt DIR/both.pem
    http-request auth unless { http_auth(readers) }
    stats enable
    stats uri /hidden/numbers
userlist readers
    user watcher insecure-password sesame
)";

} // namespace

/// A real HAProxy that is not the bundled one: its page over TLS with a password, and its own socket.
class TestHaproxyPlaces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_directory.isValid());
        const auto directory = m_directory.path().toStdString();
        m_certificates = std::make_unique<TestCertificates>(directory);
        const auto pair = m_certificates->issue("page", "DNS:localhost,IP:127.0.0.1");
        write("both.pem", read(pair.certificateFile) + read(pair.keyFile));
        write("password", "sesame\n");
        write("wrong", "mellon\n");
        m_page = freePort();
        QByteArray configuration = kConfiguration;
        configuration.replace("DIR", m_directory.path().toUtf8());
        auto shop = freePort();
        while (shop == m_page) {
            shop = freePort();
        }
        configuration.replace("SHOP", QByteArray::number(shop));
        configuration.replace("PAGE", QByteArray::number(m_page));
        write("haproxy.cfg", configuration);
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        auto program = QStandardPaths::findExecutable(QStringLiteral("haproxy"));
        if (program.isEmpty()) { // the path of ordinary users leaves it out
            program = QStringLiteral("/usr/sbin/haproxy");
        }
        m_process.start(program, {QStringLiteral("-db"), QStringLiteral("-f"),
                                  m_directory.filePath(QStringLiteral("haproxy.cfg"))});
        QVERIFY2(waitFor(30s, [this] { return HaproxyCollector(socketTarget()).collect(soon()).has_value(); }),
                 m_process.readAll().constData());
    }
    void cleanupTestCase() {
        m_process.kill();
        m_process.waitForFinished(10'000);
    }

    void aPageOverTlsIsReadWithAPassword() {
        HaproxyCollector collector(pageTarget());
        const auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        const auto servers = snapshot->table("haproxy.servers");
        QVERIFY(servers != nullptr);
        const auto row = servers->find(std::array<TableCell, 2>{std::string("shelves"), std::string("shelf-1")});
        QVERIFY(row);
        QCOMPARE(servers->number(*row, "weight").value(), 7.0);
        QCOMPARE(servers->text(*row, "status"), std::string_view("no check"));
        QVERIFY(snapshot->find("haproxy.sessions", {{"proxy", "shop"}}) != nullptr);
        QVERIFY(snapshot->find("canary.share_percent", {}) == nullptr);
    }
    void aWrongPasswordIsDenied() {
        auto target = pageTarget();
        target.http.passwordFile = path("wrong");
        HaproxyCollector collector(target);
        QCOMPARE(collector.collect(soon()).error().code, ErrorCode::Denied);
        target.http.user.clear();
        target.http.passwordFile.clear();
        HaproxyCollector nameless(target);
        QCOMPARE(nameless.collect(soon()).error().code, ErrorCode::Denied);
    }
    void aPageThatNobodyVouchesForIsRefused() {
        const TestCertificates others(m_directory.path().toStdString(), "others");
        auto target = pageTarget();
        target.http.tlsFiles.caFile = others.caFile();
        HaproxyCollector collector(target);
        const auto error = collector.collect(soon()).error();
        QCOMPARE(error.code, ErrorCode::Refused);
        QVERIFY2(error.text.find("certificate is not accepted") != std::string::npos, error.text.c_str());
    }
    void aMissingAuthorityFileIsNamed() {
        auto target = pageTarget();
        target.http.tlsFiles.caFile = "/nonexistent/ca.pem";
        HaproxyCollector collector(target);
        const auto error = collector.collect(soon()).error();
        QCOMPARE(error.code, ErrorCode::Invalid);
        QVERIFY2(error.text.find("/nonexistent/ca.pem") != std::string::npos, error.text.c_str());
    }
    void theSocketTellsTheSameAndTheRunOfTheProcess() {
        HaproxyCollector collector(socketTarget());
        const auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        QVERIFY(snapshot->header.epoch.starts_with(std::to_string(m_process.processId()) + "@"));
        QCOMPARE(snapshot->table("haproxy.servers")->rowCount(), std::size_t{1});
        QVERIFY(snapshot->find("haproxy.server.requests", {{"proxy", "shelves"}, {"server", "shelf-1"}}) != nullptr);
    }

private:
    [[nodiscard]] std::string path(const char* name) const {
        return m_directory.filePath(QString::fromUtf8(name)).toStdString();
    }
    void write(const char* name, const QByteArray& text) {
        QFile file(QString::fromStdString(path(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static QByteArray read(const std::string& name) {
        QFile file(QString::fromStdString(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] HaproxyTarget socketTarget() const {
        return HaproxyTarget::parse("socket:" + path("stats.sock")).value();
    }
    [[nodiscard]] HaproxyTarget pageTarget() const {
        auto target = HaproxyTarget::parse("https://localhost:" + std::to_string(m_page) + "/hidden/numbers").value();
        target.http.tlsFiles.caFile = m_certificates->caFile();
        target.http.user = "watcher";
        target.http.passwordFile = path("password");
        return target;
    }

    QTemporaryDir m_directory;
    std::unique_ptr<TestCertificates> m_certificates;
    QProcess m_process;
    quint16 m_page = 0;
};

QTEST_GUILESS_MAIN(TestHaproxyPlaces)
#include "test_haproxy_places.moc"
