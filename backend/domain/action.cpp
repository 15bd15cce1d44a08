// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/action.h"

#include <array>
#include <charconv>
#include <cmath>

namespace binnacle {
namespace {

/// The last whole year that the clock's nanoseconds can count.
constexpr int lastYear = 2261;

/// Two or more digits, zero-padded.
std::string padded(long long number, std::size_t width) {
    auto text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// Reads exactly `count` digits at `position` and moves on; nothing when there are fewer.
std::optional<int> digits(std::string_view text, std::size_t position, std::size_t count) {
    int value = 0;
    for (std::size_t i = position; i < position + count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return std::nullopt;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

} // namespace

std::string valueText(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return std::to_string(*whole);
    }
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::get<double>(value));
    return {buffer.data(), end.ptr};
}

std::optional<std::int64_t> integerOf(const Values& values, std::string_view name) {
    const auto found = values.find(name);
    if (found == values.end()) {
        return std::nullopt;
    }
    const auto* whole = std::get_if<std::int64_t>(&found->second);
    return whole == nullptr ? std::nullopt : std::optional(*whole);
}

std::optional<double> numberOf(const Values& values, std::string_view name) {
    const auto found = values.find(name);
    if (found == values.end()) {
        return std::nullopt;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&found->second)) {
        return static_cast<double>(*whole);
    }
    const auto* number = std::get_if<double>(&found->second);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

std::string textOf(const Values& values, std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : valueText(found->second);
}

std::string_view riskName(Risk risk) {
    switch (risk) {
    case Risk::Low:
        return "low";
    case Risk::Medium:
        return "medium";
    case Risk::High:
        break;
    }
    return "high";
}

std::string_view reversibilityName(Reversibility reversibility) {
    switch (reversibility) {
    case Reversibility::Undo:
        return "undo";
    case Reversibility::Forward:
        return "forward";
    case Reversibility::Permanent:
        break;
    }
    return "permanent";
}

std::string_view verdictName(Verdict verdict) {
    switch (verdict) {
    case Verdict::Applied:
        return "applied";
    case Verdict::Refused:
        return "refused";
    case Verdict::Failed:
        return "failed";
    case Verdict::InDoubt:
        break;
    }
    return "in_doubt";
}

std::optional<Verdict> verdictFromName(std::string_view name) {
    for (const auto verdict : {Verdict::Applied, Verdict::Refused, Verdict::Failed, Verdict::InDoubt}) {
        if (verdictName(verdict) == name) {
            return verdict;
        }
    }
    return std::nullopt;
}

int exitCodeOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Applied:
        return 0;
    case Verdict::Refused:
        return 3;
    case Verdict::InDoubt:
        return 4;
    case Verdict::Failed:
        break;
    }
    return 1;
}

UtcTime wholeMilliseconds(UtcTime time) {
    return std::chrono::floor<std::chrono::milliseconds>(time);
}

std::string isoTime(UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::milliseconds>(time - day));
    return padded(int(date.year()), 4) + "-" + padded(unsigned(date.month()), 2) + "-" +
           padded(unsigned(date.day()), 2) + "T" + padded(clock.hours().count(), 2) + ":" +
           padded(clock.minutes().count(), 2) + ":" + padded(clock.seconds().count(), 2) + "." +
           padded(clock.subseconds().count(), 3) + "Z";
}

std::optional<UtcTime> parseIsoTime(std::string_view text) {
    constexpr std::string_view shape = "0000-00-00T00:00:00.000Z";
    if (text.size() != shape.size()) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] != '0' && text[i] != shape[i]) {
            return std::nullopt;
        }
    }
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    const auto milliseconds = digits(text, 20, 3);
    if (!year || !month || !day || !hour || !minute || !second || !milliseconds || *hour > 23 || *minute > 59 ||
        *second > 59 || *year < 1970 || *year > lastYear) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second) + std::chrono::milliseconds(*milliseconds);
}

} // namespace binnacle
