// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// All keys begin with `cache:1:`: the ACL of the Redis user names the prefix, the number is the format of the values.
namespace binnacle::service::cache_keys {

inline constexpr std::string_view kEveryKey = "cache:1:*"; ///< as a pattern of Redis

[[nodiscard]] std::string project(std::int64_t organisation, std::int64_t id);
[[nodiscard]] std::string task(std::int64_t organisation, std::int64_t id);
[[nodiscard]] std::string dashboardSummary(std::int64_t organisation);
[[nodiscard]] std::string dashboardAnalytics(std::int64_t organisation);
/// ASCII case does not matter to a suggestion, so one key serves both.
[[nodiscard]] std::string suggestions(std::int64_t organisation, std::string_view prefix);

/// Every key that a new task outdates: its project, the dashboard, and each prefix of its title.
[[nodiscard]] std::vector<std::string> outdatedByTask(std::int64_t organisation, std::int64_t project,
                                                      std::string_view title);

/// Whether it is a key of this cache at all: what else Redis holds is not to be touched.
[[nodiscard]] bool isKey(std::string_view key);
/// A tag names a group of keys: "KIND" (as in "task"), "KIND:ORGANISATION" or "organisation:ORGANISATION".
[[nodiscard]] bool isTag(std::string_view tag);
[[nodiscard]] bool belongsTo(std::string_view key, std::string_view tag);

} // namespace binnacle::service::cache_keys
