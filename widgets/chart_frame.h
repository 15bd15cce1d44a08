// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/axis_scale.h"
#include "widgets/theme.h"

#include <QPixmap>
#include <QRectF>
#include <QSizeF>

#include <vector>

namespace binnacle {

/// The still part of a chart: grid, axis labels and zero line, laid out and painted by Qt Charts into one picture that
/// is made again only when the size, the scale or the theme changes. What moves is painted over it.
class ChartFrame {
public:
    struct Spec {
        QSizeF size;
        QRectF plot;
        std::vector<AxisTick> y;
        std::vector<AxisTick> x;
        bool yGrid = true;
        double devicePixelRatio = 1;
        friend bool operator==(const Spec&, const Spec&) = default;
    };

    [[nodiscard]] const QPixmap& picture(const Spec& spec, const Theme& theme);
    /// How often the picture was made.
    [[nodiscard]] int rebuilds() const { return m_rebuilds; }

private:
    Spec m_spec;
    Theme m_theme;
    QPixmap m_picture;
    int m_rebuilds = 0;
};

} // namespace binnacle
