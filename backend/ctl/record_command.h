// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/ctl/command_line.h"

namespace binnacle::ctl {

/// `binnaclectl record run`: the flight recorder. Ends with a signal. Exit 1 when the file can't be had.
[[nodiscard]] int runRecorder(const Options& options);
/// `record start --for D --out FILE`: a recording of its own, one file at the end. Exit 1 when no source is there.
[[nodiscard]] int runRecordStart(const Options& options);
/// `record info FILE`.
[[nodiscard]] int runRecordInfo(const Options& options);
/// `record cut FILE --from T --to T --out FILE`.
[[nodiscard]] int runRecordCut(const Options& options);
/// `record replay FILE`: the view of `top` with a hand on the time; without a terminal the snapshot at one instant.
[[nodiscard]] int runRecordReplay(const Options& options);

} // namespace binnacle::ctl
