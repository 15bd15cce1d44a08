// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/postgres/cells.h"
#include "backend/collectors/postgres/row_deltas.h"
#include "backend/sql/sql_text.h"

#include <map>
#include <string>
#include <vector>

namespace binnacle::postgres {

/// Makes the table of statements: the counters of all are read, the busiest since the reading before are shown. Their
/// texts are asked for once, because the server reads a whole file for them.
class StatementTable {
public:
    explicit StatementTable(Literals literals = Literals::Replaced)
        : m_literals(literals) {}

    /// Rows of Queries::statements. Afterwards unknownIds() says which texts are wanted.
    void update(const std::vector<PgRow>& rows, SteadyTime now);
    /// Ids of shown statements whose text is not known, as an array for Queries::statementTexts; empty when none.
    [[nodiscard]] std::string unknownIds() const;
    /// Rows of Queries::statementTexts.
    void addTexts(const std::vector<PgRow>& rows);
    [[nodiscard]] TablePtr table(const ReadMoment& moment) const;
    /// Another server, or the same after a restart: nothing is known any more.
    void clear();

private:
    static constexpr std::size_t kCounters = 9;
    struct Shown {
        PgRow row;
        std::optional<std::array<double, kCounters>> gained;
        double seconds = 0;
    };
    Literals m_literals;
    std::vector<Shown> m_shown;
    std::uint64_t m_omitted = 0;
    RowDeltas<kCounters> m_deltas;
    std::map<std::string, SqlText, std::less<>> m_texts; ///< by id
};

} // namespace binnacle::postgres
