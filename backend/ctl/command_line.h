// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace binnacle::ctl {

/// Exit codes that scripts rely on.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;
inline constexpr int kRefused = 3; ///< by a guard; nothing was done
inline constexpr int kInDoubt = 4;

/// What `record` understands.
struct RecordOptions {
    std::string file;               ///< the recording; run and `budget`: empty for the usual one
    std::string out;                ///< start, cut: the file to make
    std::string length;             ///< start: "8s"
    std::string from;               ///< cut; empty: the beginning
    std::string to;                 ///< cut; empty: the end
    std::string at;                 ///< replay; empty: the end, on a terminal the beginning
    std::string keep = "24h";       ///< run
    std::string maxBytes = "200MB"; ///< run
    std::string socket;             ///< run: the supervisor's; empty for the usual one
};

/// What every command understands.
struct Options {
    std::optional<std::string> stateDir;
    std::string connect; ///< a profile, or a state directory; empty: the bundled stack
    bool json = false;
    std::string source; ///< snapshot: a source or the beginning of its name; empty for all
    bool once = false;  ///< top: one frame as plain text

    std::string action;                  ///< preview, run
    std::vector<std::string> parameters; ///< preview, run: NAME=VALUE
    std::string migration;               ///< migrate apply, rollback: its id
    std::string reference;               ///< undo, effect: NUMBER or WRITER:NUMBER
    std::string reason;
    std::string requestId; ///< empty: a new one
    std::string typed;     ///< the word that a dangerous action wants typed
    bool yes = false;      ///< do not ask
    bool mayBreakGlass = true;
    std::string tokenFile; ///< who to be; empty: the uid tells
    bool wait = false;     ///< effect: until it can be told
    bool verify = false;   ///< audit
    std::string writer;    ///< audit: whose chain; empty: control's
    int limit = 50;        ///< audit: how many entries
    RecordOptions record;
};

/// Parses the arguments, runs the command, returns its exit code. Documents go to standard output, sentences to
/// standard error.
[[nodiscard]] int runCommandLine(int argc, char** argv);

} // namespace binnacle::ctl
