// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/page_sentence.h"
#include "app/pages/server_lanes.h"
#include "widgets/chart_event.h"

#include <string>
#include <vector>

namespace binnacle::app {

/// The sentence that opens the page Database.
[[nodiscard]] PageSentence databaseSentence(const PageContext& context);

/// What the page has lanes of: what seldom happens has one only while it is within what is kept.
struct DatabaseLanes {
    std::vector<std::string> servers; ///< whose throughput is shown
    std::string chosen;               ///< of whom all else is told
    std::vector<std::string> standbys;
    std::vector<std::string> waits; ///< classes of wait events beside locks and disk
    bool replays = false;           ///< it is a standby
    bool archivingFails = false;
    bool conflicts = false; ///< replay cancelled statements
    friend bool operator==(const DatabaseLanes&, const DatabaseLanes&) = default;

    [[nodiscard]] static DatabaseLanes of(const PageContext& context, std::vector<std::string> servers,
                                          std::string chosen);
};
[[nodiscard]] std::vector<ServerLane> databaseLanes(const DatabaseLanes& of);

/// Checkpoints of a server as marks on the time axis.
[[nodiscard]] std::vector<ChartEvent> checkpointMarks(const PageContext& context, const std::string& source);

/// The colour of a server by its place among those that are shown.
[[nodiscard]] Token serverColor(std::size_t place);

} // namespace binnacle::app
