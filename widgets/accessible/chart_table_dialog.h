// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accessible/chart_table.h"
#include "widgets/theme.h"

#include <QDialog>
#include <QPointer>

class QLabel;
class QTableView;

namespace binnacle {

class KeyButton;
class PaintedWidget;

/// The figures of a chart as a table that one can walk through with the keyboard, and take along as CSV. It holds the
/// figures of the moment it was opened at until they are read again.
class ChartTableDialog : public QDialog {
    Q_OBJECT

public:
    /// `chart` implements ChartData; the dialog outlives it without harm.
    ChartTableDialog(PaintedWidget& chart, QWidget* window);
    ~ChartTableDialog() override;

    void readAgain();
    void copyCsv();
    [[nodiscard]] const ChartTable& shown() const;

    [[nodiscard]] static QString actionText(); ///< "Show as table"
    [[nodiscard]] static QString keyText();    ///< "F6"

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Model;

    QPointer<PaintedWidget> m_chart;
    Model* m_model;
    QTableView* m_view;
    QLabel* m_note;
    QLabel* m_summary;
    KeyButton* m_copy;
};

/// Opens the table of `chart` over its window; does nothing for a widget without ChartData.
void openChartTable(PaintedWidget& chart);

} // namespace binnacle
