// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/signal_store.h"
#include "widgets/status_line.h"

#include <QCoreApplication>
#include <QStringList>

#include <vector>

namespace binnacle::app {

/// What the status line says of the place that is watched: what watching costs its PostgreSQL servers and how much is
/// read, whether it is recorded, which of its processes do not run, and how full its disk is. Of what was read; a
/// source that does not answer now says nothing here.
struct PlaceFacts {
    Q_DECLARE_TR_FUNCTIONS(binnacle::app::PlaceFacts)

public:
    /// What watching may take of one server.
    static constexpr double kMostSecondsPerSecond = 0.002;

    std::vector<StatusFact> facts; ///< what crossed a limit first
    QStringList details;           ///< the figures behind it, a line each

    [[nodiscard]] static PlaceFacts read(const SignalStore& store, SteadyTime now);

private:
    void add(StatusFact fact);
    void addOwnQueries(const SignalStore& store, SteadyTime now);
    void addProcesses(const SignalStore& store, SteadyTime now);
    void addDisk(const SignalStore& store, SteadyTime now);
    void addRecorder(const SignalStore& store, bool runs);
};

} // namespace binnacle::app
