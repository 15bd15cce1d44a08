// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/tabbed_panels.h"

#include "app/pages/table_panel.h"
#include "widgets/key_button.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace binnacle::app {

TabbedPanels::TabbedPanels(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_choice(new SegmentedControl(this))
    , m_stack(new QStackedWidget(this)) {
    m_choice->setObjectName(QStringLiteral("tabs"));
    m_choice->setAccessibleName(name);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 4);
    row->addWidget(m_choice);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_stack, 1);
    connect(m_choice, &SegmentedControl::chosen, this, &TabbedPanels::choose);
}

void TabbedPanels::addPanel(const QString& title, TablePanel* panel) {
    addPanel(title, panel, [panel] { panel->showReadings(); });
}

int TabbedPanels::addPanel(const QString& title, QWidget* panel, std::function<void()> show) {
    m_panels.push_back({title, std::move(show)});
    m_stack->addWidget(panel);
    showSegments();
    return static_cast<int>(m_panels.size()) - 1;
}

void TabbedPanels::setOffered(int index, bool offered) {
    auto& panel = m_panels[static_cast<std::size_t>(index)];
    if (std::exchange(panel.offered, offered) == offered) {
        return;
    }
    const bool gone = !offered && current() == index;
    if (gone) {
        m_stack->setCurrentIndex(0);
        showReadings();
    }
    showSegments();
    if (gone) {
        Q_EMIT chosen(0);
    }
}

void TabbedPanels::showSegments() {
    std::vector<SegmentedControl::Segment> segments;
    int shown = 0;
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        if (m_panels[i].offered) {
            shown = static_cast<int>(i) == current() ? static_cast<int>(segments.size()) : shown;
            segments.push_back({m_panels[i].title});
        }
    }
    m_choice->setSegments(std::move(segments));
    m_choice->setCurrent(shown);
}

void TabbedPanels::choose(int segment) {
    int index = 0;
    for (const auto& panel : m_panels) {
        if (panel.offered && segment-- == 0) {
            m_stack->setCurrentIndex(index);
            showReadings();
            Q_EMIT chosen(index);
            return;
        }
        ++index;
    }
}

void TabbedPanels::showReadings() {
    m_panels[static_cast<std::size_t>(m_stack->currentIndex())].show();
}

void TabbedPanels::open(int index) {
    const auto before = m_panels.begin() + index;
    if (!before->offered) {
        return;
    }
    m_choice->choose(
        static_cast<int>(std::count_if(m_panels.begin(), before, [](const Panel& p) { return p.offered; })));
    if (auto* table = m_stack->currentWidget()->findChild<QTableView*>()) {
        table->setFocus(Qt::OtherFocusReason);
    }
}

int TabbedPanels::current() const {
    return m_stack->currentIndex();
}

} // namespace binnacle::app
