// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/statement_shape.h"

#include "backend/sql/sql_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <pg_query.h>

namespace binnacle {

namespace {

/// Longer texts have no shape: PostgreSQL's parser takes memory many times the text's size.
constexpr std::size_t kParseLimit = 64U << 10;
constexpr std::size_t kLongestRoute = 200;

bool isWord(const SqlScanner::Token& token, std::string_view word) {
    return token.kind == SqlToken::Name && std::ranges::equal(token.text, word, [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b;
           });
}

std::string_view withoutEnd(std::string_view sql) {
    const auto last = sql.find_last_not_of(" \t\r\n;");
    return last == std::string_view::npos ? std::string_view() : sql.substr(0, last + 1);
}

/// "%2Fv1%2Ftasks" -> "/v1/tasks"; nothing when it holds what no route does.
std::string routeOf(std::string_view encoded) {
    std::string route;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        auto c = static_cast<unsigned char>(encoded[i]);
        if (c == '%' && i + 2 < encoded.size()) {
            unsigned value = 0;
            const auto* const digits = encoded.data() + i + 1;
            if (std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
                c = static_cast<unsigned char>(value);
                i += 2;
            }
        }
        if (c < 0x20 || c >= 0x7f) {
            return {};
        }
        route += static_cast<char>(c);
    }
    return route.size() <= kLongestRoute ? route : std::string();
}

} // namespace

std::string_view preparedStatement(std::string_view sql) {
    SqlScanner scanner(sql);
    bool first = true;
    int depth = 0;
    for (SqlScanner::Token token; scanner.next(token);) {
        if (token.kind == SqlToken::Space || token.kind == SqlToken::Comment) {
            continue;
        }
        if (first && !isWord(token, "prepare")) {
            break;
        }
        first = false;
        depth += token.text == "(" ? 1 : token.text == ")" ? -1 : 0;
        if (depth == 0 && isWord(token, "as")) {
            const auto body = static_cast<std::size_t>(token.text.data() + token.text.size() - sql.data());
            return withoutEnd(sql.substr(body));
        }
    }
    return withoutEnd(sql);
}

std::string statementShape(std::string_view sql) {
    const auto statement = preparedStatement(sql);
    if (statement.empty() || statement.size() > kParseLimit || statement.find('\0') != std::string_view::npos) {
        return {};
    }
    const auto result = pg_query_fingerprint(std::string(statement).c_str());
    std::string shape;
    if (result.error == nullptr && result.fingerprint_str != nullptr) {
        shape = result.fingerprint_str;
    }
    pg_query_free_fingerprint_result(result);
    return shape;
}

std::string routeInComment(std::string_view sql) {
    if (sql.find("/*") == std::string_view::npos) {
        return {};
    }
    SqlScanner scanner(sql);
    for (SqlScanner::Token token; scanner.next(token);) {
        if (token.kind != SqlToken::Comment || !token.complete) {
            continue;
        }
        for (const std::string_view key : {"route='", "endpoint='"}) {
            const auto at = token.text.find(key);
            const bool begins =
                at != std::string_view::npos && at > 0 && std::string_view("*, ").contains(token.text[at - 1]);
            const auto end = begins ? token.text.find('\'', at + key.size()) : std::string_view::npos;
            if (end != std::string_view::npos) {
                return routeOf(token.text.substr(at + key.size(), end - at - key.size()));
            }
        }
    }
    return {};
}

std::string routeInName(std::string_view application) {
    constexpr std::array<std::string_view, 7> kMethods{"GET ",    "POST ", "PUT ",    "PATCH ",
                                                       "DELETE ", "HEAD ", "OPTIONS "};
    const bool has = std::ranges::any_of(kMethods, [&](std::string_view method) {
        return application.starts_with(method) && application.substr(method.size()).starts_with('/');
    });
    return has && application.size() <= kLongestRoute ? std::string(application) : std::string();
}

} // namespace binnacle
