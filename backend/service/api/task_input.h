// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace binnacle::service {

/// A valid body of POST /v1/tasks.
struct TaskInput {
    std::int64_t projectId = 0;
    std::string title;
    std::string description;
    std::string priority = "normal";
};

/// Why a body was refused, in the words of a problem document.
struct InputError {
    int status = 400; ///< 400: no JSON object; 422: a field is wrong
    std::string_view code;
    std::string message;
    std::string parameter; ///< the field at fault, if one is
};

/// Checks type, range and presence of each field; refuses unknown and repeated ones. `body` may get a larger capacity.
[[nodiscard]] std::variant<TaskInput, InputError> parseTaskInput(std::string& body);

/// Deepest nesting of arrays and objects outside strings.
[[nodiscard]] std::size_t jsonDepth(std::string_view text);

} // namespace binnacle::service
