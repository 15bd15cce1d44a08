// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace binnacle {

/// What a person may do, each with all that stands before it.
enum class Role { Viewer, Operator, Admin };

/// Everything that can be asked of control. One row each in verbTable(): a verb without a row does not compile there.
enum class Verb {
    ViewState,
    ReadAudit,
    VerifyAudit,
    ListActions,
    Preview,
    SetLevel,          ///< degradation level 0 to 2
    SetEmergencyLevel, ///< to or from degradation level 3
    SetShare,
    ApplyMigration, ///< and take it back
    StopMigration,
    Panic,
    CancelQuery,
    TerminateSession,
    InvalidateCache,
    DrainInstance,
    ReadyInstance,
    PausePool,
    ResumePool,
    ResizePool,
};

struct VerbRule {
    Verb verb = Verb::ViewState;
    std::string_view name;
    Role role = Role::Admin; ///< the least that is needed
    bool mutates = true;
};

[[nodiscard]] std::span<const VerbRule> verbTable();
[[nodiscard]] const VerbRule& ruleOf(Verb verb);
[[nodiscard]] bool allows(Role role, Verb verb);

[[nodiscard]] std::string_view roleName(Role role);
[[nodiscard]] std::optional<Role> roleFromName(std::string_view name);

} // namespace binnacle
