// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/redis_client.h"

#include "backend/clients/secret_file.h"
#include "backend/clients/socket_stream.h"

#include <array>
#include <charconv>
#include <hiredis/hiredis.h>

namespace binnacle {

namespace {

constexpr std::size_t kAnswerCap = 8U << 20; // of all answers to what was sent at once

/// Adds a command to `out` as it goes over the wire. Only from words of ours, but a length is a length.
Result<void> appendCommand(const RedisCommand& words, std::string& out) {
    std::vector<const char*> arguments;
    std::vector<std::size_t> lengths;
    for (const auto& word : words) {
        arguments.push_back(word.data());
        lengths.push_back(word.size());
    }
    char* formatted = nullptr;
    const auto size =
        redisFormatCommandArgv(&formatted, static_cast<int>(arguments.size()), arguments.data(), lengths.data());
    const std::unique_ptr<char, decltype(&redisFreeCommand)> owner(formatted, &redisFreeCommand);
    if (size < 0) {
        return fail(ErrorCode::Io, "Redis: no memory for a command");
    }
    out.append(formatted, static_cast<std::size_t>(size));
    return {};
}

} // namespace

Result<RedisTarget> RedisTarget::parse(std::string_view endpoint) {
    RedisTarget target;
    if (endpoint.starts_with("unix:/")) {
        target.unixSocket = endpoint.substr(5);
        return target;
    }
    auto rest = endpoint;
    if (rest.starts_with("rediss://")) {
        target.tls = true;
        rest.remove_prefix(9);
    } else if (rest.starts_with("redis://")) {
        rest.remove_prefix(8);
    }
    const auto colon = rest.rfind(':');
    const auto digits = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), target.port);
    if (colon == std::string_view::npos || colon == 0 || digits.empty() || error != std::errc() ||
        end != digits.data() + digits.size() || target.port == 0 || rest.find('/') != std::string_view::npos) {
        return fail(ErrorCode::Invalid,
                    "Not a Redis endpoint: \"" + std::string(endpoint) +
                        "\". Expected unix:/ABSOLUTE/PATH, HOST:PORT or, for TLS, rediss://HOST:PORT.");
    }
    auto host = rest.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    target.host = host;
    return target;
}

std::string RedisTarget::text() const {
    if (!unixSocket.empty()) {
        return "unix:" + unixSocket;
    }
    const bool bracketed = host.find(':') != std::string::npos;
    return (tls ? "rediss://" : "") + (bracketed ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

struct RedisClient::Connection {
    SocketStream stream;
    RedisReplyReader reader;
    std::uint64_t received = 0; ///< in all

    explicit Connection(SocketStream open)
        : stream(std::move(open)) {}

    Result<std::vector<RedisReply>> exchange(std::span<const RedisCommand> commands, SteadyTime deadline) {
        std::string bytes;
        return exchange(commands, bytes, deadline);
    }
    /// Leaves in `bytes` what was sent.
    Result<std::vector<RedisReply>> exchange(std::span<const RedisCommand> commands, std::string& bytes,
                                             SteadyTime deadline) {
        for (const auto& command : commands) {
            if (auto appended = appendCommand(command, bytes); !appended) {
                return std::unexpected(std::move(appended.error()));
            }
        }
        if (auto sent = stream.send(bytes, deadline); !sent) {
            return std::unexpected(std::move(sent.error()));
        }
        std::vector<RedisReply> answers;
        const auto before = received;
        std::array<char, 16384> chunk{};
        while (answers.size() < commands.size()) {
            auto reply = reader.next();
            if (!reply) {
                return std::unexpected(std::move(reply.error()));
            }
            if (*reply) {
                answers.push_back(std::move(**reply));
                continue;
            }
            const auto got = stream.receive(chunk, deadline);
            if (!got) {
                return std::unexpected(got.error());
            }
            if (*got == 0) {
                return fail(ErrorCode::Closed, "Redis: connection closed");
            }
            received += *got;
            if (received - before > kAnswerCap) {
                return fail(ErrorCode::Protocol,
                            "Redis: the answer is larger than " + std::to_string(kAnswerCap) + " bytes");
            }
            reader.feed({chunk.data(), *got});
        }
        return answers;
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

Result<std::unique_ptr<RedisClient::Connection>> RedisClient::connect(SteadyTime deadline) const {
    auto stream = m_target.unixSocket.empty()
                      ? SocketStream::connectTcp(m_target.host, m_target.port, "Redis", deadline)
                      : SocketStream::connectUnix(m_target.unixSocket, "Redis", deadline);
    if (!stream) {
        return std::unexpected(std::move(stream.error()));
    }
    if (m_target.tls && m_target.unixSocket.empty()) {
        if (auto secured = stream->startTls(m_target.host, m_target.tlsFiles, deadline); !secured) {
            return std::unexpected(std::move(secured.error()));
        }
    }
    auto connection = std::make_unique<Connection>(std::move(*stream));
    if (m_target.passwordFile.empty() && m_target.password.empty()) {
        return connection;
    }
    auto password = m_target.password.empty() ? readSecretFile(m_target.passwordFile)
                                              : Result<std::string>(m_target.password.view());
    if (!password) {
        return std::unexpected(password.error());
    }
    std::array commands{m_target.user.empty() ? RedisCommand{"AUTH", *password}
                                              : RedisCommand{"AUTH", m_target.user, *password}};
    std::string sent;
    sent.reserve(password->size() + m_target.user.size() + 64); // once: a longer copy would leave the shorter behind
    const auto answers = connection->exchange(commands, sent, deadline);
    wipe(sent);
    wipe(commands.front().back());
    wipe(*password);
    if (!answers) {
        return std::unexpected(answers.error());
    }
    if (answers->front().isError()) {
        return std::unexpected(errorOf(answers->front()));
    }
    return connection;
}

Result<std::vector<RedisReply>> RedisClient::pipeline(std::span<const RedisCommand> commands, SteadyTime deadline) {
    if (!m_connection) {
        auto connection = connect(deadline);
        if (!connection) {
            return std::unexpected(std::move(connection.error()));
        }
        m_connection = std::move(*connection);
    }
    const auto before = m_connection->received;
    auto answers = m_connection->exchange(commands, deadline);
    m_received += m_connection->received - before;
    if (!answers) {
        disconnect(); // answers still under way would be taken for those of the next commands
    }
    return answers;
}

Result<std::string> RedisClient::command(std::initializer_list<std::string_view> words, SteadyTime deadline) {
    const std::array commands{RedisCommand(words.begin(), words.end())};
    auto answers = pipeline(commands, deadline);
    if (!answers) {
        return std::unexpected(std::move(answers.error()));
    }
    auto& reply = answers->front();
    switch (reply.type) {
    case RedisReply::Type::Text:
        return std::move(reply.text);
    case RedisReply::Type::Number:
        return std::to_string(reply.number);
    case RedisReply::Type::Error:
        disconnect();
        return std::unexpected(errorOf(reply));
    default:
        disconnect();
        return fail(ErrorCode::Protocol, "Redis: an answer of an unexpected type");
    }
}

} // namespace binnacle
