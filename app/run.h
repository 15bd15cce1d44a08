// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace binnacle::app {

/// The console from its command line to its end; returns the exit code.
int run(int argc, char** argv);

} // namespace binnacle::app
