// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accessible/part_accessible.h"

#include "widgets/painted_widget.h"

namespace binnacle {

QRect onScreen(const PaintedWidget& widget, const QRectF& box) {
    const QRect inside = box.isEmpty() ? widget.rect() : box.toAlignedRect().intersected(widget.rect());
    return {widget.mapToGlobal(inside.topLeft()), inside.size()};
}

PartAccessible::PartAccessible(PaintedWidget* widget, int index)
    : m_widget(widget)
    , m_index(index) {}

std::optional<SpokenPart> PartAccessible::part() const {
    if (!m_widget) {
        return std::nullopt;
    }
    auto parts = m_widget->spokenParts();
    if (static_cast<std::size_t>(m_index) >= parts.size()) {
        return std::nullopt;
    }
    return std::move(parts[static_cast<std::size_t>(m_index)]);
}

bool PartAccessible::isValid() const {
    return part().has_value();
}

QWindow* PartAccessible::window() const {
    return m_widget ? m_widget->window()->windowHandle() : nullptr;
}

QAccessibleInterface* PartAccessible::parent() const {
    return m_widget ? QAccessible::queryAccessibleInterface(m_widget) : nullptr;
}

QString PartAccessible::text(QAccessible::Text which) const {
    const auto found = part();
    if (!found) {
        return {};
    }
    if (which == QAccessible::Name) {
        return found->name;
    }
    return which == QAccessible::Description || which == QAccessible::Value ? found->text : QString();
}

QRect PartAccessible::rect() const {
    const auto found = part();
    return found ? onScreen(*m_widget, found->box) : QRect();
}

QAccessible::Role PartAccessible::role() const {
    const auto found = part();
    return found ? found->role : QAccessible::NoRole;
}

QAccessible::State PartAccessible::state() const {
    QAccessible::State out;
    out.readOnly = true;
    out.invisible = !m_widget || !m_widget->isVisible();
    out.invalid = !part();
    return out;
}

} // namespace binnacle
