// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/connection_words.h"

#include "app/pages/panel_of.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Connections)
};

QString dot() {
    return QStringLiteral(" \u00b7 ");
}

} // namespace

Environment environmentOf(ProfileEnvironment environment) {
    switch (environment) {
    case ProfileEnvironment::Staging:
        return Environment::Staging;
    case ProfileEnvironment::Development:
        return Environment::Development;
    case ProfileEnvironment::Production:
        break;
    }
    return Environment::Production;
}

ProfileEnvironment profileEnvironmentOf(Environment environment) {
    switch (environment) {
    case Environment::Staging:
        return ProfileEnvironment::Staging;
    case Environment::Development:
        return ProfileEnvironment::Development;
    case Environment::Production:
        break;
    }
    return ProfileEnvironment::Production;
}

QString kindName(ServerKind kind) {
    switch (kind) {
    case ServerKind::Postgres:
        return QStringLiteral("PostgreSQL");
    case ServerKind::PgBouncer:
        return QStringLiteral("pgBouncer");
    case ServerKind::Redis:
        return QStringLiteral("Redis");
    case ServerKind::Haproxy:
        return QStringLiteral("HAProxy");
    case ServerKind::Service:
        return Words::tr("Service instance");
    case ServerKind::Prometheus:
        return QStringLiteral("Prometheus");
    case ServerKind::Control:
        break;
    }
    return Words::tr("Control plane");
}

FieldWords fieldWords(ServerKind kind, std::string_view field) {
    if (field == "host") {
        return {Words::tr("Host"), QStringLiteral("db1.example.org"), {}};
    }
    if (field == "port") {
        return {Words::tr("Port"), kind == ServerKind::PgBouncer ? QStringLiteral("6432") : QStringLiteral("5432"), {}};
    }
    if (field == "dbname") {
        return {Words::tr("Database"),
                kind == ServerKind::PgBouncer ? QStringLiteral("pgbouncer") : QStringLiteral("postgres"),
                {}};
    }
    if (field == "user") {
        return {Words::tr("User"), QStringLiteral("watcher"), {}};
    }
    if (field == "sslmode") {
        return {Words::tr("TLS"), {}, {}};
    }
    if (field == "sslrootcert" || field == "ca_file") {
        return {Words::tr("CA file"), QStringLiteral("/etc/binnacle/ca.pem"),
                Words::tr("empty: the system's certificates")};
    }
    if (field == "passfile") {
        return {Words::tr("Password file"), QStringLiteral("/etc/binnacle/pgpass"),
                Words::tr("HOST:PORT:DATABASE:USER:PASSWORD in each line, readable by you alone")};
    }
    if (field == "password_file") {
        return {Words::tr("Password file"), QStringLiteral("/etc/binnacle/password"),
                Words::tr("the password and nothing else")};
    }
    if (field == "token_file") {
        return {Words::tr("Token file"), QStringLiteral("/etc/binnacle/token"),
                Words::tr("the token and nothing else")};
    }
    if (field == "selector") {
        return {Words::tr("Only series with"), QStringLiteral("env=\"prod\""), {}};
    }
    switch (kind) {
    case ServerKind::Redis:
        return {Words::tr("Address"), QStringLiteral("rediss://cache.example.org:6379"), {}};
    case ServerKind::Haproxy:
        return {Words::tr("Statistics page"), QStringLiteral("https://lb.example.org:8404/stats"), {}};
    case ServerKind::Service:
        return {Words::tr("Admin address"), QStringLiteral("unix:/run/orders/admin.sock"), {}};
    case ServerKind::Prometheus:
        return {Words::tr("Address"), QStringLiteral("https://prometheus.example.org:9090"), {}};
    default:
        break;
    }
    return {Words::tr("Address"), QStringLiteral("unix:/run/app/control.sock"), {}};
}

QString faultText(const DraftFault& fault) {
    // These come from a layer without translations; the sentences that forms show most are known here.
    static constexpr auto known = std::to_array<const char*>({
        QT_TRANSLATE_NOOP("Connections", "Name the server's host, or the folder of its socket."),
        QT_TRANSLATE_NOOP("Connections", "Name one host. Give each further server an entry of its own."),
        QT_TRANSLATE_NOOP("Connections", "Write the host alone; an address with more in it can be pasted above."),
        QT_TRANSLATE_NOOP("Connections", "Write a number from 1 to 65535, or leave it empty."),
        QT_TRANSLATE_NOOP("Connections", "Name the role to read as; pg_monitor is all that it needs."),
        QT_TRANSLATE_NOOP("Connections", "Name a user of stats_users or admin_users."),
        QT_TRANSLATE_NOOP("Connections", "Name the file from the root on, beginning with a slash."),
        QT_TRANSLATE_NOOP("Connections", "Give it a name of letters, digits, dots, dashes and underscores, up to 64."),
        QT_TRANSLATE_NOOP("Connections", "Add a server to read: paste its address, or choose its kind."),
    });
    const auto* const sentence = std::ranges::find(known, std::string_view(fault.what));
    return sentence != known.end() ? Words::tr(*sentence) : plain(fault.what, 300);
}

QString transportWords(Transport transport) {
    switch (transport) {
    case Transport::Unknown:
        break;
    case Transport::Local:
        return Words::tr("on this machine");
    case Transport::Plain:
        return Words::tr("not encrypted");
    case Transport::Unchecked:
        return Words::tr("TLS, server not checked");
    case Transport::Authority:
        return Words::tr("TLS, host name not checked");
    case Transport::Verified:
        return Words::tr("TLS verified");
    }
    return {};
}

bool isExposed(Transport transport) {
    return transport == Transport::Plain || transport == Transport::Unchecked || transport == Transport::Authority;
}

QString transportSummary(const Profile& profile, bool& exposed) {
    const auto all = transportsOf(profile);
    const auto count = [&](Transport wanted) {
        return static_cast<int>(std::ranges::count(all, wanted, &TransportOf::transport));
    };
    const int plainOnes = count(Transport::Plain);
    const int unchecked = count(Transport::Unchecked) + count(Transport::Authority);
    const auto total = static_cast<int>(all.size());
    exposed = plainOnes + unchecked > 0;
    if (plainOnes > 0) {
        return plainOnes == total ? Words::tr("not encrypted")
                                  : Words::tr("%1 of %2 not encrypted").arg(plainOnes).arg(total);
    }
    if (unchecked > 0) {
        return unchecked == total ? Words::tr("TLS, not fully checked")
                                  : Words::tr("%1 of %2 not fully checked").arg(unchecked).arg(total);
    }
    return count(Transport::Verified) > 0 ? Words::tr("TLS verified") : Words::tr("on this machine");
}

QString reachSummary(const Profile& profile) {
    QStringList parts;
    const auto add = [&](std::size_t count, const QString& name) {
        if (count > 0) {
            parts << (count == 1 ? name : QStringLiteral("%1\u00a0%2").arg(count).arg(name));
        }
    };
    add(profile.postgres.size(), kindName(ServerKind::Postgres));
    add(profile.pgbouncer ? 1 : 0, kindName(ServerKind::PgBouncer));
    add(profile.redis ? 1 : 0, kindName(ServerKind::Redis));
    add(profile.haproxy ? 1 : 0, kindName(ServerKind::Haproxy));
    if (!profile.services.empty()) {
        parts << Words::tr("%n instances", nullptr, static_cast<int>(profile.services.size()));
    }
    add(profile.prometheus.size(), kindName(ServerKind::Prometheus));
    if (profile.control) {
        parts << Words::tr("control");
    }
    return parts.join(QStringLiteral(", "));
}

QString probeLine(const ProbeReport& report) {
    if (!report.reached) {
        return Words::tr("not reached");
    }
    QStringList parts;
    parts << (report.error ? Words::tr("answered, and refused")
                           : Words::tr("reached in %1 ms").arg(report.took.count()));
    if (const auto words = transportWords(report.transport); !words.isEmpty()) {
        parts << words;
    }
    if (!report.version.empty()) {
        parts << plain(report.version, 80);
    }
    if (!report.account.empty()) {
        parts << Words::tr("as %1").arg(plain(report.account, 80));
    }
    for (const auto& right : report.rights) {
        parts << plain(right, 300);
    }
    return parts.join(dot());
}

Mark probeMark(const ProbeReport& report) {
    if (report.error) {
        return report.error->code == ErrorCode::Denied ? Mark::Denied : Mark::Lost;
    }
    return report.missing.empty() && !isExposed(report.transport) ? Mark::Proof : Mark::Caution;
}

QString nextStep(const Error& error) {
    switch (error.code) {
    case ErrorCode::Timeout:
        return Words::tr("Is the address right, and does a firewall let this machine through?");
    case ErrorCode::Refused:
        return Words::tr(
            "Does the server run, on this host and port? A refused certificate needs the CA that made it.");
    case ErrorCode::Denied:
        return Words::tr("Check the user and the password, and what the server's own rules (pg_hba.conf, ACL) let in.");
    case ErrorCode::NotFound:
        return Words::tr("Check the name: of the host, of the database, of the file.");
    case ErrorCode::Protocol:
    case ErrorCode::Closed:
        return Words::tr("Is it this kind of server, and does it expect TLS?");
    default:
        break;
    }
    return {};
}

QString statementIn(const std::string& missing) {
    for (const auto* word : {"GRANT ", "ACL SETUSER ", "CREATE EXTENSION ", "ALTER EXTENSION "}) {
        if (const auto at = missing.find(word); at != std::string::npos) {
            auto statement = missing.substr(at);
            if (const auto end = statement.find(';'); end != std::string::npos) {
                statement.resize(end + 1);
            } else if (const auto tail = statement.find(" would bring"); tail != std::string::npos) {
                statement.resize(tail);
            }
            return plain(statement, 400);
        }
    }
    return {};
}

} // namespace binnacle::app
