// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/scenarios/scenario_run.h"

#include "backend/clients/stack_locator.h"
#include "backend/load/scenarios/scenario_guard.h"

#include <charconv>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace binnacle::load {

namespace {

constexpr std::chrono::milliseconds kTurn{100};
constexpr std::chrono::seconds kLongest{600};
constexpr int kTries = 20;

/// One scenario at a time for one stack: the lock lies on its directory of sockets and goes with its last holder, so
/// that the guard of a killed predecessor still counts.
class StageLock {
public:
    [[nodiscard]] static Result<StageLock> take(const Stage& stage) {
        const int fd = ::open(stage.status.runDir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0) {
            return fail(ErrorCode::Conflict, "the stack's sockets are not ours to open: this takes the account that "
                                             "started it, or root");
        }
        if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
            ::close(fd);
            return fail(ErrorCode::Conflict, "another scenario plays on this stack: wait for its end");
        }
        return StageLock(fd);
    }
    StageLock(StageLock&& other) noexcept
        : m_fd(std::exchange(other.m_fd, -1)) {}
    StageLock& operator=(StageLock&&) = delete;
    ~StageLock() {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }

private:
    explicit StageLock(int fd)
        : m_fd(fd) {}
    int m_fd;
};

Result<void> takeBack(Scenario& scenario) {
    Result<void> done;
    for (int i = 0; i < kTries; ++i) {
        if (done = scenario.end(); done) {
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    return done;
}

} // namespace

Result<Stage> findStage(const std::optional<std::string>& stateDir, std::chrono::seconds lasts) {
    const auto environment = processEnvironment();
    const auto directory = resolveStateDir(stateDir, environment, ::getuid());
    if (!directory) {
        return std::unexpected(directory.error());
    }
    Stage stage;
    stage.socket = stackSocketFor(runDirFor(*directory, environment, ::getuid()));
    stage.lasts = lasts;
    auto status = stage.supervisor().status(within(std::chrono::seconds(5)));
    if (!status) {
        return fail(status.error().code,
                    fmt::format("no bundled stack runs for {} ({}). Scenarios play on the bundled stack only: "
                                "'binnacle-stack up --demo' starts one",
                                directory->string(), status.error().text));
    }
    if (status->state != "running") {
        return fail(ErrorCode::Conflict, "the stack is " + status->state + ", so nothing was done");
    }
    stage.status = std::move(*status);
    return stage;
}

Result<ScenarioReport> playScenario(const ScenarioEntry& entry, const Stage& stage, const ScenarioHooks& hooks) {
    const auto lock = StageLock::take(stage);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    const auto scenario = entry.make();
    if (auto prepared = scenario->prepare(stage); !prepared) {
        return std::unexpected(prepared.error());
    }
    auto guard = ScenarioGuard::start(*scenario);
    if (!guard) {
        return std::unexpected(guard.error());
    }
    hooks.say(fmt::format("{} begins", entry.name));
    const auto since = std::chrono::steady_clock::now();
    auto played = scenario->begin();
    ScenarioReport report;
    report.name = entry.name;
    if (played) {
        hooks.say(fmt::format("{} is on, for {} s: {}", entry.name, stage.lasts.count(), entry.line));
        while (played && std::chrono::steady_clock::now() < since + stage.lasts) {
            if (!hooks.keepOn()) {
                report.interrupted = true;
                break;
            }
            std::this_thread::sleep_for(kTurn);
            played = scenario->goOn();
        }
    }
    const auto back = takeBack(*scenario);
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
    if (!back) {
        // The guard goes on trying while the message is read.
        return fail(ErrorCode::Io, fmt::format("{} could not be taken back: {}", entry.name, back.error().text));
    }
    guard->release();
    if (!played) {
        // Whoever is refused in the middle has changed nothing that stays.
        return fail(played.error().code == ErrorCode::Conflict ? ErrorCode::Io : played.error().code,
                    played.error().text + "; what was begun is taken back");
    }
    hooks.say(fmt::format("{} is taken back", entry.name));
    return report;
}

std::optional<std::chrono::seconds> parseSpan(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto unit = text.substr(static_cast<std::size_t>(end - text.data()));
    if (error != std::errc() || number < 1 || number > kLongest.count() ||
        (!unit.empty() && unit != "s" && unit != "m")) {
        return std::nullopt;
    }
    const auto span = std::chrono::seconds(unit == "m" ? number * 60 : number);
    return span <= kLongest ? std::optional(span) : std::nullopt;
}

} // namespace binnacle::load
