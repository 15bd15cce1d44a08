// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/icon.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

// Resources of a static library are not reached by the linker unless somebody asks for them.
static void initIcons() {
    Q_INIT_RESOURCE(icons);
}

namespace binnacle {

QPixmap tintedIcon(const QString& name, const QColor& color, double devicePixelRatio, int pixels) {
    initIcons();
    const QString key =
        QStringLiteral("binnacle/%1/%2/%3/%4").arg(name, color.name(QColor::HexArgb)).arg(devicePixelRatio).arg(pixels);
    QPixmap out;
    if (QPixmapCache::find(key, &out)) {
        return out;
    }
    QFile file(QStringLiteral(":/binnacle/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QSvgRenderer renderer(file.readAll());
    const int size = static_cast<int>(std::ceil(pixels * devicePixelRatio));
    out = QPixmap(size, size);
    out.fill(Qt::transparent);
    QPainter painter(&out);
    renderer.render(&painter, QRectF(0, 0, size, size));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(out.rect(), color);
    painter.end();
    out.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, out);
    return out;
}

} // namespace binnacle
