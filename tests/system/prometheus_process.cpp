// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/prometheus_process.h"

#include "tests/support/private_redis.h"

#include <QFile>
#include <QStandardPaths>

#include <csignal>
#include <sys/prctl.h>

namespace binnacle::test {

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
