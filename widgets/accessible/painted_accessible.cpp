// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accessible/painted_accessible.h"

#include "widgets/accessible/chart_table.h"
#include "widgets/accessible/chart_table_dialog.h"
#include "widgets/accessible/part_accessible.h"
#include "widgets/accessible/table_accessible.h"
#include "widgets/painted_widget.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace binnacle {

namespace {
QString showTable() {
    return QStringLiteral("ShowTable");
}
} // namespace

PaintedAccessible::PaintedAccessible(PaintedWidget* widget)
    : QAccessibleWidget(widget, widget->spokenRole()) {}

PaintedAccessible::~PaintedAccessible() {
    for (const auto id : m_parts) {
        QAccessible::deleteAccessibleInterface(id);
    }
    if (m_table != 0) {
        QAccessible::deleteAccessibleInterface(m_table);
    }
}

QAccessibleInterface* PaintedAccessible::make(const QString&, QObject* object) {
    auto* painted = dynamic_cast<PaintedWidget*>(object);
    return painted != nullptr ? new PaintedAccessible(painted) : nullptr;
}

PaintedWidget& PaintedAccessible::painted() const {
    return *static_cast<PaintedWidget*>(widget());
}

QString PaintedAccessible::text(QAccessible::Text which) const {
    if (which == QAccessible::Value) {
        return painted().spokenValue();
    }
    // Many readers speak the name and the description, and leave the value of other roles alone.
    if (which == QAccessible::Description && painted().accessibleDescription().isEmpty()) {
        return painted().spokenValue();
    }
    return QAccessibleWidget::text(which);
}

QAccessible::Role PaintedAccessible::role() const {
    return painted().spokenRole();
}

int PaintedAccessible::partCount() const {
    return static_cast<int>(painted().spokenParts().size());
}

bool PaintedAccessible::hasTable() const {
    return chartData(widget()) != nullptr;
}

int PaintedAccessible::childCount() const {
    return QAccessibleWidget::childCount() + partCount() + (hasTable() ? 1 : 0);
}

QAccessibleInterface* PaintedAccessible::child(int index) const {
    const int widgets = QAccessibleWidget::childCount();
    if (index < widgets) {
        return QAccessibleWidget::child(index);
    }
    index -= widgets;
    const int parts = partCount();
    if (index < parts) {
        while (static_cast<int>(m_parts.size()) <= index) {
            m_parts.push_back(QAccessible::registerAccessibleInterface(
                new PartAccessible(&painted(), static_cast<int>(m_parts.size()))));
        }
        return QAccessible::accessibleInterface(m_parts[static_cast<std::size_t>(index)]);
    }
    if (index > parts || !hasTable()) {
        return nullptr;
    }
    if (m_table == 0) {
        m_table = QAccessible::registerAccessibleInterface(new TableAccessible(&painted()));
    }
    return QAccessible::accessibleInterface(m_table);
}

int PaintedAccessible::indexOfChild(const QAccessibleInterface* child) const {
    if (const int index = QAccessibleWidget::indexOfChild(child); index >= 0) {
        return index;
    }
    const int widgets = QAccessibleWidget::childCount();
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        if (QAccessible::accessibleInterface(m_parts[i]) == child) {
            return widgets + static_cast<int>(i);
        }
    }
    return m_table != 0 && QAccessible::accessibleInterface(m_table) == child ? widgets + partCount() : -1;
}

QStringList PaintedAccessible::actionNames() const {
    QStringList names;
    if (painted().pressable()) {
        names << pressAction();
    }
    if (hasTable()) {
        names << showTable();
    }
    return names + QAccessibleWidget::actionNames();
}

void PaintedAccessible::doAction(const QString& name) {
    // From the event loop: whoever acts may end up deleting what was acted on.
    if (name == pressAction() && painted().pressable()) {
        QTimer::singleShot(0, &painted(), [widget = &painted()] { widget->press(); });
    } else if (name == showTable() && hasTable()) {
        QTimer::singleShot(0, &painted(), [widget = &painted()] { openChartTable(*widget); });
    } else {
        QAccessibleWidget::doAction(name);
    }
}

QString PaintedAccessible::localizedActionName(const QString& name) const {
    return name == showTable() ? ChartTableDialog::actionText() : QAccessibleWidget::localizedActionName(name);
}

QStringList PaintedAccessible::keyBindingsForAction(const QString& name) const {
    return name == showTable() ? QStringList{ChartTableDialog::keyText()}
                               : QAccessibleWidget::keyBindingsForAction(name);
}

void* PaintedAccessible::interface_cast(QAccessible::InterfaceType type) {
    if (type == QAccessible::ValueInterface) {
        return painted().spokenRange() ? static_cast<QAccessibleValueInterface*>(this) : nullptr;
    }
    return QAccessibleWidget::interface_cast(type);
}

QVariant PaintedAccessible::currentValue() const {
    return painted().spokenRange().value_or(SpokenRange{}).value;
}

void PaintedAccessible::setCurrentValue(const QVariant& value) {
    const auto range = painted().spokenRange();
    if (range && range->step > 0) {
        painted().setSpokenRange(std::clamp(value.toDouble(), range->low, range->high));
    }
}

QVariant PaintedAccessible::maximumValue() const {
    return painted().spokenRange().value_or(SpokenRange{}).high;
}

QVariant PaintedAccessible::minimumValue() const {
    return painted().spokenRange().value_or(SpokenRange{}).low;
}

QVariant PaintedAccessible::minimumStepSize() const {
    return painted().spokenRange().value_or(SpokenRange{}).step;
}

} // namespace binnacle
