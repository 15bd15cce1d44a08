// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/pass_answer.h"

#include <algorithm>
#include <array>

namespace binnacle::postgres {

namespace {

/// Adds readings of one server.
class Writer {
public:
    Writer(std::string server, std::vector<Reading>& readings)
        : m_server(std::move(server))
        , m_readings(readings) {}

    [[nodiscard]] Labels labels(const char* name = nullptr, const std::string& value = {}) const {
        Labels labels{{"server", m_server}};
        if (name != nullptr) {
            labels.set(name, value);
        }
        return labels;
    }
    void level(const char* id, double value, Labels labels) {
        m_readings.push_back(gauge(id, std::move(labels), value));
    }
    void level(const char* id, double value) { level(id, value, labels()); }
    void level(const char* id, std::optional<double> value) {
        if (value) {
            level(id, *value);
        }
    }
    void count(const char* id, std::optional<double> value, Labels labels) {
        if (value) {
            m_readings.push_back(counter(id, std::move(labels), *value));
        }
    }
    void count(const char* id, std::optional<double> value) { count(id, value, labels()); }
    void add(Reading reading) { m_readings.push_back(std::move(reading)); }

private:
    std::string m_server;
    std::vector<Reading>& m_readings;
};

/// Classes of wait events that are told as zero too. Those of clients and of idle processes are no trouble.
constexpr std::array kWaits = {"BufferPin", "IO", "IPC", "LWLock", "Lock", "Timeout"};

void addSessions(const PassAnswer& answer, Writer& out) {
    // States that exist on every server are told as zero too: a series that vanishes looks like one that broke.
    std::map<std::string, double> states{{"active", 0}, {"idle", 0}, {"idle in transaction", 0}};
    double connections = 0;
    for (auto [it, end] = answer.all("state"); it != end; ++it) {
        states[it->second.key] = it->second.a.value_or(0);
        connections += it->second.a.value_or(0);
    }
    for (const auto& [state, number] : states) {
        out.level("postgres.sessions", number, out.labels("state", state));
    }
    out.level("postgres.connections", connections);

    std::map<std::string, double> waits;
    for (const auto* wait : kWaits) {
        waits[wait] = 0;
    }
    for (auto [it, end] = answer.all("wait"); it != end; ++it) {
        waits[it->second.key] = it->second.a.value_or(0);
    }
    for (const auto& [wait, number] : waits) {
        out.level("postgres.sessions.waiting", number, out.labels("class", wait));
    }
    out.level("postgres.blocked", waits["Lock"]);

    const auto* const oldest = answer.one("oldest");
    const auto age = [](std::optional<double> seconds) { return std::max(0.0, seconds.value_or(0)); };
    out.level("postgres.xact.oldest_seconds", oldest != nullptr ? age(oldest->a) : 0);
    out.level("postgres.xact.idle_oldest_seconds", oldest != nullptr ? age(oldest->b) : 0);
}

void addSessionsDenied(const std::string& reason, Writer& out) {
    for (const char* id : {"postgres.connections", "postgres.blocked", "postgres.xact.oldest_seconds",
                           "postgres.xact.idle_oldest_seconds"}) {
        out.add(absent(SignalKind::Gauge, id, out.labels(), reason));
    }
    for (const char* state : {"active", "idle", "idle in transaction"}) {
        out.add(absent(SignalKind::Gauge, "postgres.sessions", out.labels("state", state), reason));
    }
    for (const char* wait : kWaits) {
        out.add(absent(SignalKind::Gauge, "postgres.sessions.waiting", out.labels("class", wait), reason));
    }
}

void addCounters(const PassAnswer& answer, PassMemory& memory, SteadyTime now, Writer& out) {
    const auto& database = *answer.one("database");
    out.count("postgres.transactions", database.a.value_or(0), out.labels("outcome", "commit"));
    out.count("postgres.transactions", database.b.value_or(0), out.labels("outcome", "rollback"));
    for (auto [it, end] = answer.all("tuples"); it != end; ++it) {
        out.count("postgres.tuples", it->second.a, out.labels("operation", it->second.key));
    }
    if (const auto* const blocks = answer.one("blocks"); blocks != nullptr && blocks->a && blocks->b) {
        out.count("postgres.blocks.hit", blocks->a);
        out.count("postgres.blocks.read", blocks->b);
        out.count("postgres.temp_bytes", blocks->c);
        memory.cacheHits.update(now, *blocks->a, *blocks->b);
        const auto value = memory.cacheHits.value();
        out.add(value ? ratio("postgres.hit_ratio", out.labels(), *value)
                      : absent(SignalKind::Ratio, "postgres.hit_ratio", out.labels(), kNoLookups));
    }
    if (const auto* const health = answer.one("health"); health != nullptr) {
        out.count("postgres.conflicts", health->a);
        out.level("postgres.xid_age", health->b);
    }
    if (const auto* const archiver = answer.one("archiver"); archiver != nullptr) {
        out.count("postgres.archiver.archived", archiver->a);
        out.count("postgres.archiver.failed", archiver->b);
    }
    if (const auto* const checkpoints = answer.one("checkpoints"); checkpoints != nullptr) {
        out.count("postgres.checkpoints", checkpoints->a, out.labels("cause", "time"));
        out.count("postgres.checkpoints", checkpoints->b, out.labels("cause", "request"));
        out.count("postgres.checkpoint.seconds", checkpoints->c);
    }
    if (const auto* const buffers = answer.one("buffers"); buffers != nullptr) {
        out.count("postgres.buffers_written", buffers->a, out.labels("by", "checkpointer"));
        out.count("postgres.buffers_written", buffers->b, out.labels("by", "background writer"));
        out.count("postgres.buffers_written", buffers->c, out.labels("by", "sessions"));
    }
    if (const auto* const wal = answer.one("wal"); wal != nullptr) {
        out.count("postgres.wal.records", wal->a);
        out.count("postgres.wal.full_pages", wal->b);
    }
}

void addReplay(const PassAnswer& answer, const LagHistory& positions, Writer& out) {
    const auto* const replay = answer.one("replay");
    if (replay == nullptr) {
        return;
    }
    if (const auto position = answer.position(); position && replay->a && *replay->a >= 0) {
        out.level("postgres.replay.lag_bytes", std::max(0.0, *position - *replay->a));
        out.level("postgres.replay.lag_seconds",
                  positions.secondsBehind(static_cast<std::uint64_t>(*replay->a), replay->c));
    }
    out.level("postgres.recovery.paused", replay->b.value_or(0));
}

} // namespace

Result<PassAnswer> PassAnswer::parse(const std::vector<PgRow>& rows) {
    PassAnswer answer;
    for (const auto& row : rows) {
        if (row.size() == 5 && row[0]) {
            answer.m_rows.emplace(*row[0], Cells{textAt(row, 1), numberAt(row, 2), numberAt(row, 3), numberAt(row, 4)});
        }
    }
    const auto* const server = answer.one("server");
    const auto* const database = answer.one("database");
    if (server == nullptr || database == nullptr || !server->a || !server->b || !server->c || !database->c) {
        return fail(ErrorCode::Protocol, "PostgreSQL: the answer lacks what every server tells");
    }
    return answer;
}

std::string PassAnswer::epoch() const {
    return std::to_string(static_cast<std::int64_t>(*one("server")->b * 1e6)) + (isStandby() ? "-standby" : "");
}

std::optional<double> PassAnswer::position() const {
    const auto* const position = one("position");
    return position != nullptr && position->a && *position->a >= 0 ? position->a : std::nullopt;
}

void addReadings(const PassAnswer& answer, const std::string& server, const std::string& missingRight,
                 PassMemory& memory, SteadyTime now, std::vector<Reading>& readings) {
    Writer out(server, readings);
    if (const auto position = answer.position()) {
        memory.positions.observe(now, static_cast<std::uint64_t>(*position));
        if (!answer.isStandby()) {
            out.count("postgres.wal.bytes", position);
        }
    }
    out.level("postgres.up", 1.0);
    out.level("postgres.max_connections", answer.one("server")->c);
    if (missingRight.empty()) {
        addSessions(answer, out);
    } else {
        addSessionsDenied(missingRight, out);
    }
    addCounters(answer, memory, now, out);
    if (answer.isStandby()) {
        addReplay(answer, memory.positions, out);
    }
}

} // namespace binnacle::postgres
