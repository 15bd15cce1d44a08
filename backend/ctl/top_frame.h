// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/stack_status.h"
#include "backend/history/signal_store.h"

#include <optional>
#include <string>
#include <vector>

namespace binnacle::ctl {

/// How a piece of text stands out. Each also differs by its words, so that nothing is told by colour alone.
enum class Style { Plain, Title, Heading, Quiet, Late, Lost };

struct Span {
    std::string text;
    Style style = Style::Plain;
};

/// One line of a frame, never wider than the frame.
using FrameLine = std::vector<Span>;

/// What a frame is drawn from.
struct TopState {
    const SignalStore& signals;
    StackStatus stack;                     ///< as last read
    std::optional<std::string> stackError; ///< why the supervisor could not be read last time
    SteadyTime now;                        ///< the instant that is shown: it stands still while paused
    std::string clock;                     ///< "22:44:13 UTC"
    std::string pausedFor;                 ///< empty while live
    bool foreign = false;                  ///< a profile's servers: the rows are the sources that were heard of
};

/// The live view as lines of at most `columns` columns, at most `rows` of them. Pure: the same state gives the same
/// frame, on a terminal and in a file.
[[nodiscard]] std::vector<FrameLine> topFrame(const TopState& state, std::size_t columns, std::size_t rows);
/// The text of a frame without styles, each line ended, no trailing spaces.
[[nodiscard]] std::string plainFrame(const std::vector<FrameLine>& frame);

} // namespace binnacle::ctl
