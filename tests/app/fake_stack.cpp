// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fake_stack.h"

#include "backend/clients/system_clock.h"

#include <QCoreApplication>

#include <cmath>
#include <thread>

namespace binnacle::test {

namespace {

using namespace std::chrono_literals;

class FakeCollector final : public Collector {
public:
    FakeCollector(std::shared_ptr<FakeStack> stack, std::string source)
        : m_stack(std::move(stack))
        , m_source(std::move(source)) {}
    std::string source() const override { return m_source; }
    std::string target() const override { return "memory"; }
    std::chrono::milliseconds interval() const override { return m_source.starts_with("postgres/") ? 1000ms : 500ms; }
    Result<Snapshot> collect(SteadyTime deadline) override {
        switch (m_stack->behaviour(m_source)) {
        case Behaviour::Answer:
            return m_stack->read(m_source);
        case Behaviour::Refuse:
            return fail(ErrorCode::Refused, "nothing listens there");
        case Behaviour::Deny:
            return fail(ErrorCode::Denied, "console_ro lacks pg_monitor");
        case Behaviour::Garble:
            return fail(ErrorCode::Protocol, "the answer has no line that is known");
        case Behaviour::Hang:
            break;
        }
        std::this_thread::sleep_until(deadline);
        return fail(ErrorCode::Timeout, "no answer in time");
    }

private:
    std::shared_ptr<FakeStack> m_stack;
    std::string m_source;
};

class FakePlans final : public app::PlanSource {
public:
    explicit FakePlans(std::shared_ptr<FakeStack> stack)
        : m_stack(std::move(stack)) {}
    Result<std::string> plan(const app::PlanQuestion& question, SteadyTime deadline) override {
        m_stack->countPlan(question);
        while (std::chrono::steady_clock::now() < deadline) {
            if (auto plan = m_stack->plan()) {
                return *plan;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return fail(ErrorCode::Timeout, "no answer in time");
    }

private:
    std::shared_ptr<FakeStack> m_stack;
};

class FakeLink final : public app::StackLink {
public:
    explicit FakeLink(std::shared_ptr<FakeStack> stack)
        : m_stack(std::move(stack)) {}
    Result<StackStatus> status(SteadyTime deadline) override {
        switch (m_stack->behaviour("stack")) {
        case Behaviour::Answer:
            return m_stack->status();
        case Behaviour::Refuse:
            return fail(ErrorCode::Refused, "nothing listens there");
        case Behaviour::Deny:
            return fail(ErrorCode::Denied, "console_ro lacks pg_monitor");
        case Behaviour::Garble:
            return fail(ErrorCode::Protocol, "the answer has no line that is known");
        case Behaviour::Hang:
            break;
        }
        std::this_thread::sleep_until(deadline);
        return fail(ErrorCode::Timeout, "no answer in time");
    }
    Result<void> startComponent(std::string_view, SteadyTime) override {
        m_stack->setTraffic(true);
        return {};
    }
    Result<void> stopComponent(std::string_view, SteadyTime) override {
        m_stack->setTraffic(false);
        return {};
    }
    Result<void> down(SteadyTime) override {
        m_stack->countDown();
        return {};
    }
    std::vector<std::unique_ptr<Collector>> collectors(const StackStatus& status) override {
        std::vector<std::unique_ptr<Collector>> out;
        for (const auto& instance : status.endpoints.instances) {
            out.push_back(std::make_unique<FakeCollector>(m_stack, "service/" + instance.name));
        }
        for (const auto* source :
             {"postgres/primary", "postgres/replica-1", "postgres/replica-2", "pgbouncer", "redis", "haproxy"}) {
            out.push_back(std::make_unique<FakeCollector>(m_stack, source));
        }
        return out;
    }
    std::shared_ptr<app::PlanSource> plans() override { return std::make_shared<FakePlans>(m_stack); }

private:
    std::shared_ptr<FakeStack> m_stack;
};

double seconds(SteadyTime since) {
    return toSeconds(std::chrono::steady_clock::now() - since);
}

} // namespace

FakeStack::FakeStack()
    : m_start(std::chrono::steady_clock::now() - 60s)
    , m_instances{{"app-1", "stable"}, {"app-2", "stable"}, {"app-3", "canary"}} {}

void FakeStack::set(const std::string& source, Behaviour behaviour) {
    const std::lock_guard lock(m_mutex);
    m_behaviours[source] = behaviour;
}

void FakeStack::setAll(Behaviour behaviour) {
    for (const auto* source : {"service/app-1", "service/app-2", "service/app-3", "postgres/primary",
                               "postgres/replica-1", "postgres/replica-2", "pgbouncer", "redis", "haproxy", "stack"}) {
        set(source, behaviour);
    }
}

Behaviour FakeStack::behaviour(const std::string& source) const {
    const std::lock_guard lock(m_mutex);
    const auto known = m_behaviours.find(source);
    return known != m_behaviours.end() ? known->second : Behaviour::Answer;
}

void FakeStack::setPlan(std::optional<Result<std::string>> plan) {
    const std::lock_guard lock(m_mutex);
    m_plan = std::move(plan);
}

std::optional<Result<std::string>> FakeStack::plan() const {
    const std::lock_guard lock(m_mutex);
    return m_plan;
}

std::vector<app::PlanQuestion> FakeStack::planQuestions() const {
    const std::lock_guard lock(m_mutex);
    return m_planQuestions;
}

void FakeStack::countPlan(const app::PlanQuestion& question) {
    const std::lock_guard lock(m_mutex);
    m_planQuestions.push_back(question);
}

void FakeStack::setRoute(std::string route) {
    const std::lock_guard lock(m_mutex);
    m_route = std::move(route);
}

void FakeStack::setVersion(std::string version) {
    const std::lock_guard lock(m_mutex);
    m_version = std::move(version);
}

void FakeStack::addInstance(const std::string& name, const std::string& role) {
    const std::lock_guard lock(m_mutex);
    m_instances[name] = role;
}

void FakeStack::removeInstance(const std::string& name) {
    const std::lock_guard lock(m_mutex);
    m_instances.erase(name);
}

void FakeStack::setState(std::string state, std::string step) {
    const std::lock_guard lock(m_mutex);
    m_state = std::move(state);
    m_step = std::move(step);
}

void FakeStack::setTraffic(bool runs) {
    const std::lock_guard lock(m_mutex);
    m_traffic = runs;
}

void FakeStack::setShowsLiterals(bool shows) {
    const std::lock_guard lock(m_mutex);
    m_showsLiterals = shows;
}

bool FakeStack::traffic() const {
    const std::lock_guard lock(m_mutex);
    return m_traffic;
}

void FakeStack::setLag(double lag) {
    const std::lock_guard lock(m_mutex);
    m_lag = lag;
}

void FakeStack::setTable(const std::string& source, SnapshotTable table, std::optional<SteadyTime> since) {
    const std::lock_guard lock(m_mutex);
    const std::string id(table.spec().id);
    m_tables[source].insert_or_assign(id, Told{std::move(table), since});
}

void FakeStack::removeTable(const std::string& source, const std::string& table) {
    const std::lock_guard lock(m_mutex);
    m_tables[source].erase(table);
}

void FakeStack::setReading(const std::string& source, Reading reading) {
    const std::lock_guard lock(m_mutex);
    auto& readings = m_readings[source];
    std::erase_if(readings, [&](const Reading& known) { return known.key == reading.key; });
    readings.push_back(std::move(reading));
}

void FakeStack::addTold(Snapshot& snapshot, const std::string& source) const {
    if (const auto readings = m_readings.find(source); readings != m_readings.end()) {
        for (const auto& reading : readings->second) {
            std::erase_if(snapshot.readings, [&](const Reading& own) { return own.key == reading.key; });
            snapshot.readings.push_back(reading);
        }
    }
    if (const auto tables = m_tables.find(source); tables != m_tables.end()) {
        for (const auto& [id, told] : tables->second) {
            auto table = std::make_shared<SnapshotTable>(told.table);
            table->readAt = told.since.value_or(std::chrono::steady_clock::now());
            table->readAtUtc = std::chrono::system_clock::now();
            snapshot.tables.push_back(std::move(table));
        }
    }
}

StackStatus FakeStack::status() const {
    const std::lock_guard lock(m_mutex);
    StackStatus status;
    status.state = m_state;
    status.step = m_step;
    status.showsLiterals = m_showsLiterals;
    status.components.push_back({"demo-traffic", "demo_traffic", m_traffic ? "running" : "stopped", 1, 0, 0, 0, {}});
    for (const auto& [name, role] : m_instances) {
        status.endpoints.instances.push_back({name, role, m_version, {}, {}, {}});
    }
    return status;
}

void FakeStack::readService(Snapshot& snapshot, const std::string& name, const std::string& role) const {
    const double elapsed = seconds(m_start);
    const Labels own{{"instance", name}, {"role", role}, {"version", m_version}};
    const auto count = std::floor(elapsed * (role == "canary" ? 20 : 100));
    for (const auto& route : {m_route, std::string("GET /v1/tasks/{id}"), std::string("POST /v1/tasks")}) {
        Labels labels = own;
        labels.set("route", route);
        labels.set("status_class", "2xx");
        LatencyHistogram histogram;
        // Two humps: cached reads and those that asked the database.
        const double base = route.starts_with("POST") ? 6e6 : 4e5;
        for (int i = 0; i < 60; ++i) {
            const double place = (i - 30) / 10.0;
            const auto share = std::exp(-place * place) / 17.7;
            histogram.recordMany(static_cast<std::int64_t>(base * std::exp(place * 0.5)),
                                 static_cast<std::uint64_t>(count * share * 0.9));
            histogram.recordMany(static_cast<std::int64_t>(base * 12 * std::exp(place * 0.4)),
                                 static_cast<std::uint64_t>(count * share * 0.1));
        }
        snapshot.readings.push_back(counter("service.http.requests", labels, static_cast<double>(histogram.count())));
        snapshot.readings.push_back(binnacle::histogram("service.http.latency", labels, std::move(histogram)));
    }
    Labels cache{{"level", "l2"}, {"route", m_route}};
    cache.set("instance", name);
    snapshot.readings.push_back(counter("cache.hits", cache, std::floor(count * 0.92)));
    snapshot.readings.push_back(counter("cache.misses", cache, count - std::floor(count * 0.92)));
    snapshot.readings.push_back(counter("process.cpu_seconds", own, elapsed * 0.11));
    snapshot.readings.push_back(gauge("service.http.in_flight", own, std::round(3 + 2 * std::sin(elapsed))));
    snapshot.readings.push_back(gauge("pool.app.in_use", own, std::round(2 + std::sin(elapsed * 0.7))));
    snapshot.readings.push_back(gauge("pool.app.size", own, 5));
    snapshot.readings.push_back(gauge("pool.app.waiting", own, 0));
    snapshot.readings.push_back(gauge("pool.app.idle", own, 2));
    snapshot.readings.push_back(counter("pool.app.acquired", own, count * 0.4));
    snapshot.readings.push_back(counter("pool.app.timeouts", own, 0));
    LatencyHistogram waits;
    waits.recordMany(2'000, static_cast<std::uint64_t>(count * 0.38));
    waits.recordMany(900'000, static_cast<std::uint64_t>(count * 0.02));
    snapshot.readings.push_back(binnacle::histogram("pool.app.wait", own, std::move(waits)));
    snapshot.readings.push_back(gauge("degradation.level", own, static_cast<double>(m_control->levelOf(name))));
    snapshot.readings.push_back(gauge("degradation.generation", own, static_cast<double>(m_control->generation())));
}

void FakeStack::readPrimary(Snapshot& snapshot) const {
    const double elapsed = seconds(m_start);
    const Labels own{{"server", "primary"}};
    auto& out = snapshot.readings;
    out.push_back(counter("postgres.deadlocks", own, 0));
    out.push_back(counter("postgres.transactions", {{"server", "primary"}, {"outcome", "commit"}}, elapsed * 210));
    out.push_back(counter("postgres.wal.bytes", own, elapsed * 1.4e6 + 2e5 * std::sin(elapsed / 3)));
    out.push_back(gauge("postgres.connections", own, 14));
    out.push_back(gauge("postgres.max_connections", own, 100));
    out.push_back(gauge("postgres.blocked", own, 0));
    for (const auto* standby : {"replica-1", "replica-2"}) {
        const Labels labels{{"server", "primary"}, {"standby", standby}};
        const bool second = std::string_view(standby) == "replica-2";
        out.push_back(gauge("postgres.replication.lag_seconds", labels, second ? m_lag : 0.01));
        out.push_back(gauge("postgres.replication.lag_bytes", labels, second ? m_lag * 1e6 : 0));
        out.push_back(gauge("postgres.replication.state", {{"standby", standby}}, 1));
    }
}

Result<Snapshot> FakeStack::read(const std::string& source) const {
    const std::lock_guard lock(m_mutex);
    const double elapsed = seconds(m_start);
    Snapshot snapshot;
    snapshot.header.epoch = "fake";
    auto& out = snapshot.readings;
    if (source.starts_with("service/")) {
        const auto name = source.substr(8);
        const auto known = m_instances.find(name);
        readService(snapshot, name, known != m_instances.end() ? known->second : "stable");
    } else if (source == "postgres/primary") {
        readPrimary(snapshot);
    } else if (source.starts_with("postgres/")) {
        out.push_back(gauge("postgres.recovery.paused", {{"server", source.substr(9)}}, 0));
        out.push_back(gauge("postgres.connections", {{"server", source.substr(9)}}, 6));
        out.push_back(gauge("postgres.max_connections", {{"server", source.substr(9)}}, 100));
        out.push_back(
            counter("postgres.transactions", {{"server", source.substr(9)}, {"outcome", "commit"}}, elapsed * 12));
    } else if (source == "pgbouncer") {
        const Labels pool{{"pool", "binnacle"}};
        out.push_back(gauge("pgbouncer.servers_active", pool, std::round(2 + std::sin(elapsed))));
        out.push_back(gauge("pgbouncer.pool_size", pool, 5));
        out.push_back(gauge("pgbouncer.clients_waiting", pool, 0));
        out.push_back(gauge("pgbouncer.max_wait_seconds", pool, 0));
        out.push_back(counter("pgbouncer.queries", pool, elapsed * 300));
    } else if (source == "redis") {
        out.push_back(ratio("redis.hit_ratio", {}, 0.924));
        out.push_back(counter("redis.commands", {}, elapsed * 480));
        out.push_back(counter("redis.evictions", {}, 0));
        out.push_back(gauge("redis.memory_bytes", {}, 41e6));
        out.push_back(gauge("redis.memory_limit_bytes", {}, 128e6));
    } else if (source == "haproxy") {
        out.push_back(counter("haproxy.requests", {{"proxy", "api"}}, elapsed * 660));
        out.push_back(gauge("haproxy.sessions", {{"proxy", "api"}, {"server", "FRONTEND"}}, 24));
        out.push_back(gauge("haproxy.sessions_limit", {{"proxy", "api"}, {"server", "FRONTEND"}}, 400));
        out.push_back(gauge("haproxy.queue", {{"proxy", "be_stable"}}, 0));
        out.push_back(counter("haproxy.retries", {{"proxy", "be_stable"}}, 0));
        out.push_back(counter("haproxy.responses", {{"proxy", "api"}, {"class", "2xx"}}, elapsed * 657));
        out.push_back(counter("haproxy.responses", {{"proxy", "api"}, {"class", "4xx"}}, elapsed * 3));
        out.push_back(counter("haproxy.responses", {{"proxy", "api"}, {"class", "5xx"}}, 0));
        out.push_back(gauge("canary.share_percent", {}, m_control->percent()));
        for (const auto& [name, role] : m_instances) {
            out.push_back(gauge("haproxy.server.up", {{"proxy", "be_" + role}, {"server", name}}, 1));
        }
    }
    addTold(snapshot, source);
    snapshot.sort();
    return snapshot;
}

std::unique_ptr<app::StackLink> FakeStack::link(std::shared_ptr<FakeStack> stack) {
    return std::make_unique<FakeLink>(std::move(stack));
}

app::ConsoleParts FakeStack::parts(std::shared_ptr<FakeStack> stack, const QTemporaryDir& settings) {
    app::ConsoleParts parts;
    parts.control = FakeControl::link(stack->control());
    parts.link = link(std::move(stack));
    parts.clock = std::make_shared<SystemClock>();
    parts.stack.stateDir = settings.path();
    parts.stack.program = settings.filePath(QStringLiteral("no-such-program"));
    parts.settingsFile = settings.filePath(QStringLiteral("binnacle.ini"));
    parts.fonts = loadFonts(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/binnacle/fonts"));
    return parts;
}

} // namespace binnacle::test
