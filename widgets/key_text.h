// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace binnacle {

/// Keys as they are printed in the language of the program: "Ctrl Shift P" is "Strg Umschalt P". Letters stay.
[[nodiscard]] QString keyText(const QString& keys);

} // namespace binnacle
