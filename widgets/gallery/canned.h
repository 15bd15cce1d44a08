// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"
#include "backend/domain/series.h"
#include "widgets/chart_event.h"
#include "widgets/request_path_view.h"
#include "widgets/time_context.h"

#include <functional>
#include <vector>

/// The invented incident of the mock-ups as data, the same in every run.
namespace binnacle::canned {

/// 14:12:08 UTC of a day, and a steady time for it.
[[nodiscard]] SteadyTime now();
[[nodiscard]] UtcTime utcNow();
/// A deterministic noise in -1..1.
[[nodiscard]] double noise(int step, int seed);
/// A series with a sample each `every` over `span` until now(); `value` gets the seconds before now (negative).
[[nodiscard]] Series series(std::chrono::seconds span, std::chrono::milliseconds every,
                            const std::function<double(double, int)>& value);
/// Smooth step from 0 to 1 around `at` of that width, in seconds before now.
[[nodiscard]] double ramp(double seconds, double at, double width);
/// Latencies of `count` requests: a fast body, a shoulder and a hump at 330 ms of that share.
[[nodiscard]] LatencyHistogram latencies(int count, double hump, int seed);
[[nodiscard]] std::vector<ChartEvent> events();
[[nodiscard]] RequestPath requestPath();

} // namespace binnacle::canned
