// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/stack_status.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/postgres_collector.h"

#include <memory>
#include <vector>

namespace binnacle {

/// Its PostgreSQL servers, the primary first.
[[nodiscard]] std::vector<PostgresTarget> postgresTargets(const StackStatus& status);

/// One collector for each part of a bundled stack that exists.
[[nodiscard]] std::vector<std::unique_ptr<Collector>> collectorsFor(const StackStatus& status);

} // namespace binnacle
