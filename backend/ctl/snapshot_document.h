// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/ctl/two_pass_reader.h"

#include <string>
#include <vector>

namespace binnacle::ctl {

/// The document of `snapshot --json`: {"signals": […], "sources": […]}, indented, with a line end.
[[nodiscard]] std::string snapshotJson(const std::vector<SourcePasses>& passes, SteadyTime now);
/// The same for people: a table aligned in columns, source by source.
[[nodiscard]] std::string snapshotTable(const std::vector<SourcePasses>& passes, SteadyTime now);
/// Whether any source is Lost.
[[nodiscard]] bool anyLost(const std::vector<SourcePasses>& passes, SteadyTime now);

} // namespace binnacle::ctl
