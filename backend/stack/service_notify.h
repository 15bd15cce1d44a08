// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace binnacle::stack {

/// Tells the service manager that started this program (systemd: $NOTIFY_SOCKET) about its state; nothing otherwise.
void notifyServiceManager(const char* state);

} // namespace binnacle::stack
