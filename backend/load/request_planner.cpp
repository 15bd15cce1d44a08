// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/request_planner.h"

#include <array>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace binnacle::load {

namespace {

constexpr double kZipfExponent = 1.0;
constexpr double kNextPageShare = 0.35;

constexpr std::array<std::string_view, 16> kVerbs{"Review", "Draft",  "Fix",     "Plan",    "Measure", "Ship",
                                                  "Update", "Design", "Check",   "Migrate", "Prepare", "Document",
                                                  "Test",   "Merge",  "Replace", "Clean up"};
constexpr std::array<std::string_view, 16> kThings{
    "release notes", "invoice export", "login form",    "backup plan",  "search index", "onboarding guide",
    "rate limits",   "cache warm-up",  "mobile layout", "audit report", "billing job",  "access policy",
    "error budget",  "status page",    "import wizard", "load test"};
// Beginnings of names and titles as somebody types them; the last finds nothing, as happens.
constexpr std::array<std::string_view, 16> kSearches{"re",  "rev", "har", "lig", "com", "anc", "bea", "cha",
                                                     "dra", "fix", "me",  "pla", "te",  "sh",  "a",   "zq"};

/// Hot ranks must not be neighbours in the key order: Fisher-Yates with the run's own seed.
void shuffle(std::vector<std::int64_t>& ids, RandomSource& random) {
    for (std::size_t i = ids.size(); i > 1; --i) {
        std::swap(ids[i - 1], ids[random.below(i)]);
    }
}

void appendEncoded(std::string& out, std::string_view text) {
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        if (plain) {
            out += c;
        } else {
            fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
        }
    }
}

void appendHeaders(std::string& out, std::uint32_t user, const RequestIdentity& identity) {
    fmt::format_to(std::back_inserter(out),
                   " HTTP/1.1\r\nHost: {}\r\nUser-Agent: binnacle-load/" BINNACLE_VERSION
                   "\r\nAccept: application/json\r\nX-User: user-{}\r\n",
                   identity.host, user);
    if (!identity.apiKey.empty()) {
        out += "Authorization: Bearer ";
        out += identity.apiKey;
        out += "\r\n";
    }
}

void appendCursor(std::string& out, std::string_view cursor) {
    if (!cursor.empty()) {
        out += "?cursor=";
        appendEncoded(out, cursor);
    }
}

} // namespace

RequestPlanner::RequestPlanner(RequestMix mix, KeySpace keys, std::uint32_t users, std::uint64_t seed)
    : m_mix(std::move(mix))
    , m_keys(std::move(keys))
    , m_users(users == 0 ? 1 : users)
    , m_random(seed, 2)
    , m_projectRank(m_keys.projects.size(), kZipfExponent)
    , m_taskRank(m_keys.tasks.size(), kZipfExponent) {
    shuffle(m_keys.projects, m_random);
    shuffle(m_keys.tasks, m_random);
}

RequestPlan RequestPlanner::next() {
    RequestPlan plan;
    plan.route = m_mix.pick(m_random.uniform());
    plan.user = 1 + static_cast<std::uint32_t>(m_random.below(m_users));
    switch (plan.route) {
    case Route::Project:
    case Route::ProjectTasks:
    case Route::CreateTask:
        plan.id = m_keys.projects[m_projectRank.rank(m_random) - 1];
        break;
    case Route::Task:
        plan.id = m_keys.tasks[m_taskRank.rank(m_random) - 1];
        break;
    case Route::ListProjects:
    case Route::Dashboard:
    case Route::Suggestions:
        break;
    }
    if (plan.route == Route::ListProjects || plan.route == Route::ProjectTasks) {
        plan.nextPage = m_random.uniform() < kNextPageShare;
    }
    if (plan.route == Route::CreateTask || plan.route == Route::Suggestions) {
        plan.choice = static_cast<std::uint32_t>(m_random.below(kVerbs.size() * kThings.size()));
    }
    return plan;
}

void appendGet(std::string& out, std::string_view path, std::uint32_t user, const RequestIdentity& identity) {
    out += "GET ";
    out += path;
    appendHeaders(out, user, identity);
    out += "\r\n";
}

void appendRequest(std::string& out, const RequestPlan& plan, std::string_view cursor,
                   const RequestIdentity& identity) {
    auto to = std::back_inserter(out);
    switch (plan.route) {
    case Route::ListProjects:
        out += "GET /v1/projects";
        appendCursor(out, cursor);
        break;
    case Route::Project:
        fmt::format_to(to, "GET /v1/projects/{}", plan.id);
        break;
    case Route::ProjectTasks:
        fmt::format_to(to, "GET /v1/projects/{}/tasks", plan.id);
        appendCursor(out, cursor);
        break;
    case Route::Task:
        fmt::format_to(to, "GET /v1/tasks/{}", plan.id);
        break;
    case Route::CreateTask: {
        const std::string body =
            fmt::format(R"({{"project_id":{},"title":"{} {}","priority":"normal"}})", plan.id,
                        kVerbs[plan.choice % kVerbs.size()], kThings[plan.choice / kVerbs.size() % kThings.size()]);
        out += "POST /v1/tasks";
        appendHeaders(out, plan.user, identity);
        fmt::format_to(to, "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}", body.size(), body);
        return;
    }
    case Route::Dashboard:
        out += "GET /v1/dashboard";
        break;
    case Route::Suggestions:
        fmt::format_to(to, "GET /v1/search/suggestions?q={}", kSearches[plan.choice % kSearches.size()]);
        break;
    }
    appendHeaders(out, plan.user, identity);
    out += "\r\n";
}

} // namespace binnacle::load
