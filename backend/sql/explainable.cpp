// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/explainable.h"

#include "backend/sql/sql_scanner.h"
#include "backend/sql/statement_shape.h"

#include <algorithm>
#include <charconv>
#include <pg_query.h>

namespace binnacle {

namespace {

constexpr std::size_t kParseLimit = 64U << 10;

/// What stands between the first pair of parentheses before AS: the types of a PREPARE.
std::string typesBefore(std::string_view head) {
    const auto open = head.find('(');
    const auto close = head.rfind(')');
    return open == std::string_view::npos || close == std::string_view::npos || close < open
               ? std::string()
               : std::string(head.substr(open + 1, close - open - 1));
}

unsigned highestParameter(std::string_view sql) {
    unsigned highest = 0;
    SqlScanner scanner(sql);
    for (SqlScanner::Token token; scanner.next(token);) {
        unsigned number = 0;
        if (token.kind == SqlToken::Parameter) {
            std::from_chars(token.text.data() + 1, token.text.data() + token.text.size(), number);
        }
        highest = std::max(highest, number);
    }
    return highest;
}

/// The kind of the only statement ("SelectStmt"), or why there is none.
struct Kind {
    std::string name;
    std::string whyNot;
};

Kind kindOf(const std::string& sql) {
    const auto result = pg_query_parse(sql.c_str());
    Kind kind;
    if (result.error != nullptr) {
        kind.whyNot =
            "The text is not a whole statement: " + std::string(result.error->message) + ". It may be cut off.";
    } else {
        const std::string_view tree(result.parse_tree);
        constexpr std::string_view kStatement = R"({"stmt":{")";
        const auto at = tree.find(kStatement);
        if (at == std::string_view::npos) {
            kind.whyNot = "There is no statement in the text.";
        } else if (tree.find(R"("intoClause":{)") != std::string_view::npos) {
            kind.whyNot = "SELECT INTO makes a table: only a single SELECT, INSERT, UPDATE or DELETE is explained.";
        } else {
            const auto from = at + kStatement.size();
            kind.name = tree.substr(from, tree.find('"', from) - from);
        }
    }
    pg_query_free_parse_result(result);
    return kind;
}

int statementsIn(const std::string& sql) {
    const auto result = pg_query_split_with_parser(sql.c_str());
    const int count = result.error == nullptr ? result.n_stmts : 0;
    pg_query_free_split_result(result);
    return count;
}

} // namespace

Explainable explainable(std::string_view sql) {
    Explainable out;
    const auto body = preparedStatement(sql);
    const auto first = body.find_first_not_of(" \t\r\n");
    out.statement = first == std::string_view::npos ? std::string_view() : body.substr(first);
    if (out.statement.empty()) {
        out.whyNot = "There is no statement in the text.";
        return out;
    }
    if (out.statement.size() > kParseLimit || out.statement.find('\0') != std::string::npos) {
        out.whyNot = "The statement is too long to be looked at before it is sent.";
        return out;
    }
    auto kind = kindOf(out.statement);
    out.whyNot = std::move(kind.whyNot);
    if (out.whyNot.empty() && statementsIn(out.statement) != 1) {
        out.whyNot = "The text holds several statements: only a single one is explained.";
    }
    out.writes = kind.name == "InsertStmt" || kind.name == "UpdateStmt" || kind.name == "DeleteStmt";
    if (out.whyNot.empty() && !out.writes && kind.name != "SelectStmt") {
        out.whyNot = "Only a single SELECT, INSERT, UPDATE or DELETE is explained.";
    }
    if (body.data() != sql.data()) {
        out.parameterTypes = typesBefore(sql.substr(0, static_cast<std::size_t>(body.data() - sql.data())));
    }
    out.parameters = highestParameter(out.statement);
    return out;
}

} // namespace binnacle
