// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <string>
#include <vector>

namespace binnacle::test {

/// A real redis-server of a test's own, on a Unix socket in a temporary directory; dies with the object.
class PrivateRedis {
public:
    /// Settings beyond those of the socket: {"--maxmemory", "64mb"}. Paths in them may name files of the caller.
    explicit PrivateRedis(std::vector<std::string> settings = {});
    ~PrivateRedis();
    PrivateRedis(const PrivateRedis&) = delete;
    PrivateRedis& operator=(const PrivateRedis&) = delete;

    /// Whether it answered within half a minute; its last words when it did not.
    [[nodiscard]] bool answers() const { return m_answers; }
    [[nodiscard]] QByteArray lastWords() { return m_process.readAll(); }
    [[nodiscard]] std::string endpoint() const { return "unix:" + socket(); }
    [[nodiscard]] std::string socket() const { return m_directory.filePath(QStringLiteral("s")).toStdString(); }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    bool m_answers = false;
};

/// A TCP port of 127.0.0.1 that was free a moment ago, of those that the kernel gives to nobody by itself: a connection
/// that goes out meanwhile does not take it. 0 when there is none.
[[nodiscard]] quint16 freePort();

} // namespace binnacle::test
