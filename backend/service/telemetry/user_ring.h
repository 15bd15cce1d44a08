// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/distinct_sketch.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace binnacle::service {

/// The distinct users of the last five minutes: a sketch for each 10 s. The shard's thread adds, in some nanoseconds;
/// any thread reads.
class UserRing {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds kBucketTime{10};
    static constexpr std::chrono::seconds kLongestWindow{300};

    void add(std::uint64_t hash, Time at) noexcept {
        const std::int64_t tick = tickOf(at);
        Bucket& bucket = m_buckets[static_cast<std::size_t>(tick) % m_buckets.size()];
        if (bucket.tick.load(std::memory_order_relaxed) != tick) {
            bucket.begin(tick);
        }
        const auto [index, rank] = DistinctSketch::placeOf(hash);
        auto& cell = bucket.cells[index];
        if (cell.load(std::memory_order_relaxed) < rank) {
            cell.store(rank, std::memory_order_relaxed);
        }
    }

    /// The first moment from which whole buckets tell: at or after `from`, and at most 10 s later.
    [[nodiscard]] static Time wholeFrom(Time from) {
        return Time(kBucketTime * (tickOf(from - Time::duration(1)) + 1));
    }
    /// Merges the users since wholeFrom(`from`) into `into`.
    void readSince(Time from, DistinctSketch& into) const {
        const std::int64_t first = tickOf(wholeFrom(from));
        for (const Bucket& bucket : m_buckets) {
            const std::int64_t tick = bucket.tick.load(std::memory_order_acquire);
            if (tick < first) {
                continue;
            }
            DistinctSketch read;
            for (std::size_t i = 0; i < bucket.cells.size(); ++i) {
                read.raise(i, bucket.cells[i].load(std::memory_order_relaxed));
            }
            std::atomic_thread_fence(std::memory_order_acquire);
            if (bucket.tick.load(std::memory_order_relaxed) == tick) { // else it was begun anew meanwhile
                into.merge(read);
            }
        }
    }

private:
    struct Bucket {
        std::atomic<std::int64_t> tick{-1};
        std::array<std::atomic<std::uint8_t>, DistinctSketch::kRegisterCount> cells{};

        void begin(std::int64_t newTick) noexcept {
            tick.store(-1, std::memory_order_relaxed);
            std::atomic_thread_fence(std::memory_order_release);
            for (auto& cell : cells) {
                cell.store(0, std::memory_order_relaxed);
            }
            tick.store(newTick, std::memory_order_release);
        }
    };

    [[nodiscard]] static std::int64_t tickOf(Time at) { return at.time_since_epoch() / kBucketTime; }

    // The one of now and the one that is overwritten next besides those of the window.
    std::array<Bucket, kLongestWindow / kBucketTime + 2> m_buckets{};
};

} // namespace binnacle::service
