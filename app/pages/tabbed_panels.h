// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QStackedWidget;

namespace binnacle {
class SegmentedControl;
}

namespace binnacle::app {

class TablePanel;

/// Tables of which one is shown at a time, and only that one is read. Segments above choose, also by arrow keys.
class TabbedPanels : public QWidget {
    Q_OBJECT

public:
    explicit TabbedPanels(const QString& name, QWidget* parent = nullptr);

    /// Takes the panel over; the first one is shown. `title` is that of its segment.
    void addPanel(const QString& title, TablePanel* panel);
    void showReadings();
    [[nodiscard]] int current() const;

Q_SIGNALS:
    void chosen(int index);

private:
    SegmentedControl* m_choice;
    QStackedWidget* m_stack;
    QStringList m_titles;
    std::vector<TablePanel*> m_panels;
};

} // namespace binnacle::app
