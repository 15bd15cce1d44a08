// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/redis_info.h"

#include "backend/collectors/parse_number.h"

#include <algorithm>

namespace binnacle {

RedisInfo RedisInfo::parse(std::string_view text) {
    RedisInfo info;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0 || line.front() == '#') {
            continue;
        }
        info.m_fields.emplace(line.substr(0, colon), line.substr(colon + 1));
    }
    return info;
}

std::string_view RedisInfo::text(std::string_view name) const {
    const auto it = m_fields.find(name);
    return it != m_fields.end() ? it->second : std::string_view();
}

std::optional<double> RedisInfo::number(std::string_view name) const {
    return parseNumber(text(name));
}

double RedisInfo::keys() const {
    double sum = 0;
    for (const auto& [name, value] : m_fields) {
        const bool isDatabase = name.starts_with("db") && name.size() > 2 &&
                                std::ranges::all_of(name.substr(2), [](char c) { return c >= '0' && c <= '9'; });
        if (isDatabase && value.starts_with("keys=")) {
            sum += std::max(0.0, parseNumber(value.substr(5, value.find(',') - 5)).value_or(0));
        }
    }
    return sum;
}

} // namespace binnacle
