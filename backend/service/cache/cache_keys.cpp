// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/cache/cache_keys.h"

#include "backend/service/api/query_string.h"

namespace binnacle::service::cache_keys {
namespace {

std::string key(std::string_view kind, std::int64_t organisation) {
    std::string text = "cache:1:";
    text.append(kind).push_back(':');
    return text.append(std::to_string(organisation));
}

std::string key(std::string_view kind, std::int64_t organisation, std::int64_t id) {
    return key(kind, organisation).append(":").append(std::to_string(id));
}

} // namespace

std::string project(std::int64_t organisation, std::int64_t id) {
    return key("project", organisation, id);
}

std::string task(std::int64_t organisation, std::int64_t id) {
    return key("task", organisation, id);
}

std::string dashboardSummary(std::int64_t organisation) {
    return key("dashboard-summary", organisation);
}

std::string dashboardAnalytics(std::int64_t organisation) {
    return key("dashboard-analytics", organisation);
}

std::string suggestions(std::int64_t organisation, std::string_view prefix) {
    std::string text = key("suggestions", organisation).append(":");
    for (const char c : prefix) {
        text.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return text;
}

std::vector<std::string> outdatedByTask(std::int64_t organisation, std::int64_t projectId, std::string_view title) {
    std::vector<std::string> keys{project(organisation, projectId), dashboardSummary(organisation)};
    std::size_t characters = 0;
    for (std::size_t i = 0; i < title.size() && characters < kLongestSearch; ++i) {
        const bool endsCharacter = i + 1 == title.size() || (static_cast<unsigned char>(title[i + 1]) & 0xC0U) != 0x80U;
        if (endsCharacter) {
            ++characters;
            keys.push_back(suggestions(organisation, title.substr(0, i + 1)));
        }
    }
    return keys;
}

} // namespace binnacle::service::cache_keys
