// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace binnacle {

/// Where a Redis listens and as whom to speak to it.
struct RedisTarget {
    std::string unixSocket; ///< or host and port
    std::string host;
    std::uint16_t port = 6379;
    std::string user;         ///< empty: no AUTH, or with a password the default user
    std::string passwordFile; ///< read at each connect, so that a rotated password is found; may be empty

    /// From "unix:/ABSOLUTE/PATH" or "HOST:PORT".
    [[nodiscard]] static Result<RedisTarget> parse(std::string_view endpoint);
};

/// Speaks to Redis over one kept connection (hiredis without blocking, poll with our deadline). After an error the
/// connection is thrown away. Blocking; one thread at a time.
class RedisClient {
public:
    explicit RedisClient(RedisTarget target);
    ~RedisClient();
    RedisClient(RedisClient&&) noexcept;
    RedisClient& operator=(RedisClient&&) noexcept;

    /// The text of a string or status reply; an error reply is Denied (NOAUTH, NOPERM, WRONGPASS) or Protocol.
    [[nodiscard]] Result<std::string> command(std::initializer_list<std::string_view> words, SteadyTime deadline);
    void disconnect();

private:
    struct Connection;
    [[nodiscard]] Result<void> connect(SteadyTime deadline);
    [[nodiscard]] Result<std::string> exchange(std::initializer_list<std::string_view> words, SteadyTime deadline);

    RedisTarget m_target;
    std::unique_ptr<Connection> m_connection;
};

} // namespace binnacle
