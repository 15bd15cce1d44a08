// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/config_text.h"

#include <algorithm>
#include <set>

namespace binnacle::stack {

namespace {

std::string escaped(std::string_view value, std::string_view special, char escape) {
    std::string out;
    out.reserve(value.size() + 8);
    for (const char c : value) {
        if (special.find(c) != std::string_view::npos) {
            out.push_back(escape);
        }
        out.push_back(c);
    }
    return out;
}

std::string doubled(std::string_view value, char quote) {
    return quote + escaped(value, std::string_view(&quote, 1), quote) + quote;
}

} // namespace

Result<std::string> renderTemplate(std::string_view text, const std::map<std::string, std::string>& values) {
    std::string out;
    out.reserve(text.size() * 2);
    std::set<std::string> used;
    for (std::size_t at = 0; at < text.size();) {
        const auto open = text.find("@{", at);
        out.append(text.substr(at, open == std::string_view::npos ? open : open - at));
        if (open == std::string_view::npos) {
            break;
        }
        const auto close = text.find('}', open);
        if (close == std::string_view::npos) {
            return fail(ErrorCode::Invalid, "A template has '@{' without '}'.");
        }
        std::string name(text.substr(open + 2, close - open - 2));
        const auto value = values.find(name);
        if (value == values.end()) {
            return fail(ErrorCode::Invalid, "A template asks for '" + name + "', which has no value.");
        }
        out.append(value->second);
        used.insert(std::move(name));
        at = close + 1;
    }
    for (const auto& [name, value] : values) {
        if (!used.contains(name)) {
            return fail(ErrorCode::Invalid, "A template has no place for '" + name + "'.");
        }
    }
    return out;
}

std::string quoteForPostgresConf(std::string_view value) {
    return "'" + escaped(escaped(value, "\\", '\\'), "'", '\'') + "'";
}

std::string quoteListMember(std::string_view value) {
    return doubled(value, '"');
}

std::string quoteForConninfo(std::string_view value) {
    return "'" + escaped(value, "\\'", '\\') + "'";
}

std::string quoteForPgbouncer(std::string_view value) {
    return doubled(value, '\'');
}

std::string escapeForPgpass(std::string_view value) {
    return escaped(value, ":\\", '\\');
}

std::string quoteForRedis(std::string_view value) {
    return "\"" + escaped(value, "\\\"", '\\') + "\"";
}

std::string quoteSqlLiteral(std::string_view value) {
    return doubled(value, '\'');
}

bool isUsableSocketDirectory(std::string_view path) {
    return path.starts_with('/') && std::ranges::none_of(path, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == ',';
           });
}

} // namespace binnacle::stack
