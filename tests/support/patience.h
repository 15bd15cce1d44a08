// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

// Qt's own five seconds are short on two cores that do something else as well. A wait for something that must come ends
// when it comes, so that a longer limit costs a test that passes nothing. What is promised within a time is waited for
// with that time, by the macros that take one.
namespace binnacle::test {
inline constexpr int kPatienceMs = 30'000;
}

#undef QTRY_VERIFY
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT((expr), ::binnacle::test::kPatienceMs)
#undef QTRY_VERIFY2
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT((expr), (message), ::binnacle::test::kPatienceMs)
#undef QTRY_COMPARE
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT((expr), (expected), ::binnacle::test::kPatienceMs)
