// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/record_times.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <optional>
#include <utility>

namespace binnacle::ctl {

namespace {

using std::chrono::milliseconds;

std::optional<std::int64_t> whole(std::string_view text, std::size_t most) {
    std::int64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool all = !text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
    return all && text.size() <= most && text.front() != '-' ? std::optional(value) : std::nullopt;
}

/// Takes "DIGITS" of exactly that length and then `after` off the front.
std::optional<std::int64_t> take(std::string_view& text, std::size_t digits, std::string_view after) {
    if (text.size() < digits + after.size() || text.substr(digits, after.size()) != after) {
        return std::nullopt;
    }
    const auto value = whole(text.substr(0, digits), digits);
    text.remove_prefix(digits + after.size());
    return value;
}

std::optional<UtcTime> utc(std::string_view text) {
    if (text.ends_with('Z')) {
        text.remove_suffix(1);
    }
    const auto year = take(text, 4, "-");
    const auto month = year ? take(text, 2, "-") : std::nullopt;
    const auto day = month ? take(text, 2, "T") : std::nullopt;
    const auto hour = day ? take(text, 2, ":") : std::nullopt;
    const auto minute = hour ? take(text, 2, text.size() > 2 ? ":" : "") : std::nullopt;
    if (!minute || *hour > 23 || *minute > 59) {
        return std::nullopt;
    }
    milliseconds rest{0};
    if (!text.empty()) {
        const auto second = take(text, 2, "");
        if (!second || *second > 59) {
            return std::nullopt;
        }
        rest = std::chrono::seconds(*second);
    }
    if (!text.empty()) {
        const auto fraction = text.starts_with('.') ? whole(text.substr(1), 3) : std::nullopt;
        if (!fraction) {
            return std::nullopt;
        }
        rest += milliseconds(*fraction * (text.size() == 2 ? 100 : text.size() == 3 ? 10 : 1));
    }
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok()) {
        return std::nullopt;
    }
    return UtcTime(std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(*hour) +
                   std::chrono::minutes(*minute) + rest);
}

} // namespace

Result<std::chrono::seconds> parseDuration(std::string_view text) {
    constexpr std::array<std::pair<char, std::int64_t>, 4> units{{{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}}};
    for (const auto& [unit, seconds] : units) {
        if (!text.empty() && text.back() == unit) {
            const auto number = whole(text.substr(0, text.size() - 1), 6);
            if (number && *number > 0) {
                return std::chrono::seconds(*number * seconds);
            }
        }
    }
    return fail(ErrorCode::Invalid, "\"" + std::string(text) + "\" is no duration. Write 8s, 5m, 1h or 2d.");
}

Result<UtcTime> parseInstant(std::string_view text, UtcTime end) {
    if (text.starts_with('-')) {
        const auto before = parseDuration(text.substr(1));
        if (before) {
            return end - *before;
        }
    } else if (const auto time = utc(text)) {
        return *time;
    }
    return fail(ErrorCode::Invalid, "\"" + std::string(text) +
                                        "\" is no time. Write 2026-11-25T18:04:05Z, or -5m for five minutes before "
                                        "the end of the recording.");
}

Result<std::uint64_t> parseBytes(std::string_view text) {
    std::uint64_t unit = 1;
    constexpr std::array<std::pair<std::string_view, std::uint64_t>, 2> units{
        {{"MB", 1'000'000}, {"GB", 1'000'000'000}}};
    for (const auto& [name, bytes] : units) {
        if (text.ends_with(name)) {
            unit = bytes;
            text.remove_suffix(name.size());
            break;
        }
    }
    const auto number = whole(text, 12);
    if (!number || *number == 0 || (unit > 1 && *number > 1'000'000)) {
        return fail(ErrorCode::Invalid, "\"" + std::string(text) + "\" is no size. Write 200MB or 1GB.");
    }
    return static_cast<std::uint64_t>(*number) * unit;
}

std::string instantText(UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<milliseconds>(time - day));
    char text[64] = {};
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

} // namespace binnacle::ctl
