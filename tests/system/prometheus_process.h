// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <string>

namespace binnacle::test {

/// Debian's prometheus, run by hand on a loopback port of its own with its data in a temporary directory, scraping once
/// a second. Killed at the end of the object's life, and when the test dies.
class PrometheusProcess {
public:
    /// Is the program installed?
    [[nodiscard]] static bool exists();

    /// Scrapes these "HOST:PORT" as the job "fleet".
    explicit PrometheusProcess(const QStringList& targets);
    ~PrometheusProcess();
    PrometheusProcess(const PrometheusProcess&) = delete;
    PrometheusProcess& operator=(const PrometheusProcess&) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    /// Its last words, for the message of a failed test.
    [[nodiscard]] QByteArray log() { return m_process.readAll().right(2000); }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace binnacle::test
