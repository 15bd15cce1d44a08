// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace binnacle::app {

/// From now on, what the calling thread allocates comes from a pool of its own, whatever the other threads do with
/// theirs. For the window's thread, before it makes anything.
///
/// A program that links this allocates by jemalloc, since with the C library no thread can be kept out of another's
/// pool: the window stood still whenever a thread held the lock of its pool and gave pages back, or had lost its
/// processor. What other threads make of live sources they let go themselves (KeptValues). Under a sanitizer,
/// which has an allocator itself, this does nothing.
void takeOwnPool();

} // namespace binnacle::app
