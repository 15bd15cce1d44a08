// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/alerts/alert_desk.h"
#include "app/alerts/alert_words.h"
#include "app/palette/palette_catalogue.h"
#include "app/settings.h"

#include <QCoreApplication>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

PaletteItem switchItem(const char* id, const QString& title, const QString& detail, std::function<void()> run) {
    PaletteItem item;
    item.id = QStringLiteral("alerts/") + QLatin1String(id);
    item.title = title;
    item.detail = detail;
    item.run = std::move(run);
    return item;
}

PaletteItem alertItem(const PaletteHost& host, AlertDesk& desk, const Alert& alert) {
    PaletteItem item;
    const auto& rule = *alert.rule;
    item.title = titleOf(rule, alert.subject);
    item.detail = severityWord(alert.severity) + QStringLiteral(", ") + stateText(alert, desk.time());
    if (alert.value) {
        item.facts.emplace_back(Words::tr("Value"), valueText(rule, *alert.value));
    }
    if (const auto limit = limitText(rule, alert.severity); !limit.isEmpty()) {
        item.facts.emplace_back(Words::tr("Limit"), limit);
    }
    item.facts.emplace_back(Words::tr("Means"), meaningOf(rule));
    item.facts.emplace_back(Words::tr("Enter"), Words::tr("opens the page that shows more of it"));
    item.run = [open = host.openPage, page = std::string(rule.page)] { open(QString::fromStdString(page)); };
    return item;
}

} // namespace

/// What is raised, and whether people are told.
std::shared_ptr<const PaletteSource> palette::alerts(const PaletteHost& host) {
    auto* const desk = host.alerts ? host.alerts() : nullptr;
    if (desk == nullptr) {
        return std::make_shared<PaletteList>(std::vector<PaletteItem>());
    }
    std::vector<PaletteItem> items;
    for (const auto& alert : desk->book().alerts()) {
        if (alert.active()) {
            items.push_back(alertItem(host, *desk, alert));
        }
    }
    const auto raised = items.size();
    auto& settings = desk->settings();
    const bool notices = settings.alertNotices();
    const bool sound = settings.alertSound();
    items.push_back(switchItem(
        "notices", notices ? Words::tr("Do not tell alerts on the desktop") : Words::tr("Tell alerts on the desktop"),
        notices ? Words::tr("They are told now") : Words::tr("They are not told now"),
        [&settings, notices] { settings.setAlertNotices(!notices); }));
    items.push_back(switchItem("sound", sound ? Words::tr("No sound for alerts") : Words::tr("A sound for alerts"),
                               sound ? Words::tr("They are heard now") : Words::tr("They are not heard now"),
                               [&settings, sound] { settings.setAlertSound(!sound); }));
    return std::make_shared<PaletteList>(std::move(items), raised);
}

} // namespace binnacle::app
