// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/elided_texts.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>
#include <QWidget>

#include <algorithm>

namespace binnacle {

namespace {
constexpr std::size_t kMost = 256; ///< of one widget: a table shows no more cells than that

ElidedTexts* textsOf(const QWidget& widget) {
    return widget.findChild<ElidedTexts*>(QString(), Qt::FindDirectChildrenOnly);
}

/// What the widget itself says there.
QString ownTip(const QWidget& widget, const QPoint& at) {
    const auto* view = qobject_cast<const QAbstractItemView*>(widget.parentWidget());
    if (view != nullptr && view->viewport() == &widget) {
        return view->indexAt(at).data(Qt::ToolTipRole).toString();
    }
    return widget.toolTip();
}
} // namespace

ElidedTexts::ElidedTexts(QWidget& widget)
    : QObject(&widget) {
    widget.installEventFilter(this);
}

void ElidedTexts::note(const QPainter& painter, const QRectF& box, const QString& whole) {
    auto* widget = dynamic_cast<QWidget*>(painter.device());
    if (widget == nullptr) {
        return;
    }
    auto* texts = textsOf(*widget);
    if (texts == nullptr) {
        texts = new ElidedTexts(*widget);
    }
    const auto place = painter.transform().mapRect(box);
    const auto known = std::ranges::find(texts->m_cut, place, &Cut::box);
    if (known != texts->m_cut.end()) {
        known->whole = whole;
    } else if (texts->m_cut.size() < kMost) {
        texts->m_cut.push_back({place, whole});
    }
}

QString ElidedTexts::at(const QWidget& widget, const QPointF& position) {
    const auto* texts = textsOf(widget);
    if (texts == nullptr) {
        return {};
    }
    const auto found = std::ranges::find_if(texts->m_cut, [&](const Cut& cut) { return cut.box.contains(position); });
    return found == texts->m_cut.end() ? QString() : found->whole;
}

bool ElidedTexts::eventFilter(QObject* watched, QEvent* event) {
    auto* widget = qobject_cast<QWidget*>(watched);
    if (event->type() == QEvent::Paint) {
        // What is painted anew is noted anew.
        const QRectF painted = static_cast<QPaintEvent*>(event)->rect();
        std::erase_if(m_cut, [&](const Cut& cut) { return painted.intersects(cut.box); });
    } else if (event->type() == QEvent::ToolTip && widget != nullptr) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto whole = at(*widget, help->pos());
        const auto own = ownTip(*widget, help->pos());
        const bool marked = Qt::mightBeRichText(own);
        const auto beginning = whole.left(40);
        if (!whole.isEmpty() && !own.contains(marked ? beginning.toHtmlEscaped() : beginning)) {
            auto tip = QStringLiteral("<p>%1</p>").arg(whole.toHtmlEscaped());
            tip += own.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(marked ? own : own.toHtmlEscaped());
            QToolTip::showText(help->globalPos(), tip, widget);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace binnacle
