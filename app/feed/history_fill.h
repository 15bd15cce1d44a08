// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"
#include "backend/history/error_budget.h"
#include "backend/history/path_history.h"
#include "backend/history/signal_store.h"
#include "backend/history/table_log.h"
#include "backend/recorder/recording_writer.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace binnacle::app {

/// What a display keeps of the past.
struct Past {
    SignalStore store;
    PathHistory history;
    TableLog tables;
    ErrorBudget budget;
};

/// Brings the hours before the console was opened, out of the flight recorder's file. A thread of its own replays them
/// into a store, then what live told meanwhile, so that the display only has to take the result over: every snapshot
/// counts once, because counters are cumulative and a store takes none that is not newer. Then it reads on, a snapshot
/// a minute, for what the error budget needs of the day before. GUI thread, but for the work.
class HistoryFill {
public:
    /// `liveSince`: recorded events after it are left to live. `clock`: whose steady clock that is.
    HistoryFill(std::filesystem::path recording, SteadyTime liveSince, RecordingRun clock, Objective objective = {});
    /// Tells the thread to end; it ends by itself and touches nothing of the caller's.
    ~HistoryFill();
    HistoryFill(const HistoryFill&) = delete;
    HistoryFill& operator=(const HistoryFill&) = delete;

    void start();
    /// What the display takes over itself, in the same order.
    void follow(const SourceUpdate& update);
    void followRemoval(const std::string& source);
    /// The path was read then. It is read again of what was known with the past before it.
    void followReading(SteadyTime at);

    /// The past together with all that was followed, once; null until it is there.
    [[nodiscard]] std::unique_ptr<Past> take();
    /// It was taken, or there is nothing to come: no recording, or none that can be read.
    [[nodiscard]] bool over() const;
    /// What was counted for the budget before the past begins, once; absent until it is there, which is later.
    [[nodiscard]] std::optional<ErrorBudget> takeDay();
    /// That was taken as well, or does not come.
    [[nodiscard]] bool dayOver() const;

private:
    struct Shared;
    std::shared_ptr<Shared> m_shared;
};

} // namespace binnacle::app
