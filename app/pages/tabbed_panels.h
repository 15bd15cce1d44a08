// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

class QStackedWidget;

namespace binnacle {
class SegmentedControl;
}

namespace binnacle::app {

class TablePanel;

/// Tables and charts of which one is shown at a time, and only that one is read. Segments above choose, also by arrow
/// keys.
class TabbedPanels : public QWidget {
    Q_OBJECT

public:
    explicit TabbedPanels(const QString& name, QWidget* parent = nullptr);

    /// Takes the panel over; the first one is shown. `title` is that of its segment.
    void addPanel(const QString& title, TablePanel* panel);
    /// The same for what is no table; `show` is called for new readings while it is the one. Its index.
    int addPanel(const QString& title, QWidget* panel, std::function<void()> show);
    /// Whether a panel can be chosen; if it was the one, the first takes its place. All can at first.
    void setOffered(int index, bool offered);
    void showReadings();
    [[nodiscard]] int current() const;
    /// Shows that one and gives its table the focus.
    void open(int index);

Q_SIGNALS:
    void chosen(int index);

private:
    struct Panel {
        QString title;
        std::function<void()> show;
        bool offered = true;
    };
    void showSegments();
    void choose(int segment);

    SegmentedControl* m_choice;
    QStackedWidget* m_stack;
    std::vector<Panel> m_panels;
};

} // namespace binnacle::app
