// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"

#include <optional>

namespace binnacle {

/// The bar alone: 4 px on a track, with an optional tick for the limit.
void drawSaturation(QPainter& painter, const QRectF& box, std::optional<double> zeroToOne, Severity severity,
                    const Theme& theme, std::optional<double> limit = std::nullopt);

/// How full something is.
class SaturationBar : public PaintedWidget {
    Q_OBJECT

public:
    explicit SaturationBar(QWidget* parent = nullptr);
    /// 0..1, or absent: then only the track is drawn.
    void setSaturation(std::optional<double> zeroToOne, Severity severity = Severity::Normal,
                       std::optional<double> limit = std::nullopt);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::optional<SpokenRange> spokenRange() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::ProgressBar; }
    [[nodiscard]] QSize sizeHint() const override { return {120, 8}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {24, 8}; }

protected:
    void paint(QPainter& painter) override;

private:
    struct Shown {
        std::optional<double> value;
        std::optional<double> limit;
        Severity severity = Severity::Normal;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    Shown m_shown;
};

} // namespace binnacle
