// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/content_scroll.h"

#include <QApplication>
#include <QEvent>
#include <QLayout>
#include <QResizeEvent>
#include <QScrollBar>
#include <QStackedWidget>

#include <algorithm>

namespace binnacle::app {

namespace {
constexpr int kAroundFocus = 12; ///< px that stay visible around what has the focus
} // namespace

ContentScroll::ContentScroll(QStackedWidget& content, QWidget* parent)
    : QScrollArea(parent)
    , m_content(content)
    , m_sheet(new QWidget) {
    setObjectName(QStringLiteral("contentScroll"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    viewport()->setAutoFillBackground(false);
    m_sheet->setAutoFillBackground(false);
    content.setParent(m_sheet);
    m_sheet->installEventFilter(this);
    content.installEventFilter(this);
    setWidget(m_sheet);
    content.show();
    connect(&content, &QStackedWidget::currentChanged, this, &ContentScroll::settle);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

/// Another page: what it needs and what it gets is known before it is filled, so that its first picture is its true
/// one.
void ContentScroll::settle() {
    if (auto* page = m_content.currentWidget()) {
        page->installEventFilter(this); // once: installing it again moves it to the front
        verticalScrollBar()->setValue(0);
        fitAnew();
    }
}

/// A page folds by its height: it is given what is there before it is asked what it needs.
void ContentScroll::fitAnew() {
    m_sheet->setMinimumHeight(0);
    m_sheet->resize(viewport()->size());
    m_content.layout()->activate();
    fit();
}

void ContentScroll::fit() {
    const auto* page = m_content.currentWidget();
    const int needed = page == nullptr ? 0 : page->minimumSizeHint().height();
    if (m_sheet->minimumHeight() != needed) {
        m_sheet->setMinimumHeight(needed);
    }
    const QSize size(viewport()->width(), std::max(viewport()->height(), needed));
    if (m_sheet->size() != size) {
        m_sheet->resize(size);
    }
    m_content.layout()->activate();
    if (page != nullptr && page->layout() != nullptr) {
        page->layout()->activate();
    }
}

void ContentScroll::follow(QWidget* focused) {
    if (focused != nullptr && m_content.isAncestorOf(focused) && verticalScrollBar()->maximum() > 0) {
        // All of it, and not only the row or the cursor that has it; of what is higher than the window, its head.
        const QRect box(focused->mapTo(m_sheet, QPoint()), focused->size());
        ensureVisible(0, box.bottom(), 0, kAroundFocus);
        ensureVisible(0, box.top(), 0, kAroundFocus);
    }
}

bool ContentScroll::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_sheet && event->type() == QEvent::Resize) {
        m_content.setGeometry(QRect(QPoint(), static_cast<QResizeEvent*>(event)->size()));
    } else if (watched == m_content.currentWidget() && event->type() == QEvent::LayoutRequest) {
        fit();
    }
    return QScrollArea::eventFilter(watched, event);
}

/// What was hidden has not heard of its size yet.
void ContentScroll::showEvent(QShowEvent* event) {
    QScrollArea::showEvent(event);
    fitAnew();
}

void ContentScroll::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    fitAnew();
}

} // namespace binnacle::app
