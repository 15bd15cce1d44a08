// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"
#include "widgets/accessible/chart_table.h"
#include "widgets/chart_frame.h"
#include "widgets/painted_widget.h"
#include "widgets/panel_status.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace binnacle {

/// The shape of a latency distribution: bars on a logarithmic axis with a square-root scale of shares, the counts
/// below and above the range as bars of their own, quantiles marked, a second distribution as a step outline.
class LatencyHistogramView : public PaintedWidget, public ChartData {
    Q_OBJECT

public:
    explicit LatencyHistogramView(QWidget* parent = nullptr);

    /// Range of the axis in seconds, by default 1 ms to 4 s; what lies outside is counted beside it.
    void setRange(double lowSeconds, double highSeconds);
    void setNames(const QString& first, const QString& second);
    void setStatus(PanelStatus status);
    /// How the second is outlined: by default as the canary; dashed is what is compared with.
    void setSecondLook(Token color, bool dashed);
    /// What was recorded in the window; `second` is drawn as outline (canary, or the reference). Read during the call.
    void showHistogram(const LatencyHistogram& first, const LatencyHistogram* second = nullptr);

    /// The counts as painted: below, each bar, above. They add up to the histogram's count.
    [[nodiscard]] std::vector<std::uint64_t> paintedCounts() const;
    [[nodiscard]] std::uint64_t total() const { return m_shown.first.total; }
    /// "last 30 s … counts add up to 55 260": the part of the subtitle that the view knows.
    [[nodiscard]] QString countsText() const;

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QSize sizeHint() const override { return {852, 230}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, 120}; }

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Distribution {
        std::vector<std::uint64_t> bars;
        std::uint64_t below = 0;
        std::uint64_t above = 0;
        std::uint64_t total = 0;
        friend bool operator==(const Distribution&, const Distribution&) = default;
    };
    struct Shown {
        Distribution first;
        std::optional<Distribution> second;
        std::array<std::optional<double>, 4> quantiles; ///< p50 p95 p99 p99.9 of the first, in seconds
        double topShare = 0.01;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    [[nodiscard]] Distribution distribute(const LatencyHistogram& histogram) const;
    [[nodiscard]] QRectF plotRect() const;
    [[nodiscard]] int barAt(double x) const;
    [[nodiscard]] double edgeSeconds(int bar) const;
    [[nodiscard]] static std::array<QString, 4> quantileNames();
    void paintSecond(QPainter& painter, const QRectF& plot, const AxisScale& y) const;
    void paintQuantiles(QPainter& painter, const QRectF& plot) const;
    void paintTip(QPainter& painter, const QRectF& plot) const;
    void setHover(int bar);

    Shown m_shown;
    PanelStatus m_status;
    QString m_firstName;
    QString m_secondName;
    std::pair<Token, bool> m_secondLook{Token::D4, false};
    double m_low = 0.001;
    double m_high = 4;
    int m_hover = -1;
    ChartFrame m_frame;
};

} // namespace binnacle
