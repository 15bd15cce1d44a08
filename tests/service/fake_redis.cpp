// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/service/fake_redis.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace binnacle::service::test {
namespace {

constexpr int kLookMs = 10;

bool readable(int descriptor) {
    pollfd waiting{descriptor, POLLIN, 0};
    return ::poll(&waiting, 1, kLookMs) > 0;
}

/// Takes one command of bulk strings off the front of `text`.
std::optional<std::vector<std::string>> takeCommand(std::string& text) {
    std::size_t at = text.find("\r\n");
    if (text.empty() || at == std::string::npos) {
        return std::nullopt;
    }
    const int count = std::atoi(text.c_str() + 1);
    at += 2;
    std::vector<std::string> words;
    for (int i = 0; i < count; ++i) {
        const std::size_t end = text.find("\r\n", at);
        if (end == std::string::npos) {
            return std::nullopt;
        }
        const auto length = static_cast<std::size_t>(std::atoi(text.c_str() + at + 1));
        if (text.size() < end + 2 + length + 2) {
            return std::nullopt;
        }
        words.push_back(text.substr(end + 2, length));
        at = end + 2 + length + 2;
    }
    text.erase(0, at);
    return words;
}

} // namespace

FakeRedis::FakeRedis(std::string socketPath)
    : m_path(std::move(socketPath))
    , m_listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, m_path.c_str(), sizeof address.sun_path - 1);
    if (::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        ::listen(m_listener, 16);
    }
    m_thread = std::thread([this] { serve(); });
}

FakeRedis::~FakeRedis() {
    m_ending = true;
    m_thread.join();
    for (std::thread& talk : m_talks) {
        talk.join();
    }
    ::close(m_listener);
    ::unlink(m_path.c_str());
}

void FakeRedis::put(const std::string& key, const std::string& value) {
    const std::lock_guard lock(m_mutex);
    m_values[key] = value;
}

bool FakeRedis::has(const std::string& key) {
    const std::lock_guard lock(m_mutex);
    return m_values.contains(key);
}

void FakeRedis::serve() {
    while (!m_ending) {
        if (readable(m_listener)) {
            const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            m_talks.emplace_back([this, client] { talk(client); });
        }
    }
}

void FakeRedis::talk(int client) {
    std::string received;
    while (!m_ending) {
        if (!readable(client)) {
            continue;
        }
        std::array<char, 4096> bytes{};
        const auto got = ::recv(client, bytes.data(), bytes.size(), 0);
        if (got <= 0) {
            break;
        }
        received.append(bytes.data(), static_cast<std::size_t>(got));
        while (const auto words = takeCommand(received)) {
            if (!m_silent) {
                const std::string reply = answer(*words);
                ::send(client, reply.data(), reply.size(), MSG_NOSIGNAL);
            }
        }
    }
    ::close(client);
}

std::string FakeRedis::answer(const std::vector<std::string>& words) {
    const std::lock_guard lock(m_mutex);
    if (words[0] == "GET") {
        const auto found = m_values.find(words[1]);
        return found == m_values.end() ? "$-1\r\n"
                                       : "$" + std::to_string(found->second.size()) + "\r\n" + found->second + "\r\n";
    }
    if (words[0] == "SET") {
        m_values[words[1]] = words[2];
    }
    if (words[0] == "DEL") {
        std::size_t removed = 0;
        for (std::size_t i = 1; i < words.size(); ++i) {
            removed += m_values.erase(words[i]);
        }
        return ":" + std::to_string(removed) + "\r\n";
    }
    if (words[0] == "EXISTS") {
        std::size_t found = 0;
        for (std::size_t i = 1; i < words.size(); ++i) {
            found += m_values.contains(words[i]) ? 1 : 0;
        }
        return ":" + std::to_string(found) + "\r\n";
    }
    if (words[0] == "SCAN") { // one key a step, and the first one twice: a real one may repeat itself, too
        const auto at = static_cast<std::size_t>(std::stoul(words[1]));
        auto place = m_values.begin();
        std::advance(place, std::min(at == 0 ? 0 : at - 1, m_values.size()));
        const auto next = at < m_values.size() ? std::to_string(at + 1) : std::string("0");
        const auto bulk = [](const std::string& text) {
            return "$" + std::to_string(text.size()) + "\r\n" + text + "\r\n";
        };
        return "*2\r\n" + bulk(next) +
               (place == m_values.end() ? std::string("*0\r\n") : "*1\r\n" + bulk(place->first));
    }
    return words[0] == "PING" ? "+PONG\r\n" : "+OK\r\n";
}

} // namespace binnacle::service::test
