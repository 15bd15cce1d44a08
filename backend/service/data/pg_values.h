// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

struct pg_result;

namespace binnacle::service {

/// Parameters of one statement in PostgreSQL's binary format: nothing is formatted or parsed as text.
/// Texts are borrowed; keep them until the query is done. At most kMax of them.
class PgParameters {
public:
    static constexpr std::size_t kMax = 6;

    PgParameters() = default;
    PgParameters(const PgParameters&) = delete;
    PgParameters& operator=(const PgParameters&) = delete;

    PgParameters& bigint(std::int64_t value);
    /// Microseconds since 2000-01-01 UTC.
    PgParameters& timestamp(std::int64_t microseconds) { return bigint(microseconds); }
    PgParameters& text(std::string_view value);

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] const char* const* values() const { return m_values.data(); }
    [[nodiscard]] const int* lengths() const { return m_lengths.data(); }
    [[nodiscard]] const int* formats() const { return m_formats.data(); }

private:
    std::array<std::array<char, 8>, kMax> m_integers{};
    std::array<const char*, kMax> m_values{};
    std::array<int, kMax> m_lengths{};
    std::array<int, kMax> m_formats{};
    int m_count = 0;
};

/// Rows of a result in binary format. Column types are the caller's knowledge.
class PgRows {
public:
    PgRows() = default;
    explicit PgRows(pg_result* result)
        : m_result(result) {}

    [[nodiscard]] const pg_result* raw() const { return m_result.get(); }
    [[nodiscard]] int count() const;
    [[nodiscard]] bool isNull(int row, int column) const;
    [[nodiscard]] std::int64_t bigint(int row, int column) const;
    [[nodiscard]] std::int64_t timestamp(int row, int column) const { return bigint(row, column); }
    [[nodiscard]] std::int32_t date(int row, int column) const; ///< days since 2000-01-01
    /// Lives as long as these rows.
    [[nodiscard]] std::string_view text(int row, int column) const;

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> m_result;
};

} // namespace binnacle::service
