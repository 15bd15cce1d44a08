// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <thread>

namespace binnacle::app {

/// Gives free memory back to the system, on a thread of its own. Snapshots and tables are made by the collectors'
/// threads and let go by the display's: the C library keeps what is free of each thread's own pool, which came to a
/// quarter of the console's memory.
class MemoryReturn {
public:
    explicit MemoryReturn(std::chrono::milliseconds every);

private:
    std::jthread m_thread;
};

} // namespace binnacle::app
