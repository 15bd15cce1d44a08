// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/answer_reader.h"

#include <simdjson.h>

namespace binnacle::load {

namespace {

using simdjson::ondemand::document;
using simdjson::ondemand::object;

std::optional<std::string> cursorOf(document& doc) {
    std::string_view cursor;
    if (doc["meta"]["pagination"]["next_cursor"].get_string().get(cursor) != simdjson::SUCCESS || cursor.empty()) {
        return std::nullopt; // null or absent: the last page
    }
    return std::string(cursor);
}

} // namespace

std::optional<ListAnswer> readListAnswer(std::string_view body) {
    const simdjson::padded_string text(body);
    simdjson::ondemand::parser parser;
    document doc;
    simdjson::ondemand::array data;
    if (parser.iterate(text).get(doc) != simdjson::SUCCESS || doc["data"].get_array().get(data) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    ListAnswer answer;
    for (auto element : data) {
        object row;
        std::int64_t id = 0;
        if (element.get_object().get(row) != simdjson::SUCCESS || row["id"].get_int64().get(id) != simdjson::SUCCESS) {
            return std::nullopt;
        }
        answer.ids.push_back(id);
    }
    answer.nextCursor = cursorOf(doc);
    return answer;
}

std::optional<std::string> readNextCursor(std::string_view body) {
    const simdjson::padded_string text(body);
    simdjson::ondemand::parser parser;
    document doc;
    if (parser.iterate(text).get(doc) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return cursorOf(doc);
}

} // namespace binnacle::load
