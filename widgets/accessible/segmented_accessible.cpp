// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accessible/segmented_accessible.h"

#include "widgets/key_button.h"

#include <QPointer>
#include <QTimer>

namespace binnacle {

namespace {

class SegmentAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    SegmentAccessible(SegmentedControl* control, int index)
        : m_control(control)
        , m_index(index) {}

    [[nodiscard]] bool isValid() const override {
        return m_control && m_index < static_cast<int>(m_control->segments().size());
    }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_control ? m_control->window()->windowHandle() : nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override {
        return m_control ? QAccessible::queryAccessibleInterface(m_control) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text which) const override {
        if (!isValid()) {
            return {};
        }
        const auto& segment = m_control->segments()[static_cast<std::size_t>(m_index)];
        return which == QAccessible::Name ? segment.text : which == QAccessible::Accelerator ? segment.key : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override {
        const QRect inside = isValid() ? m_control->segmentRect(m_index) : QRect();
        return isValid() ? QRect(m_control->mapToGlobal(inside.topLeft()), inside.size()) : QRect();
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::RadioButton; }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State out;
        out.checkable = true;
        out.checked = isValid() && m_control->current() == m_index;
        out.disabled = !m_control || !m_control->isEnabled();
        out.invisible = !m_control || !m_control->isVisible();
        out.invalid = !isValid();
        return out;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override {
        return m_control && m_control->isEnabled() ? QStringList{pressAction()} : QStringList();
    }
    void doAction(const QString& name) override {
        if (name == pressAction() && m_control) {
            QTimer::singleShot(0, m_control, [control = m_control.data(), index = m_index] { control->choose(index); });
        }
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<SegmentedControl> m_control;
    int m_index;
};

} // namespace

SegmentedAccessible::SegmentedAccessible(SegmentedControl* control)
    : QAccessibleWidget(control, QAccessible::Grouping) {}

SegmentedAccessible::~SegmentedAccessible() {
    for (const auto id : m_segments) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

SegmentedControl& SegmentedAccessible::control() const {
    return *static_cast<SegmentedControl*>(widget());
}

int SegmentedAccessible::childCount() const {
    return static_cast<int>(control().segments().size());
}

QAccessibleInterface* SegmentedAccessible::child(int index) const {
    if (index < 0 || index >= childCount()) {
        return nullptr;
    }
    while (static_cast<int>(m_segments.size()) <= index) {
        m_segments.push_back(QAccessible::registerAccessibleInterface(
            new SegmentAccessible(&control(), static_cast<int>(m_segments.size()))));
    }
    return QAccessible::accessibleInterface(m_segments[static_cast<std::size_t>(index)]);
}

int SegmentedAccessible::indexOfChild(const QAccessibleInterface* child) const {
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        if (QAccessible::accessibleInterface(m_segments[i]) == child) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

QAccessibleInterface* SegmentedAccessible::focusChild() const {
    return control().hasFocus() ? child(control().current()) : nullptr;
}

QAccessibleInterface* SegmentedAccessible::make(const QString&, QObject* object) {
    auto* control = qobject_cast<SegmentedControl*>(object);
    return control != nullptr ? new SegmentedAccessible(control) : nullptr;
}

void SegmentedAccessible::tellChosen(SegmentedControl& control) {
    QAccessibleEvent words(&control, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&words);
    auto* of = QAccessible::queryAccessibleInterface(&control);
    auto* chosen = of != nullptr ? of->child(control.current()) : nullptr;
    if (chosen == nullptr) {
        return;
    }
    QAccessible::State changed;
    changed.checked = true;
    QAccessibleStateChangeEvent event(chosen, changed);
    QAccessible::updateAccessibility(&event);
}

} // namespace binnacle
