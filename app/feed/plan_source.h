// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <string>

namespace binnacle::app {

/// Whose plan is wanted.
struct PlanQuestion {
    std::string source;    ///< "postgres/primary"
    std::string database;  ///< that the statement runs in
    std::string statement; ///< with parameters for values
    friend bool operator==(const PlanQuestion&, const PlanQuestion&) = default;
};

/// Where plans of statements come from; replaced in tests. Used by one thread at a time, never the display's.
class PlanSource {
public:
    virtual ~PlanSource() = default;
    /// The plan as indented lines; errors as readPlan()'s. Blocks up to the deadline.
    [[nodiscard]] virtual Result<std::string> plan(const PlanQuestion& question, SteadyTime deadline) = 0;
};

} // namespace binnacle::app
