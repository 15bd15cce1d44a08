// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"
#include "backend/domain/time.h"

#include <QObject>

#include <optional>

namespace binnacle::app {

/// CPU time that each turn of an event loop takes: whoever types or clicks meanwhile waits for that long. Measures the
/// thread that it is made on. A turn is all that is handled between two times when the loop is ready to wait; what it
/// waited costs nothing. Two kernel calls a turn, below a microsecond, so that it may always run.
class TurnMeter : public QObject {
    Q_OBJECT

public:
    /// What recent() looks back over: at least this, and at most twice as much.
    static constexpr std::chrono::minutes kHalf{5};

    explicit TurnMeter(QObject* parent = nullptr);

    /// Lets go what is older than two halves; call about once a second.
    void advance(SteadyTime now);
    /// The turns of the last five to ten minutes.
    [[nodiscard]] LatencyHistogram recent() const;
    /// Begins anew, with the turn that comes after this one.
    void forget();

private:
    void endTurn();

    LatencyHistogram m_current;
    LatencyHistogram m_before;
    std::optional<SteadyTime> m_began;  ///< of m_current
    std::optional<std::int64_t> m_from; ///< CPU time of the thread, ns, where this turn began
};

} // namespace binnacle::app
