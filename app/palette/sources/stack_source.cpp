// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/stack_controller.h"
#include "app/palette/palette_catalogue.h"

#include <QCoreApplication>

namespace binnacle::app {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};
} // namespace

std::shared_ptr<const PaletteSource> palette::stack(const PaletteHost& host) {
    using Traffic = StackController::Traffic;
    using Phase = StackController::Phase;
    auto& stack = host.context.stack;
    const auto traffic = stack.traffic();
    const auto why = [&](Traffic already, const QString& words) {
        return traffic == Traffic::None       ? Words::tr("No demo traffic belongs to what is watched")
               : traffic == Traffic::Changing ? Words::tr("It is changing just now")
               : traffic == already           ? words
                                              : QString();
    };
    std::vector<PaletteItem> items;
    PaletteItem start;
    start.id = QStringLiteral("stack/traffic_on");
    start.title = Words::tr("Start demo traffic");
    start.detail = Words::tr("About 50 requests per second against the bundled stack");
    start.whyNot = why(Traffic::Running, Words::tr("It runs already"));
    start.run = [&stack] { stack.startTraffic(); };
    items.push_back(std::move(start));
    PaletteItem stop;
    stop.id = QStringLiteral("stack/traffic_off");
    stop.title = Words::tr("Stop demo traffic");
    stop.detail = Words::tr("The stack goes on without requests");
    stop.whyNot = why(Traffic::Stopped, Words::tr("It is stopped already"));
    stop.run = [&stack] { stack.stopTraffic(); };
    items.push_back(std::move(stop));
    PaletteItem up;
    up.id = QStringLiteral("stack/up");
    up.title = Words::tr("Start the bundled stack");
    up.detail = Words::tr("Servers, instances and demo traffic on this machine");
    const auto phase = stack.phase();
    up.whyNot = phase == Phase::Absent || phase == Phase::Failed ? QString()
                : phase == Phase::Attached                       ? Words::tr("What is watched runs already")
                                                                 : Words::tr("Not now: %1").arg(stack.text());
    up.run = [&stack] { stack.startStack(); };
    items.push_back(std::move(up));
    return std::make_shared<PaletteList>(std::move(items));
}

} // namespace binnacle::app
