// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/coding/byte_coding.h"
#include "backend/domain/latency_histogram.h"

#include <optional>

namespace binnacle {

/// Writes what a cumulative histogram gained since `before`; all of it when it has not only grown (its source
/// restarted).
void writeHistogram(ByteWriter& out, const LatencyHistogram& before, const LatencyHistogram& value);
/// The histogram that was written; absent (and the reader failed) when the bytes can't be one.
[[nodiscard]] std::optional<LatencyHistogram> readHistogram(ByteReader& in, const LatencyHistogram& before);
/// What a histogram takes in memory, in cells: what limits on chunks count.
[[nodiscard]] std::size_t histogramCost(const LatencyHistogram& histogram);

} // namespace binnacle
