// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot.h"

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace binnacle {

/// The tables of the last minutes, so that a display can be paused or look back a little. Tables are shared with the
/// snapshots that they came in; how many stay is bounded by their cells. Fed on the display's thread; not synchronised.
class TableLog {
public:
    static constexpr std::chrono::minutes kKept{5};
    /// Of one table of one source, over all its readings; some 5 MB with their texts.
    static constexpr std::size_t kMostCells = 30'000;

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
    struct Run {
        std::deque<TablePtr> tables; // in the order of readAt
        std::size_t cells = 0;
    };
    [[nodiscard]] static TablePtr newest(const Run& run, SteadyTime at);

    std::map<Key, Run> m_runs;
    std::optional<SteadyTime> m_heldAt;
    std::map<Key, TablePtr> m_held;
};

} // namespace binnacle
