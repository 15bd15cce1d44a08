// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/profile_probe.h"

#include "backend/clients/host_resolver.h"
#include "backend/clients/pg_console_client.h"
#include "backend/clients/secret_file.h"
#include "backend/collectors/haproxy_collector.h"
#include "backend/collectors/pgbouncer_collector.h"
#include "backend/collectors/postgres/capabilities.h"
#include "backend/collectors/prometheus_collector.h"
#include "backend/collectors/redis_collector.h"

#include <algorithm>
#include <libpq-fe.h>
#include <nlohmann/json.hpp>

namespace binnacle {

using std::chrono::milliseconds;

namespace {

constexpr std::size_t kMostMissing = 8;

std::string settingOf(const std::string& conninfo, std::string_view name) {
    const auto settings = conninfoSettings(conninfo);
    for (const auto& [key, value] : settings ? *settings : decltype(settings)::value_type()) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

std::string placeOf(const std::string& conninfo) {
    const auto host = settingOf(conninfo, "host");
    const auto port = settingOf(conninfo, "port");
    return port.empty() || host.starts_with('/') ? host : host + ":" + port;
}

bool isSocket(const std::string& conninfo) {
    const auto host = settingOf(conninfo, "host");
    return (host.empty() && settingOf(conninfo, "hostaddr").empty()) || host.starts_with('/') || host.starts_with('@');
}

/// How TLS of that mode is checked, once it is in use.
Transport checkedBy(const std::string& sslmode, const std::string& rootCertificate) {
    if (sslmode == "verify-full") {
        return Transport::Verified;
    }
    // libpq checks the authority under "require" as well where it was given one.
    return sslmode == "verify-ca" || (sslmode == "require" && !rootCertificate.empty()) ? Transport::Authority
                                                                                        : Transport::Unchecked;
}

Transport promisedBy(const std::string& conninfo) {
    const auto mode = settingOf(conninfo, "sslmode");
    if (isSocket(conninfo)) {
        return Transport::Local;
    }
    if (mode == "require" || mode.starts_with("verify")) {
        return checkedBy(mode, settingOf(conninfo, "sslrootcert"));
    }
    return isLocalConninfo(conninfo) ? Transport::Local : Transport::Plain;
}

Transport transportOf(const HttpEndpoint& endpoint) {
    if (!endpoint.unixSocket.empty()) {
        return Transport::Local;
    }
    if (endpoint.baseUrl.starts_with("https://")) {
        return Transport::Verified;
    }
    auto host = endpoint.baseUrl.substr(std::string_view("http://").size());
    if (host.starts_with('[')) {
        host = host.substr(1, host.find(']') - 1);
    } else {
        host = host.substr(0, host.find_first_of(":/"));
    }
    return isLoopback(host) ? Transport::Local : Transport::Plain;
}

Transport transportOf(const RedisTarget& target) {
    if (!target.unixSocket.empty()) {
        return Transport::Local;
    }
    return target.tls ? Transport::Verified : isLoopback(target.host) ? Transport::Local : Transport::Plain;
}

Transport transportOf(const HaproxyTarget& target) {
    return target.socket.empty() ? transportOf(target.http) : Transport::Local;
}

void failed(ProbeReport& report, Error error) {
    // Denied, and an answer that is not understood, are answers.
    report.reached = error.code == ErrorCode::Denied || error.code == ErrorCode::Protocol;
    report.error = std::move(error);
}

void addMissing(ProbeReport& report, std::string reason) {
    if (!reason.empty() && report.missing.size() < kMostMissing &&
        std::ranges::find(report.missing, reason) == report.missing.end()) {
        report.missing.push_back(std::move(reason));
    }
}

/// Opens a connection by libpq and says how it is protected and what answers.
bool connects(ProbeReport& report, const std::string& conninfo, const std::string& passfile, const Secret& password,
              SteadyTime deadline) {
    const auto full = passfile.empty() ? conninfo : withSettings(conninfo, {{"passfile", passfile}});
    const auto connection = pgConnect(withSettings(full, {{"application_name", "binnacle"}}), deadline, password);
    if (!connection) {
        failed(report, connection.error());
        return false;
    }
    auto* const raw = connection->get();
    report.reached = true;
    report.account = PQuser(raw);
    report.transport = isSocket(conninfo) ? Transport::Local
                       : PQsslInUse(raw) != 0
                           ? checkedBy(settingOf(conninfo, "sslmode"), settingOf(conninfo, "sslrootcert"))
                       : isLocalConninfo(conninfo) ? Transport::Local
                                                   : Transport::Plain;
    return true;
}

constexpr const char* kRightsSql = R"sql(
select r.rolsuper::int, pg_has_role(current_user, 'pg_monitor', 'usage')::int,
       coalesce((select pg_has_role(current_user, g.oid, 'usage')::int from pg_roles g
                 where g.rolname = 'pg_read_all_data'), -1),
       pg_is_in_recovery()::int, current_setting('server_version')
from pg_roles r where r.rolname = current_user
)sql";

void askPostgres(ProbeReport& report, const PostgresTarget& target, SteadyTime deadline) {
    if (!connects(report, target.conninfo, target.passfile, target.password, deadline)) {
        return;
    }
    PostgresClient client(target.conninfo, target.passfile, milliseconds(2000), target.password);
    const auto rows = client.query("rights", kRightsSql, deadline);
    if (!rows) {
        failed(report, rows.error());
        return;
    }
    if (rows->size() == 1) {
        const auto cell = [&](std::size_t column) { return rows->front()[column].value_or(std::string()); };
        const bool super = cell(0) == "1";
        report.version = "PostgreSQL " + cell(4) + (cell(3) == "1" ? ", standby" : ", primary");
        if (cell(1) == "1" && !super) {
            report.rights.emplace_back("pg_monitor");
        }
        if (super) {
            report.rights.emplace_back("superuser");
            report.notes.emplace_back("a superuser may do anything; reading needs pg_monitor alone");
        } else if (cell(2) == "1") {
            report.rights.emplace_back("pg_read_all_data");
        } else if (cell(2) == "0") {
            report.notes.push_back("plans of statements would need: GRANT pg_read_all_data TO " + report.account + ";");
        }
    }
    const auto answer = client.query("capabilities", postgres::capabilitiesSql(), deadline);
    const auto capabilities = answer ? postgres::parseCapabilities(*answer) : std::unexpected(answer.error());
    if (!capabilities) {
        failed(report, capabilities.error());
        return;
    }
    addMissing(report, postgres::missingForSessions(*capabilities));
    addMissing(report, postgres::missingForStatements(*capabilities));
    if (auto counts = postgres::missingForDeadlockReports(*capabilities);
        !counts.empty() && target.logDirectory.empty()) {
        report.notes.push_back("deadlocks: " + counts);
    }
}

/// What a collector of the console would get, and what it would not.
bool askCollector(ProbeReport& report, Collector& collector, SteadyTime deadline) {
    const auto snapshot = collector.collect(deadline);
    if (!snapshot) {
        failed(report, snapshot.error());
        return false;
    }
    report.reached = true;
    for (const auto& table : snapshot->tables) {
        if (table->absentReason.starts_with("denied") || table->absentReason.starts_with("needs")) {
            addMissing(report, table->absentReason);
        }
    }
    return true;
}

void askPgBouncer(ProbeReport& report, const ProfilePgBouncer& target, SteadyTime deadline) {
    if (!connects(report, target.conninfo, target.passfile, target.password, deadline)) {
        return;
    }
    PgConsoleClient console(target.conninfo, target.passfile, target.password);
    if (const auto version = console.show("SHOW VERSION", deadline);
        version && !version->rows.empty() && !version->rows.front().empty()) {
        report.version = version->rows.front().front().value_or(std::string());
    }
    PgBouncerCollector collector(target.conninfo, target.passfile, "pgbouncer", target.password);
    askCollector(report, collector, deadline);
}

void askRedis(ProbeReport& report, const RedisTarget& target, SteadyTime deadline) {
    RedisClient client(target);
    const auto info = client.command({"INFO", "server"}, deadline);
    if (!info) {
        failed(report, info.error());
        return;
    }
    constexpr std::string_view key = "redis_version:";
    if (const auto at = info->find(key); at != std::string::npos) {
        const auto from = at + key.size();
        report.version = "Redis " + info->substr(from, info->find_first_of("\r\n", from) - from);
    }
    report.account = target.user.empty() ? "default" : target.user;
    client.disconnect();
    RedisCollector collector(target);
    // The first pass asks for no list: it learns how many clients there are.
    if (askCollector(report, collector, deadline)) {
        askCollector(report, collector, deadline);
    }
}

void askService(ProbeReport& report, const ProfileService& target, SteadyTime deadline) {
    if (!askCollector(report, *serviceCollector(target), deadline) || target.metricsPage) {
        return;
    }
    HttpClient http(target.admin);
    const auto answer = http.getBody("/admin/v1/version", deadline);
    const auto json = nlohmann::json::parse(answer.value_or(std::string()), nullptr, false);
    if (json.is_object() && json.contains("version") && json["version"].is_string()) {
        report.version = json["version"].get<std::string>();
    }
}

void askPrometheus(ProbeReport& report, const PrometheusTarget& target, SteadyTime deadline) {
    PrometheusReader reader(target);
    const auto sources = reader.discover(deadline);
    if (!sources) {
        failed(report, sources.error());
        return;
    }
    report.reached = true;
    report.account = target.endpoint.user;
    if (sources->empty()) {
        report.missing.emplace_back("nothing that it scrapes is known here; widen the selector");
    }
    std::string names;
    for (const auto& source : *sources) {
        names += (names.empty() ? "" : ", ") + source.id;
    }
    if (!names.empty()) {
        report.rights.push_back(std::to_string(sources->size()) + " sources: " + names.substr(0, 400));
    }
}

void askControl(ProbeReport& report, const ProfileControl& target, SteadyTime deadline) {
    const auto endpoint = HttpEndpoint::parse(target.endpoint);
    auto token = !target.token.empty()      ? Result<std::string>(target.token.view())
                 : target.tokenFile.empty() ? Result<std::string>(std::string())
                                            : readSecretFile(target.tokenFile);
    if (!endpoint || !token) {
        failed(report, endpoint ? token.error() : endpoint.error());
        return;
    }
    HttpClient http(*endpoint);
    http.setBearerToken(std::move(*token));
    const auto answer = http.getBody("/v1/version", deadline);
    if (!answer) {
        failed(report, answer.error());
        return;
    }
    report.reached = true;
    const auto json = nlohmann::json::parse(*answer, nullptr, false);
    if (json.is_object() && json.contains("version") && json["version"].is_string()) {
        report.version = json["version"].get<std::string>();
    }
}

template <typename Target, typename Ask>
Probe probe(std::string source, std::string place, Transport transport, Target target, Ask ask) {
    auto run = [source, place, transport, target = std::move(target), ask](SteadyTime deadline) {
        const auto began = std::chrono::steady_clock::now();
        ProbeReport report;
        report.source = source;
        report.place = place;
        try {
            ask(report, target, deadline);
        } catch (const std::exception& error) {
            report.error = Error{ErrorCode::Io, error.what()};
        }
        if (report.reached && report.transport == Transport::Unknown) {
            report.transport = transport;
        }
        report.took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
        return report;
    };
    return {std::move(source), std::move(place), std::move(run)};
}

std::string placeOf(const HttpEndpoint& endpoint) {
    return endpoint.unixSocket.empty() ? endpoint.baseUrl : endpoint.unixSocket;
}

} // namespace

std::vector<Probe> probesOf(const Profile& profile) {
    std::vector<Probe> probes;
    for (const auto& service : profile.services) {
        probes.push_back(
            probe("service/" + service.name, placeOf(service.admin), transportOf(service.admin), service, &askService));
    }
    for (const auto& server : profile.postgres) {
        probes.push_back(
            probe("postgres/" + server.server, placeOf(server.conninfo), Transport::Unknown, server, &askPostgres));
    }
    if (profile.pgbouncer) {
        probes.push_back(probe("pgbouncer", placeOf(profile.pgbouncer->conninfo), Transport::Unknown,
                               *profile.pgbouncer, &askPgBouncer));
    }
    if (profile.redis) {
        probes.push_back(probe("redis", profile.redis->text(), transportOf(*profile.redis), *profile.redis, &askRedis));
    }
    if (profile.haproxy) {
        probes.push_back(probe("haproxy", profile.haproxy->text(), transportOf(*profile.haproxy), *profile.haproxy,
                               [](ProbeReport& report, const HaproxyTarget& target, SteadyTime deadline) {
                                   HaproxyCollector collector(target);
                                   report.account = target.http.user;
                                   askCollector(report, collector, deadline);
                               }));
    }
    for (const auto& reader : profile.prometheus) {
        const auto& target = reader->target();
        probes.push_back(probe("prometheus/" + target.name, placeOf(target.endpoint), transportOf(target.endpoint),
                               target, &askPrometheus));
    }
    if (profile.control) {
        const auto endpoint = HttpEndpoint::parse(profile.control->endpoint).value_or(HttpEndpoint{});
        probes.push_back(probe("control", placeOf(endpoint), transportOf(endpoint), *profile.control, &askControl));
    }
    return probes;
}

std::vector<TransportOf> transportsOf(const Profile& profile) {
    std::vector<TransportOf> all;
    for (const auto& service : profile.services) {
        all.push_back({"service/" + service.name, transportOf(service.admin)});
    }
    for (const auto& server : profile.postgres) {
        all.push_back({"postgres/" + server.server, promisedBy(server.conninfo)});
    }
    if (profile.pgbouncer) {
        all.push_back({"pgbouncer", promisedBy(profile.pgbouncer->conninfo)});
    }
    if (profile.redis) {
        all.push_back({"redis", transportOf(*profile.redis)});
    }
    if (profile.haproxy) {
        all.push_back({"haproxy", transportOf(*profile.haproxy)});
    }
    for (const auto& reader : profile.prometheus) {
        all.push_back({"prometheus/" + reader->target().name, transportOf(reader->target().endpoint)});
    }
    if (profile.control) {
        const auto endpoint = HttpEndpoint::parse(profile.control->endpoint).value_or(HttpEndpoint{});
        all.push_back({"control", transportOf(endpoint)});
    }
    return all;
}

} // namespace binnacle
