// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/tabbed_panels.h"

#include "app/pages/table_panel.h"
#include "widgets/key_button.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

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
    connect(m_choice, &SegmentedControl::chosen, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        showReadings();
        Q_EMIT chosen(index);
    });
}

void TabbedPanels::addPanel(const QString& title, TablePanel* panel) {
    m_titles << title;
    m_panels.push_back(panel);
    m_stack->addWidget(panel);
    std::vector<SegmentedControl::Segment> segments;
    for (const auto& text : m_titles) {
        segments.push_back({text});
    }
    m_choice->setSegments(std::move(segments));
}

void TabbedPanels::showReadings() {
    m_panels[static_cast<std::size_t>(m_stack->currentIndex())]->showReadings();
}

int TabbedPanels::current() const {
    return m_stack->currentIndex();
}

} // namespace binnacle::app
