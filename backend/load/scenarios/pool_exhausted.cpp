// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"
#include "backend/clients/pg_session.h"
#include "backend/load/scenarios/scenario.h"
#include "backend/load/scenarios/workers.h"

namespace binnacle::load {

namespace {

constexpr int kClients = 12;
constexpr std::chrono::milliseconds kHeld{400};
constexpr std::chrono::seconds kPatience{6};

/// More clients than servers, each in a transaction that does nothing for a while: the fault of a program that talks to
/// somebody else in between. The line stays open, so that the service still gets a turn, late.
class PoolExhausted final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        if (stage.status.endpoints.pgbouncer.empty()) {
            return fail(ErrorCode::Conflict, "there is no pgBouncer");
        }
        m_conninfo = withSettings(stage.status.endpoints.pgbouncer,
                                  {{"user", "app_rw"}, {"dbname", "binnacle"}, {"application_name", "binnacle-load"}});
        m_passfile = stage.credentials() / "app.pgpass";
        auto first = secretOf(stage, "app.pgpass");
        return first ? Result<void>{} : std::unexpected(first.error());
    }
    Result<void> begin() override {
        m_workers.start(kClients, [this](int, const auto& keepOn) { hold(keepOn); });
        return {};
    }
    Result<void> end() override {
        m_workers.stop();
        return {};
    }

private:
    void hold(const std::function<bool()>& keepOn) const {
        while (keepOn()) {
            auto session = PgSession::open(m_conninfo, m_passfile, {}, within(kPatience));
            while (session && session->alive() && keepOn()) {
                if (!session->execute("begin", {}, within(kPatience))) {
                    break;
                }
                std::this_thread::sleep_for(kHeld);
                static_cast<void>(session->execute("rollback", {}, within(kPatience)));
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

std::unique_ptr<Scenario> makePoolExhausted() {
    return std::make_unique<PoolExhausted>();
}

} // namespace binnacle::load
