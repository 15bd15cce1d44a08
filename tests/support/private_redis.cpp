// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/private_redis.h"

#include "backend/clients/redis_client.h"
#include "tests/support/wait_for.h"

#include <QRandomGenerator>
#include <QStandardPaths>
#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace binnacle::test {

using namespace std::chrono_literals;

PrivateRedis::PrivateRedis(std::vector<std::string> settings) {
    // The same program under two names; it looks at its own, so the shell sets it.
    auto program = QStandardPaths::findExecutable(QStringLiteral("redis-server"));
    if (program.isEmpty()) {
        program = QStandardPaths::findExecutable(QStringLiteral("redis-check-rdb"));
    }
    QStringList arguments{QStringLiteral("-c"), QStringLiteral("exec -a redis-server \"$0\" \"$@\""), program};
    for (const auto& text :
         std::initializer_list<std::string>{"--port", "0", "--unixsocket", socket(), "--dir",
                                            m_directory.path().toStdString(), "--save", "", "--daemonize", "no"}) {
        arguments << QString::fromStdString(text);
    }
    for (const auto& text : settings) {
        arguments << QString::fromStdString(text);
    }
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(QStringLiteral("/bin/bash"), arguments);
    const auto asked = [this] {
        RedisClient client(RedisTarget::parse(endpoint()).value());
        const auto pong = client.command({"PING"}, std::chrono::steady_clock::now() + 1s);
        return pong || pong.error().code == ErrorCode::Denied;
    };
    m_answers = m_process.waitForStarted(10'000) && waitFor(30s, asked).has_value();
}

PrivateRedis::~PrivateRedis() {
    if (m_process.state() != QProcess::NotRunning) {
        ::kill(static_cast<pid_t>(m_process.processId()), SIGCONT); // it may have been stopped
        m_process.kill();
        m_process.waitForFinished(10'000);
    }
}

quint16 freePort() {
    constexpr int kLowest = 10'000;
    constexpr int kBelow = 15'000; // the bundled stack's begin here, and further up those of whoever connects
    for (int i = 0; i < 1000; ++i) {
        const auto port = static_cast<quint16>(QRandomGenerator::global()->bounded(kLowest, kBelow));
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool bound = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(fd);
        if (bound) {
            return port;
        }
    }
    return 0;
}

} // namespace binnacle::test
