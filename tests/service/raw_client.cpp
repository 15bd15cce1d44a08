// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/service/raw_client.h"

#include "tests/service/running_server.h"

#include <array>
#include <cctype>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace binnacle::service::test {
namespace {

constexpr std::chrono::milliseconds kPatience{5000};

} // namespace

RawClient RawClient::toPort(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return RawClient(-1);
    }
    return RawClient(socket);
}

RawClient RawClient::toSocket(const std::string& path) {
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return RawClient(-1);
    }
    return RawClient(socket);
}

RawClient::RawClient(RawClient&& other) noexcept
    : m_socket(std::exchange(other.m_socket, -1))
    , m_received(std::move(other.m_received)) {}

RawClient::~RawClient() {
    if (m_socket >= 0) {
        ::close(m_socket);
    }
}

void RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return; // a refused request may be answered before all of it is sent
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool RawClient::readMore(std::chrono::milliseconds time) {
    pollfd waiting{m_socket, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(time.count())) <= 0) {
        return false;
    }
    std::array<char, 16384> bytes{};
    const auto got = ::recv(m_socket, bytes.data(), bytes.size(), 0);
    if (got <= 0) {
        return false;
    }
    m_received.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
}

std::optional<Answer> RawClient::receive() {
    std::size_t headEnd = 0;
    while ((headEnd = m_received.find("\r\n\r\n")) == std::string::npos) {
        if (!readMore(kPatience)) {
            return std::nullopt;
        }
    }
    Answer answer;
    answer.status = std::atoi(m_received.c_str() + std::strlen("HTTP/1.1 "));
    for (std::size_t at = m_received.find("\r\n") + 2; at < headEnd;) {
        const std::size_t end = m_received.find("\r\n", at);
        const std::size_t colon = m_received.find(':', at);
        std::string name = m_received.substr(at, colon - at);
        for (char& c : name) {
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        answer.headers[name] = m_received.substr(colon + 2, end - colon - 2);
        at = end + 2;
    }
    const auto length = static_cast<std::size_t>(std::atoll(answer.headers["content-length"].c_str()));
    if (answer.status == 100) {
        m_received.erase(0, headEnd + 4);
        return answer;
    }
    while (m_received.size() < headEnd + 4 + length) {
        if (!readMore(kPatience)) {
            return std::nullopt;
        }
    }
    answer.body = m_received.substr(headEnd + 4, length);
    m_received.erase(0, headEnd + 4 + length);
    return answer;
}

std::optional<Answer> RawClient::ask(std::string_view bytes) {
    send(bytes);
    return receive();
}

bool RawClient::isClosedWithin(std::chrono::milliseconds time) {
    pollfd waiting{m_socket, POLLIN, 0};
    char byte = 0;
    return ::poll(&waiting, 1, static_cast<int>(time.count())) > 0 && ::recv(m_socket, &byte, 1, 0) <= 0;
}

std::string get(std::string_view target, std::string_view moreHeaders) {
    std::string text = "GET ";
    text.append(target).append(" HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ").append(kApiKey);
    return text.append("\r\n").append(moreHeaders).append("\r\n");
}

std::string post(std::string_view target, std::string_view body) {
    std::string text = "POST ";
    text.append(target).append(" HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ").append(kApiKey);
    text.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(std::to_string(body.size()));
    return text.append("\r\n\r\n").append(body);
}

} // namespace binnacle::service::test
