// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace binnacle::app {

/// What a part without Qt says, in the console's language: plain(), and where the whole, a sentence or a clause of it
/// is one of kBackendTexts or of a catalogue, as that is said here, with its figures written as people write them.
/// What is not known stays as it was said. Reads nothing but its argument; of any thread with a QCoreApplication.
[[nodiscard]] QString worded(std::string_view text, std::size_t most = 200);

} // namespace binnacle::app
