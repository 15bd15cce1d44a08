// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/sql_text.h"

#include "backend/sql/sql_scanner.h"
#include "backend/sql/statement_shape.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <pg_query.h>
#include <utility>
#include <xxhash.h>

namespace binnacle {

namespace {

/// Longer texts are scanned without being parsed: PostgreSQL's parser takes memory many times the text's size.
constexpr std::size_t kParseLimit = 64U << 10;

unsigned numberOf(std::string_view parameter) {
    unsigned number = 0;
    std::from_chars(parameter.data() + 1, parameter.data() + parameter.size(), number);
    return number;
}

struct Survey {
    unsigned highestParameter = 0; ///< of the $n in the text
    bool doubtful = false;         ///< a session may have read it otherwise than the parser does
};

Survey survey(std::string_view sql) {
    Survey found;
    SqlScanner scanner(sql);
    for (SqlScanner::Token token; scanner.next(token);) {
        if (token.kind == SqlToken::Parameter) {
            found.highestParameter = std::max(found.highestParameter, numberOf(token.text));
        }
        found.doubtful = found.doubtful || token.kind == SqlToken::Doubtful;
    }
    return found;
}

/// The text with constants as $n beyond those that it had, by PostgreSQL's own parser; nothing when it does not parse.
std::optional<std::string> normalisedByParser(std::string_view sql) {
    if (sql.size() > kParseLimit || sql.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    const auto result = pg_query_normalize(std::string(sql).c_str());
    std::optional<std::string> text;
    if (result.error == nullptr && result.normalized_query != nullptr) {
        text = result.normalized_query;
    }
    pg_query_free_normalize_result(result);
    return text;
}

/// Cuts at `longest` bytes and no character in two.
void cut(std::string& text, std::size_t longest) {
    if (text.size() <= longest) {
        return;
    }
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xc0U) == 0x80U) {
        --longest;
    }
    text.resize(longest);
}

/// What the parser leaves (comments, strings of commands that it does not look into) and all of what it can't read.
std::string scanned(std::string_view sql, unsigned ownParameters, std::size_t longest) {
    std::string out;
    bool gap = false;
    SqlScanner scanner(sql);
    for (SqlScanner::Token token; out.size() <= longest && scanner.next(token);) {
        if (token.kind == SqlToken::Space || token.kind == SqlToken::Comment) {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) {
            out += ' ';
        }
        gap = false;
        const bool replaced = token.kind == SqlToken::Literal || token.kind == SqlToken::Doubtful || !token.complete ||
                              (token.kind == SqlToken::Parameter && numberOf(token.text) > ownParameters);
        if (replaced) {
            out += '?';
        } else {
            out += token.text;
        }
    }
    cut(out, longest);
    return out;
}

} // namespace

std::string withoutLiterals(std::string_view sql, std::size_t longest) {
    const auto found = survey(sql);
    const auto parsed = found.doubtful ? std::nullopt : normalisedByParser(sql);
    return scanned(parsed ? std::string_view(*parsed) : sql, found.highestParameter, longest);
}

std::string shownStatement(std::string_view sql, Literals literals, std::size_t longest) {
    if (literals == Literals::Replaced) {
        return withoutLiterals(sql, longest);
    }
    auto text = std::string(sql.substr(0, longest + 1));
    cut(text, longest);
    return text;
}

const SqlText& SqlTextCache::of(std::string_view sql) {
    auto& known = entry(sql);
    if (!std::exchange(known.whole, true)) {
        known.text.shape = statementShape(sql);
        known.text.route = routeInComment(sql);
    }
    return known.text;
}

SqlTextCache::Entry& SqlTextCache::entry(std::string_view sql) {
    const auto hash = XXH3_128bits(sql.data(), sql.size());
    const Digest digest{hash.low64, hash.high64};
    if (const auto known = m_recent.find(digest); known != m_recent.end()) {
        return known->second;
    }
    auto text = [&] {
        const auto known = m_older.find(digest);
        return known != m_older.end() ? std::move(known->second)
                                      : Entry{{shownStatement(sql, m_literals), {}, {}}, false};
    }();
    if (m_recent.size() >= std::max<std::size_t>(m_capacity / 2, 1)) {
        m_older = std::exchange(m_recent, {});
    }
    return m_recent.insert_or_assign(digest, std::move(text)).first->second;
}

} // namespace binnacle
