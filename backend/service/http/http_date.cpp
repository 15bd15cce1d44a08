// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/http/http_date.h"

#include <algorithm>
#include <cstdio>

namespace binnacle::service {

std::string_view HttpDate::now() {
    const std::time_t second = std::time(nullptr);
    if (second != m_second) {
        constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::tm utc{};
        gmtime_r(&second, &utc);
        const int written = std::snprintf(m_text.data(), m_text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                          kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                                          kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                                          utc.tm_hour, utc.tm_min, utc.tm_sec);
        m_size = written > 0 ? std::min(static_cast<std::size_t>(written), m_text.size() - 1) : 0;
        m_second = second;
    }
    return {m_text.data(), m_size};
}

} // namespace binnacle::service
