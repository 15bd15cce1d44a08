// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console_facts.h"
#include "widgets/status_line.h"

#include <QCoreApplication>

#include <optional>
#include <vector>

namespace binnacle::app {

class ControlFeed;
class SnapshotFeed;

/// Fills the status line: how old each source's reading is, and, once a second, what the console and watching cost and
/// how the place is. GUI thread.
class StatusFeeder {
    Q_DECLARE_TR_FUNCTIONS(binnacle::app::StatusFeeder)

public:
    /// All must outlive this.
    StatusFeeder(const SnapshotFeed& feed, const ControlFeed& control, StatusLine& line);

    /// Call it at every reading. `replay`: a recording tells nothing of control, and what its recorder cost.
    void show(bool replay);
    /// Whether somebody records the place `profile`, whose recorder is a service of its own.
    void setRecorder(bool records, const QString& profile);
    [[nodiscard]] TurnMeter& turns() { return m_facts.turns(); }

private:
    [[nodiscard]] std::vector<SourceAge> ages(bool replay) const;
    void showFacts(bool replay, SteadyTime now);

    const SnapshotFeed& m_feed;
    const ControlFeed& m_control;
    StatusLine& m_line;
    ConsoleFacts m_facts;
    std::size_t m_refused = 0; ///< readings without room in the store, when last looked
    SteadyTime m_nextFacts{};
    std::optional<StatusFact> m_recorder; ///< nothing: it is told with the place
    QString m_recorderDetail;
};

} // namespace binnacle::app
