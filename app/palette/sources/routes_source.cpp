// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/snapshot_feed.h"
#include "app/pages/panel_of.h"
#include "app/palette/palette_catalogue.h"
#include "app/palette/row_source.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <set>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

constexpr std::size_t kMostRoutes = 1000;

class RouteSource : public PaletteSource {
public:
    explicit RouteSource(const PaletteHost& host)
        : m_host(host) {
        std::set<std::string> routes;
        for (const auto& labels : host.context.feed.store().latency().series()) {
            const auto route = labels.get("route");
            if (!route.empty() && !route.starts_with("GET /healthz") && routes.size() < kMostRoutes) {
                routes.emplace(route);
            }
        }
        m_routes.assign(routes.begin(), routes.end());
    }
    [[nodiscard]] std::size_t count() const override { return m_routes.size(); }
    [[nodiscard]] PaletteText text(std::size_t index) const override { return {plain(m_routes[index]), {}, {}}; }
    [[nodiscard]] PaletteItem item(std::size_t index) const override {
        const auto& route = m_routes[index];
        const auto& path = m_host.context.path();
        LatencySelector selector;
        selector.route = route;
        const auto histogram = m_host.context.feed.store().latency().merged(
            selector, path.at - PathReading::kLatencyWindow, path.at + LatencyLog::kSlot);
        const auto quantile = [&](double q) {
            return numberText(histogram.supportedQuantile(q), Quantity::Duration).joined();
        };
        PaletteItem item;
        item.title = plain(route);
        item.detail = Words::tr("p99 %1, %2 requests in 30 s")
                          .arg(quantile(0.99), countText(static_cast<double>(histogram.count())));
        item.facts = {{QStringLiteral("p50"), quantile(0.5)},
                      {QStringLiteral("p95"), quantile(0.95)},
                      {QStringLiteral("p99"), quantile(0.99)},
                      {Words::tr("Enter"), Words::tr("shows it among the routes of Latency")}};
        item.run = [host = &m_host, name = item.title] {
            host->openPage(QStringLiteral("latency"));
            chooseRow(*host, QStringLiteral("routes"), name);
        };
        return item;
    }
    [[nodiscard]] std::size_t offered() const override { return std::min<std::size_t>(m_routes.size(), 3); }

private:
    const PaletteHost& m_host;
    std::vector<std::string> m_routes;
};

} // namespace

std::shared_ptr<const PaletteSource> palette::routes(const PaletteHost& host) {
    return std::make_shared<RouteSource>(host);
}

} // namespace binnacle::app
