// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/path_picture.h"

#include "app/feed/snapshot_feed.h"
#include "app/models/likely_cause.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "backend/history/hop_saturation.h"

#include <QCoreApplication>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RequestPath)
};

NumberText numbered(std::optional<double> value, Quantity quantity, const QString& unit) {
    auto text = numberText(value, quantity);
    text.unit = unit;
    return text;
}

QString said(std::optional<double> value, Quantity quantity) {
    return numberText(value, quantity).joined();
}

std::optional<double> share(std::optional<double> part, std::optional<double> whole) {
    return part && whole && *whole > 0 ? std::optional(*part / *whole) : std::nullopt;
}

/// Draws one reading; a value that is not there leaves its line empty.
class Painter {
public:
    Painter(const PathReading& path, const PathVerdict& verdict, const PageContext& context)
        : m_path(path)
        , m_verdict(verdict)
        , m_context(context) {}

    RequestPath draw() {
        if (!m_path.proxy.source.empty() && knows("haproxy")) {
            clients();
            loadBalancer();
        }
        for (const auto& hop : m_path.instances) {
            instance(hop);
        }
        if (knows("pgbouncer")) {
            pooler();
        }
        if (knows("redis")) {
            cache();
        }
        if (knows("postgres/primary")) {
            primary();
        }
        for (const auto& hop : m_path.replicas) {
            replica(hop);
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] bool knows(std::string_view source) const {
        for (const auto& known : m_path.sources) {
            if (known.name == source) {
                return true;
            }
        }
        return false;
    }
    PathNode node(const HopBase& hop, HopKind kind, const QString& title) {
        PathNode node;
        node.id = plain(hop.name);
        node.kind = kind;
        node.title = title;
        const auto* const verdict = m_verdict.hop(hop.name);
        node.detail = worded(verdict != nullptr ? verdict->message : hop.message);
        node.severity = severityOf(verdict != nullptr ? verdict->concern : hop.concern);
        node.worst = !m_verdict.worst.empty() && hop.name == m_verdict.worst && !nothingAnswers(m_path);
        node.status = panelOf(hop, m_context);
        return node;
    }
    void flow(const QString& from, const QString& to, std::optional<double> perSecond, bool labelled = true) {
        PathFlow flow;
        flow.from = from;
        flow.to = to;
        flow.perSecond = perSecond;
        if (labelled && perSecond) {
            flow.label = said(perSecond, Quantity::Rate);
        }
        m_out.flows.push_back(std::move(flow));
    }

    void clients() {
        auto clients = node(m_path.proxy, HopKind::Clients, Words::tr("Clients"));
        clients.id = QStringLiteral("clients");
        clients.severity = Severity::Normal;
        clients.worst = false;
        clients.number = numbered(m_path.proxy.requestsPerSecond, Quantity::Rate, Words::tr("req/s"));
        clients.detail = m_path.proxy.sessions
                             ? Words::tr("%1 connections").arg(said(m_path.proxy.sessions, Quantity::Count))
                             : QString();
        m_out.nodes.push_back(std::move(clients));
        flow(QStringLiteral("clients"), QStringLiteral("haproxy"), m_path.proxy.requestsPerSecond);
    }
    void loadBalancer() {
        const auto& hop = m_path.proxy;
        auto balancer = node(hop, HopKind::LoadBalancer, QStringLiteral("HAProxy"));
        balancer.number = numbered(hop.queue, Quantity::Count, Words::tr("in queue"));
        if (balancer.detail.isEmpty() && hop.retriesPerSecond) {
            balancer.detail = Words::tr("retries %1").arg(said(hop.retriesPerSecond, Quantity::Rate));
        }
        balancer.saturation = saturationOf(hop, m_context.feed.store(), m_path.at);
        m_out.nodes.push_back(std::move(balancer));
    }
    void instance(const InstanceHop& hop) {
        auto title = plain(hop.name);
        if (!hop.role.empty()) {
            title += QStringLiteral(" \u00b7 %1 %2").arg(plain(hop.role), plain(hop.version));
        }
        auto instance = node(hop, HopKind::Instance, title);
        instance.number = numbered(hop.inFlight, Quantity::Count, Words::tr("in flight"));
        instance.side = hop.cpuShare ? Words::tr("CPU %1").arg(said(hop.cpuShare, Quantity::Share)) : QString();
        if (!instance.detail.isEmpty()) {
            instance.side = instance.detail; // there is no third line: what is wrong here comes before what it costs
        }
        instance.saturation = share(hop.poolInUse, hop.poolSize);
        instance.identity = hop.role == "canary" ? Token::D4 : Token::Ref;
        m_out.nodes.push_back(std::move(instance));
        if (knows("haproxy")) {
            flow(QStringLiteral("haproxy"), plain(hop.name), hop.requestsPerSecond);
            m_out.flows.back().off = hop.inRotation && !*hop.inRotation;
            if (m_out.flows.back().off) {
                m_out.flows.back().label = Words::tr("out of rotation");
            }
        }
        if (knows("pgbouncer")) {
            flow(plain(hop.name), QStringLiteral("pgbouncer"), std::nullopt);
            auto& queue = m_out.flows.back();
            queue.waiting = static_cast<int>(hop.poolWaiting.value_or(0));
            if (queue.waiting > 0) {
                const auto all = m_path.poolWaiting.value.value_or(*hop.poolWaiting);
                queue.waitingLabel = QCoreApplication::translate("RequestPath", "%1 waiting in app pools")
                                         .arg(said(all, Quantity::Count));
                queue.severity = Severity::Caution;
            }
        }
        if (knows("redis")) {
            flow(plain(hop.name), QStringLiteral("redis"), std::nullopt);
        }
    }
    void pooler() {
        const auto& hop = m_path.bouncer;
        auto pooler = node(hop, HopKind::Pooler, QStringLiteral("pgBouncer"));
        pooler.number = numbered(hop.serversActive, Quantity::Count,
                                 hop.poolSize ? Words::tr("of %1 servers busy").arg(said(hop.poolSize, Quantity::Count))
                                              : Words::tr("servers busy"));
        pooler.saturation = share(hop.serversActive, hop.poolSize);
        if (hop.clientsWaiting && *hop.clientsWaiting >= 1 && hop.maxWaitSeconds) {
            pooler.detail += Words::tr(", max %1").arg(said(hop.maxWaitSeconds, Quantity::Duration));
        } else if (pooler.detail.isEmpty() && hop.queriesPerSecond) {
            pooler.detail = Words::tr("%1 queries, none waits").arg(said(hop.queriesPerSecond, Quantity::Rate));
        }
        m_out.nodes.push_back(std::move(pooler));
        if (knows("postgres/primary")) {
            flow(QStringLiteral("pgbouncer"), QStringLiteral("primary"), hop.queriesPerSecond, false);
        }
    }
    void cache() {
        const auto& hop = m_path.cache;
        auto cache = node(hop, HopKind::Cache, QStringLiteral("Redis"));
        cache.number = numberText(hop.hitRatio, Quantity::Share);
        cache.number.unit = hop.hitRatio ? Words::tr("% of reads hit") : Words::tr("no lookups");
        if (cache.detail.isEmpty() && hop.memoryBytes) {
            cache.detail =
                Words::tr("evicts %1, %2 of %3")
                    .arg(said(hop.evictionsPerSecond, Quantity::Rate), said(hop.memoryBytes, Quantity::Bytes),
                         said(hop.memoryLimitBytes, Quantity::Bytes));
        }
        cache.saturation = share(hop.memoryBytes, hop.memoryLimitBytes);
        m_out.nodes.push_back(std::move(cache));
        // The instances' lines end here; the rate is Redis's own count of commands.
        for (auto& line : m_out.flows) {
            if (line.to == QLatin1String("redis")) {
                line.label = hop.commandsPerSecond ? said(hop.commandsPerSecond, Quantity::Rate) : QString();
                line.perSecond = hop.commandsPerSecond;
                break;
            }
        }
    }
    void primary() {
        const auto& hop = m_path.primary;
        auto primary = node(hop, HopKind::Primary, Words::tr("PostgreSQL primary"));
        primary.number = numbered(hop.transactionsPerSecond, Quantity::Rate, Words::tr("tx/s"));
        if (primary.detail.isEmpty() && hop.connections) {
            primary.detail =
                Words::tr("%1 of %2 connections")
                    .arg(said(hop.connections, Quantity::Count), said(hop.maxConnections, Quantity::Count));
        }
        primary.saturation = share(hop.connections, hop.maxConnections);
        m_out.nodes.push_back(std::move(primary));
    }
    void replica(const ReplicaHop& hop) {
        auto replica = node(hop, HopKind::Replica, worded(displayName(hop.name)));
        replica.number = numbered(hop.transactionsPerSecond, Quantity::Rate, Words::tr("tx/s"));
        if (replica.detail.isEmpty() && hop.streams) {
            replica.detail = *hop.streams ? Words::tr("streams") : Words::tr("does not stream");
        }
        replica.saturation = saturationOf(hop, m_context.feed.store(), m_path.at);
        m_out.nodes.push_back(std::move(replica));
        PathLag lag;
        lag.node = plain(hop.name);
        lag.severity = severityOf(hop.concern);
        lag.label = hop.paused.value_or(false) ? Words::tr("replay lag, paused") : Words::tr("replay lag");
        lag.number = numberText(hop.lagSeconds, Quantity::Duration);
        if (hop.lagBytes && *hop.lagBytes > 0) {
            lag.detail = Words::tr("%1 to replay").arg(said(hop.lagBytes, Quantity::Bytes));
        }
        m_out.lags.push_back(std::move(lag));
    }

    const PathReading& m_path;
    const PathVerdict& m_verdict;
    const PageContext& m_context;
    RequestPath m_out;
};

} // namespace

RequestPath pathPicture(const PathReading& path, const PathVerdict& verdict, const PageContext& context) {
    return Painter(path, verdict, context).draw();
}

PageTarget targetOf(const PathNode& node) {
    switch (node.kind) {
    case HopKind::Clients:
    case HopKind::LoadBalancer:
        return {QStringLiteral("traffic")};
    case HopKind::Instance:
        return {QStringLiteral("traffic"), QStringLiteral("server ") + node.id};
    case HopKind::Pooler:
        return {QStringLiteral("pools")};
    case HopKind::Cache:
        return {QStringLiteral("cache")};
    case HopKind::Primary:
    case HopKind::Replica:
        break;
    }
    return {QStringLiteral("database"), QStringLiteral("server ") + node.id};
}

} // namespace binnacle::app
