// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/source_set.h"

#include <memory>

namespace binnacle::test {

/// One more instance of the service, which exists only here: each tenth of a second 1000 of its readings have changed,
/// which is 10 000 events a second on the way that all sources take. An event is one reading with a new value: for each
/// of 200 routes its requests by two classes, its cache hits and misses, and its latencies with five new requests.
inline constexpr int kEventsPerPass = 1000;
inline constexpr const char* kSyntheticSource = "service/synthetic";

/// The stack behind `link` with that instance beside its own.
[[nodiscard]] std::unique_ptr<app::StackLink> withSyntheticSource(std::unique_ptr<app::StackLink> link);

} // namespace binnacle::test
