// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/palette/palette_host.h"
#include "app/palette/palette_item.h"
#include "backend/actions/action_catalogue.h"

namespace binnacle::app {

/// Why an action with these parameters can't be asked for: what is wrong with them, or who asks; empty: it can.
[[nodiscard]] QString whyNotAct(const PaletteHost& host, const CatalogueEntry& entry, const Values& parameters);
/// The action with what is known of its parameters: it opens the preview, or asks for the first that is missing, with
/// those to choose from that readings hold.
[[nodiscard]] PaletteItem actItem(const PaletteHost& host, const CatalogueEntry& entry, const Values& given);
/// What can be chosen for the first parameter that is missing, where that are a few; else nothing.
[[nodiscard]] std::vector<PaletteItem> actChoices(const PaletteHost& host, const CatalogueEntry& entry,
                                                  const Values& given);
/// The catalogue's title in the language of the display.
[[nodiscard]] QString actTitle(const CatalogueEntry& entry);

} // namespace binnacle::app
