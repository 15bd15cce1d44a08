// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accessible/chart_table.h"
#include "widgets/chart_frame.h"
#include "widgets/painted_widget.h"
#include "widgets/panel_status.h"

#include <cstdint>
#include <vector>

namespace binnacle {

/// A bucket of a distribution as its server tells it: how many took longer than `from` and at most `upto` seconds.
struct DurationBucket {
    double from = 0;
    double upto = 0;
    std::uint64_t count = 0;
    friend bool operator==(const DurationBucket&, const DurationBucket&) = default;
};

/// A distribution over buckets of any width, each as wide as it is on a logarithmic axis, square-root scale of shares.
/// Quantiles are said as the edge that they do not exceed: more is not known from coarse buckets.
class BucketHistogram : public PaintedWidget, public ChartData {
    Q_OBJECT

public:
    explicit BucketHistogram(QWidget* parent = nullptr);

    /// What the counts are of: "calls".
    void setUnit(const QString& unit);
    void setStatus(PanelStatus status);
    /// In the order of their edges.
    void showBuckets(std::vector<DurationBucket> buckets);
    [[nodiscard]] std::uint64_t total() const { return m_total; }
    /// The upper edge of the bucket that holds the quantile, in seconds; 0 without any count.
    [[nodiscard]] double quantileEdge(double q) const;

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QSize sizeHint() const override { return {420, 200}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 120}; }

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF plotRect() const;
    [[nodiscard]] QRectF barRect(std::size_t bucket) const;
    void paintTip(QPainter& painter, const QRectF& plot) const;
    void setHover(int bucket);

    std::vector<DurationBucket> m_buckets;
    std::uint64_t m_total = 0;
    double m_low = 1e-6;
    double m_high = 1e-3;
    double m_top = 1; ///< share at the top of the axis
    PanelStatus m_status;
    QString m_unit;
    int m_hover = -1;
    ChartFrame m_frame;
};

} // namespace binnacle
