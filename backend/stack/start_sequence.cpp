// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/start_sequence.h"

#include "backend/stack/component_plans.h"
#include "backend/stack/config_files.h"
#include "backend/stack/database_setup.h"
#include "backend/stack/files.h"
#include "backend/stack/first_start.h"
#include "backend/stack/state_file.h"

#include <future>
#include <thread>

namespace binnacle::stack {

namespace {

constexpr std::chrono::seconds patience{60};
constexpr std::chrono::seconds kRecorderPatience{2};

bool isInitialised(const std::filesystem::path& data) {
    std::error_code error;
    return std::filesystem::exists(data / "PG_VERSION", error);
}

/// Takes the place of a data directory only once it is complete.
Result<void> finish(const std::filesystem::path& data) {
    std::error_code error;
    std::filesystem::rename(unfinished(data), data, error);
    if (error) {
        return std::unexpected(fileError("renamed", unfinished(data), error.value()));
    }
    return {};
}

class Start {
public:
    explicit Start(const StartEnvironment& environment)
        : m_env(environment)
        , m_setup(environment.setup) {}

    Result<void> run();

private:
    Result<void> startDatabase();
    Result<void> startReplicas();
    Result<void> copyReplica(int number);
    Result<void> startFront();
    Result<void> waitForApi();
    Result<void> startAndWait(const std::string& name);
    Result<void> readState();
    Result<void> saveState() { return writeFileIfChanged(m_setup.paths.stateFile(), toJson(m_state), 0600); }

    const StartEnvironment& m_env;
    const StackSetup& m_setup;
    StateFile m_state;
};

Result<void> Start::run() {
    if (auto read = readState(); !read) {
        return read;
    }
    // Redis, the instances and HAProxy need nothing of the database to start.
    auto front = std::async(std::launch::async, [this] { return startFront(); });
    m_env.startComponent("redis");
    auto database = startDatabase();
    auto fronted = front.get();
    if (!database) {
        return database;
    }
    if (!fronted) {
        return fronted;
    }
    for (const char* name : {"redis", "pgbouncer"}) {
        m_env.setStep(std::string(name) == "redis" ? "Redis: waiting for its answer"
                                                   : "pgBouncer: waiting for its answer");
        if (auto running = m_env.board.waitUntilRunning(name, deadlineIn(patience)); !running) {
            return running;
        }
    }
    return waitForApi();
}

Result<void> Start::readState() {
    const auto text = readFile(m_setup.paths.stateFile(), 65536);
    if (!text) {
        m_state.createdBy = BINNACLE_VERSION;
        return {};
    }
    auto state = parseStateFile(*text);
    if (!state) {
        return std::unexpected(state.error());
    }
    m_state = *state;
    return {};
}

Result<void> Start::startDatabase() {
    const auto data = m_setup.paths.postgresData("primary");
    if (!m_state.databaseReady && mayBeTorn(m_setup.paths)) {
        // Nothing is lost by it: a database that is not ready is made anew in any case.
        std::error_code error;
        for (const char* const server : {"primary", "replica-1", "replica-2"}) {
            std::filesystem::remove_all(m_setup.paths.postgresData(server), error);
        }
    }
    if (!isInitialised(data)) {
        m_env.setStep("PostgreSQL: creating the primary");
        m_state.postgresMajor = m_setup.programs.postgresMajor;
        m_state.databaseReady = false;
        if (auto saved = saveState(); !saved) {
            return saved;
        }
        // From here on until it is all on the disk.
        if (auto skipping = skipSyncing(m_setup.paths); !skipping) {
            return skipping;
        }
        std::error_code error;
        std::filesystem::remove_all(unfinished(data), error);
        const auto password = m_setup.paths.credentials() / (std::string(bootstrapRole) + ".password");
        if (auto made = m_env.runToEnd(initdbProgram(m_setup, password)); !made) {
            return made;
        }
        if (auto finished = finish(data); !finished) {
            return finished;
        }
    }
    if (auto told = m_state.databaseReady ? endSkipping(m_setup.paths) : skipSyncing(m_setup.paths); !told) {
        return told;
    }
    const bool haveReplicas = m_state.databaseReady && isInitialised(m_setup.paths.postgresData("replica-1")) &&
                              isInitialised(m_setup.paths.postgresData("replica-2"));
    if (haveReplicas) {
        m_env.startComponent("replica-1");
        m_env.startComponent("replica-2");
    }
    m_env.setStep("PostgreSQL: starting the primary");
    if (auto running = startAndWait("primary"); !running) {
        return running;
    }
    if (!m_state.databaseReady) {
        m_env.setStep("PostgreSQL: creating the database and its demo data");
        if (auto prepared = prepareDatabase(m_setup); !prepared) {
            return prepared;
        }
        m_state.databaseReady = true;
        if (auto saved = saveState(); !saved) {
            return saved;
        }
    } else if (auto refreshed = refreshRolePasswords(m_setup); !refreshed) {
        return refreshed;
    }
    // Not earlier: its connections prepare statements, which takes a finished database.
    m_env.startComponent("pgbouncer");
    if (!haveReplicas) {
        return startReplicas();
    }
    // Standbys that need longer on a later start hold nothing up: commits do not wait for them until both stream.
    const auto soon = deadlineIn(std::chrono::seconds(1));
    if (m_env.board.waitUntilRunning("replica-1", soon) && m_env.board.waitUntilRunning("replica-2", soon)) {
        return requireOneStandby(m_setup);
    }
    return {};
}

Result<void> Start::startReplicas() {
    m_env.setStep("PostgreSQL: copying the primary to both replicas");
    auto second = std::async(std::launch::async, [this] { return copyReplica(2); });
    auto first = copyReplica(1);
    auto other = second.get();
    if (!first) {
        return first;
    }
    if (!other) {
        return other;
    }
    m_env.setStep("PostgreSQL: waiting until both replicas stream");
    for (const char* name : {"replica-1", "replica-2"}) {
        if (auto running = m_env.board.waitUntilRunning(name, deadlineIn(patience)); !running) {
            return running;
        }
    }
    if (auto ended = endFirstStart(m_setup); !ended) {
        return ended;
    }
    return requireOneStandby(m_setup);
}

Result<void> Start::copyReplica(int number) {
    const auto name = "replica-" + std::to_string(number);
    const auto data = m_setup.paths.postgresData(name);
    if (!isInitialised(data)) {
        std::error_code error;
        std::filesystem::remove_all(unfinished(data), error);
        if (auto copied = m_env.runToEnd(baseBackupProgram(m_setup, number)); !copied) {
            return copied;
        }
        // The primary's own JSON log came along; a replica logs elsewhere.
        std::filesystem::remove_all(unfinished(data) / "log", error);
        if (auto signal = writeFile(unfinished(data) / "standby.signal", "", 0600); !signal) {
            return signal;
        }
        if (auto finished = finish(data); !finished) {
            return finished;
        }
    }
    m_env.startComponent(name);
    return {};
}

Result<void> Start::startFront() {
    for (const auto& instance : m_setup.instances) {
        m_env.startComponent(instance.name);
    }
    // A first health check that finds nobody would put a server out until the next one.
    for (const auto& instance : m_setup.instances) {
        if (auto running = m_env.board.waitUntilRunning(instance.name, deadlineIn(patience)); !running) {
            return running;
        }
    }
    // It needs neither PostgreSQL nor Redis, and takes over at its start what the instances hold.
    m_env.startComponent("control");
    const bool records = !m_setup.programs.ctl.empty();
    if (records) {
        m_env.startComponent("recorder");
    }
    if (auto running = startAndWait("haproxy"); !running) {
        return running;
    }
    if (records) {
        // It is there by now; a recorder that has trouble tells so in its status, and holds nothing up.
        [[maybe_unused]] const auto recording = m_env.board.waitUntilRunning("recorder", deadlineIn(kRecorderPatience));
    }
    return m_env.board.waitUntilRunning("control", deadlineIn(patience));
}

Result<void> Start::waitForApi() {
    m_env.setStep("HAProxy: waiting for the first answer of the service");
    const auto address = std::to_string(m_setup.ports.kept("api"));
    const auto authorization = "Authorization: Bearer " + m_setup.credentials.apiKey + "\r\n";
    const auto deadline = deadlineIn(std::chrono::seconds(30));
    std::string last = "no answer";
    while (std::chrono::steady_clock::now() < deadline) {
        // Ends with the wait of the others: somebody may have asked to stop meanwhile.
        if (auto alive = m_env.board.waitUntilRunning("haproxy", deadlineIn(patience)); !alive) {
            return alive;
        }
        const auto reply =
            httpRequest(address, "GET", "/v1/projects", authorization, "", deadlineIn(std::chrono::seconds(2)));
        if (reply && reply->status == 200) {
            return {};
        }
        last = reply ? "status " + std::to_string(reply->status) : reply.error().text;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return fail(ErrorCode::Timeout, "The service does not answer through HAProxy (" + last +
                                        "). 'binnacle-stack logs' shows what its components say.");
}

Result<void> Start::startAndWait(const std::string& name) {
    m_env.startComponent(name);
    return m_env.board.waitUntilRunning(name, deadlineIn(patience));
}

} // namespace

Result<void> startStack(const StartEnvironment& environment) {
    return Start(environment).run();
}

} // namespace binnacle::stack
