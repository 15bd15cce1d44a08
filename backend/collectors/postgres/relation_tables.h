// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/postgres/cells.h"
#include "backend/collectors/postgres/row_deltas.h"
#include "backend/sql/sql_text.h"

#include <vector>

namespace binnacle::postgres {

/// Tables, indexes and databases with what they gained since they were read before.
class RelationTables {
public:
    /// Rows of Queries::tables, Queries::indexes and Queries::databases.
    [[nodiscard]] TablePtr tables(const std::vector<PgRow>& rows, const ReadMoment& moment);
    [[nodiscard]] TablePtr indexes(const std::vector<PgRow>& rows, SqlTextCache& texts, const ReadMoment& moment);
    [[nodiscard]] TablePtr databases(const std::vector<PgRow>& rows, const ReadMoment& moment);
    /// Another server, or the same after a restart.
    void clear();

private:
    RowDeltas<6> m_tables;
    RowDeltas<2> m_indexes;
    RowDeltas<7> m_databases;
};

} // namespace binnacle::postgres
