// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/preparation.h"

#include "backend/stack/config_files.h"
#include "backend/stack/config_text.h"
#include "backend/stack/files.h"
#include "backend/stack/first_start.h"
#include "backend/stack/process_tree.h"
#include "backend/stack/state_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <thread>

namespace binnacle::stack {

namespace {

/// The longest name of a socket in the run directory, and what the kernel allows for the whole path.
constexpr std::size_t longestSocketName = sizeof "/haproxy-admin.sock.99999999.tmp";
constexpr std::size_t longestSocketPath = 107;

bool mayReadWrite(const std::filesystem::path& directory) {
    return ::faccessat(AT_FDCWD, directory.c_str(), R_OK | W_OK | X_OK, AT_EACCESS) == 0;
}

Result<void> makeStateDirectory(const StackPaths& paths, const Account& account) {
    std::error_code error;
    const bool exists = std::filesystem::exists(paths.state, error);
    if (exists && !std::filesystem::is_directory(paths.state, error)) {
        return fail(ErrorCode::Invalid,
                    paths.state.string() + " is not a directory. Name another one with --state-dir.");
    }
    const bool foreign =
        exists && !std::filesystem::is_empty(paths.state, error) && !std::filesystem::exists(paths.stateFile(), error);
    if (foreign) {
        return {};
    }
    return ensurePrivateDirectory(paths.state, account.uid, account.gid);
}

Result<void> makeRunDirectory(const StackPaths& paths, const Account& account) {
    const auto run = paths.run.string();
    if (run.size() + longestSocketName > longestSocketPath) {
        return fail(ErrorCode::Invalid, "The directory for sockets, " + run +
                                            ", is too long for the system (a socket's path has at most 107 bytes). "
                                            "Set XDG_RUNTIME_DIR to a shorter one.");
    }
    if (!isUsableSocketDirectory(run)) {
        return fail(ErrorCode::Invalid, "The directory for sockets, " + run +
                                            ", has a comma or a control character in its path. Set XDG_RUNTIME_DIR "
                                            "to another one.");
    }
    if (::geteuid() != 0) {
        // Below /tmp anybody may have made it first: it must be this user's alone.
        if (auto made = ensurePrivateDirectory(paths.run.parent_path(), ::geteuid(), ::getegid()); !made) {
            return made;
        }
    }
    return ensurePrivateDirectory(paths.run, account.uid, account.gid);
}

Result<StateFile> readStateFile(const StackPaths& paths) {
    const auto text = readFile(paths.stateFile(), 65536);
    if (!text && text.error().code == ErrorCode::NotFound) {
        return StateFile{.createdBy = BINNACLE_VERSION};
    }
    if (!text) {
        return std::unexpected(text.error());
    }
    auto state = parseStateFile(*text);
    if (!state) {
        return fail(state.error().code, state.error().text + " (" + paths.state.string() +
                                            ") Use the Binnacle that wrote it, another --state-dir, or delete the "
                                            "data with 'binnacle-stack reset'.");
    }
    return state;
}

/// The major version that the primary's files say, 0 when there are none.
int dataMajorOf(const StackPaths& paths) {
    const auto text = readFile(paths.postgresData("primary") / "PG_VERSION", 64);
    return text ? std::atoi(text->c_str()) : 0;
}

/// The first start claims its names in the state directory, so that foreign files of these names are found before
/// anything is written.
Result<void> claimStateDirectory(const StackPaths& paths, const StateFile& state) {
    std::error_code error;
    if (std::filesystem::exists(paths.stateFile(), error)) {
        return {};
    }
    for (const auto& name : ownEntries()) {
        if (name != "lock" && std::filesystem::exists(paths.state / name, error)) {
            return fail(ErrorCode::Conflict, (paths.state / name).string() +
                                                 " is there already and is not Binnacle's. Choose another place with "
                                                 "--state-dir.");
        }
    }
    return writeFile(paths.stateFile(), toJson(state), 0600);
}

Result<void> makeSubdirectories(const StackPaths& paths) {
    for (const auto& directory :
         {paths.logs(), paths.credentials(), paths.postgres(), paths.pgbouncer(), paths.redis(), paths.haproxy(),
          paths.instances(), paths.control(), paths.migrations(), paths.audit(), paths.recorder()}) {
        if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
            return std::unexpected(fileError("created", directory, errno));
        }
    }
    // HAProxy's configuration names sockets relative to its directory: no quoting, no limit to the path.
    const auto link = paths.haproxy() / "run";
    std::error_code error;
    if (std::filesystem::read_symlink(link, error) != paths.run) {
        std::filesystem::remove(link, error);
        std::filesystem::create_symlink(paths.run, link, error);
        if (error) {
            return std::unexpected(fileError("created", link, error.value()));
        }
    }
    return {};
}

/// A port that was freed a moment ago by a process that is just dying is waited for.
bool becomesFree(int port) {
    for (int attempt = 0; attempt < 20; ++attempt) {
        if (isPortFree(port)) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    return false;
}

Result<void> reservePorts(StackSetup& setup) {
    const auto text = readFile(setup.paths.portsFile(), 65536);
    auto plan = PortPlan::parse(text ? *text : "");
    if (!plan) {
        return fail(plan.error().code, plan.error().text + " Delete " + setup.paths.portsFile().string() +
                                           " to have new ports chosen, and start again.");
    }
    setup.ports = std::move(*plan);
    std::vector<std::string> purposes = {"api"};
    for (const auto& instance : setup.instances) {
        purposes.push_back(publicPortOf(instance.name));
        purposes.push_back(metricsPortOf(instance.name));
    }
    for (const auto& purpose : purposes) {
        if (const int kept = setup.ports.kept(purpose); kept != 0 && !becomesFree(kept)) {
            const auto owner = describePortOwner(kept);
            return fail(ErrorCode::Conflict, "Port " + std::to_string(kept) + " on 127.0.0.1, kept for " + purpose +
                                                 ", is in use by " + (owner.empty() ? "another program" : owner) +
                                                 ". Stop that program, or delete " + setup.paths.portsFile().string() +
                                                 " to have new ports chosen, and start again.");
        }
        if (auto port = setup.ports.portFor(purpose, setup.portSeed(), isPortFree); !port) {
            return std::unexpected(port.error());
        }
    }
    return writeFileIfChanged(setup.paths.portsFile(), setup.ports.toJson(), 0600);
}

Result<void> readInstances(StackSetup& setup) {
    const auto text = readFile(setup.paths.instancesFile(), 65536);
    auto instances = text ? parseInstances(*text) : Result<std::vector<InstanceSpec>>(defaultInstances());
    if (!instances) {
        return fail(instances.error().code, instances.error().text + " Delete " + setup.paths.instancesFile().string() +
                                                " to have the usual three again, and start again.");
    }
    setup.instances = std::move(*instances);
    return writeFileIfChanged(setup.paths.instancesFile(), toJson(setup.instances), 0600);
}

} // namespace

Result<std::optional<UniqueFd>> tryLock(const StackPaths& paths) {
    UniqueFd fd(::open(paths.lockFile().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd) {
        return std::unexpected(fileError("written", paths.lockFile(), errno));
    }
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) {
        return std::optional(std::move(fd));
    }
    return std::optional<UniqueFd>();
}

pid_t lockHolder(const StackPaths& paths) {
    const auto text = readFile(paths.lockFile(), 64);
    return text ? std::atoi(text->c_str()) : 0;
}

Result<void> makeDirectories(const StackPaths& paths, const Account& account) {
    if (auto made = makeStateDirectory(paths, account); !made) {
        return made;
    }
    return makeRunDirectory(paths, account);
}

Result<void> prepareStack(StackSetup& setup) {
    const auto& paths = setup.paths;
    if (!mayReadWrite(paths.state)) {
        return fail(ErrorCode::Denied,
                    "The account '" + setup.account.name + "' can't read and write " + paths.state.string() +
                        ", or a directory above it is private. Choose another place with --state-dir.");
    }
    const auto state = readStateFile(paths);
    if (!state) {
        return std::unexpected(state.error());
    }
    const int dataMajor = dataMajorOf(paths);
    auto programs = findPrograms(dataMajor);
    if (!programs) {
        return std::unexpected(programs.error());
    }
    setup.programs = std::move(*programs);
    if (auto matches = checkPostgresMajor(dataMajor, setup.programs.postgresMajor, paths.state.string()); !matches) {
        return matches;
    }
    if (state->databaseReady && mayBeTorn(paths)) {
        return fail(ErrorCode::Conflict,
                    "The machine ended before the data of the first start in " + paths.state.string() +
                        " was on the disk as a whole, and what is there may be damaged. 'binnacle-stack reset' makes "
                        "it anew.");
    }
    for (const auto& program : {setup.programs.service, setup.programs.load}) {
        if (!mayExecute(program)) {
            return fail(ErrorCode::Denied, "The account '" + setup.account.name + "' may not run " + program +
                                               ": a directory above it is private. Build or install Binnacle where "
                                               "every account can reach it.");
        }
    }
    if (auto claimed = claimStateDirectory(paths, *state); !claimed) {
        return claimed;
    }
    // What a killed supervisor could not take along (it and its guardian were killed at once).
    killAndWait(processesWorkingIn(paths.state, setup.account.uid));
    if (auto made = makeSubdirectories(paths); !made) {
        return made;
    }
    auto credentials = loadOrCreateCredentials(paths.credentials());
    if (!credentials) {
        return std::unexpected(credentials.error());
    }
    setup.credentials = std::move(*credentials);
    if (auto read = readInstances(setup); !read) {
        return read;
    }
    if (auto reserved = reservePorts(setup); !reserved) {
        return reserved;
    }
    return writeConfigFiles(setup);
}

const std::vector<std::string>& ownEntries() {
    static const std::vector<std::string> names = {
        "state.json", "ports.json", "instances.json", "failure.json", "lock",    "logs",  "credentials", "postgres",
        "pgbouncer",  "redis",      "haproxy",        "instances",    "control", "audit", "recorder"};
    return names;
}

} // namespace binnacle::stack
