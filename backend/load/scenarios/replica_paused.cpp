// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"
#include "backend/clients/pg_session.h"
#include "backend/load/scenarios/scenario.h"

#include <fmt/format.h>
#include <libpq-fe.h>

namespace binnacle::load {

namespace {

constexpr const char* kLeaseName = "binnacle-load scenario lease";

/// One statement inside the replica pauses, waits and resumes: it goes on when its client is killed, so that the pause
/// ends by itself in any case.
class ReplicaPaused final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        m_stage = stage;
        if (stage.status.endpoints.postgresReplicas.empty()) {
            return fail(ErrorCode::Conflict, "there is no replica");
        }
        const auto password = secretOf(stage, "binnacle_admin.password");
        if (!password) {
            return std::unexpected(password.error());
        }
        m_conninfo = withSettings(stage.status.endpoints.postgresReplicas.front(),
                                  {{"user", "binnacle_admin"}, {"password", *password}, {"dbname", "postgres"}});
        auto session = open();
        if (!session) {
            return std::unexpected(session.error());
        }
        const auto paused = session->execute("select pg_is_wal_replay_paused()", {}, within(std::chrono::seconds(2)));
        if (!paused) {
            return std::unexpected(paused.error());
        }
        if (paused->rows.at(0).at(0) == "t") {
            return fail(ErrorCode::Conflict, "replay is paused already");
        }
        return {};
    }
    Result<void> begin() override {
        auto connection = pgConnect(
            withSettings(m_conninfo, {{"application_name", kLeaseName},
                                      {"options", "-c client_connection_check_interval=0 -c statement_timeout=0"}}),
            within(std::chrono::seconds(3)));
        if (!connection) {
            return std::unexpected(connection.error());
        }
        m_lease = std::move(*connection);
        const auto sql = fmt::format("do $$ begin perform pg_wal_replay_pause(); perform pg_sleep({}); "
                                     "perform pg_wal_replay_resume(); end $$",
                                     m_stage.lasts.count());
        if (PQsendQuery(m_lease.get(), sql.c_str()) == 0) {
            return fail(ErrorCode::Closed, "the replica took no statement");
        }
        return {};
    }
    Result<void> end() override {
        auto session = open();
        if (!session) {
            return std::unexpected(session.error());
        }
        const auto ended = session->execute("select pg_terminate_backend(pid) from pg_stat_activity "
                                            "where application_name = $1",
                                            {kLeaseName}, within(std::chrono::seconds(2)));
        const auto resumed = session->execute("select pg_wal_replay_resume()", {}, within(std::chrono::seconds(2)));
        m_lease.reset();
        return !ended ? std::unexpected(ended.error()) : !resumed ? std::unexpected(resumed.error()) : Result<void>{};
    }

private:
    [[nodiscard]] Result<PgSession> open() const {
        return PgSession::open(m_conninfo + " application_name=binnacle-load", {}, "-c statement_timeout=2s",
                               within(std::chrono::seconds(3)));
    }
    Stage m_stage;
    std::string m_conninfo;
    PgConnection m_lease;
};

} // namespace

std::unique_ptr<Scenario> makeReplicaPaused() {
    return std::make_unique<ReplicaPaused>();
}

} // namespace binnacle::load
