// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle::service {

/// The statements that prepare_statements() in resources/sql/schema.sql prepares.
enum class Statement : std::uint8_t {
    ProjectsPage,
    ProjectById,
    ProjectExists,
    ProjectTasksPage,
    TaskById,
    TaskInsert,
    DashboardProjects,
    DashboardRecentTasks,
    DashboardAnalytics,
    SuggestProjects,
    SuggestTasks,
    Probe,
};
inline constexpr std::size_t kStatementCount = static_cast<std::size_t>(Statement::Probe) + 1;

/// The name under which pgBouncer prepared it; the label of db.query.
[[nodiscard]] std::string_view statementName(Statement statement);

/// A statement's text and parameter types, for servers where nobody prepared it.
struct StatementText {
    std::string sql;
    std::vector<unsigned> parameterTypes; ///< type OIDs
    std::string shown;                    ///< with a parameter for each literal, as pg_stat_statements writes it
};

/// Their texts, from the lines `prepare name(types) as …;` of schema.sql.
class StatementCatalogue {
public:
    /// Errors: Invalid, naming the line that is not understood or the statement that is missing.
    [[nodiscard]] static Result<StatementCatalogue> parse(std::string_view text);

    [[nodiscard]] const StatementText& operator[](Statement statement) const {
        return m_texts[static_cast<std::size_t>(statement)];
    }

private:
    std::array<StatementText, kStatementCount> m_texts;
};

} // namespace binnacle::service
