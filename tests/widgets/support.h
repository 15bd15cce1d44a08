// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/painted_widget.h"
#include "widgets/panel_status.h"

#include <QCoreApplication>
#include <QImage>

namespace binnacle::test {

inline SteadyTime start() {
    return SteadyTime{std::chrono::seconds(100000)};
}

inline PanelStatus status(PanelState state, std::chrono::nanoseconds age = std::chrono::milliseconds(400)) {
    PanelStatus out;
    out.state = state;
    out.age = age;
    out.lastAt = start() - std::chrono::duration_cast<SteadyTime::duration>(age);
    return out;
}

inline QImage grab(QWidget& widget) {
    QCoreApplication::processEvents();
    return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

/// Pixels of exactly that colour inside `area` (logical coordinates).
inline int pixelsOf(const QImage& image, const QRectF& area, const QColor& color) {
    const double ratio = image.devicePixelRatio();
    const QRect box = QRectF(area.topLeft() * ratio, area.size() * ratio).toAlignedRect().intersected(image.rect());
    int found = 0;
    for (int y = box.top(); y <= box.bottom(); ++y) {
        for (int x = box.left(); x <= box.right(); ++x) {
            found += (image.pixel(x, y) & 0xffffff) == (color.rgb() & 0xffffff) ? 1 : 0;
        }
    }
    return found;
}

/// Pixels that are more blue than anything grey is: the data colour and its antialiased edges.
inline int bluePixels(const QImage& image, const QRectF& area) {
    const double ratio = image.devicePixelRatio();
    const QRect box = QRectF(area.topLeft() * ratio, area.size() * ratio).toAlignedRect().intersected(image.rect());
    int found = 0;
    for (int y = box.top(); y <= box.bottom(); ++y) {
        for (int x = box.left(); x <= box.right(); ++x) {
            const QRgb p = image.pixel(x, y);
            found += qBlue(p) > qRed(p) + 24 ? 1 : 0;
        }
    }
    return found;
}

} // namespace binnacle::test
