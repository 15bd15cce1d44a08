// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace binnacle::test {

/// One kept HTTP/1.1 connection to 127.0.0.1, fast enough to be ten thousand users one after the other.
class KeepAliveClient {
public:
    struct Answer {
        int status = 0;
        std::string instance; ///< X-Binnacle-Instance
        std::string head;
        std::string body;
    };
    KeepAliveClient(int port, std::string key)
        : m_port(port)
        , m_key(std::move(key)) {}
    ~KeepAliveClient() { disconnect(); }
    KeepAliveClient(const KeepAliveClient&) = delete;
    KeepAliveClient& operator=(const KeepAliveClient&) = delete;

    /// Connects again once when the connection is gone. Nothing after two failures or 5 s of silence.
    [[nodiscard]] std::optional<Answer> get(const std::string& target, const std::string& user);

private:
    [[nodiscard]] std::optional<Answer> attempt(const std::string& request);
    void disconnect();

    int m_port;
    std::string m_key;
    int m_fd = -1;
    std::string m_buffer;
};

} // namespace binnacle::test
