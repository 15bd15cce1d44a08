// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette/palette_catalogue.h"

namespace binnacle::app {

/// What has keys of the window itself. Pages have a kind of their own.
std::shared_ptr<const PaletteSource> palette::commands(const PaletteHost& host) {
    std::vector<PaletteItem> items;
    for (const auto& command : host.commands()) {
        if (!command.run || command.keys.startsWith(QStringLiteral("G "))) {
            continue;
        }
        PaletteItem item;
        item.id = QStringLiteral("window/") + command.keys;
        item.title = command.text;
        item.detail = command.group;
        item.keys = command.keys;
        item.whyNot = command.whyNot ? command.whyNot() : QString();
        item.run = command.run;
        items.push_back(std::move(item));
    }
    return std::make_shared<PaletteList>(std::move(items));
}

} // namespace binnacle::app
