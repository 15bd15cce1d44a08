// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/cache_page.h"
#include "app/pages/canary_page.h"
#include "app/pages/connections_page.h"
#include "app/pages/database_page.h"
#include "app/pages/degradation_page.h"
#include "app/pages/latency_page.h"
#include "app/pages/locks_page.h"
#include "app/pages/migrations_page.h"
#include "app/pages/overview_page.h"
#include "app/pages/page.h"
#include "app/pages/pools_page.h"
#include "app/pages/traffic_page.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

namespace binnacle::app {

namespace {

template <typename T>
Page* make(const PageContext& context, QWidget* parent) {
    return new T(context, parent);
}

// A new page: its pair of files, and one line here.
constexpr std::array kPages = {
    PageEntry{"overview", QT_TRANSLATE_NOOP("Page", "Overview"), "overview", QT_TRANSLATE_NOOP("Page", "Observe"), 'O',
              &make<OverviewPage>, &OverviewPage::railReading},
    PageEntry{"latency", QT_TRANSLATE_NOOP("Page", "Latency"), "latency", QT_TRANSLATE_NOOP("Page", "Observe"), 'L',
              &make<LatencyPage>, &LatencyPage::railReading},
    PageEntry{"traffic", QT_TRANSLATE_NOOP("Page", "Traffic"), "traffic", QT_TRANSLATE_NOOP("Page", "Observe"), 'T',
              &make<TrafficPage>, &TrafficPage::railReading, &TrafficPage::parts},
    PageEntry{"cache", QT_TRANSLATE_NOOP("Page", "Cache"), "cache", QT_TRANSLATE_NOOP("Page", "Observe"), 'C',
              &make<CachePage>, &CachePage::railReading, &CachePage::parts},
    PageEntry{"pools", QT_TRANSLATE_NOOP("Page", "Pools"), "pools", QT_TRANSLATE_NOOP("Page", "Observe"), 'P',
              &make<PoolsPage>, &PoolsPage::railReading, &PoolsPage::parts},
    PageEntry{"database", QT_TRANSLATE_NOOP("Page", "Database"), "database", QT_TRANSLATE_NOOP("Page", "Observe"), 'B',
              &make<DatabasePage>, &DatabasePage::railReading, &DatabasePage::parts},
    PageEntry{"locks", QT_TRANSLATE_NOOP("Page", "Locks"), "locks", QT_TRANSLATE_NOOP("Page", "Observe"), 'K',
              &make<LocksPage>, &LocksPage::railReading},
    PageEntry{"canary", QT_TRANSLATE_NOOP("Page", "Canary"), "canary", QT_TRANSLATE_NOOP("Page", "Steer"), 'N',
              &make<CanaryPage>, &CanaryPage::railReading},
    PageEntry{"degradation", QT_TRANSLATE_NOOP("Page", "Degradation"), "degradation",
              QT_TRANSLATE_NOOP("Page", "Steer"), 'D', &make<DegradationPage>, &DegradationPage::railReading},
    PageEntry{"migrations", QT_TRANSLATE_NOOP("Page", "Migrations"), "migrations", QT_TRANSLATE_NOOP("Page", "Steer"),
              'M', &make<MigrationsPage>, &MigrationsPage::railReading},
    PageEntry{"connections", QT_TRANSLATE_NOOP("Page", "Connections"), "connections",
              QT_TRANSLATE_NOOP("Page", "Understand"), 'X', &make<ConnectionsPage>, &ConnectionsPage::railReading},
};

} // namespace

std::span<const PageEntry> pageCatalogue() {
    return kPages;
}

QStringList pageIds() {
    QStringList ids;
    for (const auto& page : kPages) {
        ids << QLatin1String(page.id);
    }
    return ids;
}

} // namespace binnacle::app
