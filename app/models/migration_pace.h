// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/migration.h"
#include "backend/domain/series.h"

#include <deque>
#include <map>
#include <optional>
#include <string>

namespace binnacle::app {

/// What the progress of one migration was over time, as this console saw it: a bounded line of how far the phase has
/// come, and the pace of the last half minute. Times are the display's steady clock.
class MigrationPace {
public:
    MigrationPace();

    /// One reading, taken at `at`; the same reading again changes nothing.
    void append(const MigrationStatus& status, SteadyTime at);
    /// Nothing is known from `at` on: control does not answer.
    void interrupt(SteadyTime at);

    /// Share of the phase, 0..1; a new phase or attempt cuts the line.
    [[nodiscard]] const Series& share() const { return m_share; }
    /// Units of the phase per second over the last half minute; absent until five seconds of this phase are known, or
    /// when nothing moved.
    [[nodiscard]] std::optional<double> perSecond() const;
    /// Until this phase ends, at that pace. Absent where it would be a guess: no pace, no total, or waiting for others.
    [[nodiscard]] std::optional<std::chrono::seconds> phaseLeft() const;

private:
    struct Point {
        SteadyTime at;
        double done = 0;
    };
    void beginPhase(SteadyTime at);

    Series m_share;
    std::deque<Point> m_recent;
    std::string m_phase;
    int m_attempt = 0;
    double m_done = 0;
    double m_total = 0;
    bool m_waits = false;
    bool m_open = false; ///< a line is being drawn
};

/// The phase waits for others instead of working.
[[nodiscard]] bool waits(const MigrationProgress& progress);

/// The paces of all migrations, by id.
class MigrationPaces {
public:
    void append(const std::vector<MigrationStatus>& rows, SteadyTime at);
    void interrupt(SteadyTime at);
    /// nullptr: never seen running.
    [[nodiscard]] const MigrationPace* of(const std::string& id) const;

private:
    std::map<std::string, MigrationPace> m_paces;
};

} // namespace binnacle::app
