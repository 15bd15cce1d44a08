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
    return std::make_shared<PaletteList>(std::move(items));
}

} // namespace binnacle::app
