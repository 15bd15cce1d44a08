// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/coding/byte_coding.h"

#include <bit>
#include <cmath>
#include <optional>

namespace binnacle {

namespace {

constexpr double kLargestWhole = 9007199254740992.0; // 2^53: whole numbers up to here are exact

std::uint64_t folded(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unfolded(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1));
}

/// The value as a whole number, if it is one that converts there and back (minus zero does not).
std::optional<std::int64_t> whole(double value) {
    if (!(std::abs(value) <= kLargestWhole) || value != std::trunc(value) || (value == 0 && std::signbit(value))) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(value);
}

/// Servers tell durations in microseconds, which as doubles have no short bits. The tag of such a value.
constexpr std::uint64_t kMicrosTag = (9U << 1U) | 1U;
constexpr double kPerMicro = 1e6;

std::optional<std::int64_t> micros(double value) {
    const double scaled = value * kPerMicro;
    return std::abs(scaled) <= kLargestWhole ? std::optional(std::llround(scaled)) : std::nullopt;
}

double fromMicros(std::int64_t value) {
    return static_cast<double>(value) / kPerMicro;
}

unsigned bytesOf(std::uint64_t value) {
    return (static_cast<unsigned>(std::bit_width(value | 1U)) + 6) / 7;
}

} // namespace

void ByteWriter::number(std::uint64_t value) {
    while (value >= 0x80) {
        raw(static_cast<std::uint8_t>(value) | 0x80U);
        value >>= 7U;
    }
    raw(static_cast<std::uint8_t>(value));
}

void ByteWriter::difference(std::int64_t value) {
    number(folded(value));
}

void ByteWriter::real(double before, double value) {
    const auto from = whole(before);
    const auto to = whole(value);
    if (from && to) {
        number(folded(*to - *from) << 1U);
        return;
    }
    auto changed = std::bit_cast<std::uint64_t>(before) ^ std::bit_cast<std::uint64_t>(value);
    unsigned low = 0;
    while (low < 8 && (changed & 0xffU) == 0) {
        changed >>= 8U;
        ++low;
    }
    const auto fromMicro = micros(before);
    const auto toMicro = micros(value);
    if (fromMicro && toMicro &&
        std::bit_cast<std::uint64_t>(fromMicros(*toMicro)) == std::bit_cast<std::uint64_t>(value) &&
        bytesOf(folded(*toMicro - *fromMicro)) < 8 - low) {
        number(kMicrosTag);
        difference(*toMicro - *fromMicro);
        return;
    }
    number((low << 1U) | 1U);
    for (unsigned i = low; i < 8; ++i) {
        raw(static_cast<std::uint8_t>(changed));
        changed >>= 8U;
    }
}

void ByteWriter::text(std::string_view text) {
    const auto known = m_texts.find(text);
    if (known != m_texts.end()) {
        number(known->second + 1);
        return;
    }
    number(0);
    number(text.size());
    const auto* const bytes = reinterpret_cast<const std::byte*>(text.data());
    m_bytes.insert(m_bytes.end(), bytes, bytes + text.size());
    m_texts.emplace(text, m_texts.size());
}

std::uint8_t ByteReader::raw() {
    if (m_failed || m_at == m_bytes.size()) {
        m_failed = true;
        return 0;
    }
    return static_cast<std::uint8_t>(m_bytes[m_at++]);
}

std::uint64_t ByteReader::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const auto byte = raw();
        value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if ((byte & 0x80U) == 0) {
            return m_failed ? 0 : value;
        }
    }
    m_failed = true;
    return 0;
}

std::uint64_t ByteReader::number(std::uint64_t most) {
    const auto value = number();
    if (value > most) {
        m_failed = true;
    }
    return m_failed ? 0 : value;
}

std::int64_t ByteReader::difference() {
    return unfolded(number());
}

double ByteReader::real(double before) {
    const auto tag = number();
    if ((tag & 1U) == 0) {
        const auto from = whole(before);
        // Two whole numbers are at most 2^54 apart: more is no difference of ours, and would overflow.
        if (!from || (tag >> 1U) > (std::uint64_t{1} << 56U)) {
            m_failed = true;
            return 0;
        }
        return static_cast<double>(*from + unfolded(tag >> 1U));
    }
    if (tag == kMicrosTag) {
        const auto from = micros(before);
        const auto step = number();
        // As above: two values within 2^53 are at most 2^54 apart.
        if (!from || step > (std::uint64_t{1} << 56U)) {
            m_failed = true;
            return 0;
        }
        return m_failed ? 0 : fromMicros(*from + unfolded(step));
    }
    const auto low = tag >> 1U;
    if (low > 8) {
        m_failed = true;
        return 0;
    }
    std::uint64_t changed = 0;
    for (auto i = low; i < 8; ++i) {
        changed |= static_cast<std::uint64_t>(raw()) << (8 * i);
    }
    return m_failed ? 0 : std::bit_cast<double>(std::bit_cast<std::uint64_t>(before) ^ changed);
}

std::string_view ByteReader::text() {
    const auto reference = number();
    if (reference > 0) {
        if (reference > m_texts.size()) {
            m_failed = true;
            return {};
        }
        return m_texts[static_cast<std::size_t>(reference - 1)];
    }
    const auto size = number();
    if (m_failed || size > m_bytes.size() - m_at) {
        m_failed = true;
        return {};
    }
    const std::string_view text(reinterpret_cast<const char*>(m_bytes.data() + m_at), static_cast<std::size_t>(size));
    m_at += static_cast<std::size_t>(size);
    m_texts.push_back(text);
    return text;
}

} // namespace binnacle
