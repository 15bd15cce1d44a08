// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/http_client.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/haproxy_csv.h"

#include <map>
#include <string>

namespace binnacle {

/// Readings of HAProxy's statistics.
///
/// `haproxy.own_responses` is what the load balancer answered by itself: in a frontend requests that it denied or could
/// not read, in a backend those that no server answered (its responses less its servers'). A frontend that answers
/// every request itself serves statistics, not users, and is left out.
class HaproxyReadings {
public:
    /// Adds the readings of one pass. Keeps what makes own responses steady: a server counts a response before its
    /// backend does, so the difference may dip for a moment, which is not a reset.
    void add(const std::vector<HaproxyRow>& rows, std::vector<Reading>& readings);
    void clear() { m_ownResponses.clear(); }

private:
    std::map<std::string, double, std::less<>> m_ownResponses; ///< by backend, never falling
};

/// Reads HAProxy over its read-only frontend: /stats;csv, and the canary's share under /share.
class HaproxyCollector final : public Collector {
public:
    explicit HaproxyCollector(HttpEndpoint readFrontend);

    [[nodiscard]] std::string source() const override { return "haproxy"; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(500); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;

private:
    std::string m_target;
    HttpClient m_http;
    HaproxyReadings m_readings;
    double m_requests = 0;
    unsigned m_epoch = 0;
};

} // namespace binnacle
