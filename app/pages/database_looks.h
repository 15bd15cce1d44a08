// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/table_panel.h"

/// How the tables of a PostgreSQL server look on the page Database: which columns, in which order, and what is marked.
namespace binnacle::app::looks {

[[nodiscard]] TableLook longTransactions();
[[nodiscard]] TableLook sessions();
[[nodiscard]] TableLook statements();
[[nodiscard]] TableLook tables();
[[nodiscard]] TableLook indexes();
[[nodiscard]] TableLook standbys();
[[nodiscard]] TableLook replicationSlots();
[[nodiscard]] TableLook progress();
[[nodiscard]] TableLook databases();

/// A transaction that is open for long enough to matter, or idle within one.
[[nodiscard]] bool isLongTransaction(const SnapshotTable& sessions, std::size_t row);
/// A session of a client: not one of the server's own processes.
[[nodiscard]] bool isClient(const SnapshotTable& sessions, std::size_t row);

} // namespace binnacle::app::looks
