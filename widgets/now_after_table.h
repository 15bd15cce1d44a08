// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accessible/chart_table.h"
#include "widgets/painted_widget.h"

#include <vector>

namespace binnacle {

/// One line of what an act changes.
struct NowAfterRow {
    QString name;
    QString now;
    QString after;
    friend bool operator==(const NowAfterRow&, const NowAfterRow&) = default;
};

/// What is, and what would be: a name and two values a line, the second strong where it differs.
class NowAfterTable : public PaintedWidget, public ChartData {
    Q_OBJECT

public:
    explicit NowAfterTable(QWidget* parent = nullptr);
    void showRows(std::vector<NowAfterRow> rows);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::Grouping; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paint(QPainter& painter) override;

private:
    std::vector<NowAfterRow> m_rows;
};

} // namespace binnacle
