// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QRectF>

class QPainter;

namespace binnacle {

/// The state shapes: each has its own silhouette, so that colour is only the second cue.
enum class Mark {
    None,
    Normal,   ///< hollow ring
    Caution,  ///< filled triangle
    Critical, ///< filled square with bar and dot
    Proof,    ///< tick
    Held,     ///< two bars
    Late,     ///< ring with clock hand
    Lost,     ///< cross
    Note,     ///< outlined triangle
    Denied,   ///< padlock
};

/// Paints the shape centred in `box` (drawn for 12 px, scaled with the box).
void drawMark(QPainter& painter, const QRectF& box, Mark mark, const Theme& theme);
/// The word that stands beside the shape, also for screen readers: "caution", "late" …
[[nodiscard]] QString markWord(Mark mark);
[[nodiscard]] Mark markOf(Severity severity);

} // namespace binnacle
