// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/memory_pools.h"

#ifdef BINNACLE_JEMALLOC
#include <jemalloc/jemalloc.h>

#include <cstddef>

// The library's own name, which it reads before main(). One pool for all threads but the window's, or each would keep
// the most that any collector ever needed at once, a dozen times over; what a thread keeps for itself is small; what is
// free goes back after a second, by whoever uses the pool: a thread for it would hold the window's lock now and then;
// no huge pages, of which each stays for as long as one of its bytes is used.
const char* malloc_conf =
    "narenas:1,lg_tcache_max:13,oversize_threshold:0,dirty_decay_ms:1000,muzzy_decay_ms:0,thp:never";
#endif

namespace binnacle::app {

void takeOwnPool() {
#ifdef BINNACLE_JEMALLOC
    unsigned pool = 0;
    std::size_t size = sizeof pool;
    if (::mallctl("arenas.create", &pool, &size, nullptr, 0) == 0) {
        static_cast<void>(::mallctl("thread.arena", nullptr, nullptr, &pool, sizeof pool));
    } // else it shares that of the others, which is slower and nothing worse
#endif
}

} // namespace binnacle::app
