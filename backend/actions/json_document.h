// SPDX-License-Identifier: GPL-3.0-or-later
// How documents are written and read; for the .cpp files beside it alone.
#pragma once

#include "backend/domain/action.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle::document {

using Json = nlohmann::ordered_json;

inline std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

inline Json valuesJson(const Values& values) {
    Json json = Json::object();
    for (const auto& [name, value] : values) {
        std::visit([&](const auto& held) { json[name] = held; }, value);
    }
    return json;
}

inline Json listJson(const std::vector<std::string>& texts) {
    Json json = Json::array();
    for (const auto& text : texts) {
        json.push_back(text);
    }
    return json;
}

/// Members that are absent are empty; members of a wrong type make the whole document wrong.
class Reader {
public:
    explicit Reader(const Json& json)
        : m_json(json)
        , m_ok(json.is_object()) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] const Json& json() const { return m_json; }

    std::string text(const char* name) {
        const auto* member = find(name);
        if (member == nullptr || !check(member->is_string())) {
            return {};
        }
        return member->get<std::string>();
    }
    std::int64_t integer(const char* name) {
        const auto* member = find(name);
        if (member == nullptr || !check(member->is_number_integer())) {
            return 0;
        }
        return member->get<std::int64_t>();
    }
    bool boolean(const char* name) {
        const auto* member = find(name);
        return member != nullptr && check(member->is_boolean()) && member->get<bool>();
    }
    std::optional<double> number(const char* name) {
        const auto* member = find(name);
        if (member == nullptr || !check(member->is_number())) {
            return std::nullopt;
        }
        return member->get<double>();
    }
    std::optional<std::int64_t> optionalInteger(const char* name) {
        return find(name) != nullptr ? std::optional(integer(name)) : std::nullopt;
    }
    std::vector<std::string> texts(const char* name) {
        std::vector<std::string> result;
        const auto* member = find(name);
        if (member == nullptr || !check(member->is_array())) {
            return result;
        }
        for (const auto& item : *member) {
            if (check(item.is_string())) {
                result.push_back(item.get<std::string>());
            }
        }
        return result;
    }
    Values values(const char* name) {
        Values result;
        const auto* member = find(name);
        if (member == nullptr || !check(member->is_object())) {
            return result;
        }
        for (const auto& [key, value] : member->items()) {
            if (value.is_number_integer()) {
                result.emplace(key, value.template get<std::int64_t>());
            } else if (value.is_number()) {
                result.emplace(key, value.template get<double>());
            } else if (check(value.is_string())) {
                result.emplace(key, value.template get<std::string>());
            }
        }
        return result;
    }
    std::optional<UtcTime> time(const char* name) {
        const auto written = text(name);
        auto parsed = parseIsoTime(written);
        check(written.empty() || parsed.has_value());
        return parsed;
    }
    const Json* object(const char* name) {
        const auto* member = find(name);
        return member != nullptr && check(member->is_object()) ? member : nullptr;
    }
    /// Each item of the array under that name, read by `read`; one that is not understood makes the document wrong.
    template <typename T, typename Read>
    std::vector<T> list(const char* name, const Read& read) {
        std::vector<T> result;
        const auto* member = find(name);
        if (member == nullptr || !check(member->is_array())) {
            return result;
        }
        for (const auto& item : *member) {
            Reader inner(item);
            result.push_back(read(inner));
            check(inner.ok());
        }
        return result;
    }

private:
    const Json* find(const char* name) {
        if (!m_ok) {
            return nullptr;
        }
        const auto found = m_json.find(name);
        return found == m_json.end() || found->is_null() ? nullptr : &*found;
    }
    bool check(bool good) {
        m_ok = m_ok && good;
        return good;
    }

    const Json& m_json;
    bool m_ok;
};

/// Bodies come from other processes: nesting is bounded, so that no text can exhaust the stack.
inline Json parsed(std::string_view text) {
    const auto deep = [](int depth, Json::parse_event_t, Json&) {
        if (depth > 16) {
            throw std::length_error("nested too deep");
        }
        return true;
    };
    try {
        return Json::parse(text, deep, true);
    } catch (const std::exception&) {
        return Json(); // null, which no reader accepts
    }
}

inline Json forecastsJson(const std::vector<Forecast>& rows) {
    Json json = Json::array();
    for (const auto& row : rows) {
        json.push_back(
            {{"id", row.id}, {"title", row.title}, {"unit", row.unit}, {"now", row.now}, {"then", row.then}});
    }
    return json;
}

inline Forecast readForecast(Reader& reader) {
    return {reader.text("id"), reader.text("title"), reader.text("unit"), reader.number("now").value_or(0),
            reader.number("then").value_or(0)};
}

} // namespace binnacle::document
