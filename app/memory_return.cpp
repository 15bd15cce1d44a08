// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/memory_return.h"

#include <condition_variable>
#include <malloc.h>
#include <mutex>
#include <stop_token>

namespace binnacle::app {

MemoryReturn::MemoryReturn(std::chrono::milliseconds every)
    : m_thread([every](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        while (!never.wait_for(lock, stop, every, [&] { return stop.stop_requested(); })) {
#ifdef __GLIBC__
            ::malloc_trim(0);
#endif
        }
    }) {
}

} // namespace binnacle::app
