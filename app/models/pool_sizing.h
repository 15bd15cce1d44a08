// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace binnacle::app {

/// What a pool has to carry.
struct PoolLoad {
    double perSecond = 0;       ///< times a second that a connection is taken
    double holdSeconds = 0;     ///< mean time that it is kept
    double cores = 0;           ///< of the database server
    double spindles = 1;        ///< disks that seek; 1 for solid state
    std::optional<double> size; ///< of the pool as it is
};

/// What follows from that.
struct PoolSizing {
    double busy = 0;       ///< connections in use on average: Little's law, rate times mean hold
    double withBursts = 0; ///< with two standard deviations of independent arrivals above, whole
    double useful = 0;     ///< what the database can work on at once: cores times 2 and the spindles
};

[[nodiscard]] PoolSizing sizingOf(const PoolLoad& load);
/// What it means for the pool, in a sentence.
[[nodiscard]] QString sizingSentence(const PoolLoad& load);

} // namespace binnacle::app
