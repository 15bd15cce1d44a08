// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/focus_ring.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QEvent>
#include <QPainter>

namespace binnacle {

namespace {
constexpr int kWidth = 2;
}

FocusRing::FocusRing(QWidget* part)
    : QWidget(part) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setObjectName(QStringLiteral("focusRing"));
    part->installEventFilter(this);
    fit();
}

void FocusRing::watch(QWidget& window) {
    connect(qApp, &QApplication::focusChanged, &window, [&window](QWidget*, QWidget* now) {
        auto* part = qobject_cast<QAbstractScrollArea*>(now);
        if (part == nullptr || part->window() != &window || part->focusPolicy() == Qt::NoFocus) {
            return;
        }
        if (part->findChild<FocusRing*>(QString(), Qt::FindDirectChildrenOnly) == nullptr) {
            auto* ring = new FocusRing(part);
            ring->m_theme = Theme(part->palette().color(QPalette::Window).lightness() < 128 ? ThemeMode::Dark
                                                                                            : ThemeMode::Light);
            ring->raise();
            ring->show();
        }
    });
}

void FocusRing::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void FocusRing::fit() {
    setGeometry(parentWidget()->rect());
    // The frame alone: what is inside is neither covered nor repainted.
    setMask(QRegion(rect()).subtracted(rect().adjusted(kWidth, kWidth, -kWidth, -kWidth)));
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget()) {
        switch (event->type()) {
        case QEvent::Resize:
            fit();
            break;
        case QEvent::FocusIn:
            raise();
            show();
            break;
        case QEvent::FocusOut:
            hide();
            break;
        default:
            break;
        }
    }
    return false;
}

void FocusRing::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_theme.color(Token::Ink));
}

} // namespace binnacle
