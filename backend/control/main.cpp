// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/sha256.h"
#include "backend/clients/pg_connect.h"
#include "backend/clients/secret.h"
#include "backend/clients/system_clock.h"
#include "backend/control/api_server.h"
#include "backend/control/cache_acts.h"
#include "backend/control/control_config.h"
#include "backend/control/control_loop.h"
#include "backend/control/effect_keeper.h"
#include "backend/control/instance_acts.h"
#include "backend/control/migration_desk.h"
#include "backend/control/pool_acts.h"
#include "backend/control/session_acts.h"
#include "backend/control/sqlite_store.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <random>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace binnacle;
using namespace binnacle::control;

void logLine(const char* level, const std::string& message) {
    const nlohmann::ordered_json line = {
        {"at", isoTime(SystemClock().utcNow())}, {"level", level}, {"message", message}};
    std::fprintf(stderr, "%s\n", line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
}

int failed(const Error& error) {
    logLine("error", error.text);
    return 1;
}

/// Held until the process ends: two controls over one state would both be right.
Result<int> lockState(const ControlConfig& config) {
    std::error_code error;
    std::filesystem::create_directories(config.stateDir, error);
    const int fd = ::open(config.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (error || fd < 0 || ::chmod(config.stateDir.c_str(), 0700) != 0) {
        return fail(ErrorCode::Io, config.stateDir.string() + " can't be used: " + std::strerror(errno));
    }
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::Conflict, "Another binnacle-control uses " + config.stateDir.string());
    }
    return fd;
}

std::unique_ptr<MigrationDesk> makeDesk(const ControlConfig& config, const Clock& clock) {
    if (!config.migrations) {
        return nullptr;
    }
    RunnerOptions options;
    options.jitter = [engine = std::mt19937(std::random_device()())]() mutable {
        return std::uniform_real_distribution<double>(0, 1)(engine);
    };
    return std::make_unique<MigrationDesk>(
        [directory = config.migrations->directory] { return readMigrations(directory, sha256Hex); },
        [access = config.migrations->access] { return std::make_unique<PgMigrationDatabase>(access); },
        std::move(options), clock);
}

/// A desk for each kind of act that the configuration names something for.
std::vector<std::unique_ptr<ActDesk>> makeActDesks(const ControlConfig& config, const InstanceDirectory& instances,
                                                   HoldStore& holds, const Clock& clock) {
    std::vector<std::unique_ptr<ActDesk>> desks;
    const auto add = [&desks](std::unique_ptr<QuickActs> acts) {
        desks.push_back(std::make_unique<ActDesk>(std::move(acts)));
    };
    if (!config.sessions.empty()) {
        add(std::make_unique<SessionActs>(config.sessions));
    }
    add(std::make_unique<CacheActs>(instances, config.adminTokenFile));
    add(std::make_unique<InstanceActs>(instances, config.split.adminSocket, holds));
    if (config.pools) {
        add(std::make_unique<PoolActs>(*config.pools, holds, clock));
    }
    return desks;
}

int serve(const std::string& file) {
    // Blocked before any thread exists, so that all inherit it and the wait below gets them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    ::umask(077);

    const auto config = readControlConfig(file);
    if (!config) {
        return failed(config.error());
    }
    if (const auto locked = lockState(*config); !locked) {
        return failed(locked.error());
    }
    const auto store = SqliteStore::open(config->database());
    if (!store) {
        return failed(store.error());
    }
    const SystemClock clock;
    ConfiguredInstances instances(file, config->instances);
    HttpFleet fleet([&instances] { return instances.list(); }, config->adminTokenFile);
    HaproxySplitMap split(config->split);
    LevelActuator level(fleet);
    ShareActuator share(split);
    EngineOptions options;
    options.environment = config->environment;
    options.journals = config->auditDir;
    const auto logProblem = [](const std::string& problem) { logLine("warning", problem); };
    const auto effects = EffectStore::open(config->database());
    if (!effects) {
        return failed(effects.error());
    }
    FleetWatch fleetWatch([&instances] { return instances.list(); }, httpProbe, clock);
    if (const auto held = (*store)->held(Resource::CanaryShare)) {
        fleetWatch.splitChanged(clock.steadyNow() -
                                std::max(clock.utcNow() - held->changedAt, UtcTime::duration::zero()));
    }
    EffectKeeper evidence(fleetWatch, **effects, clock, config->effects, logProblem);
    evidence.takeOver();
    options.evidence = &evidence;
    const auto holds = HoldStore::open(config->database());
    if (!holds) {
        return failed(holds.error());
    }
    const auto desk = makeDesk(*config, clock);
    const auto actDesks = makeActDesks(
        *config, [&instances] { return instances.list(); }, **holds, clock);
    std::vector<Undertaking*> undertakings{desk.get()};
    for (const auto& actDesk : actDesks) {
        undertakings.push_back(actDesk.get());
    }
    ActionEngine engine(**store, {{Resource::DegradationLevel, &level}, {Resource::CanaryShare, &share}}, clock,
                        options, undertakings);
    if (auto imported = engine.importJournals(); !imported) {
        logLine("warning", imported.error().text);
    }
    if (auto resumed = engine.resumeUndertakings(); !resumed) {
        return failed(resumed.error());
    }
    ControlLoop loop(engine, logProblem);
    for (const auto resource : allResources) {
        if (auto reconciled = engine.reconcile(resource); !reconciled) {
            logLine("warning", reconciled.error().text);
        }
    }
    const Gatekeeper gate(config->adminUids, ::geteuid(), config->tokens());
    ControlApi api(engine, gate, clock, config->environment, &evidence, desk.get(), holds->get());
    ApiServer server([&api](const ApiCall& call) { return api.handle(call); });
    if (auto listening = server.listen(config->socket); !listening) {
        return failed(listening.error());
    }
    fleetWatch.start();
    evidence.start();
    const auto ended = [&engine](const AuditEntry& intent, const AuditResult& result) {
        return engine.undertakingEnded(intent, result);
    };
    if (desk) {
        desk->start(ended);
    }
    for (const auto& actDesk : actDesks) {
        actDesk->start(ended, [&engine, logProblem](const QuickActs::Own& own) {
            auto begun = engine.actByItself(own.change, own.reason, own.requestId);
            if (!begun && begun.error().code != ErrorCode::Conflict) {
                logProblem(begun.error().text);
            }
            return begun;
        });
    }
    loop.start();
    logLine("info", "Listening on " + config->socket + ", audit chain " + (*store)->writerId());
    int signal = 0;
    sigwait(&signals, &signal);
    logLine("info", "Stopping");
    server.stop();
    if (desk) {
        desk->stop(); // before the engine ends, to which it tells
    }
    for (const auto& actDesk : actDesks) {
        actDesk->stop();
    }
    return 0;
}

int newToken(const std::string& file, const std::string& name, const std::string& role) {
    const auto config = readControlConfig(file);
    if (!config) {
        return failed(config.error());
    }
    const auto known = roleFromName(role);
    if (!known) {
        return failed({ErrorCode::Invalid, "The role is viewer, operator or admin."});
    }
    const auto token = addToken(config->tokens(), name, *known);
    if (!token) {
        return failed(token.error());
    }
    std::printf("%s\n", token->c_str());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Holds the desired state, carries out actions and keeps their audit.");
    app.set_version_flag("--version", BINNACLE_VERSION);
    std::string config;
    app.add_option("--config", config, "The configuration, JSON")->required();
    auto* token = app.add_subcommand("add-token", "Let a person in, and print their token");
    std::string name;
    std::string role;
    token->add_option("--name", name, "Who it is, as the audit names them")->required();
    token->add_option("--role", role, "viewer, operator or admin")->required();
    try {
        forgetPostgresEnvironment();
        forbidCoreFiles();
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (token->parsed()) {
        return newToken(config, name, role);
    }
    const int code = serve(config);
    if (code == 0) {
        logLine("info", "Stopped"); // all threads are, and the file is closed
    }
    return code;
}
