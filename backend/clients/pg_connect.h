// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/secret.h"
#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct pg_conn; // PGconn of libpq

namespace binnacle {

struct PgConnectionCloser {
    void operator()(pg_conn* connection) const;
};
using PgConnection = std::unique_ptr<pg_conn, PgConnectionCloser>;

/// The settings that a connection string of libpq names, or a postgresql:// address. Invalid when it is not understood;
/// the text does not repeat it, for it may hold a secret.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> conninfoSettings(const std::string& conninfo);

/// Whether the connection string names a server of this machine: a socket, the loopback, or no host.
[[nodiscard]] bool isLocalConninfo(const std::string& conninfo);

/// Adds settings to a libpq connection string, quoted; later ones override earlier ones.
[[nodiscard]] std::string withSettings(std::string conninfo,
                                       const std::vector<std::pair<std::string, std::string>>& settings);

/// Takes libpq's variables (PGPASSWORD, PGHOSTADDR, PGSSLMODE …) out of the environment: they would override the
/// credential files and addresses of our connections. Call it in main(), before the first thread.
void forgetPostgresEnvironment();

/// Opens a connection without ever waiting beyond the deadline: name lookup, socket, authentication. Takes the
/// connection string in key=value form. Denied on 28xxx and 42501, NotFound on a missing database, Refused when
/// nothing listens or the server is starting up. Messages of the connection are verbose, so that they carry their
/// SQLSTATE. `password` is used instead of any password file; it stands in no connection string of ours.
[[nodiscard]] Result<PgConnection> pgConnect(std::string conninfo, SteadyTime deadline, const Secret& password = {});

/// The reaction that a SQLSTATE calls for.
[[nodiscard]] ErrorCode errorCodeOfSqlState(std::string_view sqlState);
/// The SQLSTATE inside a verbose message ("FATAL:  28P01: password authentication failed …", the same shape in any
/// language), or nothing.
[[nodiscard]] std::string_view sqlStateOf(std::string_view message);
/// First line of a message of libpq, without line end.
[[nodiscard]] std::string firstLine(std::string_view message);

} // namespace binnacle
