// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/data/pg_values.h"

#include <libpq-fe.h>

#include <bit>
#include <cassert>
#include <cstring>

namespace binnacle::service {
namespace {

template <typename Integer>
Integer fromNetwork(const char* bytes) {
    Integer value;
    std::memcpy(&value, bytes, sizeof value);
    return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}

} // namespace

PgParameters& PgParameters::bigint(std::int64_t value) {
    assert(static_cast<std::size_t>(m_count) < kMax);
    const auto index = static_cast<std::size_t>(m_count++);
    const std::int64_t wire = std::endian::native == std::endian::little ? std::byteswap(value) : value;
    std::memcpy(m_integers[index].data(), &wire, sizeof wire);
    m_values[index] = m_integers[index].data();
    m_lengths[index] = sizeof wire;
    m_formats[index] = 1;
    return *this;
}

PgParameters& PgParameters::text(std::string_view value) {
    assert(static_cast<std::size_t>(m_count) < kMax);
    const auto index = static_cast<std::size_t>(m_count++);
    m_values[index] = value.empty() ? "" : value.data(); // a null pointer would be SQL's NULL
    m_lengths[index] = static_cast<int>(value.size());
    m_formats[index] = 1;
    return *this;
}

void PgRows::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

int PgRows::count() const {
    return m_result ? PQntuples(m_result.get()) : 0;
}

bool PgRows::isNull(int row, int column) const {
    return PQgetisnull(m_result.get(), row, column) != 0;
}

std::int64_t PgRows::bigint(int row, int column) const {
    return PQgetlength(m_result.get(), row, column) == 8
               ? fromNetwork<std::int64_t>(PQgetvalue(m_result.get(), row, column))
               : 0;
}

std::int32_t PgRows::date(int row, int column) const {
    return PQgetlength(m_result.get(), row, column) == 4
               ? fromNetwork<std::int32_t>(PQgetvalue(m_result.get(), row, column))
               : 0;
}

std::string_view PgRows::text(int row, int column) const {
    return {PQgetvalue(m_result.get(), row, column),
            static_cast<std::size_t>(PQgetlength(m_result.get(), row, column))};
}

} // namespace binnacle::service
