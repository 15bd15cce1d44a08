// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/ctl/command_line.h"
#include "backend/domain/error.h"
#include "backend/history/error_budget.h"

#include <filesystem>
#include <string>

namespace binnacle {
class RecordingReader;
}

namespace binnacle::ctl {

/// What a recording tells of an objective, as of its end.
struct RecordedBudget {
    ErrorBudget counted;
    SteadyTime at{}; ///< the end, on the clock of what was counted
    UtcTime until{}; ///< the same
    std::string file{};
};

/// Counts as the console does: all of the last two hours, of what is before them a reading a minute. NotFound when
/// nothing is recorded.
[[nodiscard]] Result<RecordedBudget> recordedBudget(const std::filesystem::path& file, const Objective& objective);
/// The document of `budget --json`, with a line end. `age` is that of the recording's end.
[[nodiscard]] std::string budgetJson(const RecordedBudget& budget, std::chrono::nanoseconds age);
/// The same for people.
[[nodiscard]] std::string budgetText(const RecordedBudget& budget, std::chrono::nanoseconds age);

/// `binnaclectl budget`: exit 1 when nothing is recorded there, or not any more.
[[nodiscard]] int runBudget(const Options& options);

} // namespace binnacle::ctl
