// SPDX-License-Identifier: GPL-3.0-or-later
// `up` and `run`: from the command line to a supervisor.
#include "backend/stack/commands.h"
#include "backend/stack/files.h"
#include "backend/stack/guardian.h"
#include "backend/stack/preparation.h"
#include "backend/stack/stack_client.h"
#include "backend/stack/supervisor.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <thread>

namespace binnacle::stack {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds startPatience{120};

struct Launch {
    StackSetup setup;
    UniqueFd lock; ///< none: a stack is there already
};

/// What the launcher does before a supervisor exists: account, directories, resources, lock.
Result<Launch> prepareLaunch(const StackPaths& paths) {
    Launch launch;
    launch.setup.paths = paths;
    launch.setup.launcherUid = ::geteuid();
    launch.setup.cores = std::max(1U, std::thread::hardware_concurrency());
    bool created = false;
    auto account = accountForChildren(created);
    if (!account) {
        return std::unexpected(account.error());
    }
    if (created) {
        std::fprintf(stderr, "binnacle-stack: created the system account '%s', which runs the stack's processes\n",
                     serviceAccountName);
    }
    launch.setup.account = std::move(*account);
    if (auto made = makeDirectories(paths, launch.setup.account); !made) {
        return std::unexpected(made.error());
    }
    if (auto loaded = loadResources(launch.setup); !loaded) {
        return std::unexpected(loaded.error());
    }
    if (auto taken = accessFilesAs(launch.setup.account); !taken) {
        return std::unexpected(taken.error());
    }
    auto lock = tryLock(paths);
    if (!lock) {
        if (lock.error().code == ErrorCode::Denied && launch.setup.account.changesIdentity) {
            return fail(ErrorCode::Denied, "The account 'binnacle', which runs the stack's processes, can't write " +
                                               paths.state.string() +
                                               ", or a directory above it is private. Choose another place with "
                                               "--state-dir, such as one below /var/lib.");
        }
        return std::unexpected(lock.error());
    }
    if (*lock) {
        launch.lock = std::move(**lock);
    }
    return launch;
}

void redirectErrors(const std::filesystem::path& log) {
    const UniqueFd file(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
    ::dup2(file.get(), STDERR_FILENO);
}

void dropStandardStreams() {
    const UniqueFd nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        ::dup2(nothing.get(), stream);
    }
}

/// The supervisor's life, in the child of the guardian.
int supervise(Launch& launch, const Supervisor::Options& options, bool detached) {
    std::signal(SIGPIPE, SIG_IGN);
    ::umask(077);
    const auto report = [&](const std::string& sentence) {
        const auto line = "F " + sentence + "\n";
        if (options.verdictFd >= 0) {
            [[maybe_unused]] const auto written = ::write(options.verdictFd, line.data(), line.size());
        }
        return EXIT_FAILURE;
    };
    if (::chdir("/") != 0) {
        return report("The root directory can't be entered.");
    }
    const auto holder = std::to_string(::getpid()) + "\n";
    if (::ftruncate(launch.lock.get(), 0) != 0 ||
        ::pwrite(launch.lock.get(), holder.data(), holder.size(), 0) != static_cast<ssize_t>(holder.size())) {
        return report(fileError("written", launch.setup.paths.lockFile(), errno).text);
    }
    if (auto prepared = prepareStack(launch.setup); !prepared) {
        return report(prepared.error().text);
    }
    if (detached) {
        redirectErrors(launch.setup.paths.logOf("supervisor")); // its directory exists only now
    }
    Supervisor supervisor(std::move(launch.setup), options);
    return supervisor.run();
}

std::string field(const std::string& document, const char* name) {
    const auto parsed = nlohmann::json::parse(document, nullptr, false);
    return parsed.is_object() && parsed.contains(name) && parsed[name].is_string() ? parsed[name].get<std::string>()
                                                                                   : std::string();
}

/// Shows the steps of a start to whoever waits for it.
class Progress {
public:
    explicit Progress(const StackPaths& paths)
        : m_paths(paths) {}

    /// Asks once; returns the document, if any.
    std::string look() {
        const auto document = fetchStatus(m_paths, std::chrono::milliseconds(500));
        if (!document) {
            return {};
        }
        if (const auto step = field(*document, "step"); !step.empty() && step != m_last) {
            std::fprintf(stderr, "binnacle-stack: %s\n", step.c_str());
            m_last = step;
        }
        return *document;
    }

private:
    const StackPaths& m_paths;
    std::string m_last;
};

int succeed(const CommandLine& line, const StackPaths& paths) {
    const auto document = fetchStatus(paths, std::chrono::seconds(2));
    if (!document) {
        return complain(line, document.error().text);
    }
    if (line.json) {
        std::printf("%s\n", document->c_str());
        return 0;
    }
    const auto parsed = nlohmann::json::parse(*document, nullptr, false);
    std::printf("The stack runs. API: %s\n", parsed["endpoints"].value("api", "").c_str());
    return 0;
}

/// A supervisor is there already: waits until it runs.
int attach(const CommandLine& line, const StackPaths& paths) {
    Progress progress(paths);
    const auto deadline = Clock::now() + startPatience;
    bool seen = false;
    while (Clock::now() < deadline) {
        const auto state = field(progress.look(), "state");
        seen = seen || !state.empty();
        if (state == "running") {
            if (line.demo) {
                if (auto started = postToStack(paths, "/v1/components/demo-traffic/start", std::chrono::seconds(5));
                    !started) {
                    return complain(line, started.error().text);
                }
            }
            return succeed(line, paths);
        }
        auto lock = tryLock(paths);
        if (lock && *lock) {
            const auto failure = lastFailure(paths);
            return complain(line, failure.empty() ? "The stack was stopped meanwhile; start it again." : failure);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return complain(line, seen ? "The stack did not come up in time. 'binnacle-stack logs' shows why."
                               : "Another process (" + std::to_string(lockHolder(paths)) + ") holds " +
                                     paths.lockFile().string() + " and does not answer. End it, and start again.");
}

/// Waits for the supervisor's verdict and shows its steps meanwhile.
int awaitVerdict(const CommandLine& line, const StackPaths& paths, int verdict) {
    Progress progress(paths);
    std::string text;
    for (;;) {
        pollfd entry{verdict, POLLIN, 0};
        if (::poll(&entry, 1, 50) > 0) {
            char buffer[4096];
            const auto got = ::read(verdict, buffer, sizeof buffer);
            if (got <= 0) {
                return complain(line, "The supervisor ended before the stack was up. 'binnacle-stack logs' shows why.");
            }
            text.append(buffer, static_cast<std::size_t>(got));
        }
        if (text.ends_with('\n')) {
            return text.starts_with('R') ? succeed(line, paths) : complain(line, text.substr(2, text.size() - 3));
        }
        progress.look();
    }
}

/// A process that is not ours to wait for keeps the lock for a moment after a kill: its guardian clears up.
Result<Launch> prepareLaunchPatiently(const StackPaths& paths) {
    auto launch = prepareLaunch(paths);
    if (!launch || launch->lock) {
        return launch;
    }
    const auto deadline = Clock::now() + std::chrono::seconds(12);
    while (Clock::now() < deadline && !fetchStatus(paths, std::chrono::milliseconds(200))) {
        auto lock = tryLock(paths);
        if (lock && *lock) {
            launch->lock = std::move(**lock);
            return launch;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return launch;
}

} // namespace

int commandUp(const CommandLine& line, const StackPaths& paths) {
    // The stack outlives its caller: whatever else the caller had open (a lock, a pipe) must not be held by it.
    ::close_range(STDERR_FILENO + 1, std::numeric_limits<unsigned>::max(), 0);
    auto launch = prepareLaunchPatiently(paths);
    if (!launch) {
        return complain(line, launch.error().text);
    }
    if (!launch->lock) {
        return attach(line, paths);
    }
    int pipe[2] = {-1, -1};
    if (::pipe2(pipe, O_CLOEXEC) != 0) {
        return complain(line, "A pipe can't be made.");
    }
    const UniqueFd reading(pipe[0]);
    UniqueFd writing(pipe[1]);
    std::fflush(nullptr);
    const pid_t guardian = ::fork();
    if (guardian == 0) {
        ::setsid();
        if (::chdir("/") != 0) {
            ::_exit(EXIT_FAILURE);
        }
        dropStandardStreams();
        const Supervisor::Options options{line.demo, writing.get(), ::getpid()};
        ::_exit(guardSupervisor([&] { return supervise(*launch, options, true); }, [&] { writing.reset(); }));
    }
    if (guardian < 0) {
        return complain(line, "The supervisor can't be started: no more processes are allowed.");
    }
    writing.reset();
    launch->lock.reset();
    const int status = awaitVerdict(line, paths, reading.get());
    if (status != 0) {
        // Not before everything is gone.
        ::waitpid(guardian, nullptr, 0);
    }
    return status;
}

int commandRun(const CommandLine& line, const StackPaths& paths) {
    auto launch = prepareLaunchPatiently(paths);
    if (!launch) {
        return complain(line, launch.error().text);
    }
    if (!launch->lock) {
        return complain(line, "The stack runs already. 'binnacle-stack down' stops it.");
    }
    int pipe[2] = {-1, -1};
    if (::pipe2(pipe, O_CLOEXEC) != 0) {
        return complain(line, "A pipe can't be made.");
    }
    const UniqueFd reading(pipe[0]);
    UniqueFd writing(pipe[1]);
    const Supervisor::Options options{line.demo, writing.get(), ::getpid()};
    std::fflush(nullptr);
    const int status = guardSupervisor([&] { return supervise(*launch, options, false); }, [&] { writing.reset(); });
    char buffer[4096];
    const auto got = ::read(reading.get(), buffer, sizeof buffer);
    if (got > 2 && buffer[0] == 'F') {
        return complain(line, std::string(buffer + 2, static_cast<std::size_t>(got) - 3));
    }
    return status;
}

} // namespace binnacle::stack
