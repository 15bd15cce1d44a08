// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/snapshot_feed.h"
#include "app/pages/panel_of.h"
#include "app/pages/table_reading.h"
#include "app/palette/palette_catalogue.h"
#include "app/palette/row_source.h"
#include "widgets/number_text.h"
#include "widgets/panel_status.h"

#include <QCoreApplication>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

QString pageOf(const std::string& source) {
    if (source.starts_with("postgres/")) {
        return QStringLiteral("database");
    }
    return source.starts_with("redis")       ? QStringLiteral("cache")
           : source.starts_with("pgbouncer") ? QStringLiteral("pools")
           : source.starts_with("haproxy")   ? QStringLiteral("traffic")
                                             : QStringLiteral("overview");
}

} // namespace

/// Whatever is read, with its state and age, and where it is looked at.
std::shared_ptr<const PaletteSource> palette::servers(const PaletteHost& host) {
    constexpr std::size_t kMost = 500;
    std::vector<PaletteItem> items;
    const auto& path = host.context.path();
    for (const auto& source : path.sources) {
        if (items.size() >= kMost) {
            break;
        }
        PaletteItem item;
        item.title = shownName(source.name);
        item.detail = Words::tr("%1, age %2").arg(stateWord(panelStateOf(source.state)), ageText(source.age));
        if (!source.name.starts_with("service/")) {
            item.run = [open = host.openPage, page = pageOf(source.name)] { open(page); };
            items.push_back(std::move(item));
            continue;
        }
        const auto name = source.name.substr(source.name.find('/') + 1);
        item.title = plain(name);
        for (const auto& hop : path.instances) {
            if (hop.name == name) {
                QStringList parts{plain(hop.role), plain(hop.version)};
                parts << (!hop.inRotation   ? QString()
                          : *hop.inRotation ? Words::tr("in rotation")
                                            : Words::tr("out of rotation"));
                parts << item.detail;
                parts.removeAll(QString());
                item.detail = parts.join(QStringLiteral(", "));
            }
        }
        item.run = [host = &host, title = item.title] {
            host->openPage(QStringLiteral("traffic"));
            chooseRow(*host, QStringLiteral("haproxy.servers"), title);
        };
        items.push_back(std::move(item));
    }
    return std::make_shared<PaletteList>(std::move(items), 0);
}

} // namespace binnacle::app
