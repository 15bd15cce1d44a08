// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/cursor.h"

#include <array>
#include <cstddef>

namespace binnacle::service {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kBytes = 18; ///< format, kind, two integers: a multiple of three, so no bit is left over
constexpr std::uint8_t kFormat = 1;

using Bytes = std::array<std::uint8_t, kBytes>;

void putInteger(Bytes& bytes, std::size_t at, std::int64_t value) {
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[at + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (56 - 8 * i));
    }
}

std::int64_t getInteger(const Bytes& bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        value = value << 8 | bytes[at + i];
    }
    return static_cast<std::int64_t>(value);
}

} // namespace

std::string encodeCursor(CursorKind kind, const Cursor& cursor) {
    Bytes bytes{kFormat, static_cast<std::uint8_t>(kind)};
    putInteger(bytes, 2, cursor.createdAt);
    putInteger(bytes, 10, cursor.id);
    std::string text;
    text.reserve(kBytes / 3 * 4);
    for (std::size_t i = 0; i < kBytes; i += 3) {
        const auto group = static_cast<std::uint32_t>(bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2]);
        for (int shift = 18; shift >= 0; shift -= 6) {
            text.push_back(kAlphabet[group >> shift & 63U]);
        }
    }
    return text;
}

std::optional<Cursor> decodeCursor(CursorKind kind, std::string_view text) {
    if (text.size() != kBytes / 3 * 4) {
        return std::nullopt;
    }
    Bytes bytes{};
    for (std::size_t group = 0; group < kBytes / 3; ++group) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto digit = kAlphabet.find(text[group * 4 + i]);
            if (digit == std::string_view::npos) {
                return std::nullopt;
            }
            value = value << 6 | static_cast<std::uint32_t>(digit);
        }
        bytes[group * 3] = static_cast<std::uint8_t>(value >> 16);
        bytes[group * 3 + 1] = static_cast<std::uint8_t>(value >> 8);
        bytes[group * 3 + 2] = static_cast<std::uint8_t>(value);
    }
    const Cursor cursor{getInteger(bytes, 2), getInteger(bytes, 10)};
    // Nothing was made before 2000 or after 9999, and what the database can't hold must not reach it.
    constexpr std::int64_t kLastMicrosecond = 253'402'300'799'999'999;
    if (cursor.createdAt < 0 || cursor.createdAt > kLastMicrosecond || bytes[0] != kFormat ||
        bytes[1] != static_cast<std::uint8_t>(kind) || cursor.id <= 0) {
        return std::nullopt;
    }
    return cursor;
}

} // namespace binnacle::service
