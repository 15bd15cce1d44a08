// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/coding/table_coding.h"
#include "backend/domain/snapshot.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace binnacle {

/// The tables of the last minutes, so that a display can be paused or look back a little. The newest of each is shared
/// with the snapshot that it came in; those before it stand as what changed from one to the other, in a bounded number
/// of bytes, and are made again when somebody looks. Fed on the display's thread; not synchronised.
class TableLog {
public:
    static constexpr std::chrono::minutes kKept{5};
    /// Of one table of one source, over all its readings but the newest and the first of those that are being added.
    static constexpr std::size_t kMostBytes = 384 * 1024;

    /// Takes over the tables of a snapshot; those that were seen before change nothing.
    void apply(const SourceUpdate& update);
    /// Forgets a source, except what is held.
    void removeSource(std::string_view source);
    /// Goes on with what another log has instead; what is held here stays.
    void takeOver(TableLog&& other) { m_runs = std::move(other.m_runs); }
    /// Keeps what was shown at `at` for as long as it is looked at; nothing lets it go.
    void hold(std::optional<SteadyTime> at);
    /// The table as it was newest at `at`; null when nothing is kept of that time.
    [[nodiscard]] TablePtr at(std::string_view source, std::string_view table, SteadyTime at) const;

private:
    using Key = std::pair<std::string, std::string>; // source, table
    /// Readings one after another: the first whole, each other by what differs from the first, so that any of them is
    /// had from two.
    struct Block {
        struct Reading {
            SteadyTime at;
            std::size_t end; // of its bytes
        };
        std::vector<Reading> readings;
        std::vector<std::byte> bytes;
        TableWriter writer; // knows the first one, until the block is full

        void add(const TablePtr& table);
        [[nodiscard]] TablePtr newest(SteadyTime at) const;
    };
    struct Run {
        TablePtr newest;
        std::deque<Block> before;
        std::size_t bytes = 0;
        mutable std::array<TablePtr, 2> made; // what was looked at last

        void add(TablePtr table);
        [[nodiscard]] TablePtr at(SteadyTime at) const;
    };

    std::map<Key, Run> m_runs;
    std::optional<SteadyTime> m_heldAt;
    std::map<Key, TablePtr> m_held;
};

} // namespace binnacle
