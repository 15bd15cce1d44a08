// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"

#include "backend/clients/deadline.h"
#include "backend/clients/host_resolver.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <libpq-fe.h>
#include <poll.h>

namespace binnacle {

namespace {

constexpr std::string_view kWhat = "PostgreSQL, connecting";

Error explain(PGconn* connection) {
    const std::string_view message = PQerrorMessage(connection);
    const auto state = sqlStateOf(message);
    auto text = firstLine(message);
    if (text.empty()) {
        text = "the connection failed";
    }
    if (!state.empty()) {
        return {errorCodeOfSqlState(state), "PostgreSQL: " + text};
    }
    // Without an answer of the server: a password that is missing here is a matter of rights, the rest did not listen.
    return {PQconnectionNeedsPassword(connection) != 0 ? ErrorCode::Denied : ErrorCode::Refused, "PostgreSQL: " + text};
}

/// Numeric address of the host in the connection string; empty if it names a socket directory, an address, or none.
Result<std::string> addressToAdd(const std::string& conninfo, SteadyTime deadline) {
    const auto settings = conninfoSettings(conninfo);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    std::string host;
    for (const auto& [keyword, value] : *settings) {
        if (keyword == "hostaddr") {
            return std::string();
        }
        if (keyword == "host") {
            host = value;
        }
    }
    if (host.empty() || host.front() == '/' || host.front() == '@') {
        return std::string();
    }
    if (host.find(',') != std::string::npos) {
        return fail(ErrorCode::Invalid, "Name one host: a list of hosts would hide which server answers");
    }
    return resolveHost(host, deadline);
}

} // namespace

void PgConnectionCloser::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

void forgetPostgresEnvironment() {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconndefaults(), &PQconninfoFree);
    if (!options) {
        return;
    }
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->envvar != nullptr) {
            ::unsetenv(option->envvar);
        }
    }
    ::unsetenv("PGSERVICEFILE");
    ::unsetenv("PGSYSCONFDIR");
}

Result<std::vector<std::pair<std::string, std::string>>> conninfoSettings(const std::string& conninfo) {
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(conninfo.c_str(), &message), &PQconninfoFree);
    PQfreemem(message);
    if (!options) {
        return fail(ErrorCode::Invalid, "The connection string is not understood");
    }
    std::vector<std::pair<std::string, std::string>> settings;
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr && *option->val != '\0') {
            settings.emplace_back(option->keyword, option->val);
        }
    }
    return settings;
}

bool isLocalConninfo(const std::string& conninfo) {
    const auto settings = conninfoSettings(conninfo);
    return settings && std::ranges::all_of(*settings, [](const auto& setting) {
               const auto& [name, value] = setting;
               return (name != "host" && name != "hostaddr") || value.front() == '/' || value.front() == '@' ||
                      isLoopback(value);
           });
}

std::string_view sqlStateOf(std::string_view message) {
    for (auto at = message.find(":  "); at != std::string_view::npos; at = message.find(":  ", at + 1)) {
        const auto state = message.substr(at + 3, 5);
        const auto isStateDigit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
        if (state.size() == 5 && std::ranges::all_of(state, isStateDigit) && message.substr(at + 8, 1) == ":") {
            return state;
        }
    }
    return {};
}

std::string firstLine(std::string_view message) {
    return std::string(message.substr(0, message.find_first_of("\r\n")));
}

ErrorCode errorCodeOfSqlState(std::string_view state) {
    if (state.starts_with("28") || state == "42501") {
        return ErrorCode::Denied;
    }
    if (state == "57014" || state == "55P03") {
        return ErrorCode::Timeout; // our own statement_timeout or lock_timeout
    }
    if (state == "3D000") {
        return ErrorCode::NotFound;
    }
    if (state == "57P03" || state.starts_with("53")) {
        return ErrorCode::Refused; // starting up, or out of connections, disk, memory
    }
    if (state.starts_with("08") || state.starts_with("57P")) {
        return ErrorCode::Closed;
    }
    return ErrorCode::Protocol;
}

std::string withSettings(std::string conninfo, const std::vector<std::pair<std::string, std::string>>& settings) {
    for (const auto& [name, value] : settings) {
        conninfo += " " + name + "='";
        for (const char c : value) {
            if (c == '\'' || c == '\\') {
                conninfo += '\\';
            }
            conninfo += c;
        }
        conninfo += '\'';
    }
    return conninfo;
}

Result<PgConnection> pgConnect(std::string conninfo, SteadyTime deadline, const Secret& password) {
    const auto address = addressToAdd(conninfo, deadline);
    if (!address) {
        return std::unexpected(address.error());
    }
    if (!address->empty()) {
        conninfo = withSettings(std::move(conninfo), {{"hostaddr", *address}});
    }
    // Later keywords override what the connection string names.
    const std::array<const char*, 3> keywords{"dbname", password.empty() ? nullptr : "password", nullptr};
    const std::array<const char*, 3> values{conninfo.c_str(), password.c_str(), nullptr};
    PgConnection connection(PQconnectStartParams(keywords.data(), values.data(), 1));
    if (!connection) {
        return fail(ErrorCode::Io, "PostgreSQL: no memory for a connection");
    }
    auto* const raw = connection.get();
    PQsetErrorVerbosity(raw, PQERRORS_VERBOSE);
    PQsetNoticeProcessor(
        raw, [](void*, const char*) {}, nullptr);
    if (PQstatus(raw) == CONNECTION_BAD) {
        return std::unexpected(explain(raw));
    }
    auto step = PGRES_POLLING_WRITING;
    while (step != PGRES_POLLING_OK) {
        const short events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        if (auto ready = waitForSocket(PQsocket(raw), events, deadline, kWhat.data()); !ready) {
            return std::unexpected(std::move(ready.error()));
        }
        step = PQconnectPoll(raw);
        if (step == PGRES_POLLING_FAILED) {
            return std::unexpected(explain(raw));
        }
    }
    return connection;
}

} // namespace binnacle
