// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace binnacle {

/// Why an operation did not succeed. A closed list: each code leads to another reaction of the caller.
enum class ErrorCode {
    Timeout,  ///< our own deadline ended the call; the peer may still be alive (stopped, slow, unreachable)
    Refused,  ///< nothing listens there, or it said no before any protocol was spoken
    Closed,   ///< the connection existed and was ended by the peer
    Denied,   ///< the peer answered: not with these credentials or rights
    Protocol, ///< the peer answered something that is not understood
    NotFound, ///< the thing asked for does not exist
    Invalid,  ///< the caller's input is wrong; the text says what to change
    Conflict, ///< the state has moved, or somebody else holds it
    Io,       ///< a file or the system failed (disk full, permission)
};

/// An error is a value with a sentence for the person who reads it.
struct Error {
    ErrorCode code = ErrorCode::Io;
    std::string text;

    friend bool operator==(const Error&, const Error&) = default;
};

template <typename T>
using Result = std::expected<T, Error>;

/// Shorthand for returning an error: `return fail(ErrorCode::Timeout, "…")`.
[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string text) {
    return std::unexpected(Error{code, std::move(text)});
}

} // namespace binnacle
