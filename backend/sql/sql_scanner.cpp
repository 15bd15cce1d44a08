// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/sql_scanner.h"

#include <algorithm>

namespace binnacle {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
}

bool isSpace(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

bool SqlScanner::next(Token& token) {
    if (m_sql.empty()) {
        return false;
    }
    token = {SqlToken::Other, m_sql.substr(0, 1), true};
    scan(token);
    m_sql.remove_prefix(token.text.size());
    return true;
}

void SqlScanner::scan(Token& token) const {
    const char c = m_sql.front();
    if (isSpace(c)) {
        const auto end = std::ranges::find_if_not(m_sql, isSpace);
        token = {SqlToken::Space, m_sql.substr(0, static_cast<std::size_t>(end - m_sql.begin())), true};
    } else if (m_sql.starts_with("--") || m_sql.starts_with("/*")) {
        scanComment(token);
    } else if (c == '\'') {
        scanQuoted(token, 0, false);
    } else if (c == '"') {
        const auto end = m_sql.find('"', 1);
        token = {SqlToken::Name, end == std::string_view::npos ? m_sql : m_sql.substr(0, end + 1),
                 end != std::string_view::npos};
    } else if (c == '$') {
        scanDollar(token);
    } else if (isDigit(c) || (c == '.' && isDigit(at(1)))) {
        scanNumber(token);
    } else if (isNameStart(c)) {
        scanWord(token);
    }
}

void SqlScanner::scanWord(Token& token) const {
    const char first = lower(m_sql.front());
    if (at(1) == '\'' && (first == 'e' || first == 'b' || first == 'x' || first == 'n')) {
        scanQuoted(token, 1, first == 'e');
        return;
    }
    if (first == 'u' && at(1) == '&' && at(2) == '\'') {
        scanQuoted(token, 2, false);
        return;
    }
    std::size_t end = 1;
    while (end < m_sql.size() && isNamePart(m_sql[end])) {
        ++end;
    }
    token = {SqlToken::Name, m_sql.substr(0, end), true};
}

void SqlScanner::scanQuoted(Token& token, std::size_t quoteAt, bool escapes) const {
    for (auto i = quoteAt + 1; i < m_sql.size(); ++i) {
        const char c = m_sql[i];
        if (c == '\\' && escapes) {
            ++i;
        } else if (c == '\\' && at(i + 1) == '\'') {
            // Whether this quote ends the string is a setting of the session (standard_conforming_strings).
            token = {SqlToken::Doubtful, m_sql, false};
            return;
        } else if (c == '\'') {
            if (at(i + 1) != '\'') {
                token = {SqlToken::Literal, m_sql.substr(0, i + 1), true};
                return;
            }
            ++i;
        }
    }
    token = {SqlToken::Literal, m_sql, false};
}

void SqlScanner::scanDollar(Token& token) const {
    std::size_t end = 1;
    if (isDigit(at(1))) {
        while (isDigit(at(end))) {
            ++end;
        }
        token = {SqlToken::Parameter, m_sql.substr(0, end), true};
        return;
    }
    while (isNamePart(at(end)) && at(end) != '$') {
        ++end;
    }
    if (end >= m_sql.size() && end > 1) {
        token = {SqlToken::Literal, m_sql, false}; // cut off within the tag
    } else if (at(end) == '$') {
        const auto tag = m_sql.substr(0, end + 1);
        const auto close = m_sql.find(tag, tag.size());
        token = {SqlToken::Literal, close == std::string_view::npos ? m_sql : m_sql.substr(0, close + tag.size()),
                 close != std::string_view::npos};
    }
}

void SqlScanner::scanNumber(Token& token) const {
    std::size_t end = 0;
    while (isNamePart(at(end)) || at(end) == '.' ||
           ((at(end) == '-' || at(end) == '+') && lower(at(end - 1)) == 'e' && isDigit(at(end + 1)) &&
            lower(at(1)) != 'x')) {
        ++end;
    }
    token = {SqlToken::Literal, m_sql.substr(0, end), true};
}

void SqlScanner::scanComment(Token& token) const {
    token = {SqlToken::Comment, m_sql, false};
    if (m_sql.starts_with("--")) {
        const auto end = m_sql.find_first_of("\r\n");
        token = {SqlToken::Comment, m_sql.substr(0, end), end != std::string_view::npos};
        return;
    }
    int depth = 0;
    for (std::size_t i = 0; i + 1 < m_sql.size(); ++i) {
        const auto two = m_sql.substr(i, 2);
        if (two != "/*" && two != "*/") {
            continue;
        }
        depth += two == "/*" ? 1 : -1;
        ++i;
        if (depth == 0) {
            token = {SqlToken::Comment, m_sql.substr(0, i + 1), true};
            return;
        }
    }
}

} // namespace binnacle
