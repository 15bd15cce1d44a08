// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/profile_import.h"

#include "backend/clients/pg_connect.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace binnacle {

namespace {

constexpr std::size_t kLongestText = 64U << 10;
constexpr std::size_t kMostSections = 64;

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!text.empty() && blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// A name of the permitted characters, made of any text.
std::string plainName(std::string_view text, std::string_view otherwise) {
    std::string name;
    for (const char c : text.substr(0, 64)) {
        name += isProfileName(std::string(1, 'a') + c) ? c : '-';
    }
    while (!name.empty() && name.front() == '.') {
        name.erase(name.begin());
    }
    return isProfileName(name) ? name : std::string(otherwise);
}

Result<ImportedServer> fromConninfo(std::string conninfo, std::string_view name) {
    auto settings = conninfoSettings(conninfo);
    wipe(conninfo);
    if (!settings) {
        return fail(ErrorCode::Invalid,
                    "This is no address that PostgreSQL understands. Write postgresql://USER@HOST:PORT/DATABASE, or "
                    "KEY=VALUE pairs such as host=… user=… dbname=….");
    }
    ImportedServer imported;
    auto& server = imported.server;
    std::vector<std::pair<std::string, std::string>> further;
    std::string host;
    for (auto& [key, value] : *settings) {
        if (key == "password") {
            imported.secret = Secret(value);
            wipe(value);
        } else if (key == "sslpassword") {
            wipe(value);
        } else if (key == "service") {
            return fail(ErrorCode::Invalid, "This names a section of a pg_service.conf. Paste the section itself, from "
                                            "its [NAME] on.");
        } else if (key == "host" || key == "port" || key == "dbname" || key == "user" || key == "sslmode" ||
                   key == "sslrootcert") {
            server.values[key] = value;
        } else if (key == "passfile") {
            server.values["passfile"] = value;
        } else if (key == "hostaddr" &&
                   std::ranges::none_of(*settings, [](const auto& s) { return s.first == "host"; })) {
            server.values["host"] = value;
        } else if (key != "options" && key != "connect_timeout" && key != "application_name") {
            further.emplace_back(key, value);
        }
    }
    server.connectionRest = withSettings({}, further);
    server.kind = server.value("dbname") == "pgbouncer" ? ServerKind::PgBouncer : ServerKind::Postgres;
    if (server.kind == ServerKind::Postgres) {
        host = server.value("host");
        server.name = plainName(name.empty() ? host.substr(0, host.find('.')) : name, "primary");
    }
    const auto elsewhere = "host='" + server.value("host") + "'";
    if (server.value("sslmode").empty() && !isLocalConninfo(elsewhere)) {
        server.values["sslmode"] = "verify-full";
    }
    server.keychain = !imported.secret.empty();
    return imported;
}

/// The sections of a pg_service.conf.
Result<std::vector<ImportedServer>> fromSections(std::string_view text) {
    std::vector<ImportedServer> servers;
    std::string name;
    std::vector<std::pair<std::string, std::string>> settings;
    std::optional<Error> wrong;
    const auto end = [&] {
        if (!name.empty() && !wrong) {
            auto imported = fromConninfo(withSettings({}, settings), name);
            if (imported) {
                servers.push_back(std::move(*imported));
            } else {
                wrong = std::move(imported.error());
            }
        }
        for (auto& setting : settings) {
            wipe(setting.second);
        }
        settings.clear();
    };
    while (!text.empty() && servers.size() < kMostSections) {
        const auto line = trimmed(text.substr(0, text.find('\n')));
        text.remove_prefix(
            std::min(text.size(), text.find('\n') == std::string_view::npos ? text.size() : text.find('\n') + 1));
        if (line.empty() || line.front() == '#') {
            continue;
        }
        if (line.front() == '[' && line.back() == ']') {
            end();
            name = line.substr(1, line.size() - 2);
        } else if (const auto equals = line.find('='); equals != std::string_view::npos) {
            settings.emplace_back(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
        } else {
            wrong = Error{ErrorCode::Invalid, "A section of a pg_service.conf has KEY=VALUE in each line."};
        }
    }
    end();
    if (wrong) {
        return std::unexpected(std::move(*wrong));
    }
    return servers;
}

/// redis://USER:PASSWORD@HOST:PORT without the part before the @.
Result<ImportedServer> fromRedis(std::string_view text) {
    ImportedServer imported;
    auto& server = imported.server;
    server.kind = ServerKind::Redis;
    const auto scheme = text.find("://") + 3;
    auto address = text.substr(scheme);
    if (const auto at = address.rfind('@'); at != std::string_view::npos) {
        const auto account = address.substr(0, at);
        const auto colon = account.find(':');
        server.values["user"] = account.substr(0, colon);
        if (colon != std::string_view::npos) {
            imported.secret = Secret(account.substr(colon + 1));
        }
        address = address.substr(at + 1);
    }
    address = address.substr(0, address.find_first_of("/?"));
    server.values["endpoint"] = std::string(text.substr(0, scheme)) + std::string(address);
    server.keychain = !imported.secret.empty();
    if (!RedisTarget::parse(server.value("endpoint"))) {
        return fail(ErrorCode::Invalid,
                    "This is no address of a Redis. Write redis://HOST:PORT, or rediss:// for TLS.");
    }
    return imported;
}

Result<ImportedServer> fromHttp(std::string_view text) {
    if (text.find('@') != std::string_view::npos) {
        return fail(ErrorCode::Invalid, "Leave the user and the password out of the address; they have fields below.");
    }
    ImportedServer imported;
    auto& server = imported.server;
    if (text.find("stats") != std::string_view::npos || text.find(";csv") != std::string_view::npos) {
        server.kind = ServerKind::Haproxy;
        server.values["stats_url"] = text;
        return imported;
    }
    if (text.find(":9090") != std::string_view::npos || text.find("prometheus") != std::string_view::npos) {
        server.kind = ServerKind::Prometheus;
        server.name = "prometheus";
        server.values["endpoint"] = text;
        return imported;
    }
    return fail(ErrorCode::Invalid,
                "An address by http may be a Prometheus, HAProxy's statistics or a service: add one "
                "of these, and put the address there.");
}

} // namespace

Result<std::vector<ImportedServer>> importServers(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.size() > kLongestText || text.find('\0') != std::string_view::npos) {
        return fail(ErrorCode::Invalid, "Paste an address such as postgresql://watcher@db.example.org/postgres.");
    }
    const auto one = [](Result<ImportedServer> imported) -> Result<std::vector<ImportedServer>> {
        if (!imported) {
            return std::unexpected(std::move(imported.error()));
        }
        return std::vector<ImportedServer>{std::move(*imported)};
    };
    if (text.front() == '[' || text.front() == '#') {
        auto servers = fromSections(text);
        return servers && servers->empty()
                   ? fail(ErrorCode::Invalid, "There is no [NAME] with KEY=VALUE lines below it in this text.")
                   : std::move(servers);
    }
    if (text.starts_with("postgresql://") || text.starts_with("postgres://")) {
        return one(fromConninfo(std::string(text), {}));
    }
    if (text.starts_with("redis://") || text.starts_with("rediss://")) {
        return one(fromRedis(text));
    }
    if (text.starts_with("http://") || text.starts_with("https://")) {
        return one(fromHttp(text));
    }
    return one(fromConninfo(std::string(text), {}));
}

} // namespace binnacle
