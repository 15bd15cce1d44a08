// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/json_text.h"

#include <array>
#include <charconv>
#include <chrono>

namespace binnacle::service {
namespace {

constexpr std::chrono::sys_days kPostgresEpoch = std::chrono::year{2000} / 1 / 1;

void appendPadded(std::string& out, std::int64_t value, int width) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    for (auto length = end - digits.data(); length < width; ++length) {
        out.push_back('0');
    }
    out.append(digits.data(), end);
}

void appendDay(std::string& out, std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    appendPadded(out, static_cast<int>(date.year()), 4);
    out.push_back('-');
    appendPadded(out, static_cast<unsigned>(date.month()), 2);
    out.push_back('-');
    appendPadded(out, static_cast<unsigned>(date.day()), 2);
}

} // namespace

void appendJsonString(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out.push_back('"');
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f) {
            continue;
        }
        out.append(text.substr(copied, i - copied));
        copied = i + 1;
        switch (byte) {
        case '"':
            out.append("\\\"");
            break;
        case '\\':
            out.append("\\\\");
            break;
        case '\n':
            out.append("\\n");
            break;
        case '\t':
            out.append("\\t");
            break;
        default:
            out.append("\\u00");
            out.push_back(kHex[byte >> 4]);
            out.push_back(kHex[byte & 15]);
        }
    }
    out.append(text.substr(copied));
    out.push_back('"');
}

void appendInteger(std::string& out, std::int64_t value) {
    std::array<char, 24> digits{};
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void appendUnsigned(std::string& out, std::uint64_t value) {
    std::array<char, 24> digits{};
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void appendTimestamp(std::string& out, std::int64_t microseconds) {
    const std::chrono::sys_time<std::chrono::microseconds> moment =
        kPostgresEpoch + std::chrono::microseconds(microseconds);
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::hh_mm_ss<std::chrono::microseconds> time(moment - day);
    out.push_back('"');
    appendDay(out, day);
    out.push_back('T');
    appendPadded(out, time.hours().count(), 2);
    out.push_back(':');
    appendPadded(out, time.minutes().count(), 2);
    out.push_back(':');
    appendPadded(out, time.seconds().count(), 2);
    out.push_back('.');
    appendPadded(out, time.subseconds().count(), 6);
    out.append("Z\"");
}

void appendDate(std::string& out, std::int32_t days) {
    out.push_back('"');
    appendDay(out, kPostgresEpoch + std::chrono::days(days));
    out.push_back('"');
}

} // namespace binnacle::service
