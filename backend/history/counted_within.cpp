// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/counted_within.h"

#include <algorithm>

namespace binnacle {

std::optional<CountedWithin> countedWithin(const SignalEntry& counter, SteadyTime from, SteadyTime to) {
    // From the rates' own intervals: rate times interval is the count again, also across a silence; after a restart the
    // interval begins with the first reading of the new run.
    std::optional<CountedWithin> out;
    for (const auto& sample : counter.series.samples(from, to)) {
        const auto since = sample.since.value_or(sample.at);
        if (!out) {
            out = CountedWithin{0, since};
        }
        out->since = std::min(out->since, since);
        out->count += sample.value * toSeconds(sample.at - since);
    }
    return out;
}

} // namespace binnacle
