// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <filesystem>
#include <string>

namespace binnacle {

/// The content of a credential file without the line end. Denied when it may not be read, Invalid when it is empty or
/// longer than 4 kB.
[[nodiscard]] Result<std::string> readSecretFile(const std::filesystem::path& file);

} // namespace binnacle
