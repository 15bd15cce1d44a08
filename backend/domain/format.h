// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace binnacle {

/// Thin no-break space (U+202F) that stands between a number and its unit, and between groups of thousands.
inline constexpr std::string_view kThinSpace = "\u202f";
/// What is shown where there is no value (U+2014).
inline constexpr std::string_view kNoValue = "\u2014";

/// A number as people read it, with its unit apart, because tiles draw the two in different sizes.
struct FormattedNumber {
    std::string number; ///< with a true minus (U+2212); "—" when the value is not finite
    std::string unit;   ///< may be empty

    /// Number, gap and unit; no gap where there is no unit.
    [[nodiscard]] std::string text(std::string_view gap = kThinSpace) const;
    friend bool operator==(const FormattedNumber&, const FormattedNumber&) = default;
};

/// A duration: three significant digits, the unit changes at 1 000 ("9.1 ms", "142 ms", "1.24 s"), from 60 s "9:28
/// min", from one hour "2 h 24 min" (the unit is then part of the number).
[[nodiscard]] FormattedNumber formatSeconds(double seconds);
/// A rate per second: "1 842 /s", "0.2 /s", "184 k/s" above 100 000.
[[nodiscard]] FormattedNumber formatRate(double perSecond);
/// A number of things: "612", "1 204", "184 k" above 100 000; fractions keep three significant digits.
[[nodiscard]] FormattedNumber formatCount(double count);
/// A share of 0..1 in percent: two digits after the point under 1 %, one above.
[[nodiscard]] FormattedNumber formatShare(double share);
/// Decimal bytes, three significant digits: "211 MB", "1.24 GB".
[[nodiscard]] FormattedNumber formatBytes(double bytes);
/// A value by the unit of its signal (signal.h): "s", "bytes", "%", "1" and names of things.
[[nodiscard]] FormattedNumber formatValue(std::string_view unit, bool isRatio, double value);

/// A value of an effect or a forecast by its unit: "s", "s/s" (seconds in each second), "1/s", "1" (a share), else a
/// number of things of that name.
[[nodiscard]] FormattedNumber formatMeasure(std::string_view unit, double value);

/// The change from `before` to `after`: "unchanged" (within 8 %), "new" (from zero), "→ 0", "+15 %", "−6 %", from
/// ×1.95 "×4.1". Says nothing about what it is compared with: the caller names that.
[[nodiscard]] std::string formatChange(double before, double after);
/// The change of a share in percentage points: "−0.7 points".
[[nodiscard]] std::string formatPoints(double shareBefore, double shareAfter);
/// The age of a value: one decimal under 10 s ("0.4 s"), then whole seconds, from one minute m:ss, from one hour
/// h:mm:ss.
[[nodiscard]] std::string formatAge(std::chrono::nanoseconds age);

} // namespace binnacle
