// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console_cost.h"
#include "app/turn_meter.h"
#include "widgets/status_line.h"

#include <QCoreApplication>

#include <vector>

namespace binnacle::app {

/// What the status line says of the console itself: its CPU and memory, and how long its window was busy at a stretch.
/// GUI thread.
class ConsoleFacts {
    Q_DECLARE_TR_FUNCTIONS(binnacle::app::ConsoleFacts)

public:
    /// Call it once a second. `now` is of this process: a recording's clock may stand or run.
    [[nodiscard]] std::vector<StatusFact> read(SteadyTime now);
    /// The figures behind it, in words; empty before there are enough.
    [[nodiscard]] QString details() const;
    [[nodiscard]] TurnMeter& turns() { return m_turns; }

private:
    ConsoleCost m_cost;
    TurnMeter m_turns;
};

} // namespace binnacle::app
