// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/prometheus_client.h"

#include <string_view>

namespace binnacle {

/// Reads Prometheus' exposition text (version 0.0.4, what a `/metrics` page answers): one sample a line, handed over
/// with its labels and its name as `__name__`; `evaluatedAt` is the sample's own time in seconds, 0 where it tells
/// none. Samples without a finite value are left out, as are comments and what OpenMetrics adds behind a `#`.
///
/// Protocol, with the number of the line, for anything else; so is a page with more samples or labels than the caps.
[[nodiscard]] Result<void> readExpositionText(std::string_view text, const PrometheusVisit& visit);

inline constexpr std::size_t kExpositionLabelCap = 64; ///< labels of one sample

} // namespace binnacle
