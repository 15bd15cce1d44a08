// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace binnacle {

/// Appends numbers and texts in few bytes: seven bits a byte, small ones short; a text once, then by its number.
class ByteWriter {
public:
    void number(std::uint64_t value);
    /// Small in either direction. Differences wrap around, so that any two values have one.
    void difference(std::int64_t value);
    /// `value` where the reader already knows `before`. Whole numbers and microseconds by their difference, others
    /// by the bits that changed; each comes back to the last bit.
    void real(double before, double value);
    void text(std::string_view text);
    void raw(std::uint8_t byte) { m_bytes.push_back(static_cast<std::byte>(byte)); }

    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    /// What was written since the last call; texts stay known.
    [[nodiscard]] std::vector<std::byte> take() { return std::exchange(m_bytes, {}); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    std::vector<std::byte> m_bytes;
    std::unordered_map<std::string, std::uint64_t, Hash, std::equal_to<>> m_texts;
};

/// Reads what ByteWriter wrote, from bytes of any origin: never beyond their end. After the first thing that cannot be
/// so, every reading is zero or empty and failed() tells.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes)
        : m_bytes(bytes) {}

    [[nodiscard]] std::uint64_t number();
    /// A number of at most `most`.
    [[nodiscard]] std::uint64_t number(std::uint64_t most);
    [[nodiscard]] std::int64_t difference();
    [[nodiscard]] double real(double before);
    /// Valid as long as this reader and its bytes.
    [[nodiscard]] std::string_view text();
    [[nodiscard]] std::uint8_t raw();

    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] bool failed() const { return m_failed; }
    void fail() { m_failed = true; }

private:
    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
    bool m_failed = false;
    std::vector<std::string_view> m_texts;
};

} // namespace binnacle
