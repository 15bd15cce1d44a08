// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

#include <vector>

namespace binnacle {

class PaintedWidget;

/// The voice of a painted widget: its name, its value as description, its parts and the table behind it as children,
/// its place between two ends as a value, and what can be done with it. Made when somebody asks.
class PaintedAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit PaintedAccessible(PaintedWidget* widget);
    ~PaintedAccessible() override;

    [[nodiscard]] QString text(QAccessible::Text which) const override;
    [[nodiscard]] QAccessible::Role role() const override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override;
    [[nodiscard]] QStringList actionNames() const override;
    void doAction(const QString& name) override;
    [[nodiscard]] QString localizedActionName(const QString& name) const override;
    [[nodiscard]] QStringList keyBindingsForAction(const QString& name) const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    [[nodiscard]] QVariant currentValue() const override;
    void setCurrentValue(const QVariant& value) override;
    [[nodiscard]] QVariant maximumValue() const override;
    [[nodiscard]] QVariant minimumValue() const override;
    [[nodiscard]] QVariant minimumStepSize() const override;

    /// The factory's part for painted widgets; nullptr for others.
    [[nodiscard]] static QAccessibleInterface* make(const QString& className, QObject* object);

private:
    [[nodiscard]] PaintedWidget& painted() const;
    [[nodiscard]] int partCount() const;
    [[nodiscard]] bool hasTable() const;

    mutable std::vector<QAccessible::Id> m_parts;
    mutable QAccessible::Id m_table = 0;
};

} // namespace binnacle
