// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace binnacle {

/// The statement within "PREPARE name (types) AS …", else the text itself; without a closing semicolon.
[[nodiscard]] std::string_view preparedStatement(std::string_view sql);

/// What texts of the same statement have in common, whatever their values, white space and comments: PostgreSQL's own
/// text of it, a session's and that of a program name the same. 16 hex digits; empty when it can't be parsed (cut off,
/// no SQL). A prepared statement has the shape of what it prepares. Thread-safe.
[[nodiscard]] std::string statementShape(std::string_view sql);

/// The route that a comment in the statement names, as sqlcommenter and its like write it: /*route='%2Fv1%2Ftasks'*/,
/// of at most 200 bytes. Empty when none does.
[[nodiscard]] std::string routeInComment(std::string_view sql);
/// The same by the name that a client gives itself: "GET /v1/tasks". Empty when it has not that form.
[[nodiscard]] std::string routeInName(std::string_view application);

} // namespace binnacle
