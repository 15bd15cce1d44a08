// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/postgres_client.h"
#include "backend/domain/error.h"

#include <string>

namespace binnacle::postgres {

/// What a server and our role on it can tell, asked once per connection: which columns there are follows from the
/// versions, which rows from the rights.
struct Capabilities {
    int version = 0;            ///< server_version_num: 150014
    std::string role;           ///< quoted as an identifier where it must be
    std::string database;       ///< that of the connection, quoted likewise
    bool readsAllStats = false; ///< pg_read_all_stats, itself or through pg_monitor
    bool readsLogBySql = false; ///< may execute pg_current_logfile(text) and pg_read_file(text,bigint,bigint,boolean)
    bool writesJsonLog = false;
    std::string statementsSchema; ///< of pg_stat_statements, quoted likewise; empty where it is not installed
    int statementsVersion = 0;    ///< of the extension: 1.10 is 110, 1.9 is 109

    [[nodiscard]] int major() const { return version / 10000; }
};

/// The statement that asks, and what its one row means. Works on every version from 13 on, with no right at all.
[[nodiscard]] const std::string& capabilitiesSql();
[[nodiscard]] Result<Capabilities> parseCapabilities(const std::vector<PgRow>& rows);

/// Why a part has no rows, with what would bring them; empty when nothing is missing.
[[nodiscard]] std::string missingForSessions(const Capabilities& server);
[[nodiscard]] std::string missingForStatements(const Capabilities& server);
[[nodiscard]] std::string missingForDeadlockReports(const Capabilities& server);

} // namespace binnacle::postgres
