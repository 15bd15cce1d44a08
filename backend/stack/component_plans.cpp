// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/component_plans.h"

#include "backend/clients/stack_locator.h"
#include "backend/stack/config_text.h"
#include "backend/stack/process_tree.h"

namespace binnacle::stack {

namespace {

std::vector<std::string> childEnvironment(const StackSetup& setup) {
    std::vector<std::string> variables = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                                          "LC_ALL=C.UTF-8",
                                          "TZ=UTC",
                                          "HOME=" + setup.paths.state.string(),
                                          "USER=" + setup.account.name,
                                          "LOGNAME=" + setup.account.name};
    const auto own = processEnvironment();
    for (const char* name : {"BINNACLE_RESOURCES", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
        if (const auto value = own(name)) {
            variables.push_back(std::string(name) + "=" + *value);
        }
    }
    return variables;
}

ProgramSpec program(const StackSetup& setup, std::string path, std::vector<std::string> arguments,
                    std::filesystem::path directory, const std::string& logName) {
    ProgramSpec spec;
    spec.program = std::move(path);
    spec.arguments = std::move(arguments);
    spec.environment = childEnvironment(setup);
    spec.directory = std::move(directory);
    spec.log = setup.paths.logOf(logName);
    return spec;
}

ComponentPlan postgresPlan(const StackSetup& setup, const std::string& server, const char* role) {
    ComponentPlan plan;
    plan.name = server;
    plan.role = role;
    const auto data = setup.paths.postgresData(server);
    const auto config = setup.paths.postgres() / (server + ".conf");
    plan.program =
        program(setup, (setup.programs.postgresBin / "postgres").string(),
                {"-D", data.string(), "-c", "config_file=" + config.string()}, setup.paths.postgres(), server);
    // An immediate shutdown takes the server's own children along, which a plain kill of the postmaster leaves to
    // notice by themselves.
    plan.program.deathSignal = SIGQUIT;
    plan.stopSignal = SIGINT;
    plan.stopPatience = std::chrono::seconds(10);
    plan.beforeStart = [data, uid = setup.account.uid] {
        // The supervisor's lock says that nobody else may serve this directory: what still works in it was left behind
        // by a death, and without it a pid file can only be stale (its number may be another program's by now).
        killAndWait(processesWorkingIn(data, uid));
        std::error_code error;
        std::filesystem::remove(data / "postmaster.pid", error);
    };
    return plan;
}

} // namespace

ComponentPlan primaryPlan(const StackSetup& setup) {
    auto plan = postgresPlan(setup, "primary", "postgres_primary");
    plan.makeProbe = [conninfo = setup.conninfoWithPassword(primarySocketPort, "postgres", bootstrapRole)] {
        return postgresProbe(conninfo);
    };
    return plan;
}

ComponentPlan replicaPlan(const StackSetup& setup, int number) {
    auto plan = postgresPlan(setup, "replica-" + std::to_string(number), "postgres_replica");
    plan.makeProbe = [conninfo = setup.conninfoWithPassword(firstReplicaSocketPort + number - 1, "postgres",
                                                            bootstrapRole)] { return standbyProbe(conninfo); };
    return plan;
}

ComponentPlan pgbouncerPlan(const StackSetup& setup) {
    ComponentPlan plan;
    plan.name = "pgbouncer";
    plan.role = "pgbouncer";
    plan.program = program(setup, setup.programs.pgbouncer, {"pgbouncer.ini"}, setup.paths.pgbouncer(), "pgbouncer");
    // SIGINT waits for running transactions, SIGTERM ends at once; the instances are gone by then.
    plan.stopSignal = SIGTERM;
    plan.makeProbe = [conninfo = setup.conninfoWithPassword(pgbouncerSocketPort, "binnacle", "app_rw")] {
        return postgresProbe(conninfo);
    };
    plan.beforeStart = [socket = setup.paths.run / (".s.PGSQL." + std::to_string(pgbouncerSocketPort))] {
        std::error_code error;
        std::filesystem::remove(socket, error);
    };
    return plan;
}

ComponentPlan redisPlan(const StackSetup& setup) {
    ComponentPlan plan;
    plan.name = "redis";
    plan.role = "redis";
    plan.program = program(setup, setup.programs.redis, {"redis.conf"}, setup.paths.redis(), "redis");
    plan.program.name = "redis-server"; // the program looks at its name, which may be redis-check-rdb on the disk
    plan.makeProbe = [address = "unix:" + setup.paths.redisSocket().string(), password = setup.credentials.redisAdmin] {
        return redisProbe(address, bootstrapRole, password);
    };
    return plan;
}

ComponentPlan haproxyPlan(const StackSetup& setup) {
    ComponentPlan plan;
    plan.name = "haproxy";
    plan.role = "haproxy";
    plan.program =
        program(setup, setup.programs.haproxy, {"-db", "-f", "haproxy.cfg"}, setup.paths.haproxy(), "haproxy");
    plan.makeProbe = [address = "unix:" + setup.paths.haproxyReadSocket().string()] {
        return httpProbe(address, "/share");
    };
    return plan;
}

ComponentPlan instancePlan(const StackSetup& setup, const InstanceSpec& instance) {
    ComponentPlan plan;
    plan.name = instance.name;
    plan.role = "service";
    const auto config = setup.paths.instances() / (instance.name + ".json");
    plan.program =
        program(setup, setup.programs.service, {"--config", config.string()}, setup.paths.instances(), instance.name);
    plan.makeProbe = [port = std::to_string(setup.ports.kept(publicPortOf(instance.name)))] {
        return httpProbe(port, "/healthz/live");
    };
    plan.beforeStart = [socket = setup.paths.adminSocketOf(instance.name)] {
        std::error_code error;
        std::filesystem::remove(socket, error);
    };
    return plan;
}

ComponentPlan controlPlan(const StackSetup& setup) {
    ComponentPlan plan;
    plan.name = "control";
    plan.role = "control";
    plan.program = program(setup, setup.programs.control, {"--config", setup.paths.controlConfig().string()},
                           setup.paths.control(), "control");
    plan.makeProbe = [address = "unix:" + setup.paths.controlSocket().string()] {
        return httpProbe(address, "/v1/version");
    };
    // An act under way is given its five seconds to be seen in effect, and its end stands in the audit.
    plan.stopPatience = std::chrono::seconds(6);
    return plan;
}

ComponentPlan recorderPlan(const StackSetup& setup) {
    ComponentPlan plan;
    plan.name = "recorder";
    plan.role = "recorder";
    plan.program = program(setup, setup.programs.ctl,
                           {"--state-dir", setup.paths.state.string(), "record", "run", "--file",
                            setup.paths.recording().string(), "--stack-socket", setup.paths.stackSocket().string()},
                           setup.paths.recorder(), "recorder");
    // It marks the file each second that it could write: one that stands still records nothing.
    plan.makeProbe = [file = setup.paths.recording()] { return advancingFileProbe(file); };
    return plan;
}

ComponentPlan demoTrafficPlan(const StackSetup& setup) {
    ComponentPlan plan;
    plan.name = "demo-traffic";
    plan.role = "demo_traffic";
    plan.program = program(setup, setup.programs.load,
                           {"run", "--rate", "50", "--duration", "0", "--mix", "default", "--url",
                            "http://127.0.0.1:" + std::to_string(setup.ports.kept("api")), "--key-file",
                            (setup.paths.credentials() / "api.key").string()},
                           setup.paths.instances(), "demo-traffic");
    return plan;
}

ProgramSpec initdbProgram(const StackSetup& setup, const std::filesystem::path& passwordFile) {
    const auto target = unfinished(setup.paths.postgresData("primary"));
    // Not synced file by file: the supervisor syncs the file system once everything runs.
    return program(setup, (setup.programs.postgresBin / "initdb").string(),
                   {"-D", target.string(), "-U", bootstrapRole, "--pwfile", passwordFile.string(), "--auth",
                    "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions"},
                   setup.paths.postgres(), "initdb");
}

ProgramSpec baseBackupProgram(const StackSetup& setup, int number) {
    const auto name = "replica-" + std::to_string(number);
    const auto source = setup.conninfo(primarySocketPort, "replication", "replicator") + " application_name=" + name +
                        " passfile=" + quoteForConninfo((setup.paths.credentials() / "replication.pgpass").string());
    // Without the log since its beginning: the slot, reserved before, keeps that for the replica's first question.
    return program(setup, (setup.programs.postgresBin / "pg_basebackup").string(),
                   {"-D", unfinished(setup.paths.postgresData(name)).string(), "-d", source, "-c", "fast", "-X", "none",
                    "--no-sync", "--no-manifest", "-w"},
                   setup.paths.postgres(), "pg_basebackup");
}

std::filesystem::path unfinished(const std::filesystem::path& dataDirectory) {
    auto path = dataDirectory;
    path += ".new";
    return path;
}

} // namespace binnacle::stack
