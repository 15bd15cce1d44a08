// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/scenarios/scenario.h"

#include "backend/clients/secret_file.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace binnacle::load {

namespace {

constexpr std::array kCatalogue{
    ScenarioEntry{"traffic-x3", "three times the requests of now", &makeTrafficX3},
    ScenarioEntry{"instance-stopped", "a stable instance is stopped (SIGSTOP): it lives and does not answer",
                  &makeInstanceStopped},
    ScenarioEntry{"canary-errors",
                  "a third of the canary's answers are errors; it gets a share of users if it has none",
                  &makeCanaryErrors},
    ScenarioEntry{"pool-exhausted", "clients hold all of pgBouncer's servers in idle transactions", &makePoolExhausted},
    ScenarioEntry{"redis-killed", "Redis is killed (SIGKILL) and not started again meanwhile", &makeRedisKilled},
    ScenarioEntry{"hot-key", "one cached key is read tens of thousands of times a second", &makeHotKey},
    ScenarioEntry{"slow-query", "statements without an index run for seconds on the primary", &makeSlowQuery},
    ScenarioEntry{"deadlock-storm", "sessions lock the same rows in opposite order", &makeDeadlockStorm},
    ScenarioEntry{"disk-full", "the disk of the servers is filled; on a tmpfs of limited size and by root alone",
                  &makeDiskFull},
    ScenarioEntry{"replica-paused", "replay on a replica is paused", &makeReplicaPaused},
};

} // namespace

std::span<const ScenarioEntry> scenarioCatalogue() {
    return kCatalogue;
}

const ScenarioEntry* findScenario(std::string_view name) {
    const auto* const found = std::ranges::find(kCatalogue, name, &ScenarioEntry::name);
    return found != kCatalogue.end() ? found : nullptr;
}

std::filesystem::path Stage::credentials() const {
    return std::filesystem::path(status.credentials.pgpassFile).parent_path();
}

Result<pid_t> processFor(const Stage& stage, std::string_view name) {
    const auto* const component = stage.status.component(name);
    if (component == nullptr || component->state != "running" || component->pid <= 0) {
        return fail(ErrorCode::Conflict, fmt::format("{} does not run, so that there is nothing to rehearse", name));
    }
    struct stat owner {};
    if (::stat(fmt::format("/proc/{}", component->pid).c_str(), &owner) != 0) {
        return fail(ErrorCode::Conflict, fmt::format("{} has just ended", name));
    }
    if (::geteuid() != 0 && ::geteuid() != owner.st_uid) {
        return fail(ErrorCode::Conflict,
                    fmt::format("{} runs under another account: this takes the one that it runs under, or root", name));
    }
    return static_cast<pid_t>(component->pid);
}

Result<std::string> secretOf(const Stage& stage, const char* file) {
    auto secret = readSecretFile(stage.credentials() / file);
    if (!secret) {
        return fail(ErrorCode::Conflict, "the stack's secrets can't be read: " + secret.error().text +
                                             ". This takes the account that the stack runs under, or root");
    }
    return secret;
}

} // namespace binnacle::load
