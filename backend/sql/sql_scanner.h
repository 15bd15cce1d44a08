// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace binnacle {

enum class SqlToken {
    Space,     ///< white space and control characters
    Comment,   ///< "-- …" or "/* … */", which may stand in one another
    Literal,   ///< a number, or a string in any of its forms, prefix included
    Parameter, ///< $1
    Name,      ///< a word, quoted or not
    Other,     ///< one character of an operator or a delimiter
    Doubtful,  ///< from here on the text can be read in two ways; the rest belongs to it
};

/// Splits SQL into tokens as PostgreSQL does, whatever the text: nothing is refused. A token that the text's end cuts
/// off goes to the end.
class SqlScanner {
public:
    explicit SqlScanner(std::string_view sql)
        : m_sql(sql) {}

    struct Token {
        SqlToken kind = SqlToken::Other;
        std::string_view text;
        bool complete = true; ///< false: the text ended inside
    };
    /// False at the end.
    bool next(Token& token);

private:
    void scan(Token& token) const;
    void scanWord(Token& token) const;
    void scanQuoted(Token& token, std::size_t quoteAt, bool escapes) const;
    void scanDollar(Token& token) const;
    void scanNumber(Token& token) const;
    void scanComment(Token& token) const;
    [[nodiscard]] char at(std::size_t index) const { return index < m_sql.size() ? m_sql[index] : '\0'; }

    std::string_view m_sql; ///< what is left
};

} // namespace binnacle
