// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console_cost.h"

#include <ctime>
#include <fstream>
#include <unistd.h>

namespace binnacle::app {

ConsoleCost::Reading ConsoleCost::read(SteadyTime now) {
    Reading out;
    timespec spent{};
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent) == 0) {
        const auto seconds = static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
        if (m_at && now > *m_at) {
            out.cpuShare = (seconds - m_cpuSeconds) / toSeconds(now - *m_at);
        }
        m_cpuSeconds = seconds;
        m_at = now;
    }
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    if (std::ifstream("/proc/self/statm") >> total >> resident) {
        out.residentBytes = resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    }
    return out;
}

} // namespace binnacle::app
