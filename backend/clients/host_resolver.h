// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <string>
#include <string_view>

namespace binnacle {

/// The numeric address of a host, found before the deadline. A numeric host is returned as it is; a name is looked up
/// on a thread that is left behind if the resolver of the system takes longer (it can't be interrupted).
[[nodiscard]] Result<std::string> resolveHost(const std::string& host, SteadyTime deadline);

/// Whether a host, as a name or an address, is this machine's loopback. Looks nothing up.
[[nodiscard]] bool isLoopback(std::string_view host);
/// The same for where something listens: "/PATH", "unix:/PATH", "socket:/PATH", "HOST:PORT", "SCHEME://HOST:PORT/PATH".
[[nodiscard]] bool isLocalAddress(std::string_view address);

} // namespace binnacle
