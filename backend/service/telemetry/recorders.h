// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

// One shard writes, any thread reads: a relaxed load and store instead of a locked increment. Readings only grow, and
// a reader that looks between two of them sees a moment that was.
namespace binnacle::service {

class Counter {
public:
    void add(std::uint64_t amount = 1) noexcept {
        m_value.store(m_value.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    [[nodiscard]] std::uint64_t value() const noexcept { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

class Gauge {
public:
    void set(std::int64_t value) noexcept { m_value.store(value, std::memory_order_relaxed); }
    void change(std::int64_t by) noexcept { set(value() + by); }
    [[nodiscard]] std::int64_t value() const noexcept { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> m_value{0};
};

/// Durations in the cells of LatencyHistogram, in 3 to 4 ns. The cells (14 KB) come with the first one recorded: most
/// pairs of route and status class never occur.
class LatencyRecorder {
public:
    struct Cells {
        std::array<std::atomic<std::uint64_t>, LatencyHistogram::kCellCount> counts{};
        std::atomic<std::uint64_t> sumNs{0};
    };

    LatencyRecorder() = default;
    ~LatencyRecorder() { delete m_cells.load(std::memory_order_acquire); }
    LatencyRecorder(const LatencyRecorder&) = delete;
    LatencyRecorder& operator=(const LatencyRecorder&) = delete;

    void record(std::int64_t ns) noexcept {
        Cells* cells = m_cells.load(std::memory_order_relaxed);
        if (cells == nullptr) {
            cells = new Cells;
            m_cells.store(cells, std::memory_order_release);
        }
        bump(cells->counts[LatencyHistogram::bucketIndex(ns)], 1);
        bump(cells->sumNs, ns > 0 ? static_cast<std::uint64_t>(ns) : 0);
    }
    /// Null until something was recorded.
    [[nodiscard]] const Cells* cells() const noexcept { return m_cells.load(std::memory_order_acquire); }

private:
    static void bump(std::atomic<std::uint64_t>& cell, std::uint64_t amount) noexcept {
        cell.store(cell.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    std::atomic<Cells*> m_cells{nullptr};
};

} // namespace binnacle::service
