// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accessible/chart_table.h"
#include "widgets/painted_widget.h"

#include <vector>

namespace binnacle {

/// One figure that was predicted and then measured. The values share a unit; the texts are how they are written.
struct PredictionRow {
    QString title;
    double predicted = 0;
    double measured = 0;
    QString predictedText;
    QString measuredText;
    QString offBy; ///< "\u22127 %"
    friend bool operator==(const PredictionRow&, const PredictionRow&) = default;
};

/// What was expected, as an outline, above what was measured, solid: one pair of bars a figure.
class PredictionBars : public PaintedWidget, public ChartData {
    Q_OBJECT

public:
    explicit PredictionBars(QWidget* parent = nullptr);
    void showRows(std::vector<PredictionRow> rows);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {260, sizeHint().height()}; }

protected:
    void paint(QPainter& painter) override;

private:
    std::vector<PredictionRow> m_rows;
};

} // namespace binnacle
