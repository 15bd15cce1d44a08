// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/key_learner.h"

#include "backend/load/answer_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace binnacle::load {

namespace {

constexpr std::size_t kMaxProjectPages = 5;
constexpr std::size_t kSampledProjects = 24;
constexpr int kPageSize = 200;

Result<ListAnswer> listOf(const std::string& path, const Answer& answer) {
    switch (answer.failure) {
    case Failure::None:
        break;
    case Failure::Connect:
        return fail(ErrorCode::Refused, fmt::format("cannot connect: {}", answer.reason));
    case Failure::Timeout:
        return fail(ErrorCode::Timeout, fmt::format("GET {}: {}", path, answer.reason));
    case Failure::Malformed:
        return fail(ErrorCode::Protocol,
                    fmt::format("GET {} brought something that is not HTTP: {}", path, answer.reason));
    case Failure::Closed:
    case Failure::Abandoned:
        return fail(ErrorCode::Closed, fmt::format("GET {} was cut off: {}", path, answer.reason));
    }
    if (answer.status == 401 || answer.status == 403) {
        return fail(ErrorCode::Denied,
                    fmt::format("the API key was refused (GET {} answered {})", path, answer.status));
    }
    if (answer.status != 200) {
        return fail(ErrorCode::Protocol, fmt::format("GET {} answered {}", path, answer.status));
    }
    auto list = readListAnswer(answer.body);
    if (!list) {
        return fail(ErrorCode::Protocol, fmt::format("GET {} answered no list: this is not the service's API", path));
    }
    return std::move(*list);
}

} // namespace

void KeyLearner::start(Done done) {
    m_done = std::move(done);
    m_keys = {};
    m_pages = 0;
    readProjects({});
}

void KeyLearner::readProjects(const std::string& cursor) {
    std::string path = fmt::format("/v1/projects?limit={}", kPageSize);
    if (!cursor.empty()) {
        path += "&cursor=" + cursor;
    }
    m_fetch(Route::ListProjects, path, [this, path](const Answer& answer) {
        const auto list = listOf(path, answer);
        if (!list) {
            m_done(std::unexpected(list.error()));
            return;
        }
        m_keys.projects.insert(m_keys.projects.end(), list->ids.begin(), list->ids.end());
        if (list->nextCursor && ++m_pages < kMaxProjectPages) {
            readProjects(*list->nextCursor);
        } else if (m_keys.projects.empty()) {
            m_done(fail(ErrorCode::NotFound, "the API lists no project: there is nothing to read"));
        } else {
            readTasks(0);
        }
    });
}

void KeyLearner::readTasks(std::size_t sample) {
    const std::size_t count = std::min(kSampledProjects, m_keys.projects.size());
    if (sample == count) {
        if (m_keys.tasks.empty()) {
            m_done(fail(ErrorCode::NotFound, "the API lists no task: there is nothing to read"));
        } else {
            m_done(std::move(m_keys));
        }
        return;
    }
    const std::string path = fmt::format("/v1/projects/{}/tasks?limit={}",
                                         m_keys.projects[sample * m_keys.projects.size() / count], kPageSize);
    m_fetch(Route::ProjectTasks, path, [this, path, sample](const Answer& answer) {
        const auto list = listOf(path, answer);
        if (!list) {
            m_done(std::unexpected(list.error()));
            return;
        }
        m_keys.tasks.insert(m_keys.tasks.end(), list->ids.begin(), list->ids.end());
        readTasks(sample + 1);
    });
}

} // namespace binnacle::load
