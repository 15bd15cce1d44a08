// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/profile_draft.h"

#include "backend/clients/pg_connect.h"
#include "backend/collectors/parse_number.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

namespace binnacle {

namespace {

using nlohmann::ordered_json;

constexpr auto kServerFields = std::to_array<DraftField>({{"host", "conninfo"},
                                                          {"port", "conninfo"},
                                                          {"dbname", "conninfo"},
                                                          {"user", "conninfo"},
                                                          {"sslmode", "conninfo"},
                                                          {"sslrootcert", "conninfo"},
                                                          {"passfile", "passfile"}});
constexpr auto kRedisFields = std::to_array<DraftField>(
    {{"endpoint", "endpoint"}, {"user", "user"}, {"ca_file", "ca_file"}, {"password_file", "password_file"}});
constexpr auto kHaproxyFields = std::to_array<DraftField>(
    {{"stats_url", "stats_url"}, {"user", "user"}, {"ca_file", "ca_file"}, {"password_file", "password_file"}});
constexpr auto kServiceFields = std::to_array<DraftField>(
    {{"admin", "admin"}, {"user", "user"}, {"ca_file", "ca_file"}, {"password_file", "password_file"}});
constexpr auto kPrometheusFields = std::to_array<DraftField>({{"endpoint", "endpoint"},
                                                              {"selector", "selector"},
                                                              {"user", "user"},
                                                              {"ca_file", "ca_file"},
                                                              {"password_file", "password_file"},
                                                              {"token_file", "token_file"}});
constexpr auto kControlFields = std::to_array<DraftField>({{"endpoint", "endpoint"}, {"token_file", "token_file"}});

// In the order of a document.
constexpr std::array kKinds = {ServerKind::Service, ServerKind::Postgres,   ServerKind::PgBouncer, ServerKind::Redis,
                               ServerKind::Haproxy, ServerKind::Prometheus, ServerKind::Control};

ordered_json objectOf(const std::string& text) {
    auto value = ordered_json::parse(text.empty() ? "{}" : text, nullptr, false);
    return value.is_object() ? value : ordered_json::object();
}

/// Takes a member of text out of an object.
std::string takeText(ordered_json& object, std::string_view name) {
    const auto it = object.find(name);
    if (it == object.end() || !it->is_string()) {
        return {};
    }
    auto text = it->get<std::string>();
    object.erase(it);
    return text;
}

bool isConnection(ServerKind kind) {
    return kind == ServerKind::Postgres || kind == ServerKind::PgBouncer;
}

ServerDraft serverOf(ServerKind kind, ordered_json entry) {
    ServerDraft server;
    server.kind = kind;
    if (isNamed(kind)) {
        server.name = takeText(entry, "name");
    }
    server.keychain = takeText(entry, "password_from") == "keychain";
    if (isConnection(kind)) {
        std::vector<std::pair<std::string, std::string>> further;
        const auto settings = conninfoSettings(takeText(entry, "conninfo"));
        for (const auto& [key, value] : settings.value_or(decltype(settings)::value_type())) {
            const auto* const field = std::ranges::find(kServerFields, key, &DraftField::id);
            if (field != kServerFields.end() && field->member == "conninfo") {
                server.values[key] = value;
            } else {
                further.emplace_back(key, value);
            }
        }
        server.connectionRest = withSettings({}, further);
    }
    for (const auto& field : draftFields(kind)) {
        if (field.member != "conninfo") {
            if (auto text = takeText(entry, field.member); !text.empty()) {
                server.values[std::string(field.id)] = std::move(text);
            }
        }
    }
    server.rest = entry.empty() ? std::string() : entry.dump();
    return server;
}

bool needsQuotes(const std::string& value) {
    return !std::ranges::all_of(value, [](unsigned char c) {
        return std::isalnum(c) != 0 || std::string_view("._-/:@").find(static_cast<char>(c)) != std::string_view::npos;
    });
}

ordered_json entryOf(const ServerDraft& server) {
    auto entry = ordered_json::object();
    if (isNamed(server.kind)) {
        entry["name"] = server.name;
    }
    if (isConnection(server.kind)) {
        std::string text;
        for (const auto& field : kServerFields) {
            if (const auto& value = server.value(field.id); field.member == "conninfo" && !value.empty()) {
                const auto setting = std::string(field.id) + "=";
                text += needsQuotes(value) ? withSettings({}, {{std::string(field.id), value}}) : " " + setting + value;
            }
        }
        text += server.connectionRest;
        entry["conninfo"] = text.empty() ? text : text.substr(1); // each setting begins with a space
    }
    for (const auto& field : draftFields(server.kind)) {
        if (field.member != "conninfo" && !server.value(field.id).empty()) {
            entry[std::string(field.member)] = server.value(field.id);
        }
    }
    if (server.keychain) {
        entry["password_from"] = "keychain";
    }
    const auto rest = objectOf(server.rest);
    for (const auto& [name, value] : rest.items()) {
        entry[name] = value;
    }
    return entry;
}

const char* wordOf(ProfileEnvironment environment) {
    switch (environment) {
    case ProfileEnvironment::Staging:
        return "staging";
    case ProfileEnvironment::Development:
        return "development";
    case ProfileEnvironment::Production:
        break;
    }
    return "production";
}

/// What the parts of a connection string have to be beyond its form.
void checkConnection(const ServerDraft& server, std::size_t index, std::vector<DraftFault>& faults) {
    const auto wrong = [&](const char* field, const char* what) { faults.push_back({index, field, what}); };
    const auto& host = server.value("host");
    if (host.empty()) {
        wrong("host", "Name the server's host, or the folder of its socket.");
    } else if (host.find(',') != std::string::npos) {
        wrong("host", "Name one host. Give each further server an entry of its own.");
    } else if (host.find_first_of(" @") != std::string::npos) {
        wrong("host", "Write the host alone; an address with more in it can be pasted above.");
    }
    if (const auto& port = server.value("port"); !port.empty()) {
        int number = 0;
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
        if (error != std::errc() || end != port.data() + port.size() || number < 1 || number > 65535) {
            wrong("port", "Write a number from 1 to 65535, or leave it empty.");
        }
    }
    if (server.value("user").empty()) {
        wrong("user", server.kind == ServerKind::Postgres ? "Name the role to read as; pg_monitor is all that it needs."
                                                          : "Name a user of stats_users or admin_users.");
    }
    if (const auto& ca = server.value("sslrootcert"); !ca.empty() && ca.front() != '/' && ca != "system") {
        wrong("sslrootcert", "Name the file from the root on, beginning with a slash.");
    }
}

/// The field that shows what is wrong with a member of its entry.
std::string fieldFor(ServerKind kind, std::string_view member) {
    const auto fields = draftFields(kind);
    const auto field = std::ranges::find(fields, member, &DraftField::member);
    return field != fields.end() ? std::string(field->id) : std::string(member);
}

std::string sentence(std::string what) {
    if (!what.empty()) {
        what.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(what.front())));
    }
    return what;
}

} // namespace

std::span<const DraftField> draftFields(ServerKind kind) {
    switch (kind) {
    case ServerKind::Postgres:
    case ServerKind::PgBouncer:
        return kServerFields;
    case ServerKind::Redis:
        return kRedisFields;
    case ServerKind::Haproxy:
        return kHaproxyFields;
    case ServerKind::Service:
        return kServiceFields;
    case ServerKind::Prometheus:
        return kPrometheusFields;
    case ServerKind::Control:
        break;
    }
    return kControlFields;
}

std::string_view memberOf(ServerKind kind) {
    switch (kind) {
    case ServerKind::Postgres:
        return "postgres";
    case ServerKind::PgBouncer:
        return "pgbouncer";
    case ServerKind::Redis:
        return "redis";
    case ServerKind::Haproxy:
        return "haproxy";
    case ServerKind::Service:
        return "services";
    case ServerKind::Prometheus:
        return "prometheus";
    case ServerKind::Control:
        break;
    }
    return "control";
}

bool isNamed(ServerKind kind) {
    return kind == ServerKind::Postgres || kind == ServerKind::Service || kind == ServerKind::Prometheus;
}

const std::string& ServerDraft::value(std::string_view field) const {
    static const std::string nothing;
    const auto it = values.find(field);
    return it != values.end() ? it->second : nothing;
}

std::string ServerDraft::credentialId() const {
    switch (kind) {
    case ServerKind::Postgres:
        return "postgres/" + name;
    case ServerKind::Service:
        return "service/" + name;
    case ServerKind::Prometheus:
        return "prometheus/" + name;
    default:
        return std::string(memberOf(kind));
    }
}

Result<ProfileDraft> draftOf(std::string_view document, std::string_view name) {
    const auto profile = parseProfile(document, name);
    if (!profile) {
        return std::unexpected(profile.error());
    }
    ProfileDraft draft;
    draft.name = name;
    draft.environment = profile->environment;
    draft.readOnly = profile->readOnly;
    draft.showLiterals = profile->showLiterals;
    auto root = objectOf(std::string(document));
    for (const auto kind : kKinds) {
        const auto it = root.find(memberOf(kind));
        if (it == root.end()) {
            continue;
        }
        if (it->is_array()) {
            for (auto& entry : *it) {
                draft.servers.push_back(serverOf(kind, entry));
            }
        } else if (it->is_object()) {
            draft.servers.push_back(serverOf(kind, *it));
        }
        root.erase(it);
    }
    for (const auto* known : {"format", "environment", "read_only", "show_literals"}) {
        root.erase(known);
    }
    if (root.value("name", std::string(name)) == name) { // shown under another name than its file's, it stays so
        root.erase("name");
    }
    draft.rest = root.empty() ? std::string() : root.dump();
    return draft;
}

std::string documentOf(const ProfileDraft& draft) {
    ordered_json root;
    root["format"] = 1;
    root["name"] = draft.name;
    root["environment"] = wordOf(draft.environment);
    root["read_only"] = draft.readOnly;
    if (draft.showLiterals) {
        root["show_literals"] = true;
    }
    for (const auto kind : kKinds) {
        auto list = ordered_json::array();
        for (const auto& server : draft.servers) {
            if (server.kind == kind) {
                list.push_back(entryOf(server));
            }
        }
        if (!list.empty()) {
            root[std::string(memberOf(kind))] = isNamed(kind) ? std::move(list) : ordered_json(std::move(list.front()));
        }
    }
    const auto rest = objectOf(draft.rest);
    for (const auto& [name, value] : rest.items()) {
        root[name] = value;
    }
    // What is typed may be no UTF-8 only where it came from a damaged file; such bytes are replaced.
    return root.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::vector<DraftFault> faultsOf(const ProfileDraft& draft) {
    std::vector<DraftFault> faults;
    if (!isProfileName(draft.name)) {
        faults.push_back({DraftFault::kOfProfile, "name",
                          "Give it a name of letters, digits, dots, dashes and underscores, up to 64."});
    }
    if (std::ranges::none_of(draft.servers, [](const auto& s) { return s.kind != ServerKind::Control; })) {
        faults.push_back({DraftFault::kOfProfile, {}, "Add a server to read: paste its address, or choose its kind."});
    }
    for (std::size_t i = 0; i < draft.servers.size(); ++i) {
        if (isConnection(draft.servers[i].kind)) {
            checkConnection(draft.servers[i], i, faults);
        }
    }
    // The document tells "postgres[1].conninfo"; which of the form's servers that is, is counted along.
    for (const auto& fault : checkProfile(documentOf(draft), draft.name).faults) {
        const auto dot = fault.member.find('.');
        const auto entry = fault.member.substr(0, dot);
        if (entry == "objective") { // no field shows it, so the sentence has to name it
            faults.push_back({DraftFault::kOfProfile, {}, fault.member + " " + fault.what});
            continue;
        }
        const auto member = dot == std::string::npos ? std::string() : fault.member.substr(dot + 1);
        const auto bracket = entry.find('[');
        auto left =
            bracket == std::string::npos
                ? 0
                : static_cast<std::size_t>(
                      parseNumber(std::string_view(entry).substr(bracket + 1, entry.size() - bracket - 2)).value_or(0));
        for (std::size_t i = 0; i < draft.servers.size(); ++i) {
            const auto& server = draft.servers[i];
            if (memberOf(server.kind) != entry.substr(0, bracket) || left-- != 0) {
                continue;
            }
            auto field = fieldFor(server.kind, member);
            const auto same = [&](const DraftFault& other) { return other.server == i && other.field == field; };
            if (std::ranges::none_of(faults, same)) {
                faults.push_back({i, std::move(field), sentence(fault.what)});
            }
            break;
        }
    }
    return faults;
}

} // namespace binnacle
