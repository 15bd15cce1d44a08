// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace binnacle {

/// A text for a tool tip that is shown as it is: Qt takes for markup what looks like it, and only that.
[[nodiscard]] QString tipText(const QString& text);

} // namespace binnacle
