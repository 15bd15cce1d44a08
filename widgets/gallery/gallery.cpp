// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/gallery.h"

#include "widgets/gallery/sheets.h"

#include <algorithm>
#include <array>

namespace binnacle::gallery {

using namespace std::chrono_literals;

namespace {

struct Entry {
    const char* name;
    std::unique_ptr<Sheet> (*make)();
};

constexpr std::array kSheets = {
    Entry{"overview", &makeOverview},
    Entry{"latency", &makeLatency},
    Entry{"states", &makeStates},
    Entry{"components", &makeComponents},
    Entry{"foundations", &makeFoundations},
    Entry{"palette", &makePalette},
    Entry{"keys", &makeKeys},
};

} // namespace

Sheet::Sheet() {
    context.advance(canned::now(), canned::utcNow());
    context.setReference(TimeSpan{canned::now() - 30min - 8s, canned::now() - 15min - 8s});
    setAutoFillBackground(true);
}

PanelStatus status(PanelState state, std::chrono::milliseconds age) {
    PanelStatus out;
    out.state = state;
    out.age = age;
    out.lastAt = canned::now() - age;
    return out;
}

QStringList sheetNames() {
    QStringList out;
    for (const auto& sheet : kSheets) {
        out << QLatin1String(sheet.name);
    }
    return out;
}

std::unique_ptr<QWidget> makeSheet(const QString& name) {
    const auto* found =
        std::ranges::find_if(kSheets, [&](const Entry& sheet) { return name == QLatin1String(sheet.name); });
    return found != kSheets.end() ? found->make() : nullptr;
}

void feed(QWidget& sheet) {
    static_cast<Sheet&>(sheet).feedAll();
}

} // namespace binnacle::gallery
