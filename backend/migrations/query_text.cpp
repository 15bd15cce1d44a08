// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/migrations/query_text.h"

#include <algorithm>

namespace binnacle {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isWordPart(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Behind the quoted literal that begins at `at`; a doubled quote, and in E'' an escaped one, does not end it.
std::size_t endOfQuoted(std::string_view query, std::size_t at, bool escapes) {
    for (++at; at < query.size(); ++at) {
        if (escapes && query[at] == '\\') {
            ++at;
        } else if (query[at] == '\'') {
            if (at + 1 == query.size() || query[at + 1] != '\'') {
                return at + 1;
            }
            ++at;
        }
    }
    return query.size();
}

/// Behind a literal of the form $tag$…$tag$ that begins at `at`; `at` itself when none does.
std::size_t endOfDollarQuoted(std::string_view query, std::size_t at) {
    auto close = at + 1;
    while (close < query.size() && query[close] != '$' && isWordPart(query[close])) {
        ++close;
    }
    if (close >= query.size() || query[close] != '$' || (close > at + 1 && isDigit(query[at + 1]))) {
        return at;
    }
    const auto tag = query.substr(at, close + 1 - at);
    const auto end = query.find(tag, close + 1);
    return end == std::string_view::npos ? query.size() : end + tag.size();
}

/// Behind the comment that begins at `at`; `at` itself when none does. Those in the form of C may stand in one another.
std::size_t endOfComment(std::string_view query, std::size_t at) {
    const auto opens = query.substr(at, 2);
    if (opens == "--") {
        return std::min(query.find('\n', at), query.size());
    }
    if (opens != "/*") {
        return at;
    }
    for (int depth = 0; at < query.size();) {
        const auto two = query.substr(at, 2);
        depth += two == "/*" ? 1 : two == "*/" ? -1 : 0;
        at += two == "/*" || two == "*/" ? 2 : 1;
        if (depth == 0) {
            return at;
        }
    }
    return query.size();
}

/// Behind the quoted name that begins at `at`.
std::size_t endOfName(std::string_view query, std::size_t at) {
    const auto end = query.find('"', at + 1);
    return end == std::string_view::npos ? query.size() : end + 1;
}

} // namespace

std::string normalisedQuery(std::string_view query, std::size_t longest) {
    std::string out;
    for (std::size_t at = 0; at < query.size() && out.size() < longest;) {
        const char c = query[at];
        const bool wordBefore = !out.empty() && isWordPart(out.back());
        if (const auto end = endOfComment(query, at); end != at) {
            at = end; // a quote in a comment begins no literal, and what people write there is none of ours to show
            out += out.empty() || out.back() == ' ' ? "" : " ";
        } else if (c == '"') {
            const auto name = query.substr(at, endOfName(query, at) - at);
            out += name.substr(0, longest - out.size());
            at += name.size();
        } else if (c == '\'') {
            const bool escapes = !out.empty() && (out.back() == 'E' || out.back() == 'e');
            at = endOfQuoted(query, at, escapes);
            out += '?';
        } else if (c == '$' && !wordBefore && endOfDollarQuoted(query, at) != at) {
            at = endOfDollarQuoted(query, at);
            out += '?';
        } else if (isDigit(c) && !wordBefore) {
            while (at < query.size() && (isWordPart(query[at]) || query[at] == '.')) {
                ++at;
            }
            out += '?';
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            ++at;
            if (!out.empty() && out.back() != ' ') {
                out += ' ';
            }
        } else {
            out += c;
            ++at;
        }
    }
    while (out.ends_with(' ')) {
        out.pop_back();
    }
    return out;
}

} // namespace binnacle
