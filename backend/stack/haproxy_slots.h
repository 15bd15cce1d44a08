// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/instance_list.h"

#include <filesystem>

namespace binnacle::stack {

/// Gives the pre-declared server of an instance its address and lets HAProxy check and use it. Blocking, at most 2 s.
[[nodiscard]] Result<void> enableSlot(const std::filesystem::path& adminSocket, const InstanceSpec& instance, int port);

/// Takes the server out: no new requests; running ones finish.
[[nodiscard]] Result<void> disableSlot(const std::filesystem::path& adminSocket, const InstanceSpec& instance);

} // namespace binnacle::stack
