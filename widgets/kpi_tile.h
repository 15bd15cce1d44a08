// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "widgets/accessible/chart_table.h"
#include "widgets/draw.h"
#include "widgets/number_text.h"
#include "widgets/painted_widget.h"
#include "widgets/panel_status.h"
#include "widgets/time_context.h"

#include <optional>

namespace binnacle {

/// What a tile says at one moment.
struct KpiReading {
    QString label{};                      ///< "p99"
    NumberText number{};                  ///< not drawn while the status forbids it
    Severity severity = Severity::Normal; ///< of the limit that this tile owns
    QString comparison{};                 ///< "4.1\u00d7 baseline", "91 %, 14 wait"
    QString shortComparison{};            ///< where the other has no room; empty: it is cut
    std::optional<double> baseline{};     ///< dotted line of the sparkline
    std::optional<double> bar{};          ///< 0..1: a bar in place of the sparkline
    PanelStatus status{};
    friend bool operator==(const KpiReading&, const KpiReading&) = default;
};

/// One number with its unit, age, comparison and sparkline. 104 px high; 126 px wide in a row of eleven.
class KpiTile : public PaintedWidget, public ChartData {
    Q_OBJECT

public:
    explicit KpiTile(QWidget* parent = nullptr);

    void showReading(const KpiReading& reading);
    /// Sparkline of `series` over `window`; nullptr for none. Read during the call only.
    void showSpark(const Series* series, const TimeSpan& window, Quantity quantity = Quantity::Count);
    /// Whose crosshair the sparkline shows and reads; it must outlive the tile.
    void setTimeContext(const TimeContext* context);
    /// "41 ms at 14:02:03": the sparkline at the crosshair. Empty without a crosshair in it, or without a value there.
    [[nodiscard]] QString crosshairText() const;
    /// Sparklines are the first to go where height is short (under 860 px).
    void setSparkVisible(bool visible);
    /// The rule at the right end; off for the last tile of a row.
    void setSeparator(bool visible);

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::vector<SpokenPart> spokenParts() const override;
    /// The sparkline's figures, also where height is too short to draw it.
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] bool hasTable() const override { return m_context != nullptr && !m_columns.empty(); }
    [[nodiscard]] bool pressable() const override;
    void press() override { Q_EMIT activated(); }
    [[nodiscard]] QAccessible::Role spokenRole() const override {
        return pressable() ? QAccessible::Button : QAccessible::StaticText;
    }
    [[nodiscard]] QSize sizeHint() const override { return {126, m_sparkVisible ? 104 : 76}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {96, m_sparkVisible ? 104 : 76}; }

Q_SIGNALS:
    /// Chosen with the mouse, Return or Space.
    void activated();

protected:
    void paint(QPainter& painter) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void paintNumber(QPainter& painter, const QRectF& box) const;
    void paintSpark(QPainter& painter, const QRectF& box) const;
    void paintBar(QPainter& painter, const QRectF& box) const;

    KpiReading m_reading;
    [[nodiscard]] std::optional<int> crosshairColumn() const;

    const TimeContext* m_context = nullptr;
    std::vector<SeriesColumn> m_columns; ///< of the spark
    TimeSpan m_window{};
    Quantity m_quantity = Quantity::Count;
    draw::Curve m_spark;
    std::optional<float> m_baselineY;
    bool m_sparkVisible = true;
    bool m_separator = true;
    bool m_hover = false;
};

/// A ruled row of tiles of equal width; below 1440 px of window the row wraps into two.
class KpiRow : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit KpiRow(QWidget* parent = nullptr);
    /// Adds a tile at the end; the row owns it.
    KpiTile* addTile();
    [[nodiscard]] KpiTile* tile(int index) const { return m_tiles.at(static_cast<std::size_t>(index)); }
    [[nodiscard]] int count() const { return static_cast<int>(m_tiles.size()); }
    void setSparksVisible(bool visible);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int rowsFor(int width) const;
    void arrange();
    std::vector<KpiTile*> m_tiles;
    Theme m_theme;
    bool m_sparks = true;
};

} // namespace binnacle
