// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"
#include "backend/collectors/profile.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace binnacle {

namespace {

using nlohmann::json;

constexpr std::size_t kMostEntries = 64; ///< of a list: each is a thread and a connection
constexpr std::size_t kMostWarnings = 20;
constexpr std::size_t kMostFaults = 64;
constexpr int kFormat = 1;

/// What reading a document found so far: the first fault is the error, warnings add up.
struct Findings {
    std::string profile;
    std::vector<ProfileFault> faults;
    std::vector<std::string> warnings;
    std::vector<CredentialSlot> credentials;

    void warn(std::string sentence) {
        if (warnings.size() < kMostWarnings) {
            warnings.push_back(std::move(sentence));
        }
    }
    void wrong(const std::string& where, const std::string& what) {
        if (faults.size() < kMostFaults) {
            faults.push_back({where, what});
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
        if (!value.empty() && !isProfileName(value)) {
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
    /// Whether a secret is kept outside of files; then `id` is what it is asked for by.
    bool fromKeychain(std::string id, std::string account, std::string place, bool token = false) {
        const auto from = text("password_from");
        if (from.empty()) {
            return false;
        }
        if (from != "keychain") {
            wrong("password_from", "must be keychain. A password in a file is named by its file alone.");
            return false;
        }
        const auto names = [this](const char* member) { return m_value.is_object() && m_value.contains(member); };
        const bool hasFile = names(token ? "token_file" : "passfile") || (!token && names("password_file"));
        m_findings.credentials.push_back({std::move(id), std::move(account), std::move(place), token, hasFile});
        return true;
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

std::string settingOf(const std::string& conninfo, std::initializer_list<std::string_view> names) {
    const auto settings = conninfoSettings(conninfo);
    for (const auto name : names) {
        for (const auto& [key, value] : settings ? *settings : decltype(settings)::value_type()) {
            if (key == name) {
                return value;
            }
        }
    }
    return {};
}

std::string accountOf(const std::string& conninfo) {
    return settingOf(conninfo, {"user"});
}

std::string placeOf(const std::string& conninfo) {
    const auto host = settingOf(conninfo, {"host", "hostaddr"});
    const auto port = settingOf(conninfo, {"port"});
    return port.empty() || host.starts_with('/') ? host : host + ":" + port;
}

PostgresTarget postgresOf(Object& entry, std::string name) {
    PostgresTarget target;
    target.server = std::move(name);
    target.conninfo = entry.conninfo("conninfo");
    target.passfile = entry.file("passfile");
    entry.fromKeychain("postgres/" + target.server, accountOf(target.conninfo), placeOf(target.conninfo));
    target.logDirectory = entry.file("log_directory");
    entry.each("standbys", [&](const json& standby, const std::string& path) {
        if (!standby.is_string() || !isProfileName(standby.get_ref<const std::string&>())) {
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
    entry.fromKeychain("redis", target.user.empty() ? "default" : target.user, target.text());
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
        if (entry.fromKeychain("haproxy", target.http.user, target.text()) && target.http.user.empty()) {
            entry.wrong("user", "is missing: a password needs the user that it belongs to.");
        }
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
    entry.fromKeychain("prometheus/" + target.name, target.endpoint.user, target.endpoint.baseUrl,
                       target.endpoint.user.empty());
    if (const auto* const seconds = entry.find("scrape_interval_s")) {
        if (!seconds->is_number() || seconds->get<double>() < 1 || seconds->get<double>() > 3600) {
            entry.wrong("scrape_interval_s", "must be a number of seconds, 1 to 3600.");
        } else {
            target.scrapeInterval = std::chrono::milliseconds(std::llround(seconds->get<double>() * 1000));
        }
    }
    if (const auto* const names = entry.find("names")) {
        for (const auto& [instance, shown] : names->items()) {
            if (!names->is_object() || !shown.is_string() || !isProfileName(shown.get_ref<const std::string&>())) {
                entry.wrong("names", "must give each scraped instance a plain name: {\"10.0.0.7:9187\": \"primary\"}.");
                break;
            }
            target.names.emplace(instance, shown.get<std::string>());
        }
    }
    return target;
}

Objective objectiveOf(Object& entry) {
    Objective objective;
    const auto number = [&](const char* name, double least, double most, const char* what) -> std::optional<double> {
        const auto* const value = entry.find(name);
        if (value == nullptr) {
            return std::nullopt;
        }
        if (!value->is_number() || value->get<double>() < least || value->get<double>() > most) {
            entry.wrong(name, what);
            return std::nullopt;
        }
        return value->get<double>();
    };
    if (const auto percent = number("good_percent", 50, 99.999, "must be a number of percent, 50 to 99.999.")) {
        objective.goodShare = *percent / 100;
    }
    if (const auto ms = number("slower_than_ms", 1, 60'000, "must be a number of milliseconds, 1 to 60000.")) {
        objective.slowerThan = std::chrono::milliseconds(std::llround(*ms));
    }
    constexpr auto hours = "must be a whole number of hours, 1 to 24: a recorder keeps no more.";
    if (const auto window = number("window_h", 1, 24, hours)) {
        if (*window != std::floor(*window)) {
            entry.wrong("window_h", hours);
        } else {
            objective.window = std::chrono::hours(std::llround(*window));
        }
    }
    return objective;
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
    profile.showLiterals = root.flag("show_literals", false);
    root.part("objective", [&](Object& entry) { profile.objective = objectiveOf(entry); });
    root.named("services", [&](Object& entry, std::string name) {
        const bool page = entry.find("metrics") != nullptr;
        if (page && entry.find("admin") != nullptr) {
            entry.wrong("metrics", "and admin are two ways to read the same service: name one of them.");
        }
        auto admin = entry.http(page ? "metrics" : "admin");
        if (entry.fromKeychain("service/" + name, admin.user, admin.baseUrl) && admin.user.empty()) {
            entry.wrong("user", "is missing: a password needs the user that it belongs to.");
        }
        profile.services.push_back({std::move(name), std::move(admin), page});
    });
    root.named("postgres", [&](Object& entry, std::string name) {
        profile.postgres.push_back(postgresOf(entry, std::move(name)));
    });
    root.part("pgbouncer", [&](Object& entry) {
        profile.pgbouncer = ProfilePgBouncer{entry.conninfo("conninfo"), entry.file("passfile"), {}};
        const auto& conninfo = profile.pgbouncer->conninfo;
        entry.fromKeychain("pgbouncer", accountOf(conninfo), placeOf(conninfo));
    });
    root.part("redis", [&](Object& entry) { profile.redis = redisOf(entry); });
    root.part("haproxy", [&](Object& entry) { profile.haproxy = haproxyOf(entry); });
    root.named("prometheus", [&](Object& entry, std::string name) {
        profile.prometheus.push_back(std::make_shared<PrometheusReader>(prometheusOf(entry, std::move(name))));
    });
    root.part("control", [&](Object& entry) {
        profile.control = ProfileControl{
            entry.address("endpoint", "unix:/run/app/control.sock", HttpEndpoint::parse), entry.file("token_file"), {}};
        entry.fromKeychain("control", {}, profile.control->endpoint, true);
    });
}

/// The line, counted from 1, in which a byte lies.
std::size_t lineOf(std::string_view document, std::size_t byte) {
    const auto before = document.substr(0, byte);
    return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

} // namespace

ProfileCheck checkProfile(std::string_view document, std::string_view name) {
    Findings findings{std::string(name), {}, {}, {}};
    const auto whole = [&](std::string text) {
        text = "The profile " + findings.profile + std::move(text);
        return ProfileCheck{fail(ErrorCode::Invalid, std::move(text)), {}};
    };
    if (document.size() > kLargestProfile) {
        return whole(" is larger than 64 KiB.");
    }
    json root;
    try {
        root = json::parse(document);
    } catch (const json::parse_error& error) {
        // Its own words would repeat the text around the place.
        return whole(" is not valid JSON: look at line " + std::to_string(lineOf(document, error.byte)) + ".");
    }
    Profile profile;
    profile.name = name;
    {
        Object object(root, {}, findings);
        read(object, profile);
    }
    if (!findings.faults.empty()) {
        const auto& first = findings.faults.front();
        auto check = whole(": " + first.member + " " + first.what);
        check.faults = std::move(findings.faults);
        return check;
    }
    if (profile.services.empty() && profile.postgres.empty() && !profile.pgbouncer && !profile.redis &&
        !profile.haproxy && profile.prometheus.empty()) {
        return whole(" names nothing to read. Add services, postgres, pgbouncer, redis, haproxy or prometheus.");
    }
    for (auto& server : profile.postgres) {
        server.literals = profile.showLiterals ? Literals::Shown : Literals::Replaced;
    }
    profile.warnings = std::move(findings.warnings);
    if (profile.showLiterals) {
        profile.warnings.push_back("The profile " + profile.name +
                                   " shows the values in texts of SQL, which may be people's data. A recording holds "
                                   "none of them.");
    }
    profile.credentials = std::move(findings.credentials);
    return {std::move(profile), {}};
}

Result<Profile> parseProfile(std::string_view document, std::string_view name) {
    return checkProfile(document, name).profile;
}

} // namespace binnacle
