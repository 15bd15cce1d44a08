// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/redis_client.h"

#include "backend/clients/deadline.h"
#include "backend/clients/host_resolver.h"
#include "backend/clients/secret_file.h"

#include <cerrno>
#include <charconv>
#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <vector>

namespace binnacle {

namespace {
constexpr std::size_t kReplyCap = 4U << 20;
}

Result<RedisTarget> RedisTarget::parse(std::string_view endpoint) {
    RedisTarget target;
    if (endpoint.starts_with("unix:/")) {
        target.unixSocket = endpoint.substr(5);
        return target;
    }
    const auto colon = endpoint.rfind(':');
    const auto digits = colon == std::string_view::npos ? std::string_view() : endpoint.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), target.port);
    if (colon == std::string_view::npos || colon == 0 || digits.empty() || error != std::errc() ||
        end != digits.data() + digits.size() || target.port == 0) {
        return fail(ErrorCode::Invalid, "Not a Redis endpoint: \"" + std::string(endpoint) +
                                            "\". Expected unix:/ABSOLUTE/PATH or HOST:PORT.");
    }
    auto host = endpoint.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    target.host = host;
    return target;
}

struct RedisClient::Connection {
    redisContext* context = nullptr;

    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        if (context != nullptr) {
            redisFree(context);
        }
    }
};

RedisClient::RedisClient(RedisTarget target)
    : m_target(std::move(target)) {}
RedisClient::~RedisClient() = default;
RedisClient::RedisClient(RedisClient&&) noexcept = default;
RedisClient& RedisClient::operator=(RedisClient&&) noexcept = default;

void RedisClient::disconnect() {
    m_connection.reset();
}

Result<void> RedisClient::connect(SteadyTime deadline) {
    auto connection = std::make_unique<Connection>();
    if (!m_target.unixSocket.empty()) {
        connection->context = redisConnectUnixNonBlock(m_target.unixSocket.c_str());
    } else {
        const auto address = resolveHost(m_target.host, deadline);
        if (!address) {
            return std::unexpected(address.error());
        }
        connection->context = redisConnectNonBlock(address->c_str(), m_target.port);
    }
    auto* const context = connection->context;
    if (context == nullptr || context->err != 0) {
        return fail(ErrorCode::Refused, std::string("Redis: ") + (context != nullptr ? context->errstr : "no memory"));
    }
    if (auto ready = waitForSocket(context->fd, POLLOUT, deadline, "Redis, connecting"); !ready) {
        return ready;
    }
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(context->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) {
        return fail(ErrorCode::Refused, "Redis: " + std::generic_category().message(error));
    }
    m_connection = std::move(connection);
    if (m_target.passwordFile.empty()) {
        return {};
    }
    const auto password = readSecretFile(m_target.passwordFile);
    if (!password) {
        m_connection.reset();
        return std::unexpected(password.error());
    }
    const auto answer = m_target.user.empty() ? exchange({"AUTH", *password}, deadline)
                                              : exchange({"AUTH", m_target.user, *password}, deadline);
    if (!answer) {
        m_connection.reset();
        return std::unexpected(answer.error());
    }
    return {};
}

Result<std::string> RedisClient::exchange(std::initializer_list<std::string_view> words, SteadyTime deadline) {
    auto* const context = m_connection->context;
    std::vector<const char*> arguments;
    std::vector<std::size_t> lengths;
    for (const auto word : words) {
        arguments.push_back(word.data());
        lengths.push_back(word.size());
    }
    const auto closed = [context] {
        return fail(ErrorCode::Closed,
                    std::string("Redis: ") + (context->errstr[0] != '\0' ? context->errstr : "connection closed"));
    };
    // Written by ourselves: hiredis would let the signal of a peer that died (SIGPIPE) end the program.
    char* formatted = nullptr;
    const auto size =
        redisFormatCommandArgv(&formatted, static_cast<int>(arguments.size()), arguments.data(), lengths.data());
    const std::unique_ptr<char, decltype(&redisFreeCommand)> command(formatted, &redisFreeCommand);
    if (size < 0) {
        return fail(ErrorCode::Io, "Redis: no memory for a command");
    }
    for (std::size_t sent = 0; sent < static_cast<std::size_t>(size);) {
        const auto n = ::send(context->fd, formatted + sent, static_cast<std::size_t>(size) - sent, MSG_NOSIGNAL);
        if (n > 0) {
            sent += static_cast<std::size_t>(n);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (auto ready = waitForSocket(context->fd, POLLOUT, deadline, "Redis"); !ready) {
                return std::unexpected(std::move(ready.error()));
            }
        } else if (errno != EINTR) {
            return fail(ErrorCode::Closed, "Redis: " + std::generic_category().message(errno));
        }
    }
    void* raw = nullptr;
    std::size_t received = 0;
    while (raw == nullptr) {
        if (redisGetReplyFromReader(context, &raw) != REDIS_OK) {
            return fail(ErrorCode::Protocol, std::string("Redis: ") + context->errstr);
        }
        if (raw != nullptr) {
            break;
        }
        if (auto ready = waitForSocket(context->fd, POLLIN, deadline, "Redis"); !ready) {
            return std::unexpected(std::move(ready.error()));
        }
        if (redisBufferRead(context) != REDIS_OK) {
            return closed();
        }
        received += 16384; // what one redisBufferRead takes at most
        if (received > kReplyCap * 16 || (context->reader != nullptr && context->reader->len > kReplyCap)) {
            return fail(ErrorCode::Protocol,
                        "Redis: the answer is larger than " + std::to_string(kReplyCap) + " bytes");
        }
    }
    const std::unique_ptr<void, decltype(&freeReplyObject)> owner(raw, &freeReplyObject);
    const auto& reply = *static_cast<const redisReply*>(raw);
    switch (reply.type) {
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
        return std::string(reply.str, static_cast<std::size_t>(reply.len));
    case REDIS_REPLY_INTEGER:
        return std::to_string(reply.integer);
    case REDIS_REPLY_ERROR: {
        const std::string_view text(reply.str, static_cast<std::size_t>(reply.len));
        const bool denied = text.starts_with("NOAUTH") || text.starts_with("NOPERM") || text.starts_with("WRONGPASS") ||
                            text.starts_with("ERR invalid password");
        const bool starting = text.starts_with("LOADING") || text.starts_with("MASTERDOWN");
        return fail(denied     ? ErrorCode::Denied
                    : starting ? ErrorCode::Refused
                               : ErrorCode::Protocol,
                    "Redis: " + std::string(text));
    }
    default:
        return fail(ErrorCode::Protocol, "Redis: an answer of an unexpected type");
    }
}

Result<std::string> RedisClient::command(std::initializer_list<std::string_view> words, SteadyTime deadline) {
    if (!m_connection) {
        if (auto connected = connect(deadline); !connected) {
            return std::unexpected(std::move(connected.error()));
        }
    }
    auto answer = exchange(words, deadline);
    if (!answer) {
        disconnect();
    }
    return answer;
}

} // namespace binnacle
