// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/profile.h"

#include "backend/clients/pg_connect.h"
#include "backend/collectors/haproxy_collector.h"
#include "backend/collectors/pgbouncer_collector.h"
#include "backend/collectors/prometheus_collector.h"
#include "backend/collectors/redis_collector.h"
#include "backend/collectors/service_collector.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

namespace binnacle {

namespace {

using nlohmann::json;

constexpr std::size_t kLargestDocument = 64U << 10;
constexpr std::size_t kMostEntries = 64; ///< of a list: each is a thread and a connection
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostWarnings = 20;
constexpr int kFormat = 1;
constexpr std::chrono::seconds kDiscoveryLimit{2};

bool isPlainName(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    };
    return !name.empty() && name.size() <= kLongestName && name.front() != '.' && std::ranges::all_of(name, plain);
}

/// What reading a document found so far: the first error counts, warnings add up.
struct Findings {
    std::string profile;
    std::optional<Error> error;
    std::vector<std::string> warnings;

    void warn(std::string sentence) {
        if (warnings.size() < kMostWarnings) {
            warnings.push_back(std::move(sentence));
        }
    }
    void wrong(const std::string& where, const std::string& what) {
        if (!error) {
            error = Error{ErrorCode::Invalid, "The profile " + profile + ": " + where + " " + what};
        }
    }
};

/// One object of the document. Every member that is asked for counts as known; the rest is told when it ends.
class Object {
public:
    Object(const json& value, std::string path, Findings& findings)
        : m_value(value)
        , m_path(std::move(path))
        , m_findings(findings) {
        if (!m_value.is_object()) {
            m_findings.wrong(m_path.empty() ? "it" : m_path, "must be an object, in braces.");
        }
    }
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;
    ~Object() {
        if (!m_value.is_object()) {
            return;
        }
        for (const auto& [name, value] : m_value.items()) {
            if (!m_known.contains(name)) {
                m_findings.warn("The profile " + m_findings.profile + ": " + where(name.substr(0, 64)) +
                                " is not known to this version and is ignored.");
            }
        }
    }

    [[nodiscard]] std::string where(const std::string& name) const {
        return m_path.empty() ? name : m_path + "." + name;
    }
    void wrong(const std::string& name, const std::string& what) { m_findings.wrong(where(name), what); }

    /// The member, or nullptr; null is absent.
    const json* find(const char* name) {
        m_known.insert(name);
        const auto it = m_value.is_object() ? m_value.find(name) : m_value.end();
        return it != m_value.end() && !it->is_null() ? &*it : nullptr;
    }
    /// Empty when absent.
    std::string text(const char* name) {
        const auto* const value = find(name);
        if (value == nullptr) {
            return {};
        }
        if (!value->is_string() || value->get_ref<const std::string&>().find('\0') != std::string::npos) {
            wrong(name, "must be text, in quotation marks.");
            return {};
        }
        return value->get<std::string>();
    }
    std::string neededText(const char* name, const char* example) {
        auto value = text(name);
        if (value.empty()) {
            wrong(name, std::string("is missing. Write for example ") + example + ".");
        }
        return value;
    }
    bool flag(const char* name, bool otherwise) {
        const auto* const value = find(name);
        if (value != nullptr && !value->is_boolean()) {
            wrong(name, "must be true or false.");
        }
        return value != nullptr && value->is_boolean() ? value->get<bool>() : otherwise;
    }
    std::string name() {
        auto value = neededText("name", R"("name": "orders-1")");
        if (!value.empty() && !isPlainName(value)) {
            wrong("name", "may have up to 64 letters, digits, dots, dashes and underscores, and no dot in front.");
        }
        return value;
    }
    /// The name of a file that is read later.
    std::string file(const char* name) {
        auto value = text(name);
        if (!value.empty() && value.front() != '/') {
            wrong(name, "must name a file from the root on, beginning with a slash.");
        }
        return value;
    }
    /// An address without a user in it; `parse` says whether it is one.
    template <typename Parse>
    std::string address(const char* name, const char* example, const Parse& parse) {
        auto value = neededText(name, example);
        if (value.find('@') != std::string::npos) {
            wrong(name, "names a user or a password. Use user and password_file.");
        } else if (!value.empty() && !parse(value)) {
            wrong(name, std::string("is no address. Write for example ") + example + ".");
        }
        return value;
    }
    HttpEndpoint http(const char* name) {
        constexpr auto example = "https://app.example.org:9000 or unix:/run/app/admin.sock";
        auto endpoint = HttpEndpoint::parse(address(name, example, HttpEndpoint::parse)).value_or(HttpEndpoint{});
        endpoint.tlsFiles = tlsFiles();
        endpoint.user = text("user");
        endpoint.passwordFile = file("password_file");
        return endpoint;
    }
    TlsFiles tlsFiles() { return {file("ca_file"), file("certificate_file"), file("key_file")}; }
    /// A connection string without a secret, in key=value form.
    std::string conninfo(const char* name) {
        const auto value =
            neededText(name, R"("host=db.example.org user=watcher dbname=postgres sslmode=verify-full")");
        if (value.empty()) {
            return {};
        }
        const auto settings = conninfoSettings(value);
        if (!settings) {
            wrong(name, "is not a connection string of libpq. Write KEY=VALUE pairs, such as host=… user=… dbname=….");
            return {};
        }
        for (const auto& [key, text] : *settings) {
            if (key == "password" || key == "sslpassword") {
                wrong(name, "holds a password. Take it out, and name a passfile that only you can read instead.");
            } else if (key == "service") {
                wrong(name, "names a connection service. Write its host, user and database here instead.");
            } else if (key == "options") {
                wrong(name, "sets options. Take them out: the session is read-only with limits of its own.");
            } else if (key.starts_with("host") && text.find(',') != std::string::npos) {
                wrong(name, "names several hosts. Give each server an entry of its own.");
            }
        }
        return withSettings({}, *settings);
    }

    template <typename Read>
    void each(const char* name, const Read& read) {
        const auto* const list = find(name);
        if (list == nullptr) {
            return;
        }
        if (!list->is_array() || list->size() > kMostEntries) {
            wrong(name, "must be a list, in brackets, of at most " + std::to_string(kMostEntries) + " entries.");
            return;
        }
        for (std::size_t i = 0; i < list->size(); ++i) {
            read((*list)[i], where(name) + "[" + std::to_string(i) + "]");
        }
    }
    template <typename Read>
    void part(const char* name, const Read& read) {
        if (const auto* const value = find(name)) {
            Object object(*value, where(name), m_findings);
            read(object);
        }
    }
    /// Objects of a list whose names are all different.
    template <typename Read>
    void named(const char* name, const Read& read) {
        std::set<std::string> seen;
        each(name, [&](const json& value, const std::string& path) {
            Object object(value, path, m_findings);
            auto own = object.name();
            if (!own.empty() && !seen.insert(own).second) {
                object.wrong("name", "stands there twice. Give each entry a name of its own.");
            }
            read(object, std::move(own));
        });
    }

private:
    const json& m_value;
    std::string m_path;
    Findings& m_findings;
    std::set<std::string, std::less<>> m_known;
};

ProfileEnvironment environmentOf(Object& root) {
    constexpr auto known = std::to_array<std::pair<std::string_view, ProfileEnvironment>>(
        {{"production", ProfileEnvironment::Production},
         {"staging", ProfileEnvironment::Staging},
         {"development", ProfileEnvironment::Development}});
    const auto text = root.neededText("environment", R"("environment": "production")");
    const auto* const found = std::ranges::find(known, text, &std::pair<std::string_view, ProfileEnvironment>::first);
    if (found == known.end()) {
        root.wrong("environment", "must be production, staging or development.");
        return ProfileEnvironment::Production;
    }
    return found->second;
}

PostgresTarget postgresOf(Object& entry, std::string name) {
    PostgresTarget target;
    target.server = std::move(name);
    target.conninfo = entry.conninfo("conninfo");
    target.passfile = entry.file("passfile");
    target.logDirectory = entry.file("log_directory");
    entry.each("standbys", [&](const json& standby, const std::string& path) {
        if (!standby.is_string() || !isPlainName(standby.get_ref<const std::string&>())) {
            entry.wrong(path.substr(path.rfind('.') + 1), "must be the application_name of a standby.");
            return;
        }
        target.expectedStandbys.push_back(standby.get<std::string>());
    });
    return target;
}

RedisTarget redisOf(Object& entry) {
    constexpr auto example = "rediss://cache.example.org:6379 or unix:/run/redis/redis.sock";
    auto target = RedisTarget::parse(entry.address("endpoint", example, RedisTarget::parse)).value_or(RedisTarget{});
    target.user = entry.text("user");
    target.passwordFile = entry.file("password_file");
    target.tlsFiles = entry.tlsFiles();
    return target;
}

HaproxyTarget haproxyOf(Object& entry) {
    const auto socket = entry.file("stats_socket");
    if (socket.empty()) {
        constexpr auto example = "https://lb.example.org:8404/stats";
        auto target =
            HaproxyTarget::parse(entry.address("stats_url", example, HaproxyTarget::parse)).value_or(HaproxyTarget{});
        target.http.user = entry.text("user");
        target.http.passwordFile = entry.file("password_file");
        target.http.tlsFiles = entry.tlsFiles();
        return target;
    }
    if (!entry.flag("can_change_maps", false)) {
        entry.wrong("stats_socket", "can also change HAProxy's maps, at any level of rights. Say that you know it: "
                                    "\"can_change_maps\": true.");
    }
    return HaproxyTarget{{}, {}, socket};
}

PrometheusTarget prometheusOf(Object& entry, std::string name) {
    PrometheusTarget target;
    target.name = std::move(name);
    target.endpoint = entry.http("endpoint");
    target.tokenFile = entry.file("token_file");
    target.selector = entry.text("selector");
    if (const auto* const seconds = entry.find("scrape_interval_s")) {
        if (!seconds->is_number() || seconds->get<double>() < 1 || seconds->get<double>() > 3600) {
            entry.wrong("scrape_interval_s", "must be a number of seconds, 1 to 3600.");
        } else {
            target.scrapeInterval = std::chrono::milliseconds(std::llround(seconds->get<double>() * 1000));
        }
    }
    if (const auto* const names = entry.find("names")) {
        for (const auto& [instance, shown] : names->items()) {
            if (!names->is_object() || !shown.is_string() || !isPlainName(shown.get_ref<const std::string&>())) {
                entry.wrong("names", "must give each scraped instance a plain name: {\"10.0.0.7:9187\": \"primary\"}.");
                break;
            }
            target.names.emplace(instance, shown.get<std::string>());
        }
    }
    return target;
}

void read(Object& root, Profile& profile) {
    if (const auto* const format = root.find("format"); format == nullptr || *format != kFormat) {
        root.wrong("format", "must be 1, the only format that this version reads.");
    }
    if (root.find("name") != nullptr) {
        profile.name = root.name();
    }
    profile.environment = environmentOf(root);
    profile.readOnly = root.flag("read_only", true);
    root.named("services", [&](Object& entry, std::string name) {
        profile.services.push_back({std::move(name), entry.http("admin")});
    });
    root.named("postgres", [&](Object& entry, std::string name) {
        profile.postgres.push_back(postgresOf(entry, std::move(name)));
    });
    root.part("pgbouncer", [&](Object& entry) {
        profile.pgbouncer = ProfilePgBouncer{entry.conninfo("conninfo"), entry.file("passfile")};
    });
    root.part("redis", [&](Object& entry) { profile.redis = redisOf(entry); });
    root.part("haproxy", [&](Object& entry) { profile.haproxy = haproxyOf(entry); });
    root.named("prometheus", [&](Object& entry, std::string name) {
        profile.prometheus.push_back(std::make_shared<PrometheusReader>(prometheusOf(entry, std::move(name))));
    });
    root.part("control", [&](Object& entry) {
        profile.control = ProfileControl{entry.address("endpoint", "unix:/run/app/control.sock", HttpEndpoint::parse),
                                         entry.file("token_file")};
    });
}

/// The line, counted from 1, in which a byte lies.
std::size_t lineOf(std::string_view document, std::size_t byte) {
    const auto before = document.substr(0, byte);
    return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

} // namespace

Result<Profile> parseProfile(std::string_view document, std::string_view name) {
    Findings findings{std::string(name), {}, {}};
    if (document.size() > kLargestDocument) {
        return fail(ErrorCode::Invalid, "The profile " + findings.profile + " is larger than 64 KiB.");
    }
    json root;
    try {
        root = json::parse(document);
    } catch (const json::parse_error& error) {
        // Its own words would repeat the text around the place.
        return fail(ErrorCode::Invalid, "The profile " + findings.profile + " is not valid JSON: look at line " +
                                            std::to_string(lineOf(document, error.byte)) + ".");
    }
    Profile profile;
    profile.name = name;
    {
        Object object(root, {}, findings);
        read(object, profile);
    }
    if (findings.error) {
        return std::unexpected(std::move(*findings.error));
    }
    if (profile.services.empty() && profile.postgres.empty() && !profile.pgbouncer && !profile.redis &&
        !profile.haproxy && profile.prometheus.empty()) {
        return fail(ErrorCode::Invalid,
                    "The profile " + findings.profile +
                        " names nothing to read. Add services, postgres, pgbouncer, redis, haproxy or prometheus.");
    }
    profile.warnings = std::move(findings.warnings);
    return profile;
}

Result<std::filesystem::path> profilePath(const std::string& name, const EnvironmentLookup& environment) {
    if (name.find('/') != std::string::npos) {
        return std::filesystem::path(name);
    }
    if (!isPlainName(name)) {
        return fail(ErrorCode::Invalid, "A profile's name has up to 64 letters, digits, dots, dashes and underscores, "
                                        "and no dot in front.");
    }
    std::filesystem::path config;
    if (const auto xdg = environment("XDG_CONFIG_HOME")) {
        config = *xdg;
    } else if (const auto home = environment("HOME")) {
        config = std::filesystem::path(*home) / ".config";
    } else {
        return fail(ErrorCode::Invalid, "No profiles: HOME is not set. Name the profile's file by its path.");
    }
    return config / "binnacle" / "profiles" / (name + ".json");
}

Result<Profile> loadProfile(const std::filesystem::path& file) {
    std::error_code error;
    const auto kind = std::filesystem::status(file, error).type();
    if (kind == std::filesystem::file_type::not_found) {
        return fail(ErrorCode::NotFound, "There is no profile " + file.string() + ".");
    }
    std::ifstream in;
    if (kind == std::filesystem::file_type::regular) { // anything else might never end, or never answer
        in.open(file, std::ios::binary);
    }
    std::string document(kLargestDocument + 1, '\0');
    in.read(document.data(), static_cast<std::streamsize>(document.size()));
    if (!in.is_open() || in.bad()) {
        return fail(ErrorCode::Io, "The profile " + file.string() + " can't be read.");
    }
    document.resize(static_cast<std::size_t>(in.gcount()));
    auto profile = parseProfile(document, file.string());
    if (profile && profile->name == file.string()) {
        profile->name = file.stem().string();
    }
    return profile;
}

std::vector<std::unique_ptr<Collector>> collectorsFor(const Profile& profile) {
    std::vector<std::unique_ptr<Collector>> collectors;
    for (const auto& service : profile.services) {
        collectors.push_back(std::make_unique<ServiceCollector>(service.name, service.admin));
    }
    if (profile.haproxy) {
        collectors.push_back(std::make_unique<HaproxyCollector>(*profile.haproxy));
    }
    if (profile.redis) {
        collectors.push_back(std::make_unique<RedisCollector>(*profile.redis));
    }
    if (profile.pgbouncer) {
        collectors.push_back(
            std::make_unique<PgBouncerCollector>(profile.pgbouncer->conninfo, profile.pgbouncer->passfile));
    }
    for (const auto& server : profile.postgres) {
        collectors.push_back(std::make_unique<PostgresCollector>(server));
    }
    for (const auto& reader : profile.prometheus) {
        collectors.push_back(std::make_unique<PrometheusServerCollector>(reader));
        // A server that does not answer is told by the collector above.
        auto scraped = prometheusCollectors(reader, std::chrono::steady_clock::now() + kDiscoveryLimit);
        if (!scraped) {
            continue;
        }
        for (auto& collector : *scraped) {
            const auto same = [&](const auto& other) { return other->source() == collector->source(); };
            if (std::ranges::none_of(collectors, same)) { // what is read directly is not read twice
                collectors.push_back(std::move(collector));
            }
        }
    }
    return collectors;
}

StackStatus stackStatusOf(const Profile& profile) {
    StackStatus status;
    status.state = "running";
    status.stateDir = profile.name;
    if (profile.control) {
        status.endpoints.control = profile.control->endpoint;
    }
    return status;
}

} // namespace binnacle
