// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <map>
#include <string>
#include <string_view>

namespace binnacle::stack {

/// Fills `@{name}` in a template. Every name must have a value and every value a place, so that a typing error in a
/// template is an error at once and not a server with a surprising setting. Values are inserted as they stand:
/// quote them first with the function of the file's own syntax.
[[nodiscard]] Result<std::string> renderTemplate(std::string_view text,
                                                 const std::map<std::string, std::string>& values);

/// A value in postgresql.conf: within single quotes, quotes doubled, backslashes doubled.
[[nodiscard]] std::string quoteForPostgresConf(std::string_view value);

/// A member of a list value in postgresql.conf (socket directories): an identifier within double quotes.
[[nodiscard]] std::string quoteListMember(std::string_view value);

/// A value in a libpq connection string, also those of pgbouncer.ini and primary_conninfo.
[[nodiscard]] std::string quoteForConninfo(std::string_view value);

/// A value of a `[databases]` entry of pgbouncer.ini: within single quotes, quotes doubled.
[[nodiscard]] std::string quoteForPgbouncer(std::string_view value);

/// A field of a .pgpass line: colons and backslashes escaped.
[[nodiscard]] std::string escapeForPgpass(std::string_view value);

/// A word in redis.conf: within double quotes.
[[nodiscard]] std::string quoteForRedis(std::string_view value);

/// An SQL string literal (standard_conforming_strings on).
[[nodiscard]] std::string quoteSqlLiteral(std::string_view value);

/// True when a path can stand in every configuration file: printable bytes of which none ends a line, and no comma,
/// which libpq and HAProxy take for a list of hosts without any way to escape it.
[[nodiscard]] bool isUsableSocketDirectory(std::string_view path);

} // namespace binnacle::stack
