// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"
#include "backend/clients/pg_session.h"
#include "backend/load/scenarios/scenario.h"
#include "backend/load/scenarios/workers.h"

namespace binnacle::load {

namespace {

constexpr int kClients = 2;
constexpr std::chrono::seconds kPatience{7};

/// No index helps: each pair of tasks is compared. The role's statement_timeout ends it after 5 s, then it is asked
/// again; when it is to end, it is left, and the server notices within a second that nobody waits.
constexpr const char* kStatement = "select count(*) from public.tasks a join public.tasks b "
                                   "on a.organisation_id = b.organisation_id and a.title || a.id < b.title || b.id";

class SlowQuery final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        m_conninfo = withSettings(stage.status.endpoints.postgresPrimary,
                                  {{"user", "app_rw"}, {"application_name", "binnacle-load"}});
        m_passfile = stage.credentials() / "app.pgpass";
        auto first = secretOf(stage, "app.pgpass");
        return first ? Result<void>{} : std::unexpected(first.error());
    }
    Result<void> begin() override {
        m_workers.start(kClients, [this](int, const auto& keepOn) { ask(keepOn); });
        return {};
    }
    Result<void> end() override {
        m_workers.stop();
        return {};
    }

private:
    void ask(const std::function<bool()>& keepOn) const {
        while (keepOn()) {
            auto session =
                PgSession::open(m_conninfo, m_passfile, "-c max_parallel_workers_per_gather=0", within(kPatience));
            while (session && session->alive() && keepOn()) {
                static_cast<void>(session->executeLong(kStatement, std::chrono::milliseconds(50), keepOn));
            }
            if (!session && keepOn()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
        }
    }
    std::string m_conninfo;
    std::string m_passfile;
    Workers m_workers;
};

} // namespace

std::unique_ptr<Scenario> makeSlowQuery() {
    return std::make_unique<SlowQuery>();
}

} // namespace binnacle::load
