// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/action_engine.h"
#include "backend/control/gatekeeper.h"
#include "backend/control/hold_store.h"
#include "backend/control/migration_desk.h"

#include <map>
#include <string>
#include <string_view>

namespace binnacle::control {

/// One request as it came in, read by whatever speaks HTTP.
struct ApiCall {
    std::string method;
    std::string target; ///< path and query
    std::string body;
    std::string authorization;
    bool hasOrigin = false; ///< a browser sends one; nobody else does
    uid_t peer = 0;
};

struct ApiReply {
    int status = 200;
    std::string body;
    const char* contentType = "application/json";
};

/// The HTTP face of the engine: routes, roles and documents. Safe to call from several threads.
class ControlApi {
public:
    /// `evidence` may be none: then there are no effects, features and cohorts to tell. So may the others.
    ControlApi(ActionEngine& engine, const Gatekeeper& gate, const Clock& clock, std::string environment,
               Evidence* evidence = nullptr, const MigrationDesk* migrations = nullptr, HoldStore* holds = nullptr)
        : m_engine(engine)
        , m_gate(gate)
        , m_clock(clock)
        , m_environment(std::move(environment))
        , m_evidence(evidence)
        , m_migrations(migrations)
        , m_holds(holds) {}

    [[nodiscard]] ApiReply handle(const ApiCall& call);

private:
    using Query = std::multimap<std::string, std::string>;

    [[nodiscard]] ApiReply route(const ApiCall& call, const Operator& who);
    [[nodiscard]] ApiReply read(const std::string& path, const Query& query, const Operator& who);
    [[nodiscard]] ApiReply state(const Operator& who);
    [[nodiscard]] ApiReply audit(const Query& query);
    [[nodiscard]] ApiReply verify(const Query& query);
    [[nodiscard]] ApiReply effects(const Query& query);
    [[nodiscard]] Result<Effect> effectOf(const std::string& asked);
    [[nodiscard]] ApiReply post(const std::string& path, const std::string& body, const Operator& who);

    ActionEngine& m_engine;
    const Gatekeeper& m_gate;
    const Clock& m_clock;
    std::string m_environment;
    Evidence* m_evidence;
    const MigrationDesk* m_migrations;
    HoldStore* m_holds;
};

} // namespace binnacle::control
