// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/role.h"

#include <array>
#include <cstddef>

namespace binnacle {
namespace {

constexpr std::array verbs = {
    VerbRule{Verb::ViewState, "view_state", Role::Viewer, false},
    VerbRule{Verb::ReadAudit, "read_audit", Role::Viewer, false},
    VerbRule{Verb::VerifyAudit, "verify_audit", Role::Viewer, false},
    VerbRule{Verb::ListActions, "list_actions", Role::Viewer, false},
    VerbRule{Verb::Preview, "preview", Role::Viewer, false},
    VerbRule{Verb::SetLevel, "set_level", Role::Operator, true},
    VerbRule{Verb::SetEmergencyLevel, "set_emergency_level", Role::Admin, true},
    VerbRule{Verb::SetShare, "set_share", Role::Operator, true},
    VerbRule{Verb::ApplyMigration, "apply_migration", Role::Admin, true},
    VerbRule{Verb::StopMigration, "stop_migration", Role::Operator, true},
    VerbRule{Verb::Panic, "panic", Role::Operator, true},
    VerbRule{Verb::CancelQuery, "cancel_query", Role::Operator, true},
    VerbRule{Verb::TerminateSession, "terminate_session", Role::Admin, true},
    VerbRule{Verb::InvalidateCache, "invalidate_cache", Role::Operator, true},
    VerbRule{Verb::DrainInstance, "drain_instance", Role::Operator, true},
    VerbRule{Verb::ReadyInstance, "ready_instance", Role::Operator, true},
    VerbRule{Verb::PausePool, "pause_pool", Role::Operator, true},
    VerbRule{Verb::ResumePool, "resume_pool", Role::Operator, true},
    VerbRule{Verb::ResizePool, "resize_pool", Role::Operator, true},
};

constexpr bool complete() {
    for (std::size_t i = 0; i < verbs.size(); ++i) {
        if (static_cast<std::size_t>(verbs[i].verb) != i) {
            return false;
        }
    }
    return verbs.size() == static_cast<std::size_t>(Verb::ResizePool) + 1;
}
static_assert(complete(), "one row for each verb, in the order of the enumeration");

} // namespace

std::span<const VerbRule> verbTable() {
    return verbs;
}

const VerbRule& ruleOf(Verb verb) {
    return verbs[static_cast<std::size_t>(verb)];
}

bool allows(Role role, Verb verb) {
    return role >= ruleOf(verb).role;
}

std::string_view roleName(Role role) {
    switch (role) {
    case Role::Viewer:
        return "viewer";
    case Role::Operator:
        return "operator";
    case Role::Admin:
        break;
    }
    return "admin";
}

std::optional<Role> roleFromName(std::string_view name) {
    for (const auto role : {Role::Viewer, Role::Operator, Role::Admin}) {
        if (roleName(role) == name) {
            return role;
        }
    }
    return std::nullopt;
}

} // namespace binnacle
