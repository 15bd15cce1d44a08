// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette/palette_catalogue.h"

#include <QCoreApplication>

#include <array>

namespace binnacle::app {

namespace {

// A new kind: its source in sources/, and one line here.
constexpr std::array kKinds = {
    PaletteKind{"pages", QT_TRANSLATE_NOOP("Palette", "Pages"), 0, 12, &palette::pages},
    PaletteKind{"actions", QT_TRANSLATE_NOOP("Palette", "Actions"), '>', 8, &palette::actions},
    PaletteKind{"page", QT_TRANSLATE_NOOP("Palette", "On this page"), '!', 6, &palette::onPage},
    PaletteKind{"alerts", QT_TRANSLATE_NOOP("Palette", "Alerts"), '*', 5, &palette::alerts},
    PaletteKind{"stack", QT_TRANSLATE_NOOP("Palette", "Stack"), 0, 4, &palette::stack},
    PaletteKind{"window", QT_TRANSLATE_NOOP("Palette", "Window and time"), '.', 6, &palette::commands},
    PaletteKind{"routes", QT_TRANSLATE_NOOP("Palette", "Routes"), '/', 5, &palette::routes},
    PaletteKind{"sessions", QT_TRANSLATE_NOOP("Palette", "Sessions"), '@', 5, &palette::sessions},
    PaletteKind{"statements", QT_TRANSLATE_NOOP("Palette", "Statements"), '$', 5, &palette::statements},
    PaletteKind{"servers", QT_TRANSLATE_NOOP("Palette", "Instances and servers"), 0, 5, &palette::servers},
    PaletteKind{"keys", QT_TRANSLATE_NOOP("Palette", "Keys"), ':', 5, &palette::keys},
    PaletteKind{"undo", QT_TRANSLATE_NOOP("Palette", "Acts to take back"), '#', 4, &palette::undoable},
};

} // namespace

std::span<const PaletteKind> paletteCatalogue() {
    return kKinds;
}

} // namespace binnacle::app
