// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/number_text.h"

#include <QString>

#include <vector>

namespace binnacle {

/// A labelled place on an axis, 0 at the low end and 1 at the high end.
struct AxisTick {
    double place = 0;
    QString label{};
    bool strong = false; ///< the zero line
    friend bool operator==(const AxisTick&, const AxisTick&) = default;
};

/// A value as an axis writes it: "5 s", "500", "2 %", "20 MB/s"; milliseconds bare unless `unit`.
[[nodiscard]] QString axisLabel(double value, Quantity quantity, bool unit);

/// Maps values to 0..1 of an axis and knows its round ticks.
class AxisScale {
public:
    enum class Kind { Linear, Log, SquareRoot };

    AxisScale() = default;
    AxisScale(Kind kind, double low, double high);

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] double low() const { return m_low; }
    [[nodiscard]] double high() const { return m_high; }
    /// 0..1, clamped; below a logarithmic axis is 0.
    [[nodiscard]] double place(double value) const;
    [[nodiscard]] double valueAt(double place) const;
    /// Round ticks: 1-2-5 on linear axes, 1-2-5 in decades where there is room on logarithmic ones.
    [[nodiscard]] std::vector<AxisTick> ticks(Quantity quantity, double pixels) const;

    /// Smallest 1-2-5 number that is not under `value`.
    [[nodiscard]] static double roundUp(double value);
    friend bool operator==(const AxisScale&, const AxisScale&) = default;

private:
    Kind m_kind = Kind::Linear;
    double m_low = 0;
    double m_high = 1;
};

/// Keeps the top of a scale steady: grows at once in 1-2-5 steps, shrinks only after `patience` below half of it.
class SteadyTop {
public:
    /// Returns the top to use for a plot whose largest value is `largest` at time `seconds` (any monotonic origin).
    double follow(double largest, double seconds, double patience = 600);
    [[nodiscard]] double top() const { return m_top; }

private:
    double m_top = 0;
    double m_smallSince = -1;
};

} // namespace binnacle
