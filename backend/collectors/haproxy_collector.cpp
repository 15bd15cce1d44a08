// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/haproxy_collector.h"

#include "backend/clients/socket_stream.h"
#include "backend/collectors/parse_number.h"

#include <algorithm>

namespace binnacle {

namespace {

constexpr std::array<const char*, 6> kClasses{"1xx", "2xx", "3xx", "4xx", "5xx", "other"};

void push(std::vector<Reading>& readings, SignalKind kind, const char* id, Labels labels,
          const std::optional<double>& value) {
    if (value) {
        readings.push_back({{id, std::move(labels)}, kind, value, nullptr, {}});
    }
}

std::optional<double> seconds(const std::optional<double>& milliseconds) {
    return milliseconds ? std::optional(*milliseconds * 1e-3) : std::nullopt;
}

/// The value of a line "Name: value".
std::string_view lineOf(std::string_view info, std::string_view name) {
    for (std::size_t at = 0; at < info.size();) {
        const auto end = std::min(info.find('\n', at), info.size());
        auto line = info.substr(at, end - at);
        at = end + 1;
        if (line.starts_with(name) && line.substr(name.size()).starts_with(": ")) {
            line.remove_prefix(name.size() + 2);
            return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
        }
    }
    return {};
}

/// Everything that HAProxy says to one line of commands; it closes the connection after it.
Result<std::string> askSocket(const std::string& path, std::string_view commands, SteadyTime deadline) {
    auto stream = SocketStream::connectUnix(path, "HAProxy's socket", deadline);
    if (!stream) {
        return std::unexpected(std::move(stream.error()));
    }
    if (auto sent = stream->send(commands, deadline); !sent) {
        return std::unexpected(std::move(sent.error()));
    }
    std::string answer;
    std::array<char, 16384> chunk{};
    for (;;) {
        const auto got = stream->receive(chunk, deadline);
        if (!got) {
            return std::unexpected(got.error());
        }
        if (*got == 0) {
            return answer;
        }
        answer.append(chunk.data(), *got);
        if (answer.size() > HttpClient::kDefaultBodyCap) {
            return fail(ErrorCode::Protocol, "HAProxy's socket: the answer is larger than " +
                                                 std::to_string(HttpClient::kDefaultBodyCap) + " bytes");
        }
    }
}

void addServer(const HaproxyRow& row, std::vector<Reading>& readings) {
    if (isSpare(row)) {
        return;
    }
    const Labels labels{{"proxy", row.proxy}, {"server", row.name}};
    push(readings, SignalKind::Gauge, "haproxy.sessions", labels, row.sessions);
    push(readings, SignalKind::Gauge, "haproxy.weight", labels, row.weight);
    push(readings, SignalKind::Gauge, "haproxy.server.queue", labels, row.queued);
    push(readings, SignalKind::Counter, "haproxy.server.requests", labels, row.requests);
    push(readings, SignalKind::Counter, "haproxy.server.errors", labels, row.responses[4]);
    push(readings, SignalKind::Counter, "haproxy.server.retries", labels, row.retries);
    push(readings, SignalKind::Counter, "haproxy.server.downs", labels, row.downs);
    push(readings, SignalKind::Gauge, "haproxy.server.check_seconds", labels, seconds(row.checkMs));
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
    push(readings, SignalKind::Gauge, "haproxy.sessions_limit", labels, row.sessionLimit);
    push(readings, SignalKind::Counter, "haproxy.bytes_in", labels, row.bytesIn);
    push(readings, SignalKind::Counter, "haproxy.bytes_out", labels, row.bytesOut);
    push(readings, SignalKind::Counter, "haproxy.denied", labels, row.denied);
    if (row.type == HaproxyRow::Type::Backend) {
        push(readings, SignalKind::Counter, "haproxy.connection_errors", labels, row.connectionErrors);
        push(readings, SignalKind::Counter, "haproxy.response_errors", labels, row.responseErrors);
        push(readings, SignalKind::Gauge, "haproxy.response_seconds", labels, seconds(row.responseMs));
        if (row.activeServers) {
            readings.push_back(gauge("haproxy.servers_up", labels, *row.activeServers + row.backupServers.value_or(0)));
        }
        push(readings, SignalKind::Gauge, "haproxy.queue", labels, row.queued);
        push(readings, SignalKind::Counter, "haproxy.retries", labels, row.retries);
        push(readings, SignalKind::Counter, "haproxy.redispatches", labels, row.redispatches);
    }
}

} // namespace

void HaproxyReadings::add(const std::vector<HaproxyRow>& rows, std::vector<Reading>& readings) {
    constexpr std::size_t kErrors = 4; // 5xx
    std::map<std::string, double, std::less<>> byServers;
    struct {
        double frontends = 0;
        double backends = 0;
        double servers = 0;
    } errors;
    for (const auto& row : rows) {
        if (row.type == HaproxyRow::Type::Server) {
            byServers[row.proxy] += row.responseSum();
            errors.servers += row.responses[kErrors].value_or(0);
        } else if (row.type == HaproxyRow::Type::Backend) {
            errors.backends += row.responses[kErrors].value_or(0);
        } else if (row.type == HaproxyRow::Type::Frontend && !servesStatistics(row)) {
            errors.frontends += row.responses[kErrors].value_or(0);
        }
    }
    m_ownErrors = std::max(m_ownErrors, std::max(errors.frontends, errors.backends) - errors.servers);
    readings.push_back(counter("haproxy.own_errors", {}, m_ownErrors));
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

std::string haproxyEpoch(std::string_view info) {
    const auto process = lineOf(info, "Pid");
    const auto start = lineOf(info, "Start_time_sec"); // from 2.6 on
    return process.empty() ? std::string() : std::string(process) + "@" + std::string(start);
}

HaproxyCollector::HaproxyCollector(HaproxyTarget target, std::string source)
    : m_source(std::move(source))
    , m_target(std::move(target))
    , m_http(m_target.http) {}

std::string HaproxyCollector::target() const {
    return m_target.socket.empty() ? m_target.text()
                                   : m_target.text() + " (" + std::string(kHaproxySocketCaution) + ")";
}

Result<HaproxyCollector::Answer> HaproxyCollector::read(SteadyTime deadline) {
    Answer answer;
    auto text = m_target.socket.empty() ? m_http.getBody(m_target.path + ";csv", deadline)
                                        : askSocket(m_target.socket, "show info;show stat\n", deadline);
    if (!text) {
        return std::unexpected(std::move(text.error()));
    }
    m_socketBytes += m_target.socket.empty() ? 0 : text->size();
    std::string_view csv = *text;
    if (!m_target.socket.empty()) {
        const auto start = std::min(csv.find("# pxname,"), csv.size());
        answer.epoch = haproxyEpoch(csv.substr(0, start));
        csv.remove_prefix(start);
    }
    auto rows = parseHaproxyCsv(csv);
    if (!rows) {
        return std::unexpected(std::move(rows.error()));
    }
    answer.rows = std::move(*rows);
    return answer;
}

void HaproxyCollector::noteEpoch(const Answer& answer, Snapshot& snapshot) {
    // The page tells no start time: a total that fell is a restart.
    double requests = 0;
    for (const auto& row : answer.rows) {
        requests += row.type == HaproxyRow::Type::Frontend ? row.requests.value_or(0) : 0;
    }
    if (requests < m_requests || answer.epoch != m_toldEpoch) {
        ++m_epoch;
        m_readings.clear();
        m_rows.clear();
        m_tables.clear();
    }
    m_requests = requests;
    m_toldEpoch = answer.epoch;
    snapshot.header.epoch = answer.epoch.empty() ? std::to_string(m_epoch) : answer.epoch;
}

Result<void> HaproxyCollector::addShare(Snapshot& snapshot, SteadyTime deadline) {
    const auto now = std::chrono::steady_clock::now();
    if (!m_target.socket.empty() || now < m_nextShare) {
        return {};
    }
    const auto share = m_http.getBody("/share", deadline);
    auto text = share ? std::string_view(*share) : std::string_view();
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
        text.remove_suffix(1);
    }
    const auto basisPoints = parseNumber(text);
    if (basisPoints && *basisPoints >= 0 && *basisPoints <= 10'000) {
        m_hasShare = true;
        snapshot.readings.push_back(gauge("canary.share_percent", {}, *basisPoints / 100));
        return {};
    }
    const auto code = share ? ErrorCode::NotFound : share.error().code;
    const bool answered = code == ErrorCode::NotFound || code == ErrorCode::Denied || code == ErrorCode::Protocol;
    if (answered && (!m_hasShare || (!share && code == ErrorCode::NotFound))) {
        // A load balancer without a canary split has no such page, and no such signal.
        m_hasShare = false;
        m_nextShare = now + std::chrono::minutes(1);
        return {};
    }
    if (!share) {
        return std::unexpected(share.error());
    }
    snapshot.readings.push_back(
        absent(SignalKind::Gauge, "canary.share_percent", {}, "the share is not a number of basis points"));
    return {};
}

Result<Snapshot> HaproxyCollector::collect(SteadyTime deadline) {
    constexpr std::chrono::milliseconds kTableInterval{1000};
    const auto began = std::chrono::steady_clock::now();
    const auto answer = read(deadline);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    Snapshot snapshot;
    noteEpoch(*answer, snapshot);
    m_readings.add(answer->rows, snapshot.readings);
    if (m_tables.isDue("haproxy.servers", began)) {
        auto [proxies, servers] = m_rows.build(answer->rows, std::chrono::steady_clock::now());
        m_tables.put(std::move(proxies), began, kTableInterval);
        m_tables.put(std::move(servers), began, kTableInterval);
    }
    m_tables.addTo(snapshot);
    if (auto added = addShare(snapshot, deadline); !added) {
        return std::unexpected(std::move(added.error()));
    }
    snapshot.sort();
    return snapshot;
}

} // namespace binnacle
