// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/memory_return.h"

#include <condition_variable>
#include <malloc.h>
#include <mutex>
#include <stop_token>

namespace binnacle::app {

namespace {
constexpr int kPools = 4; ///< the display's, two for the collectors, one in which the past is put together
}

MemoryReturn::MemoryReturn(std::chrono::milliseconds every) {
#ifdef __GLIBC__
    // A pool for each thread would keep the most that any collector ever needed at once, a dozen times over.
    ::mallopt(M_ARENA_MAX, kPools);
#endif
    m_thread = std::jthread([every](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        while (!never.wait_for(lock, stop, every, [&] { return stop.stop_requested(); })) {
#ifdef __GLIBC__
            ::malloc_trim(0);
#endif
        }
    });
}

} // namespace binnacle::app
