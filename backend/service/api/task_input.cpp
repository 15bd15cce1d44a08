// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/task_input.h"

#include "backend/service/api/query_string.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>

namespace binnacle::service {
namespace {

namespace od = simdjson::ondemand;

constexpr std::size_t kDeepest = 32;
constexpr std::size_t kLongestTitle = 200;
constexpr std::size_t kLongestDescription = 4000;
constexpr std::array<std::string_view, 4> kFields{"project_id", "title", "description", "priority"};
constexpr std::array<std::string_view, 3> kPriorities{"low", "normal", "high"};

InputError malformed(std::string message) {
    return {400, "malformed_json", std::move(message), {}};
}

InputError invalid(std::string_view field, std::string message) {
    return {422, "invalid_field", std::move(message), std::string(field)};
}

/// A syntax error in the middle of a document is the document's fault, a wrong type that of the field.
InputError wrongType(std::string_view field, simdjson::error_code error, std::string_view expected) {
    if (error == simdjson::INCORRECT_TYPE || error == simdjson::NUMBER_OUT_OF_RANGE ||
        error == simdjson::NUMBER_ERROR) {
        return invalid(field, std::string(field) + " must be " + std::string(expected));
    }
    return malformed("The body is not well-formed JSON.");
}

std::optional<InputError> readText(od::value value, std::string_view field, std::size_t shortest, std::size_t longest,
                                   bool multiline, std::string& out) {
    std::string_view text;
    if (const auto error = value.get_string().get(text); error != simdjson::SUCCESS) {
        return wrongType(field, error, "a string");
    }
    const auto characters = countCharacters(text);
    if (!characters || hasControlCharacters(text, multiline)) {
        return invalid(field, std::string(field) + " must be text without control characters");
    }
    if (*characters < shortest || *characters > longest) {
        return invalid(field, std::string(field) + " must have " + std::to_string(shortest) + " to " +
                                  std::to_string(longest) + " characters");
    }
    out.assign(text);
    return std::nullopt;
}

std::optional<InputError> readField(std::string_view name, od::value value, TaskInput& input) {
    if (name == "project_id") {
        const auto error = value.get_int64().get(input.projectId);
        if (error != simdjson::SUCCESS) {
            return wrongType(name, error, "an integer");
        }
        return input.projectId > 0 ? std::nullopt : std::optional(invalid(name, "project_id must be above 0"));
    }
    if (name == "title") {
        return readText(value, name, 1, kLongestTitle, false, input.title);
    }
    if (name == "description") {
        return readText(value, name, 0, kLongestDescription, true, input.description);
    }
    if (auto error = readText(value, name, 1, 16, false, input.priority)) {
        return error;
    }
    return std::ranges::find(kPriorities, input.priority) != kPriorities.end()
               ? std::nullopt
               : std::optional(invalid(name, "priority must be low, normal or high"));
}

std::variant<TaskInput, InputError> readObject(od::object object) {
    TaskInput input;
    std::array<bool, kFields.size()> seen{};
    for (auto entry : object) {
        std::string_view name;
        od::value value;
        if (entry.unescaped_key().get(name) != simdjson::SUCCESS || entry.value().get(value) != simdjson::SUCCESS) {
            return malformed("The body is not well-formed JSON.");
        }
        const auto at = static_cast<std::size_t>(std::ranges::find(kFields, name) - kFields.begin());
        if (at == kFields.size()) {
            return InputError{422, "unknown_field", "There is no such field.", std::string(name.substr(0, 64))};
        }
        if (seen[at]) {
            return InputError{422, "repeated_field", "The field is given twice.", std::string(name)};
        }
        seen[at] = true;
        if (auto error = readField(kFields[at], value, input)) {
            return *error;
        }
    }
    for (const std::size_t required : {0U, 1U}) {
        if (!seen[required]) {
            return InputError{422, "missing_field", "The field is required.", std::string(kFields[required])};
        }
    }
    return input;
}

} // namespace

std::size_t jsonDepth(std::string_view text) {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            i += c == '\\' ? 1 : 0;
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            deepest = std::max(deepest, ++depth);
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return deepest;
}

std::variant<TaskInput, InputError> parseTaskInput(std::string& body) {
    if (jsonDepth(body) > kDeepest) {
        return InputError{400, "json_too_deep", "The body is nested deeper than 32 levels.", {}};
    }
    if (body.empty()) {
        return malformed("The body is empty.");
    }
    od::parser parser;
    od::document document;
    od::object object;
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    if (parser.iterate(body.data(), body.size(), body.capacity()).get(document) != simdjson::SUCCESS) {
        return malformed("The body is not well-formed JSON in UTF-8.");
    }
    if (const auto error = document.get_object().get(object); error != simdjson::SUCCESS) {
        return malformed(error == simdjson::INCORRECT_TYPE ? "The body must be a JSON object."
                                                           : "The body is not well-formed JSON.");
    }
    auto result = readObject(object);
    const char* rest = nullptr;
    if (std::holds_alternative<TaskInput>(result) && document.current_location().get(rest) == simdjson::SUCCESS) {
        return malformed("Something follows the JSON object.");
    }
    return result;
}

} // namespace binnacle::service
