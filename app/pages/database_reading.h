// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/page_sentence.h"
#include "app/pages/server_lanes.h"

#include <string>
#include <vector>

namespace binnacle::app {

/// The sentence that opens the page Database.
[[nodiscard]] PageSentence databaseSentence(const PageContext& context);

/// Its lanes: the throughput of `servers`, and what `chosen` and its standbys do.
[[nodiscard]] std::vector<ServerLane> databaseLanes(std::vector<std::string> servers, const std::string& chosen,
                                                    const std::vector<std::string>& standbys);

} // namespace binnacle::app
