// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/statement_table.h"

#include "backend/collectors/postgres/queries.h"
#include "backend/sql/statement_shape.h"

#include <algorithm>

namespace binnacle::postgres {

namespace {

/// Columns of the answer to Queries::statements.
enum Column : std::size_t {
    Id,
    Database,
    User,
    Nested,
    Calls,
    Time,
    Max,
    Rows,
    Hit,
    Read,
    Temp,
    ReadTime,
    Wal,
    StatementCount,
};

constexpr std::size_t kTextCap = 5000;

std::string keyOf(const PgRow& row) {
    return textAt(row, Id) + '\n' + textAt(row, Database) + '\n' + textAt(row, User) + '\n' + textAt(row, Nested);
}

/// Where the counters lie in what RowDeltas keeps.
std::size_t gain(Column column) {
    return column < Rows ? column - Calls : column - Rows + 2;
}

} // namespace

void StatementTable::update(const std::vector<PgRow>& rows, SteadyTime now) {
    const auto unread = omittedOf(rows, StatementCount);
    m_deltas.begin(now, unread == 0);
    m_shown.clear();
    for (const auto& row : rows) {
        std::array<double, kCounters> counters{};
        bool whole = true;
        for (const auto column : {Calls, Time, Rows, Hit, Read, Temp, ReadTime, Wal}) {
            const auto value = numberAt(row, column);
            whole = whole && value.has_value();
            counters[gain(column)] = value.value_or(0);
        }
        if (whole) {
            auto gained = m_deltas.gained(keyOf(row), counters);
            m_shown.push_back({row, std::move(gained), m_deltas.seconds()});
        }
    }
    // What is busy now first, whatever it did before; then what has taken the most time in all.
    std::ranges::stable_sort(m_shown, std::ranges::greater(), [](const Shown& shown) {
        return std::pair(shown.gained ? (*shown.gained)[gain(Time)] : 0.0, numberAt(shown.row, Time).value_or(0));
    });
    m_omitted = unread;
    if (m_shown.size() > kStatementLimit) {
        m_omitted += m_shown.size() - kStatementLimit;
        m_shown.resize(kStatementLimit);
    }
}

std::string StatementTable::unknownIds() const {
    std::string ids;
    for (const auto& shown : m_shown) {
        const auto id = textAt(shown.row, Id);
        if (!m_texts.contains(id)) {
            ids += (ids.empty() ? "{" : ",") + id;
        }
    }
    return ids.empty() ? ids : ids + "}";
}

void StatementTable::addTexts(const std::vector<PgRow>& rows) {
    if (m_texts.size() + rows.size() > kTextCap) {
        m_texts.clear(); // those still shown are asked for again
    }
    for (const auto& row : rows) {
        const auto text = textAt(row, 1);
        m_texts[textAt(row, 0)] = {shownStatement(text, m_literals), statementShape(text), routeInComment(text)};
    }
}

TablePtr StatementTable::table(const ReadMoment& moment) const {
    auto table = newTable("postgres.statements", moment);
    for (const auto& shown : m_shown) {
        const auto& row = shown.row;
        const auto rate = [&](Column column) {
            return shown.gained ? TableCell((*shown.gained)[gain(column)] / shown.seconds) : TableCell();
        };
        const auto ratio = [](std::optional<double> part, std::optional<double> of) {
            return part && of && *of > 0 ? TableCell(*part / *of) : TableCell();
        };
        const auto lately =
            shown.gained ? ratio((*shown.gained)[gain(Time)], (*shown.gained)[gain(Calls)]) : TableCell();
        const auto known = m_texts.find(textAt(row, Id));
        const auto text = known != m_texts.end() ? known->second : SqlText();
        table->add({textCell(row, Id),
                    textCell(row, Database),
                    textCell(row, User),
                    numberCell(row, Nested),
                    numberCell(row, Calls),
                    rate(Calls),
                    numberCell(row, Time),
                    rate(Time),
                    ratio(numberAt(row, Time), numberAt(row, Calls)),
                    lately,
                    numberCell(row, Max),
                    numberCell(row, Rows),
                    rate(Rows),
                    numberCell(row, Hit),
                    numberCell(row, Read),
                    rate(Read),
                    numberCell(row, Temp),
                    numberCell(row, ReadTime),
                    numberCell(row, Wal),
                    rate(Wal),
                    textCell(text.shape),
                    textCell(text.route),
                    textCell(text.shown)});
    }
    table->omitted = m_omitted;
    return table;
}

void StatementTable::clear() {
    m_shown.clear();
    m_omitted = 0;
    m_deltas.clear();
    m_texts.clear();
}

} // namespace binnacle::postgres
