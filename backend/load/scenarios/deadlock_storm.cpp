// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_connect.h"
#include "backend/clients/pg_session.h"
#include "backend/load/scenarios/scenario.h"
#include "backend/load/scenarios/workers.h"

namespace binnacle::load {

namespace {

constexpr int kPairs = 3;
constexpr std::chrono::seconds kPatience{3};
constexpr const char* kTouch = "update public.tasks set updated_at = updated_at where id = $1";

/// Pairs of sessions, each with two tasks of its own that they lock in opposite order. Everything is rolled back.
class DeadlockStorm final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        m_conninfo = withSettings(stage.status.endpoints.postgresPrimary,
                                  {{"user", "app_rw"}, {"application_name", "binnacle-load"}});
        m_passfile = stage.credentials() / "app.pgpass";
        if (const auto first = secretOf(stage, "app.pgpass"); !first) {
            return std::unexpected(first.error());
        }
        auto session = open();
        if (!session) {
            return std::unexpected(session.error());
        }
        const auto tasks = session->execute(
            "select id from public.tasks order by id limit " + std::to_string(2 * kPairs), {}, within(kPatience));
        if (!tasks) {
            return std::unexpected(tasks.error());
        }
        for (const auto& row : tasks->rows) {
            m_tasks.push_back(row.at(0).value_or("0"));
        }
        return m_tasks.size() == 2 * kPairs ? Result<void>{} : fail(ErrorCode::Conflict, "there are no tasks to lock");
    }
    Result<void> begin() override {
        m_workers.start(2 * kPairs, [this](int number, const auto& keepOn) { lock(number, keepOn); });
        return {};
    }
    Result<void> end() override {
        m_workers.stop();
        return {};
    }

private:
    [[nodiscard]] Result<PgSession> open() const {
        return PgSession::open(m_conninfo, m_passfile, {}, within(kPatience));
    }
    void lock(int number, const std::function<bool()>& keepOn) const {
        const auto pair = static_cast<std::size_t>(number / 2) * 2;
        const auto& first = m_tasks[pair + static_cast<std::size_t>(number % 2)];
        const auto& second = m_tasks[pair + static_cast<std::size_t>(1 - number % 2)];
        while (keepOn()) {
            auto session = open();
            while (session && session->alive() && keepOn()) {
                bool held = session->execute("begin", {}, within(kPatience)).has_value() &&
                            session->execute(kTouch, {first}, within(kPatience)).has_value();
                std::this_thread::sleep_for(std::chrono::milliseconds(30));
                held = held && session->execute(kTouch, {second}, within(kPatience)).has_value();
                static_cast<void>(held); // one of each pair hears of the deadlock; that is what this is for
                static_cast<void>(session->execute("rollback", {}, within(kPatience)));
            }
            if (!session && keepOn()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
        }
    }
    std::string m_conninfo;
    std::string m_passfile;
    std::vector<std::string> m_tasks;
    Workers m_workers;
};

} // namespace

std::unique_ptr<Scenario> makeDeadlockStorm() {
    return std::make_unique<DeadlockStorm>();
}

} // namespace binnacle::load
