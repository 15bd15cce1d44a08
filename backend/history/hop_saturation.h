// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/request_path.h"

#include <optional>

namespace binnacle {

/// How full a hop is at a moment, 0..1: sessions of the frontend that serves users, connections of a standby, against
/// what they may be. Nothing where its source does not tell both, or told them more than five seconds before.
[[nodiscard]] std::optional<double> saturationOf(const ProxyHop& hop, const SignalStore& store, SteadyTime at);
[[nodiscard]] std::optional<double> saturationOf(const ReplicaHop& hop, const SignalStore& store, SteadyTime at);

} // namespace binnacle
