// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/api_handler.h"
#include "backend/service/api/json_text.h"
#include "backend/service/cache/cache_keys.h"

namespace binnacle::service {
namespace {

// Columns as in schema.sql.
void appendProjectSummary(std::string& out, const PgRows& rows, int row) {
    out.append(R"({"id":)");
    appendInteger(out, rows.bigint(row, 0));
    out.append(R"(,"name":)");
    appendJsonString(out, rows.text(row, 1));
    out.append(R"(,"status":)");
    appendJsonString(out, rows.text(row, 2));
    out.append(R"(,"owner_id":)");
    appendInteger(out, rows.bigint(row, 3));
    out.append(R"(,"created_at":)");
    appendTimestamp(out, rows.timestamp(row, 4));
    out.append(R"(,"updated_at":)");
    appendTimestamp(out, rows.timestamp(row, 5));
}

void appendListedProject(std::string& out, const PgRows& rows, int row) {
    appendProjectSummary(out, rows, row);
    out.push_back('}');
}

void appendProject(std::string& out, const PgRows& rows) {
    appendProjectSummary(out, rows, 0);
    out.append(R"(,"description":)");
    appendJsonString(out, rows.text(0, 6));
    out.append(R"(,"tasks":{"total":)");
    appendInteger(out, rows.bigint(0, 7));
    out.append(R"(,"open":)");
    appendInteger(out, rows.bigint(0, 8));
    out.append("}}");
}

void appendTaskSummary(std::string& out, const PgRows& rows, int row) {
    out.append(R"({"id":)");
    appendInteger(out, rows.bigint(row, 0));
    out.append(R"(,"title":)");
    appendJsonString(out, rows.text(row, 1));
    out.append(R"(,"status":)");
    appendJsonString(out, rows.text(row, 2));
    out.append(R"(,"priority":)");
    appendJsonString(out, rows.text(row, 3));
    out.append(R"(,"assignee_id":)");
    if (rows.isNull(row, 4)) {
        out.append("null");
    } else {
        appendInteger(out, rows.bigint(row, 4));
    }
    out.append(R"(,"created_at":)");
    appendTimestamp(out, rows.timestamp(row, 5));
    out.append(R"(,"updated_at":)");
    appendTimestamp(out, rows.timestamp(row, 6));
    out.push_back('}');
}

constexpr const char* kNoProject = "There is no such project.";
constexpr ObjectRead kProjectRead{Statement::ProjectById, std::chrono::seconds(30), kNoProject, &appendProject};

} // namespace

Awaitable<void> ApiHandler::listProjects(Exchange& exchange) {
    Cursor cursor;
    std::int64_t limit = 0;
    if (!readPage(exchange, CursorKind::Projects, cursor, limit)) {
        co_return;
    }
    PgParameters parameters;
    parameters.bigint(m_parts.config.organisationId).timestamp(cursor.createdAt).bigint(cursor.id).bigint(limit + 1);
    const DbReply reply =
        co_await m_parts.database.query(Statement::ProjectsPage, parameters, exchange.deadline, exchange.route);
    if (!reply.ok()) {
        databaseProblem(exchange, reply);
        co_return;
    }
    sendPage(exchange, CursorKind::Projects, reply.rows, limit, 4, &appendListedProject);
}

Awaitable<void> ApiHandler::getProject(Exchange& exchange) {
    const std::string key = cache_keys::project(m_parts.config.organisationId, *exchange.id);
    co_await readObject(exchange, key, kProjectRead);
}

Awaitable<void> ApiHandler::listProjectTasks(Exchange& exchange) {
    Cursor cursor;
    std::int64_t limit = 0;
    if (!readPage(exchange, CursorKind::ProjectTasks, cursor, limit)) {
        co_return;
    }
    PgParameters parameters;
    parameters.bigint(m_parts.config.organisationId)
        .bigint(*exchange.id)
        .timestamp(cursor.createdAt)
        .bigint(cursor.id)
        .bigint(limit + 1);
    const DbReply reply =
        co_await m_parts.database.query(Statement::ProjectTasksPage, parameters, exchange.deadline, exchange.route);
    if (!reply.ok()) {
        databaseProblem(exchange, reply);
        co_return;
    }
    if (reply.rows.count() == 0) {
        // An empty page and a project that is not there look the same so far.
        PgParameters which;
        which.bigint(m_parts.config.organisationId).bigint(*exchange.id);
        const DbReply exists =
            co_await m_parts.database.query(Statement::ProjectExists, which, exchange.deadline, exchange.route);
        if (!exists.ok()) {
            databaseProblem(exchange, exists);
            co_return;
        }
        if (exists.rows.count() == 0) {
            setProblem(exchange, 404, "not_found", kNoProject, "id");
            co_return;
        }
    }
    sendPage(exchange, CursorKind::ProjectTasks, reply.rows, limit, 5, &appendTaskSummary);
}

} // namespace binnacle::service
