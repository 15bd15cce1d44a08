// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace binnacle {

namespace {

constexpr std::string_view kMinus = "\u2212";

/// Fixed notation in the C locale, whatever the process has set.
std::string fixed(double value, int decimals) {
    std::array<char, 352> buffer{}; // 309 digits of the largest double, sign, point, decimals
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
    return error == std::errc() ? std::string(buffer.data(), end) : std::string(kNoValue);
}

std::string group(std::string digits) {
    const auto point = std::min(digits.find('.'), digits.size());
    if (point <= 3) {
        return digits;
    }
    for (auto at = static_cast<std::ptrdiff_t>(point) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), kThinSpace);
    }
    return digits;
}

void trimZeros(std::string& text) {
    if (text.find('.') == std::string::npos) {
        return;
    }
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) {
        text.pop_back();
    }
}

/// Three significant digits of a value >= 0, whole numbers from 100 up, grouped by thousands.
std::string significant(double value) {
    // The rounded value decides, so that 9.996 becomes "10" and never "10.00".
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    for (double limit = 0.9995; value > 0 && value < limit && decimals < 6; limit /= 10) {
        ++decimals;
    }
    auto text = fixed(value, decimals);
    trimZeros(text);
    return group(std::move(text));
}

std::string signedText(double value, std::string magnitude) {
    const bool zero = magnitude.find_first_not_of("0.") == std::string::npos;
    return value < 0 && !zero ? std::string(kMinus) + magnitude : magnitude;
}

std::string twoDigits(long long value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

FormattedNumber scaled(double value, double magnitude, std::string unit) {
    return {signedText(value, significant(magnitude)), std::move(unit)};
}

FormattedNumber countLike(double value, std::string unit) {
    const double magnitude = std::abs(value);
    if (magnitude >= 1e9) {
        return scaled(value, magnitude / 1e9, "G" + unit);
    }
    if (magnitude >= 1e6) {
        return scaled(value, magnitude / 1e6, "M" + unit);
    }
    if (magnitude > 1e5) {
        return magnitude >= 999'500 ? scaled(value, magnitude / 1e6, "M" + unit)
                                    : scaled(value, magnitude / 1e3, "k" + unit);
    }
    return scaled(value, magnitude, std::move(unit));
}

} // namespace

std::string FormattedNumber::text(std::string_view gap) const {
    if (unit.empty()) {
        return number;
    }
    std::string out = number;
    out += gap;
    out += unit;
    return out;
}

FormattedNumber formatSeconds(double seconds) {
    if (!std::isfinite(seconds)) {
        return {std::string(kNoValue), {}};
    }
    const double magnitude = std::abs(seconds);
    if (magnitude == 0) {
        return {"0", "s"};
    }
    if (magnitude < 0.9995e-6) {
        return scaled(seconds, magnitude * 1e9, "ns");
    }
    if (magnitude < 0.9995e-3) {
        return scaled(seconds, magnitude * 1e6, "\u00b5s");
    }
    if (magnitude < 0.9995) {
        return scaled(seconds, magnitude * 1e3, "ms");
    }
    if (magnitude < 59.95) {
        return scaled(seconds, magnitude, "s");
    }
    if (magnitude > 1e15) {
        return scaled(seconds, magnitude / 86400, "d");
    }
    const auto whole = static_cast<long long>(std::llround(magnitude));
    if (whole < 3600) {
        return {signedText(seconds, std::to_string(whole / 60) + ":" + twoDigits(whole % 60)), "min"};
    }
    const auto minutes = static_cast<long long>(std::llround(magnitude / 60));
    std::string text = group(std::to_string(minutes / 60));
    text += kThinSpace;
    text += "h ";
    text += std::to_string(minutes % 60);
    return {signedText(seconds, std::move(text)), "min"};
}

FormattedNumber formatRate(double perSecond) {
    return std::isfinite(perSecond) ? countLike(perSecond, "/s") : FormattedNumber{std::string(kNoValue), {}};
}

FormattedNumber formatCount(double count) {
    return std::isfinite(count) ? countLike(count, {}) : FormattedNumber{std::string(kNoValue), {}};
}

FormattedNumber formatShare(double share) {
    if (!std::isfinite(share)) {
        return {std::string(kNoValue), {}};
    }
    const double percent = std::abs(share) * 100;
    auto text = fixed(percent, percent < 0.995 ? 2 : 1);
    trimZeros(text);
    return {signedText(share, group(std::move(text))), "%"};
}

FormattedNumber formatBytes(double bytes) {
    if (!std::isfinite(bytes)) {
        return {std::string(kNoValue), {}};
    }
    constexpr std::array<std::string_view, 6> units{"B", "kB", "MB", "GB", "TB", "PB"};
    double magnitude = std::abs(bytes);
    std::size_t unit = 0;
    while (magnitude >= 999.5 && unit + 1 < units.size()) {
        magnitude /= 1000;
        ++unit;
    }
    return scaled(bytes, magnitude, std::string(units[unit]));
}

FormattedNumber formatValue(std::string_view unit, bool isRatio, double value) {
    if (isRatio) {
        return formatShare(value);
    }
    if (unit == "s") {
        return formatSeconds(value);
    }
    if (unit == "bytes") {
        return formatBytes(value);
    }
    if (unit == "%") {
        return formatShare(value / 100);
    }
    auto quantity = formatCount(value);
    if (quantity.unit.empty() && unit != "1" && unit != "level") {
        quantity.unit = unit;
    }
    return quantity;
}

FormattedNumber formatMeasure(std::string_view unit, double value) {
    if (unit == "1/s") {
        return formatRate(value);
    }
    if (unit == "s/s") {
        auto seconds = formatSeconds(value);
        seconds.unit += "/s";
        return seconds;
    }
    return formatValue(unit, unit == "1", value);
}

std::string formatChange(double before, double after) {
    if (!std::isfinite(before) || !std::isfinite(after)) {
        return std::string(kNoValue);
    }
    if (before == after || (before != 0 && std::abs(after / before - 1) <= 0.08)) {
        return "unchanged";
    }
    if (before == 0) {
        return "new";
    }
    if (after == 0) {
        return "\u2192 0";
    }
    const double factor = after / before;
    if (factor >= 1.95) {
        auto text = fixed(factor, factor < 9.95 ? 1 : 0);
        trimZeros(text);
        return "\u00d7" + group(std::move(text));
    }
    // A drop is told in percent down to -100; a change of sign has no useful percentage beyond that.
    const double percent = (factor - 1) * 100;
    const auto magnitude = group(fixed(std::abs(percent), 0));
    return (percent < 0 ? std::string(kMinus) : "+") + magnitude + std::string(kThinSpace) + "%";
}

std::string formatPoints(double shareBefore, double shareAfter) {
    const double points = (shareAfter - shareBefore) * 100;
    if (!std::isfinite(points)) {
        return std::string(kNoValue);
    }
    auto magnitude = fixed(std::abs(points), std::abs(points) < 0.995 ? 2 : 1);
    trimZeros(magnitude);
    if (magnitude == "0") {
        return "unchanged";
    }
    return (points < 0 ? std::string(kMinus) : "+") + magnitude + std::string(kThinSpace) + "points";
}

std::string formatAge(std::chrono::nanoseconds age) {
    const double seconds = std::max(0.0, std::chrono::duration<double>(age).count());
    if (seconds < 9.95) {
        return fixed(seconds, 1) + std::string(kThinSpace) + "s";
    }
    const auto whole = static_cast<long long>(std::llround(seconds));
    if (whole < 60) {
        return std::to_string(whole) + std::string(kThinSpace) + "s";
    }
    if (whole < 3600) {
        return std::to_string(whole / 60) + ":" + twoDigits(whole % 60);
    }
    return std::to_string(whole / 3600) + ":" + twoDigits(whole / 60 % 60) + ":" + twoDigits(whole % 60);
}

} // namespace binnacle
