// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/haproxy_collector.h"

#include "backend/collectors/parse_number.h"

#include <algorithm>

namespace binnacle {

namespace {

constexpr std::array<const char*, 6> kClasses{"1xx", "2xx", "3xx", "4xx", "5xx", "other"};

bool servesStatistics(const HaproxyRow& row) {
    return row.type == HaproxyRow::Type::Frontend && row.requests.value_or(0) > 0 && row.intercepted == row.requests;
}

void push(std::vector<Reading>& readings, SignalKind kind, const char* id, Labels labels,
          const std::optional<double>& value) {
    if (value) {
        readings.push_back({{id, std::move(labels)}, kind, value, nullptr, {}});
    }
}

/// A slot that is held free for an instance that does not exist: nothing to tell about it.
bool isSpare(const HaproxyRow& row) {
    return row.status.starts_with("MAINT") && row.sessions.value_or(0) == 0 && row.responseSum() == 0;
}

void addServer(const HaproxyRow& row, std::vector<Reading>& readings) {
    if (isSpare(row)) {
        return;
    }
    const Labels labels{{"proxy", row.proxy}, {"server", row.name}};
    push(readings, SignalKind::Gauge, "haproxy.sessions", labels, row.sessions);
    push(readings, SignalKind::Gauge, "haproxy.weight", labels, row.weight);
    if (row.status.starts_with("MAINT")) {
        // Taken out on purpose: neither up nor down.
        readings.push_back(absent(SignalKind::Gauge, "haproxy.server.up", labels, "in maintenance"));
    } else {
        const bool up = row.status.starts_with("UP") || row.status == "no check" || row.status.starts_with("DRAIN");
        readings.push_back(gauge("haproxy.server.up", labels, up ? 1 : 0));
    }
}

void addProxy(const HaproxyRow& row, std::vector<Reading>& readings) {
    const Labels labels{{"proxy", row.proxy}};
    push(readings, SignalKind::Counter, "haproxy.requests", labels, row.requests);
    for (std::size_t i = 0; i < kClasses.size(); ++i) {
        push(readings, SignalKind::Counter, "haproxy.responses", {{"class", kClasses[i]}, {"proxy", row.proxy}},
             row.responses[i]);
    }
    push(readings, SignalKind::Gauge, "haproxy.sessions", labels, row.sessions);
    if (row.type == HaproxyRow::Type::Backend) {
        push(readings, SignalKind::Gauge, "haproxy.queue", labels, row.queued);
        push(readings, SignalKind::Counter, "haproxy.retries", labels, row.retries);
        push(readings, SignalKind::Counter, "haproxy.redispatches", labels, row.redispatches);
    }
}

} // namespace

void HaproxyReadings::add(const std::vector<HaproxyRow>& rows, std::vector<Reading>& readings) {
    std::map<std::string, double, std::less<>> byServers;
    for (const auto& row : rows) {
        if (row.type == HaproxyRow::Type::Server) {
            byServers[row.proxy] += row.responseSum();
        }
    }
    for (const auto& row : rows) {
        switch (row.type) {
        case HaproxyRow::Type::Server:
            addServer(row, readings);
            break;
        case HaproxyRow::Type::Frontend:
            if (!servesStatistics(row)) {
                addProxy(row, readings);
                readings.push_back(
                    counter("haproxy.own_responses", {{"proxy", row.proxy}},
                            row.denied.value_or(0) + row.requestErrors.value_or(0) + row.intercepted.value_or(0)));
            }
            break;
        case HaproxyRow::Type::Backend: {
            addProxy(row, readings);
            auto& own = m_ownResponses[row.proxy];
            own = std::max(own, row.responseSum() - byServers[row.proxy]);
            readings.push_back(counter("haproxy.own_responses", {{"proxy", row.proxy}}, own));
            break;
        }
        case HaproxyRow::Type::Listener:
            break;
        }
    }
}

HaproxyCollector::HaproxyCollector(HttpEndpoint readFrontend)
    : m_target(readFrontend.unixSocket.empty() ? readFrontend.baseUrl : readFrontend.unixSocket)
    , m_http(std::move(readFrontend)) {}

Result<Snapshot> HaproxyCollector::collect(SteadyTime deadline) {
    const auto csv = m_http.getBody("/stats;csv", deadline);
    if (!csv) {
        return std::unexpected(csv.error());
    }
    const auto rows = parseHaproxyCsv(*csv);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    // HAProxy tells no start time here: a total that fell is a restart.
    double requests = 0;
    for (const auto& row : *rows) {
        requests += row.type == HaproxyRow::Type::Frontend ? row.requests.value_or(0) : 0;
    }
    if (requests < m_requests) {
        ++m_epoch;
        m_readings.clear();
    }
    m_requests = requests;
    Snapshot snapshot;
    snapshot.header.epoch = std::to_string(m_epoch);
    m_readings.add(*rows, snapshot.readings);

    const auto share = m_http.getBody("/share", deadline);
    if (share) {
        auto text = std::string_view(*share);
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
            text.remove_suffix(1);
        }
        const auto basisPoints = parseNumber(text);
        snapshot.readings.push_back(
            basisPoints && *basisPoints >= 0 && *basisPoints <= 10'000
                ? gauge("canary.share_percent", {}, *basisPoints / 100)
                : absent(SignalKind::Gauge, "canary.share_percent", {}, "the share is not a number of basis points"));
    } else if (share.error().code != ErrorCode::NotFound) {
        return std::unexpected(share.error());
    } // a load balancer without a canary split has no such page, and no such signal
    snapshot.sort();
    return snapshot;
}

} // namespace binnacle
