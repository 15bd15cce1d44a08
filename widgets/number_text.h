// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>

namespace binnacle {

/// A number as it is shown: the digits and, set smaller and lighter, the unit.
struct NumberText {
    QString value{};
    QString unit{};

    /// Both with a thin space between.
    [[nodiscard]] QString joined() const;
    friend bool operator==(const NumberText&, const NumberText&) = default;
};

/// What a value is, which decides how it is written.
enum class Quantity {
    Duration, ///< seconds: 9.1 ms, 142 ms, 1.24 s, 9:28 min
    Rate,     ///< per second: 1 842 /s
    Share,    ///< 0..1: 0.42 %, 92.4 %
    Bytes,    ///< 612 MB, 9.8 GB
    ByteRate, ///< bytes per second: 1.1 MB/s
    Count,    ///< 1 204
};

[[nodiscard]] NumberText numberText(double value, Quantity quantity);
/// Absent is a dash: never 0, never the last value.
[[nodiscard]] NumberText numberText(std::optional<double> value, Quantity quantity);
[[nodiscard]] inline QString absentText() {
    return QStringLiteral("\u2014");
}
/// 0.4 s to 9.9 s with a decimal, whole seconds, then m:ss min.
[[nodiscard]] QString ageText(std::chrono::nanoseconds age);
/// The age rounded down to what ageText() tells apart, so that comparing it says whether the text changes.
[[nodiscard]] std::optional<std::chrono::nanoseconds> shownAge(std::optional<std::chrono::nanoseconds> age);
/// "+38 %", "\u22126 %", "\u00d74.1", "unchanged", "new"; empty when there is no reference.
[[nodiscard]] QString changeText(double current, std::optional<double> reference);
/// A whole number with thin spaces in its thousands.
[[nodiscard]] QString countText(double value);

} // namespace binnacle
