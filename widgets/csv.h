// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace binnacle {

/// A text as a field of a CSV file (RFC 4180), in UTF-8. Names come from servers: what a spreadsheet would take for a
/// formula gets an apostrophe before it.
[[nodiscard]] QByteArray csvField(QByteArray text);

} // namespace binnacle
