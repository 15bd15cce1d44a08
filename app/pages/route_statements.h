// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/table_reading.h"

#include <string>

namespace binnacle::app {

/// The statements that one route runs, over all instances, and how many sessions run each right now and how many of
/// those wait for a lock.
extern const TableSpec kRouteStatements;

/// As the services' telemetry tells them; where none does, as comments in statements and the names of sessions tell
/// (absent: neither, with the reason).
[[nodiscard]] TableReading readRouteStatements(const PageContext& context, const std::string& route);

/// The PostgreSQL server where sessions run the statement of that shape: rather one where they wait; empty: none does.
[[nodiscard]] std::string serverRunning(const PageContext& context, const std::string& shape);
/// Whether the session in that row of postgres.sessions runs, or holds open, the statement of that shape.
[[nodiscard]] bool runsShape(const SnapshotTable& sessions, std::size_t row, const std::string& shape);
/// Whether it waits for a lock.
[[nodiscard]] bool waitsForLock(const SnapshotTable& sessions, std::size_t row);

} // namespace binnacle::app
