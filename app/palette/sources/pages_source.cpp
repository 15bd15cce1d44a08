// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette/palette_catalogue.h"
#include "widgets/mark.h"

#include <QCoreApplication>

namespace binnacle::app {

std::shared_ptr<const PaletteSource> palette::pages(const PaletteHost& host) {
    std::vector<PaletteItem> items;
    for (const auto& page : pageCatalogue()) {
        const auto reading = page.rail(host.context);
        QStringList detail{QCoreApplication::translate("Page", page.group), reading.value, markWord(reading.mark)};
        detail.removeAll(QString());
        PaletteItem item;
        item.id = QStringLiteral("page/") + QLatin1String(page.id);
        item.title = QCoreApplication::translate("Page", page.title);
        item.detail = detail.join(QStringLiteral(", "));
        item.keys = QStringLiteral("G ") + QLatin1Char(page.key);
        item.run = [open = host.openPage, id = QString(QLatin1String(page.id))] { open(id); };
        items.push_back(std::move(item));
    }
    const auto offered = items.size();
    for (const auto& page : pageCatalogue()) {
        const auto parts = page.parts != nullptr ? page.parts() : QStringList();
        for (int part = 0; part < parts.size(); ++part) {
            PaletteItem item;
            item.id = QStringLiteral("page/%1/%2").arg(QLatin1String(page.id)).arg(part);
            item.title = QStringLiteral("%1: %2").arg(QCoreApplication::translate("Page", page.title), parts.at(part));
            item.detail = QCoreApplication::translate("Palette", "a part of that page");
            item.run = [open = host.openPart, id = QString(QLatin1String(page.id)), part] { open(id, part); };
            items.push_back(std::move(item));
        }
    }
    return std::make_shared<PaletteList>(std::move(items), offered);
}

} // namespace binnacle::app
