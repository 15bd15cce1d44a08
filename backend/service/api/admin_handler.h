// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/cache/cache_sweep.h"
#include "backend/service/http/request_handler.h"
#include "backend/service/protect/degradation.h"
#include "backend/service/protect/fault_knob.h"
#include "backend/service/telemetry/event_log.h"
#include "backend/service/telemetry/telemetry_reader.h"

#include <functional>
#include <optional>
#include <string>

namespace binnacle::service {

/// The admin socket: version, state, fault, features, users, telemetry and what is cached. Who may connect is decided
/// by the peer's uid before this; a browser cannot be among them, so any Origin is refused. One thread; reads what the
/// shards count without stopping them.
class AdminHandler final : public RequestHandler {
public:
    using Sweep = std::function<Awaitable<CacheFound>(CacheWish)>;

    /// `token` is what a change takes; without one nothing can be changed.
    AdminHandler(TelemetryReader& telemetry, Degradation& degradation, FaultKnob& fault, EventLog& log,
                 std::string token, Sweep sweep)
        : m_telemetry(telemetry)
        , m_degradation(degradation)
        , m_fault(fault)
        , m_log(log)
        , m_token(std::move(token))
        , m_sweep(std::move(sweep)) {}

    void identify(Exchange&) override {}
    Admission begin(Exchange& exchange) override;
    bool handleNow(Exchange& exchange) override;
    Awaitable<void> handle(Exchange& exchange) override;
    void finished(Exchange&) noexcept override {}
    void failed(const Exchange&, const char*) noexcept override {}

private:
    void appendState(std::string& body) const;
    void putState(Exchange& exchange);
    void appendFault(std::string& body) const;
    void putFault(Exchange& exchange);
    void getUsers(Exchange& exchange);
    /// What of the cache is meant; nothing, with the problem set, when that can't be understood.
    [[nodiscard]] static std::optional<CacheWish> cacheWish(Exchange& exchange);
    void appendFound(Exchange& exchange, const CacheWish& wish, const CacheFound& found);

    TelemetryReader& m_telemetry;
    Degradation& m_degradation;
    FaultKnob& m_fault;
    EventLog& m_log;
    std::string m_token;
    Sweep m_sweep;
};

/// The metrics listener: GET /metrics for callers that name this very address as Host, which no rebound DNS name does.
class MetricsHandler final : public RequestHandler {
public:
    MetricsHandler(TelemetryReader& telemetry, std::uint16_t port);

    void identify(Exchange&) override {}
    Admission begin(Exchange& exchange) override;
    bool handleNow(Exchange& exchange) override;
    Awaitable<void> handle(Exchange& exchange) override;
    void finished(Exchange&) noexcept override {}
    void failed(const Exchange&, const char*) noexcept override {}

private:
    TelemetryReader& m_telemetry;
    std::string m_numericHost;
    std::string m_namedHost;
};

} // namespace binnacle::service
