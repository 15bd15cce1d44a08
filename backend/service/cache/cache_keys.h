// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// All keys begin with `cache:1:`: the ACL of the Redis user names the prefix, the number is the format of the values.
namespace binnacle::service::cache_keys {

[[nodiscard]] std::string project(std::int64_t organisation, std::int64_t id);
[[nodiscard]] std::string task(std::int64_t organisation, std::int64_t id);
[[nodiscard]] std::string dashboardSummary(std::int64_t organisation);
[[nodiscard]] std::string dashboardAnalytics(std::int64_t organisation);
/// ASCII case does not matter to a suggestion, so one key serves both.
[[nodiscard]] std::string suggestions(std::int64_t organisation, std::string_view prefix);

/// Every key that a new task outdates: its project, the dashboard, and each prefix of its title.
[[nodiscard]] std::vector<std::string> outdatedByTask(std::int64_t organisation, std::int64_t project,
                                                      std::string_view title);

} // namespace binnacle::service::cache_keys
