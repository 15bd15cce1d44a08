// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

#include <vector>

namespace binnacle {

class SegmentedControl;

/// A row of segments as what it is: choices of which one holds, each with a name, and chosen by pressing it.
class SegmentedAccessible : public QAccessibleWidget {
public:
    explicit SegmentedAccessible(SegmentedControl* control);
    ~SegmentedAccessible() override;

    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override;
    [[nodiscard]] QAccessibleInterface* focusChild() const override;

    /// The factory's part for segmented controls; nullptr for others.
    [[nodiscard]] static QAccessibleInterface* make(const QString& className, QObject* object);
    /// Says that another segment holds now.
    static void tellChosen(SegmentedControl& control);

private:
    [[nodiscard]] SegmentedControl& control() const;

    mutable std::vector<QAccessible::Id> m_segments;
};

} // namespace binnacle
