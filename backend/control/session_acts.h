// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_session.h"
#include "backend/control/act_desk.h"

#include <string>
#include <vector>

namespace binnacle::control {

/// A PostgreSQL server whose sessions may be acted on, by a role with pg_signal_backend and pg_read_all_stats: without
/// the second, the starts that tell one session from the next under the same process id read as NULL.
struct SessionServer {
    std::string name; ///< "primary"
    std::string conninfo;
    std::string passfile;
};

/// Cancels the query of a session, or ends the session. Who is meant is looked up and acted on in one statement, so
/// that the next owner of a process id is never hit. It is done when the query or the session is seen to be gone; the
/// outcome also tells how many of those that waited behind it go on.
class SessionActs final : public QuickActs {
public:
    static constexpr std::chrono::milliseconds callLimit{2000};
    static constexpr std::chrono::milliseconds effectLimit{3000}; ///< until the session has to be gone
    static constexpr std::chrono::milliseconds drainLimit{2000};  ///< until those behind it have to go on
    static constexpr std::chrono::milliseconds lookPause{50};

    explicit SessionActs(std::vector<SessionServer> servers)
        : m_servers(std::move(servers)) {}

    [[nodiscard]] bool takes(Verb verb) const override {
        return verb == Verb::CancelQuery || verb == Verb::TerminateSession;
    }
    [[nodiscard]] Result<UndertakingPlan> plan(const PlannedChange& change) override;
    [[nodiscard]] AuditResult carryOut(const AuditEntry& intent, bool resumed,
                                       const std::function<bool()>& hurry) override;

private:
    [[nodiscard]] Result<const SessionServer*> serverOf(const Values& parameters) const;

    std::vector<SessionServer> m_servers;
};

} // namespace binnacle::control
