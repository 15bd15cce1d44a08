// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/history/path_history.h"
#include "widgets/number_text.h"
#include "widgets/panel_status.h"
#include "widgets/theme.h"

namespace binnacle::app {

[[nodiscard]] Severity severityOf(Concern concern);
/// A name or a message from outside as plain text for painting, of at most so many bytes.
[[nodiscard]] QString plain(std::string_view text, std::size_t most = 200);

/// What a panel says about a figure: its source's state and age, and while paused as of when it stands. `line` tells
/// the last value that was known when the source is lost.
[[nodiscard]] PanelStatus panelOf(const Figure& figure, const PageContext& context, PathLine line, Quantity quantity);
/// The same for a line of the page's own.
[[nodiscard]] PanelStatus panelOf(const Figure& figure, const PageContext& context, const Series& line,
                                  Quantity quantity);
/// The same for a hop, whose values are several.
[[nodiscard]] PanelStatus panelOf(const HopBase& hop, const PageContext& context);
/// What stands where PageContext::hasReading() is false.
[[nodiscard]] QString nothingThenText();
/// Where a figure comes from, how old it is, and why it is missing: for tooltips.
[[nodiscard]] QString provenance(const Figure& figure);

} // namespace binnacle::app
