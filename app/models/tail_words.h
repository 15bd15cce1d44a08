// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/tail_shape.h"

#include <QString>

namespace binnacle {
class TimeContext;
}

namespace binnacle::app {

/// What a tail is made of, in words.
struct TailWords {
    QString clause;   ///< "Regular: a burst each 30 s."
    QString detail;   ///< how many, when, how much of the tail they are, and what stands out in them
    QString evidence; ///< what slow means, and how many are
    friend bool operator==(const TailWords&, const TailWords&) = default;
};

/// `time` says its clock times.
[[nodiscard]] TailWords tailWords(const TailShape& shape, const TimeContext& time);
/// A label as people name it: "POST /v1/tasks", "version 1.1.0", "app-2", "the canary".
[[nodiscard]] QString labelWords(std::string_view label, std::string_view value);

} // namespace binnacle::app
