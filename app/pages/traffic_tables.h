// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/table_reading.h"

namespace binnacle::app {

/// HAProxy's servers with rates in place of its counters, and what a weight is on its way to.
extern const TableSpec kProxyServers;
[[nodiscard]] TableReading readProxyServers(const PageContext& context, const std::string& source);

/// HAProxy's frontends and backends, likewise.
extern const TableSpec kProxySides;
[[nodiscard]] TableReading readProxySides(const PageContext& context, const std::string& source);

/// What the instances turned away unserved in the last five minutes, by reason and instance.
extern const TableSpec kSheds;
[[nodiscard]] TableReading readSheds(const PageContext& context, const std::string& source);

} // namespace binnacle::app
