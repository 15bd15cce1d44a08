// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace binnacle::testing {

/// A real Unix-socket server that answers by a script, for the ways in which peers behave badly.
class CannedServer {
public:
    /// Called with what has come in on one connection since the last answer; takes what it understood off the front.
    /// Its text is sent; nullopt closes the connection; empty text waits for more.
    using Script = std::function<std::optional<std::string>(std::string& received)>;

    explicit CannedServer(Script script, std::string path = {})
        : m_path(path.empty() ? m_dir.filePath(QStringLiteral("s")).toStdString() : std::move(path))
        , m_script(std::move(script))
        , m_listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        m_path.copy(address.sun_path, sizeof address.sun_path - 1);
        ::unlink(m_path.c_str());
        m_good = ::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                 ::listen(m_listener, 16) == 0;
        m_thread = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }
    ~CannedServer() {
        m_thread.request_stop();
        m_thread.join();
        ::close(m_listener);
        ::unlink(m_path.c_str());
    }
    CannedServer(const CannedServer&) = delete;
    CannedServer& operator=(const CannedServer&) = delete;

    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] const std::string& path() const { return m_path; }
    /// The directory of the socket, as PostgreSQL's `host` wants it.
    [[nodiscard]] std::string directory() const { return m_path.substr(0, m_path.rfind('/')); }
    [[nodiscard]] int connections() const { return m_connections; }

    /// Accepts, reads, and never says a word, like a process that is stopped.
    static Script silent() {
        return [](std::string& received) {
            received.clear();
            return std::optional<std::string>(std::string());
        };
    }
    /// One HTTP answer per request, by path.
    static Script http(std::function<std::pair<int, std::string>(std::string_view request)> answer) {
        return [answer = std::move(answer)](std::string& received) -> std::optional<std::string> {
            const auto end = received.find("\r\n\r\n");
            if (end == std::string::npos) {
                return std::string();
            }
            const auto [status, body] = answer(std::string_view(received).substr(0, end));
            received.erase(0, end + 4);
            return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) +
                   "\r\n\r\n" + body;
        };
    }

private:
    struct Connection {
        int fd;
        std::string received;
    };

    void serve(const std::stop_token& stop) {
        std::vector<Connection> connections;
        while (!stop.stop_requested()) {
            std::vector<pollfd> polled{{m_listener, POLLIN, 0}};
            for (const auto& connection : connections) {
                polled.push_back({connection.fd, POLLIN, 0});
            }
            if (::poll(polled.data(), polled.size(), 5) <= 0) {
                continue;
            }
            if ((polled[0].revents & POLLIN) != 0) {
                if (const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC); fd >= 0) {
                    ++m_connections;
                    connections.push_back({fd, {}});
                }
            }
            for (std::size_t i = polled.size() - 1; i > 0; --i) {
                if (polled[i].revents != 0 && !answer(connections[i - 1])) {
                    ::close(connections[i - 1].fd);
                    connections.erase(connections.begin() + static_cast<std::ptrdiff_t>(i) - 1);
                }
            }
        }
        for (const auto& connection : connections) {
            ::close(connection.fd);
        }
    }

    bool answer(Connection& connection) {
        char buffer[16384];
        const auto got = ::read(connection.fd, buffer, sizeof buffer);
        if (got <= 0) {
            return false;
        }
        connection.received.append(buffer, static_cast<std::size_t>(got));
        for (;;) {
            const auto before = connection.received.size();
            const auto text = m_script(connection.received);
            if (!text) {
                return false;
            }
            for (std::size_t sent = 0; sent < text->size();) {
                const auto n = ::send(connection.fd, text->data() + sent, text->size() - sent, MSG_NOSIGNAL);
                if (n <= 0) {
                    return false;
                }
                sent += static_cast<std::size_t>(n);
            }
            if (connection.received.empty() || connection.received.size() == before) {
                return true;
            }
        }
    }

    QTemporaryDir m_dir;
    std::string m_path;
    Script m_script;
    int m_listener;
    bool m_good = false;
    std::atomic<int> m_connections = 0;
    std::jthread m_thread;
};

} // namespace binnacle::testing
