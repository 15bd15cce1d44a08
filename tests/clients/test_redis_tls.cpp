// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/redis_client.h"
#include "tests/support/private_redis.h"
#include "tests/support/test_certificates.h"

#include <QTest>
#include <array>
#include <csignal>
#include <memory>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

SteadyTime soon(std::chrono::milliseconds time = 20s) {
    return std::chrono::steady_clock::now() + time;
}

} // namespace

class TestRedisTls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_directory.isValid());
        const std::filesystem::path directory = m_directory.path().toStdString();
        m_certificates = std::make_unique<TestCertificates>(directory);
        m_strangers = std::make_unique<TestCertificates>(directory, "strangers");
    }

    void speaksTlsToAServerThatItsAuthorityVouchesFor() {
        const auto server = serve(m_certificates->issue("good", "DNS:localhost,IP:127.0.0.1"));
        QVERIFY2(server->answers(), server->lastWords().constData());
        for (const char* host : {"localhost", "127.0.0.1"}) {
            RedisClient client(targetOf(host));
            QCOMPARE(client.command({"PING"}, soon()).value(), std::string("PONG"));
            QVERIFY(client.command({"INFO"}, soon()).value().starts_with("# Server"));
        }
    }
    void answersOfManyRecordsComeWhole() {
        const auto server = serve(m_certificates->issue("large", "IP:127.0.0.1"));
        QVERIFY2(server->answers(), server->lastWords().constData());
        RedisClient client(targetOf("127.0.0.1"));
        const std::string large(1'000'000, 'x');
        QCOMPARE(client.command({"SET", "key", large}, soon()).value(), std::string("OK"));
        const std::array commands{RedisCommand{"GET", "key"}, RedisCommand{"STRLEN", "key"}};
        const auto answers = client.pipeline(commands, soon());
        QVERIFY2(answers, answers ? "" : answers.error().text.c_str());
        QVERIFY(answers->at(0).text == large);
        QCOMPARE(answers->at(1).number, std::int64_t{1'000'000});
    }
    void introducesItselfWhereTheServerAsksForACertificate() {
        const auto server = serve(m_certificates->issue("mutual", "IP:127.0.0.1"), "yes");
        QVERIFY2(server->answers(), server->lastWords().constData());
        auto target = targetOf("127.0.0.1");
        {
            RedisClient client(target);
            QVERIFY(!client.command({"PING"}, soon()));
        }
        const auto ours = m_certificates->issue("ours", "DNS:console");
        target.tlsFiles.certificateFile = ours.certificateFile;
        target.tlsFiles.keyFile = ours.keyFile;
        RedisClient client(target);
        QCOMPARE(client.command({"PING"}, soon()).value(), std::string("PONG"));
    }

    void refusesAServerOfAnotherAuthority() {
        refuses(m_strangers->issue("stranger", "IP:127.0.0.1"), "127.0.0.1", "unable to get local issuer certificate");
    }
    void refusesAnExpiredCertificate() {
        refuses(m_certificates->issue("expired", "IP:127.0.0.1", -1h), "127.0.0.1", "certificate has expired");
    }
    void refusesACertificateOfAnotherHost() {
        const auto pair = m_certificates->issue("elsewhere", "DNS:elsewhere.example,IP:127.0.0.2");
        refuses(pair, "localhost", "hostname mismatch");
        refuses(pair, "127.0.0.1", "IP address mismatch");
    }
    void refusesWhatTheSystemDoesNotVouchFor() {
        const auto server = serve(m_certificates->issue("unknown", "IP:127.0.0.1"));
        QVERIFY2(server->answers(), server->lastWords().constData());
        auto target = targetOf("127.0.0.1");
        target.tlsFiles.caFile.clear();
        RedisClient client(target);
        QCOMPARE(client.command({"PING"}, soon()).error().code, ErrorCode::Refused);
    }
    void aHandshakeThatIsNeverAnsweredEndsAtTheDeadline() {
        const auto server = serve(m_certificates->issue("stopped", "IP:127.0.0.1"));
        QVERIFY2(server->answers(), server->lastWords().constData());
        ::kill(static_cast<pid_t>(server->pid()), SIGSTOP);
        RedisClient client(targetOf("127.0.0.1"));
        QCOMPARE(client.command({"PING"}, soon(300ms)).error().code, ErrorCode::Timeout);
        ::kill(static_cast<pid_t>(server->pid()), SIGCONT);
        QCOMPARE(client.command({"PING"}, soon()).value(), std::string("PONG"));
    }
    void aMissingAuthorityFileIsNamed() {
        const auto server = serve(m_certificates->issue("any", "IP:127.0.0.1"));
        QVERIFY2(server->answers(), server->lastWords().constData());
        auto target = targetOf("127.0.0.1");
        target.tlsFiles.caFile = "/nonexistent/ca.pem";
        RedisClient client(target);
        const auto error = client.command({"PING"}, soon()).error();
        QCOMPARE(error.code, ErrorCode::Invalid);
        QVERIFY2(error.text.find("/nonexistent/ca.pem") != std::string::npos, error.text.c_str());
    }

private:
    std::unique_ptr<PrivateRedis> serve(const TestCertificates::Pair& pair, const char* asksClients = "no") {
        m_port = freePort();
        return std::make_unique<PrivateRedis>(std::vector<std::string>{
            "--tls-port", std::to_string(m_port), "--tls-cert-file", pair.certificateFile, "--tls-key-file",
            pair.keyFile, "--tls-ca-cert-file", m_certificates->caFile(), "--tls-auth-clients", asksClients});
    }
    [[nodiscard]] RedisTarget targetOf(const std::string& host) const {
        auto target = RedisTarget::parse("rediss://" + host + ":" + std::to_string(m_port)).value();
        target.tlsFiles.caFile = m_certificates->caFile();
        return target;
    }
    void refuses(const TestCertificates::Pair& pair, const std::string& host, const char* reason) {
        const auto server = serve(pair);
        QVERIFY2(server->answers(), server->lastWords().constData());
        RedisClient client(targetOf(host));
        const auto error = client.command({"PING"}, soon()).error();
        QCOMPARE(error.code, ErrorCode::Refused);
        const auto sentence = "Redis: the certificate of " + host + " is not accepted: ";
        QVERIFY2(error.text.starts_with(sentence), error.text.c_str());
        QVERIFY2(error.text.find(reason) != std::string::npos, error.text.c_str());
    }

    QTemporaryDir m_directory;
    std::unique_ptr<TestCertificates> m_certificates;
    std::unique_ptr<TestCertificates> m_strangers;
    quint16 m_port = 1;
};

QTEST_GUILESS_MAIN(TestRedisTls)
#include "test_redis_tls.moc"
