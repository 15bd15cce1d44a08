// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace binnacle::ctl {

/// Exit codes that scripts rely on.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;

/// What every command understands.
struct Options {
    std::optional<std::string> stateDir;
    bool json = false;
    std::string source; ///< snapshot: a source or the beginning of its name; empty for all
    bool once = false;  ///< top: one frame as plain text
};

/// Parses the arguments, runs the command, returns its exit code. Documents go to standard output, sentences to
/// standard error.
[[nodiscard]] int runCommandLine(int argc, char** argv);

} // namespace binnacle::ctl
