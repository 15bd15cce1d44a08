// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/api_handler.h"
#include "backend/service/api/json_text.h"
#include "backend/service/api/task_input.h"
#include "backend/service/cache/cache_keys.h"

namespace binnacle::service {
namespace {

// Columns as in schema.sql: the same for task_by_id and task_insert.
void appendTask(std::string& out, const PgRows& rows) {
    out.append(R"({"id":)");
    appendInteger(out, rows.bigint(0, 0));
    out.append(R"(,"project_id":)");
    appendInteger(out, rows.bigint(0, 1));
    out.append(R"(,"title":)");
    appendJsonString(out, rows.text(0, 2));
    out.append(R"(,"description":)");
    appendJsonString(out, rows.text(0, 3));
    out.append(R"(,"status":)");
    appendJsonString(out, rows.text(0, 4));
    out.append(R"(,"priority":)");
    appendJsonString(out, rows.text(0, 5));
    out.append(R"(,"assignee_id":)");
    if (rows.isNull(0, 6)) {
        out.append("null");
    } else {
        appendInteger(out, rows.bigint(0, 6));
    }
    out.append(R"(,"due_on":)");
    if (rows.isNull(0, 7)) {
        out.append("null");
    } else {
        appendDate(out, rows.date(0, 7));
    }
    out.append(R"(,"created_at":)");
    appendTimestamp(out, rows.timestamp(0, 8));
    out.append(R"(,"updated_at":)");
    appendTimestamp(out, rows.timestamp(0, 9));
    out.push_back('}');
}

constexpr ObjectRead kTaskRead{Statement::TaskById, std::chrono::seconds(30), "There is no such task.", &appendTask};

} // namespace

Awaitable<void> ApiHandler::getTask(Exchange& exchange) {
    const std::string key = cache_keys::task(m_parts.config.organisationId, *exchange.id);
    co_await readObject(exchange, key, kTaskRead);
}

// One statement, one round trip: the project's owner is checked by the insert itself.
Awaitable<void> ApiHandler::createTask(Exchange& exchange) {
    const auto parsed = parseTaskInput(exchange.request.body);
    if (const auto* error = std::get_if<InputError>(&parsed)) {
        setProblem(exchange, error->status, error->code, error->message, error->parameter);
        co_return;
    }
    const TaskInput& input = std::get<TaskInput>(parsed);
    PgParameters parameters;
    parameters.bigint(m_parts.config.organisationId)
        .bigint(input.projectId)
        .text(input.title)
        .text(input.description)
        .text(input.priority);
    const DbReply reply =
        co_await m_parts.database.query(Statement::TaskInsert, parameters, exchange.deadline, exchange.route);
    if (!reply.ok()) {
        databaseProblem(exchange, reply, true);
        co_return;
    }
    if (reply.rows.count() == 0) {
        setProblem(exchange, 422, "no_such_project", "There is no project with this project_id.", "project_id");
        co_return;
    }
    const auto outdated = cache_keys::outdatedByTask(m_parts.config.organisationId, input.projectId, input.title);
    const RedisClient::Reply erased = co_await m_parts.redis.erase(outdated);
    if (erased.status != RedisClient::Status::Unavailable) { // else they go when their time is up
        m_parts.metrics.cacheInvalidations.add(outdated.size());
    }
    exchange.response.status = 201;
    exchange.response.location.assign("/v1/tasks/").append(std::to_string(reply.rows.bigint(0, 0)));
    beginData(exchange);
    appendTask(exchange.response.body, reply.rows);
    endData(exchange);
}

} // namespace binnacle::service
