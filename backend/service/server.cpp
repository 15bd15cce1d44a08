// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/server.h"

#include "backend/service/api/admin_handler.h"
#include "backend/service/http/listener.h"
#include "backend/service/shard.h"

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace binnacle::service {
namespace {

constexpr std::chrono::seconds kHardLimit{5};
constexpr std::chrono::milliseconds kDrainLook{20};

std::string randomEpoch() {
    std::random_device entropy;
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%08x%08x", static_cast<unsigned>(entropy()),
                  static_cast<unsigned>(entropy()));
    return text.data();
}

Result<StatementCatalogue> readStatements(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) {
        return fail(ErrorCode::Io, "cannot read " + file.string());
    }
    return StatementCatalogue::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

} // namespace

/// The control side: one thread for accepting, admin, metrics, signals and the drain.
class Server::Impl {
public:
    Impl(ServiceConfig config, StatementCatalogue statements);
    ~Impl();

    Result<void> open();
    void run(bool withSignals);
    void requestDrain() {
        asio::post(m_io, [this] { drain(); });
    }
    [[nodiscard]] std::uint16_t publicPort() const { return m_public->port(); }
    [[nodiscard]] std::uint16_t metricsPort() const { return m_metrics->port(); }

private:
    void accept();
    [[nodiscard]] bool mayAdminister(StreamSocket& socket);
    void awaitSignal();
    void drain();
    void closeWhenQuiet(TimePoint hardLimit);
    void finish();

    ServiceConfig m_config;
    StatementCatalogue m_statements;
    EventLog m_log;
    Degradation m_degradation;
    FaultKnob m_fault;
    HealthState m_health;
    HttpLimits m_adminLimits;
    ResponseHead m_publicHead;
    ResponseHead m_adminHead;
    asio::io_context m_io{1};
    std::vector<std::unique_ptr<Shard>> m_shards;
    std::unique_ptr<TelemetryReader> m_telemetry;
    std::unique_ptr<AdminHandler> m_adminHandler;
    std::unique_ptr<MetricsHandler> m_metricsHandler;
    ConnectionList m_connections;
    HttpDate m_date;
    std::atomic<bool> m_neverDrains{false}; ///< the admin side answers until the end
    std::unique_ptr<SessionHost> m_adminHost;
    std::unique_ptr<SessionHost> m_metricsHost;
    std::unique_ptr<Listener> m_public;
    std::unique_ptr<Listener> m_metrics;
    std::unique_ptr<Listener> m_admin;
    asio::signal_set m_signals;
    Timer m_drainTimer;
    std::size_t m_nextShard = 0;
    bool m_draining = false;
    bool m_finished = false;
};

Server::Impl::Impl(ServiceConfig config, StatementCatalogue statements)
    : m_config(std::move(config))
    , m_statements(std::move(statements))
    , m_log(m_config.name)
    , m_connections(m_io)
    , m_signals(m_io)
    , m_drainTimer(m_io) {
    m_adminLimits = m_config.limits;
    m_adminLimits.hostRequired = false; // a Unix socket has no name that could be rebound
    m_publicHead.fixedHeaders =
        "X-API-Version: 2026-11-01\r\nX-Binnacle-Instance: " + m_config.name + "\r\nCache-Control: no-store\r\n";
    m_adminHead.fixedHeaders = "X-Binnacle-Instance: " + m_config.name + "\r\nCache-Control: no-store\r\n";
    if (const auto loaded = m_degradation.load(m_config.stateFile); !loaded) {
        m_log.write(Severity::Error, "state_file_ignored", {{"reason", loaded.error().text}});
    }
    std::vector<const ShardMetrics*> metrics;
    for (int i = 0; i < m_config.shards; ++i) {
        const int share =
            m_config.database.poolSize / m_config.shards + (i < m_config.database.poolSize % m_config.shards ? 1 : 0);
        m_shards.push_back(std::make_unique<Shard>(
            Shard::Parts{m_config, m_statements, m_degradation, m_fault, m_health, m_publicHead, m_log, share}));
        metrics.push_back(&m_shards.back()->metrics());
    }
    m_telemetry = std::make_unique<TelemetryReader>(
        InstanceIdentity{m_config.name, m_config.role, m_config.version, randomEpoch()}, m_degradation, m_fault,
        m_statements, std::move(metrics));
    m_adminHandler = std::make_unique<AdminHandler>(
        *m_telemetry, m_degradation, m_fault, m_log, m_config.adminToken,
        [shard = m_shards.front().get()](CacheWish wish) { return shard->sweep(std::move(wish)); });
}

Server::Impl::~Impl() {
    m_io.restart();
    finish();
    m_io.run(); // sessions and accepts end in their own way, before what they refer to goes
    m_shards.clear();
}

Result<void> Server::Impl::open() {
    auto publicListener = listenTcp(m_io, m_config.publicEndpoint);
    if (!publicListener) {
        return std::unexpected(publicListener.error());
    }
    m_public = std::move(*publicListener);
    auto metricsListener = listenTcp(m_io, m_config.metricsEndpoint);
    if (!metricsListener) {
        return std::unexpected(metricsListener.error());
    }
    m_metrics = std::move(*metricsListener);
    m_metricsHandler = std::make_unique<MetricsHandler>(*m_telemetry, m_metrics->port());
    if (!m_config.adminSocket.empty()) {
        auto adminListener = listenUnix(m_io, m_config.adminSocket);
        if (!adminListener) {
            return std::unexpected(adminListener.error());
        }
        m_admin = std::move(*adminListener);
    }
    m_adminHost.reset(
        new SessionHost{m_io, m_connections, *m_adminHandler, m_adminLimits, m_adminHead, m_date, m_neverDrains});
    m_metricsHost.reset(
        new SessionHost{m_io, m_connections, *m_metricsHandler, m_config.limits, m_adminHead, m_date, m_neverDrains});
    return {};
}

bool Server::Impl::mayAdminister(StreamSocket& socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return false;
    }
    const bool known = peer.uid == 0 || peer.uid == ::geteuid() ||
                       std::ranges::find(m_config.adminUids, peer.uid) != m_config.adminUids.end();
    if (!known) {
        m_log.write(Severity::Warning, "admin_refused", {{"uid", std::to_string(peer.uid)}});
    }
    return known;
}

void Server::Impl::accept() {
    m_public->start([this]() -> asio::io_context& { return m_shards[m_nextShard]->io(); },
                    [this](StreamSocket socket) {
                        m_shards[m_nextShard]->adopt(std::move(socket));
                        m_nextShard = (m_nextShard + 1) % m_shards.size();
                    });
    const auto here = [this]() -> asio::io_context& { return m_io; };
    m_metrics->start(here, [this](StreamSocket socket) { startSession(*m_metricsHost, std::move(socket)); });
    if (m_admin) {
        m_admin->start(here, [this](StreamSocket socket) {
            if (mayAdminister(socket)) {
                startSession(*m_adminHost, std::move(socket));
            }
        });
    }
}

void Server::Impl::run(bool withSignals) {
    // hiredis and the event log write without MSG_NOSIGNAL: a peer that goes is an error there, not our end.
    std::signal(SIGPIPE, SIG_IGN);
    if (withSignals) {
        m_signals.add(SIGTERM);
        m_signals.add(SIGINT);
        awaitSignal();
    }
    for (const auto& shard : m_shards) {
        shard->start();
    }
    accept();
    m_log.write(Severity::Info, "listening",
                {{"public", m_config.publicEndpoint.host + ":" + std::to_string(publicPort())},
                 {"metrics", m_config.metricsEndpoint.host + ":" + std::to_string(metricsPort())},
                 {"admin", m_config.adminSocket.native()}});
    m_io.run();
    for (const auto& shard : m_shards) {
        shard->join();
    }
    m_log.write(Severity::Info, "stopped");
}

void Server::Impl::awaitSignal() {
    m_signals.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) {
            drain();
            awaitSignal();
        }
    });
}

// Fail readiness, give the load balancer time to see it, take no more connections, let requests end, stop.
void Server::Impl::drain() {
    if (m_draining) {
        finish();
        return;
    }
    m_draining = true;
    m_health.draining = true;
    m_log.write(Severity::Info, "draining");
    m_drainTimer.expires_after(m_config.drainGrace);
    m_drainTimer.async_wait([this](const boost::system::error_code& error) {
        if (!error) {
            m_public->close();
            closeWhenQuiet(Clock::now() + kHardLimit);
        }
    });
}

void Server::Impl::closeWhenQuiet(TimePoint hardLimit) {
    std::size_t open = 0;
    for (const auto& shard : m_shards) {
        shard->closeIdle();
        open += shard->connectionCount();
    }
    if (open == 0 || Clock::now() >= hardLimit) {
        finish();
        return;
    }
    m_drainTimer.expires_after(kDrainLook);
    m_drainTimer.async_wait([this, hardLimit](const boost::system::error_code& error) {
        if (!error) {
            closeWhenQuiet(hardLimit);
        }
    });
}

void Server::Impl::finish() {
    if (m_finished) {
        return;
    }
    m_finished = true;
    boost::system::error_code ignored;
    m_signals.cancel(ignored);
    m_drainTimer.cancel();
    for (const auto& listener : {&m_public, &m_metrics, &m_admin}) {
        if (*listener) {
            (*listener)->close();
        }
    }
    m_connections.closeAll();
    for (const auto& shard : m_shards) {
        shard->stop();
    }
}

Result<std::unique_ptr<Server>> Server::create(ServiceConfig config) {
    auto statements = readStatements(config.schemaSql);
    if (!statements) {
        return std::unexpected(statements.error());
    }
    auto impl = std::make_unique<Impl>(std::move(config), std::move(*statements));
    if (auto opened = impl->open(); !opened) {
        return std::unexpected(opened.error());
    }
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) {}
Server::~Server() = default;

void Server::run(bool withSignals) {
    m_impl->run(withSignals);
}

void Server::requestDrain() {
    m_impl->requestDrain();
}

std::uint16_t Server::publicPort() const {
    return m_impl->publicPort();
}

std::uint16_t Server::metricsPort() const {
    return m_impl->metricsPort();
}

} // namespace binnacle::service
