// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/data/statement.h"

#include "backend/sql/sql_scanner.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace binnacle::service {
namespace {

constexpr std::string_view kPrepare = "prepare ";
constexpr std::array<std::string_view, kStatementCount> kNames{
    "projects_page",       "project_by_id",    "project_exists",     "project_tasks_page",
    "task_by_id",          "task_insert",      "dashboard_projects", "dashboard_recent_tasks",
    "dashboard_analytics", "suggest_projects", "suggest_tasks",      "probe",
};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// Type OIDs are part of PostgreSQL's catalogue and never change.
std::optional<unsigned> typeOid(std::string_view name) {
    if (name == "bigint") {
        return 20U;
    }
    if (name == "text") {
        return 25U;
    }
    if (name == "timestamptz") {
        return 1184U;
    }
    return std::nullopt;
}

/// Each literal becomes the next parameter.
std::string withParameters(std::string_view sql) {
    unsigned highest = 0;
    SqlScanner survey(sql);
    for (SqlScanner::Token token; survey.next(token);) {
        unsigned number = 0;
        if (token.kind == SqlToken::Parameter) {
            std::from_chars(token.text.data() + 1, token.text.data() + token.text.size(), number);
        }
        highest = std::max(highest, number);
    }
    std::string shown;
    SqlScanner scanner(sql);
    for (SqlScanner::Token token; scanner.next(token);) {
        const bool replaced = token.kind == SqlToken::Literal || token.kind == SqlToken::Doubtful;
        shown += replaced ? "$" + std::to_string(++highest) : std::string(token.text);
    }
    return shown;
}

struct Line {
    std::string_view name;
    StatementText text;
};

/// `prepare name(type, …) as sql;` or `prepare name as sql;`
std::optional<Line> parseLine(std::string_view text) {
    constexpr std::string_view kAs = " as ";
    const auto as = text.find(kAs);
    if (!text.starts_with(kPrepare) || as == std::string_view::npos || !text.ends_with(';')) {
        return std::nullopt;
    }
    Line line;
    const std::string_view head = text.substr(kPrepare.size(), as - kPrepare.size());
    const auto open = head.find('(');
    line.name = trimmed(head.substr(0, open));
    line.text.sql = text.substr(as + kAs.size(), text.size() - as - kAs.size() - 1);
    line.text.shown = withParameters(line.text.sql);
    if (open != std::string_view::npos) {
        std::string_view types = head.substr(open + 1, head.rfind(')') - open - 1);
        while (!types.empty()) {
            const auto comma = types.find(',');
            const auto oid = typeOid(trimmed(types.substr(0, comma)));
            if (!oid) {
                return std::nullopt;
            }
            line.text.parameterTypes.push_back(*oid);
            types = comma == std::string_view::npos ? std::string_view() : types.substr(comma + 1);
        }
    }
    return line;
}

} // namespace

std::string_view statementName(Statement statement) {
    return kNames[static_cast<std::size_t>(statement)];
}

Result<StatementCatalogue> StatementCatalogue::parse(std::string_view text) {
    StatementCatalogue catalogue;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        const std::string_view content = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (!content.starts_with(kPrepare)) {
            continue;
        }
        auto line = parseLine(content);
        if (!line) {
            return fail(ErrorCode::Invalid, "schema.sql line " + std::to_string(number) + " is not understood");
        }
        for (std::size_t i = 0; i < kStatementCount; ++i) {
            if (kNames[i] == line->name) {
                catalogue.m_texts[i] = std::move(line->text);
            }
        }
    }
    for (std::size_t i = 0; i < kStatementCount; ++i) {
        if (catalogue.m_texts[i].sql.empty()) {
            return fail(ErrorCode::Invalid, "schema.sql lacks the statement " + std::string(kNames[i]));
        }
    }
    return catalogue;
}

} // namespace binnacle::service
