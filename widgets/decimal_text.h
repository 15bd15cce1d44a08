// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace binnacle {

/// Digits with that many decimals after the point of QLocale(), a true minus, thin spaces in the thousands. What people
/// read is written so; what programs read (CSV, JSON, names) is not.
[[nodiscard]] QString decimalText(double value, int decimals);

} // namespace binnacle
