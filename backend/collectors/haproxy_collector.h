// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/host_resolver.h"
#include "backend/clients/http_client.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/haproxy_csv.h"
#include "backend/collectors/haproxy_tables.h"
#include "backend/collectors/haproxy_target.h"
#include "backend/collectors/kept_tables.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Readings of HAProxy's statistics.
///
/// `haproxy.own_responses` is what the load balancer answered by itself: in a frontend requests that it denied or could
/// not read, in a backend those that no server answered (its responses less its servers'). A frontend that answers
/// every request itself serves statistics, not users, and is left out. `haproxy.own_errors` is what no server's 5xx
/// explains of those that clients got, over all proxies: no server up, none that answered.
class HaproxyReadings {
public:
    /// Adds the readings of one pass. Keeps what makes own responses steady: a server counts a response before its
    /// backend does, so the difference may dip for a moment, which is not a reset.
    void add(const std::vector<HaproxyRow>& rows, std::vector<Reading>& readings);
    void clear() {
        m_ownResponses.clear();
        m_ownErrors = 0;
    }

private:
    std::map<std::string, double, std::less<>> m_ownResponses; ///< by backend, never falling
    double m_ownErrors = 0;                                    ///< likewise
};

/// Reads HAProxy's statistics from a page or from its socket; over HTTP also the canary's share under /share, where
/// that answers with basis points.
class HaproxyCollector final : public Collector {
public:
    explicit HaproxyCollector(HaproxyTarget target, std::string source = "haproxy");

    [[nodiscard]] std::string source() const override { return m_source; }
    /// Names a socket together with what it can do beyond reading.
    [[nodiscard]] std::string target() const override;
    [[nodiscard]] bool local() const override { return isLocalAddress(target()); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(500); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;
    [[nodiscard]] std::uint64_t receivedBytes() const override { return m_http.receivedBytes() + m_socketBytes; }

private:
    struct Answer {
        std::vector<HaproxyRow> rows;
        std::string epoch; ///< as HAProxy tells it; empty where it does not
    };
    [[nodiscard]] Result<Answer> read(SteadyTime deadline);
    [[nodiscard]] Result<void> addShare(Snapshot& snapshot, SteadyTime deadline);
    void noteEpoch(const Answer& answer, Snapshot& snapshot);

    std::string m_source;
    HaproxyTarget m_target;
    HttpClient m_http;
    std::uint64_t m_socketBytes = 0;
    HaproxyReadings m_readings;
    HaproxyTables m_rows;
    KeptTables m_tables;
    double m_requests = 0;
    unsigned m_epoch = 0;
    std::string m_toldEpoch;
    bool m_hasShare = false;
    SteadyTime m_nextShare; ///< when to ask again a server that has no such page
};

/// What of HAProxy's "show info" tells one run of it from the next: its process id and start. Empty when it tells none.
[[nodiscard]] std::string haproxyEpoch(std::string_view info);

} // namespace binnacle
