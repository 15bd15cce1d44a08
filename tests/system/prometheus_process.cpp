// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/prometheus_process.h"

#include <QFile>
#include <QStandardPaths>

#include <csignal>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace binnacle::test {

quint16 freePort() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(fd);
    return bound ? ntohs(address.sin_port) : quint16{0};
}

bool PrometheusProcess::exists() {
    return !QStandardPaths::findExecutable(QStringLiteral("prometheus")).isEmpty();
}

PrometheusProcess::PrometheusProcess(const QStringList& targets)
    : m_port(freePort()) {
    QFile config(m_directory.filePath(QStringLiteral("prometheus.yml")));
    if (config.open(QIODevice::WriteOnly)) {
        config.write("global: {scrape_interval: 1s, scrape_timeout: 1s}\n"
                     "scrape_configs:\n- job_name: fleet\n  static_configs:\n  - targets: ['" +
                     targets.join(QStringLiteral("','")).toUtf8() + "']\n");
    }
    config.close();
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(QStringLiteral("prometheus"),
                    {QStringLiteral("--config.file=") + config.fileName(),
                     QStringLiteral("--storage.tsdb.path=") + m_directory.filePath(QStringLiteral("data")),
                     QStringLiteral("--web.listen-address=127.0.0.1:") + QString::number(m_port),
                     QStringLiteral("--log.level=warn")});
    m_process.waitForStarted();
}

PrometheusProcess::~PrometheusProcess() {
    m_process.kill();
    m_process.waitForFinished();
}

} // namespace binnacle::test
