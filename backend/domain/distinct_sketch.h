// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace binnacle {

/// How many different things were seen, from 4 KB whatever their number: HyperLogLog with 2^12 registers.
///
/// Sketches of several places merge without loss: a thing that two of them saw counts once. The standard error is
/// 1.04/sqrt(4096) = 1.6 % (Flajolet, Fusy, Gandouet, Meunier: HyperLogLog, AofA 2007), for few things less. Things are
/// given as 64-bit hashes, all by the same function. A plain value; not synchronised.
class DistinctSketch {
public:
    static constexpr int kPrecision = 12;
    static constexpr std::size_t kRegisterCount = std::size_t{1} << kPrecision;
    static constexpr std::uint8_t kHighestRank = 64 - kPrecision + 1;
    static constexpr double kStandardError = 1.04 / 64; ///< relative

    /// Where a hash leaves its trace: the register takes the greater of its rank and this one.
    struct Place {
        std::size_t index = 0;
        std::uint8_t rank = 0;
    };
    [[nodiscard]] static constexpr Place placeOf(std::uint64_t hash) noexcept {
        // The bit set at the end bounds the rank when all others are zero.
        const std::uint64_t rest = hash << kPrecision | std::uint64_t{1} << (kPrecision - 1);
        return {static_cast<std::size_t>(hash >> (64 - kPrecision)),
                static_cast<std::uint8_t>(std::countl_zero(rest) + 1)};
    }

    void add(std::uint64_t hash) noexcept {
        const Place place = placeOf(hash);
        raise(place.index, place.rank);
    }
    /// Takes over one register of another sketch.
    void raise(std::size_t index, std::uint8_t rank) noexcept {
        m_registers[index] = std::max(m_registers[index], rank);
    }
    void merge(const DistinctSketch& other) noexcept;

    /// How many different things, not rounded.
    [[nodiscard]] double estimate() const;

    [[nodiscard]] std::span<const std::uint8_t, kRegisterCount> registers() const { return m_registers; }
    /// The other way round; absent when these can't be the registers of a sketch.
    [[nodiscard]] static std::optional<DistinctSketch> fromRegisters(std::span<const std::uint8_t> registers);

    friend bool operator==(const DistinctSketch&, const DistinctSketch&) = default;

private:
    std::array<std::uint8_t, kRegisterCount> m_registers{};
};

} // namespace binnacle
