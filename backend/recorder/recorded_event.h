// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot.h"

#include <optional>
#include <string>
#include <vector>

namespace binnacle {

/// Something that happened to one source: a pass of its collector, successful or not, or its end.
struct RecordedEvent {
    std::string source;
    SteadyTime at; ///< when it was known, by the steady clock of the machine that recorded
    UtcTime atUtc;
    /// As the collector published it; absent when the source was taken away on purpose (an instance was stopped).
    std::optional<SourceUpdate> update;
};

/// The event of an update that was just published. Its time is the later one of its snapshot and its failure; an
/// update that has neither begins with its collector and is given `utc`.
[[nodiscard]] RecordedEvent recordedEvent(SourceUpdate update, UtcTime utc);

/// Whether two events are the same to the last bit: what the codec promises.
[[nodiscard]] bool identical(const RecordedEvent& a, const RecordedEvent& b);

} // namespace binnacle
