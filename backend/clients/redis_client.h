// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/redis_reply.h"
#include "backend/clients/secret.h"
#include "backend/clients/tls_files.h"
#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Where a Redis listens and as whom to speak to it.
struct RedisTarget {
    std::string unixSocket; ///< or host and port
    std::string host;
    std::uint16_t port = 6379;
    std::string user;         ///< empty: no AUTH, or with a password the default user
    std::string passwordFile; ///< read at each connect, so that a rotated password is found; may be empty
    bool tls = false;         ///< over TCP only
    TlsFiles tlsFiles;
    Secret password; ///< instead of the file's

    /// From "unix:/ABSOLUTE/PATH", "HOST:PORT", "redis://HOST:PORT" or, for TLS, "rediss://HOST:PORT".
    [[nodiscard]] static Result<RedisTarget> parse(std::string_view endpoint);
    /// The endpoint as parse() takes it.
    [[nodiscard]] std::string text() const;
};

/// The words of one command: {"SLOWLOG", "GET", "64"}.
using RedisCommand = std::vector<std::string>;

/// Speaks to Redis over one kept connection. After an error the connection is thrown away. Blocking; one thread at a
/// time.
class RedisClient {
public:
    explicit RedisClient(RedisTarget target);
    ~RedisClient();
    RedisClient(RedisClient&&) noexcept;
    RedisClient& operator=(RedisClient&&) noexcept;

    /// The text of a string or status reply; an error reply is Denied (NOAUTH, NOPERM, WRONGPASS) or Protocol.
    [[nodiscard]] Result<std::string> command(std::initializer_list<std::string_view> words, SteadyTime deadline);
    /// Sends all commands at once and returns their answers in the same order: one round trip. An Error reply is an
    /// answer like others, and the connection stays.
    [[nodiscard]] Result<std::vector<RedisReply>> pipeline(std::span<const RedisCommand> commands, SteadyTime deadline);
    void disconnect();
    /// Of all answers so far.
    [[nodiscard]] std::uint64_t receivedBytes() const { return m_received; }

private:
    struct Connection;
    [[nodiscard]] Result<std::unique_ptr<Connection>> connect(SteadyTime deadline) const;

    RedisTarget m_target;
    std::unique_ptr<Connection> m_connection;
    std::uint64_t m_received = 0;
};

} // namespace binnacle
