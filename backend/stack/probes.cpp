// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/probes.h"

#include "backend/stack/postgres_session.h"

#include <memory>
#include <optional>

namespace binnacle::stack {

namespace {

constexpr std::chrono::milliseconds patience{1000};

Probe queryProbe(std::string conninfo, std::string sql, std::string wanted, std::string otherwise) {
    auto kept = std::make_shared<std::optional<PostgresSession>>();
    return [kept, conninfo = std::move(conninfo), sql = std::move(sql), wanted = std::move(wanted),
            otherwise = std::move(otherwise)]() -> Result<void> {
        const auto deadline = deadlineIn(patience);
        if (!*kept) {
            auto session = PostgresSession::open(conninfo, deadline);
            if (!session) {
                return std::unexpected(session.error());
            }
            kept->emplace(std::move(*session));
        }
        const auto rows = (*kept)->query(sql, deadline);
        if (!rows) {
            kept->reset();
            return std::unexpected(rows.error());
        }
        if (rows->empty() || rows->front().front() != wanted) {
            return fail(ErrorCode::Protocol, otherwise);
        }
        return {};
    };
}

constexpr std::chrono::seconds longestPause{5};

} // namespace

Probe postgresProbe(std::string conninfo) {
    return queryProbe(std::move(conninfo), "select 1", "1", "no answer");
}

Probe standbyProbe(std::string conninfo) {
    return queryProbe(std::move(conninfo),
                      "select coalesce((select status from pg_catalog.pg_stat_wal_receiver), 'none')", "streaming",
                      "answers, but receives nothing from the primary");
}

Probe redisProbe(const std::string& socketAddress, const std::string& user, const std::string& password) {
    const std::string request = "AUTH " + user + " " + password + "\r\nPING\r\n";
    return [socketAddress, request]() -> Result<void> {
        const auto reply = exchange(
            socketAddress, request,
            [](const std::string& text) {
                return text.starts_with('-') || text.find("PONG") != std::string::npos ||
                       text.find("\r\n-") != std::string::npos;
            },
            deadlineIn(patience));
        if (!reply) {
            return std::unexpected(reply.error());
        }
        if (*reply != "+OK\r\n+PONG\r\n") {
            return fail(ErrorCode::Protocol, "Redis answered: " + reply->substr(0, 80));
        }
        return {};
    };
}

Probe advancingFileProbe(std::filesystem::path file) {
    return [file = std::move(file)]() -> Result<void> {
        std::error_code error;
        const auto written = std::filesystem::last_write_time(file, error);
        if (error) {
            return fail(ErrorCode::NotFound, "has written nothing yet");
        }
        if (std::filesystem::file_time_type::clock::now() - written > longestPause) {
            return fail(ErrorCode::Timeout, "has written nothing for more than five seconds");
        }
        return {};
    };
}

Probe httpProbe(std::string address, std::string path) {
    return [address = std::move(address), path = std::move(path)]() -> Result<void> {
        const auto reply = httpRequest(address, "GET", path, "", "", deadlineIn(patience));
        if (!reply) {
            return std::unexpected(reply.error());
        }
        if (reply->status != 200) {
            return fail(ErrorCode::Protocol, path + " answered with status " + std::to_string(reply->status));
        }
        return {};
    };
}

} // namespace binnacle::stack
