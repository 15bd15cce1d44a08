// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/stack_client.h"
#include "backend/clients/stack_faults.h"
#include "backend/clients/stack_status.h"
#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace binnacle::load {

/// Where a scenario plays: a bundled stack that runs, as it was before.
struct Stage {
    StackStatus status;
    std::filesystem::path socket; ///< of the supervisor
    std::chrono::seconds lasts{20};

    /// The directory of the stack's secrets.
    [[nodiscard]] std::filesystem::path credentials() const;
    /// A client of its own: a connection must not be shared with the process that takes a scenario back.
    [[nodiscard]] StackClient supervisor() const { return StackClient(socket); }
    [[nodiscard]] StackFaults faults() const { return StackFaults(socket); }
};

/// One rehearsed fault. prepare(), then begin(), goOn() again and again while it lasts, end(). One thread.
class Scenario {
public:
    virtual ~Scenario() = default;

    /// Whether it can be played here, and whatever end() must know. Changes nothing. Conflict: it can't be played, with
    /// the sentence why.
    [[nodiscard]] virtual Result<void> prepare(const Stage& stage) = 0;
    [[nodiscard]] virtual Result<void> begin() = 0;
    [[nodiscard]] virtual Result<void> goOn() { return {}; }
    /// Takes everything back. Also called in another process that was forked right after prepare(), when this one was
    /// killed; more than once; and after a begin() that went half the way.
    [[nodiscard]] virtual Result<void> end() = 0;
};

struct ScenarioEntry {
    std::string_view name;
    std::string_view line; ///< what happens, in a line
    std::unique_ptr<Scenario> (*make)();
};

/// All scenarios, in the order of the request path.
[[nodiscard]] std::span<const ScenarioEntry> scenarioCatalogue();
[[nodiscard]] const ScenarioEntry* findScenario(std::string_view name);

// One file for each.
[[nodiscard]] std::unique_ptr<Scenario> makeTrafficX3();
[[nodiscard]] std::unique_ptr<Scenario> makeInstanceStopped();
[[nodiscard]] std::unique_ptr<Scenario> makeCanaryErrors();
[[nodiscard]] std::unique_ptr<Scenario> makePoolExhausted();
[[nodiscard]] std::unique_ptr<Scenario> makeRedisKilled();
[[nodiscard]] std::unique_ptr<Scenario> makeHotKey();
[[nodiscard]] std::unique_ptr<Scenario> makeSlowQuery();
[[nodiscard]] std::unique_ptr<Scenario> makeDeadlockStorm();
[[nodiscard]] std::unique_ptr<Scenario> makeDiskFull();
[[nodiscard]] std::unique_ptr<Scenario> makeReplicaPaused();

// Pieces that several of them need.

/// A component's process, if this user may send it signals: root, or the account that it runs under. Conflict else.
[[nodiscard]] Result<pid_t> processFor(const Stage& stage, std::string_view component);
/// What a file of the stack's secrets holds, without the end of its line. Conflict when it can't be read: the stack
/// belongs to somebody else.
[[nodiscard]] Result<std::string> secretOf(const Stage& stage, const char* file);
[[nodiscard]] inline SteadyTime within(std::chrono::milliseconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

} // namespace binnacle::load
