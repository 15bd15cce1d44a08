// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <ctime>
#include <string_view>

namespace binnacle::service {

/// The Date header's value, formatted once a second. One thread.
class HttpDate {
public:
    [[nodiscard]] std::string_view now();

private:
    std::array<char, 32> m_text{};
    std::size_t m_size = 0;
    std::time_t m_second = -1;
};

} // namespace binnacle::service
