// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace binnacle::test {

/// Whether the tests and the programs beside them were built with a sanitizer: what they promise of memory is then not
/// what users get, because the sanitizer's own shadow counts with it.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

} // namespace binnacle::test
