// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/cache/cache_keys.h"

#include "backend/service/api/query_string.h"

#include <algorithm>
#include <array>

namespace binnacle::service::cache_keys {
namespace {

constexpr std::string_view kPrefix = "cache:1:";
constexpr std::array<std::string_view, 5> kKinds{"project", "task", "dashboard-summary", "dashboard-analytics",
                                                 "suggestions"};
constexpr std::string_view kOrganisation = "organisation";

std::string key(std::string_view kind, std::int64_t organisation) {
    std::string text(kPrefix);
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

bool isKey(std::string_view key) {
    return key.size() > kPrefix.size() && key.starts_with(kPrefix);
}

bool isTag(std::string_view tag) {
    const auto colon = tag.find(':');
    const auto name = tag.substr(0, colon);
    const bool known = std::ranges::find(kKinds, name) != kKinds.end();
    if (colon == std::string_view::npos) {
        return known;
    }
    const auto organisation = tag.substr(colon + 1);
    return (known || name == kOrganisation) && !organisation.empty() && organisation.size() <= 19 &&
           std::ranges::all_of(organisation, [](char c) { return c >= '0' && c <= '9'; });
}

bool belongsTo(std::string_view key, std::string_view tag) {
    if (!isKey(key) || !isTag(tag)) {
        return false;
    }
    key.remove_prefix(kPrefix.size());
    const auto kindEnd = std::min(key.find(':'), key.size());
    const auto kind = key.substr(0, kindEnd);
    key.remove_prefix(std::min(kindEnd + 1, key.size()));
    const auto organisation = key.substr(0, key.find(':'));
    const auto colon = tag.find(':');
    const auto name = tag.substr(0, colon);
    return (name == kOrganisation || name == kind) &&
           (colon == std::string_view::npos || tag.substr(colon + 1) == organisation);
}

} // namespace binnacle::service::cache_keys
