// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accessible/spoken_part.h"

#include <QAccessibleInterface>
#include <QPointer>

#include <optional>

namespace binnacle {

class PaintedWidget;

/// One spoken part of a painted widget. It holds no words: each question is answered by the widget as it is then.
class PartAccessible : public QAccessibleInterface {
public:
    PartAccessible(PaintedWidget* widget, int index);

    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override;
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override;
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text which) const override;
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override;
    [[nodiscard]] QAccessible::State state() const override;

    [[nodiscard]] int index() const { return m_index; }

private:
    [[nodiscard]] std::optional<SpokenPart> part() const;

    QPointer<PaintedWidget> m_widget;
    int m_index;
};

/// Where `box` of `widget` lies on the screen.
[[nodiscard]] QRect onScreen(const PaintedWidget& widget, const QRectF& box);

} // namespace binnacle
