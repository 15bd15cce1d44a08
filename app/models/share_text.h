// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <expected>

namespace binnacle::app {

/// Reads a share as people write it ("2.5", "2,5 %"): 0 to 100 with at most two digits after the point. Else a sentence
/// that says what to write.
[[nodiscard]] std::expected<double, QString> readShare(const QString& text);
/// "2.5 %", "0 %", with every digit that counts: a share is set in steps of 0.01 and read back exactly.
[[nodiscard]] QString shareText(double percent);

} // namespace binnacle::app
