// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle::service::test {

struct Answer {
    int status = 0;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
};

/// A blocking connection that sends exactly the bytes it is given. Every wait ends after 5 s.
class RawClient {
public:
    static RawClient toPort(std::uint16_t port);
    static RawClient toSocket(const std::string& path);
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void send(std::string_view bytes);
    /// One whole response; nothing if the connection ended first.
    std::optional<Answer> receive();
    /// Sends and receives.
    std::optional<Answer> ask(std::string_view bytes);
    /// Whether the server closes the connection within `time`.
    bool isClosedWithin(std::chrono::milliseconds time);

private:
    explicit RawClient(int socket)
        : m_socket(socket) {}
    bool readMore(std::chrono::milliseconds time);

    int m_socket;
    std::string m_received;
};

/// A GET with the test's API key.
std::string get(std::string_view target, std::string_view moreHeaders = {});
/// A POST of JSON with the test's API key.
std::string post(std::string_view target, std::string_view body);

} // namespace binnacle::service::test
