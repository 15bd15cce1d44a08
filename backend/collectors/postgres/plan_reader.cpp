// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/plan_reader.h"

#include "backend/clients/pg_session.h"
#include "backend/sql/explainable.h"

#include <charconv>

namespace binnacle {

namespace {

constexpr int kGenericPlan = 160000;          ///< EXPLAIN (GENERIC_PLAN)
constexpr int kReadAllData = 140000;          ///< the role pg_read_all_data
constexpr std::size_t kLongestPlan = 200'000; ///< bytes
constexpr const char* kNoRight = "42501";
constexpr const char* kSyntax = "42601";

/// The server, and our role on it, quoted as an identifier.
struct Place {
    int version = 0;
    std::string role;
};

Result<Place> placeOf(PgSession& session, SteadyTime deadline) {
    const auto told =
        session.execute("select current_setting('server_version_num'), quote_ident(current_user)", {}, deadline);
    if (!told) {
        return std::unexpected(told.error());
    }
    Place place;
    if (told->rows.size() == 1 && told->rows[0].size() == 2 && told->rows[0][0] && told->rows[0][1]) {
        const auto& version = *told->rows[0][0];
        std::from_chars(version.data(), version.data() + version.size(), place.version);
        place.role = *told->rows[0][1];
    }
    return place;
}

std::string nulls(unsigned count) {
    std::string out;
    for (unsigned i = 0; i < count; ++i) {
        out += i == 0 ? "(null" : ", null";
    }
    return out.empty() ? out : out + ")";
}

/// What the server said, and which grant would bring the plan.
Error explained(Error error, const PgSession& session, const Place& place, const Explainable& statement) {
    if (session.sqlState() == kSyntax) {
        error.text +=
            ". A value that was written with its type (date '\u2026') has become a parameter, which the server "
            "does not read back.";
    }
    if (session.sqlState() != kNoRight) {
        return error;
    }
    if (statement.writes) {
        return {ErrorCode::Denied, error.text +
                                       ". The plan of a statement that writes takes the right to write, which a "
                                       "reader does not have."};
    }
    const auto grant = place.version >= kReadAllData ? "GRANT pg_read_all_data TO " + place.role
                                                     : "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + place.role;
    return {ErrorCode::Denied, error.text + ". EXPLAIN takes the right to read the tables: " + grant + ";"};
}

Result<std::vector<PgRow>> ask(PgSession& session, const Place& place, const Explainable& statement,
                               SteadyTime deadline) {
    const auto run = [&](const std::string& sql) -> Result<PgAnswer> {
        auto answer = session.execute(sql, {}, deadline);
        if (!answer) {
            return std::unexpected(explained(std::move(answer.error()), session, place, statement));
        }
        return answer;
    };
    Result<PgAnswer> answer;
    if (place.version >= kGenericPlan) {
        answer = run("explain (generic_plan) " + statement.statement);
    } else {
        const auto types = statement.parameterTypes.empty() ? std::string() : "(" + statement.parameterTypes + ")";
        auto prepared = run("set local plan_cache_mode = force_generic_plan");
        prepared = prepared ? run("prepare binnacle_plan" + types + " as " + statement.statement) : prepared;
        answer = prepared ? run("explain execute binnacle_plan" + nulls(statement.parameters)) : prepared;
    }
    if (!answer) {
        return std::unexpected(std::move(answer.error()));
    }
    return std::move(answer->rows);
}

} // namespace

Result<std::string> readPlan(const PlanWish& wish, SteadyTime deadline) {
    const auto statement = explainable(wish.statement);
    if (!statement.whyNot.empty()) {
        return fail(ErrorCode::Invalid, statement.whyNot);
    }
    const auto conninfo =
        wish.database.empty() ? wish.conninfo : withSettings(wish.conninfo, {{"dbname", wish.database}});
    auto session = PgSession::open(
        conninfo, wish.passfile,
        "-c default_transaction_read_only=on -c statement_timeout=" + std::to_string(kPlanStatementTimeout.count()) +
            " -c lock_timeout=" + std::to_string(kPlanLockTimeout.count()) +
            " -c idle_in_transaction_session_timeout=5000",
        deadline, wish.password);
    if (!session) {
        return std::unexpected(std::move(session.error()));
    }
    if (auto begun = session->execute("begin transaction read only", {}, deadline); !begun) {
        return std::unexpected(std::move(begun.error()));
    }
    const auto place = placeOf(*session, deadline);
    if (!place) {
        return std::unexpected(place.error());
    }
    const auto rows = ask(*session, *place, statement, deadline);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    (void)session->execute("rollback", {}, deadline);
    std::string plan;
    for (const auto& row : *rows) {
        if (!row.empty() && row[0] && plan.size() < kLongestPlan) {
            plan += (plan.empty() ? "" : "\n") + *row[0];
        }
    }
    return plan;
}

} // namespace binnacle
