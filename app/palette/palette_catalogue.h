// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/palette/palette_host.h"
#include "app/palette/palette_item.h"

#include <memory>
#include <span>

namespace binnacle::app {

/// A kind of things that the palette offers: one line in palette_catalogue.cpp.
struct PaletteKind {
    const char* id;
    const char* title;  ///< translated in context "Palette"
    char prefix;        ///< as the first letter it leaves the other kinds out; 0: none
    std::size_t beside; ///< the most that are shown beside other kinds
    std::shared_ptr<const PaletteSource> (*make)(const PaletteHost& host);
};

[[nodiscard]] std::span<const PaletteKind> paletteCatalogue();

namespace palette {
[[nodiscard]] std::shared_ptr<const PaletteSource> pages(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> actions(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> undoable(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> onPage(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> routes(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> sessions(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> statements(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> keys(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> servers(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> commands(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> alerts(const PaletteHost& host);
[[nodiscard]] std::shared_ptr<const PaletteSource> stack(const PaletteHost& host);
} // namespace palette

} // namespace binnacle::app
