// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/stack_status.h"
#include "backend/ctl/top_reader.h"

#include <string>
#include <vector>

namespace binnacle::ctl {

/// One row of the request path.
struct Hop {
    std::string title;
    std::string source;
    std::string load;
    std::string detail;
    bool worrying = false; ///< the detail tells of trouble
};

/// The rows of the bundled stack, in the order of a request's way.
[[nodiscard]] std::vector<Hop> hops(const TopReader& reader, const StackStatus& stack);
/// The rows of a profile's servers: the sources that were heard of.
[[nodiscard]] std::vector<Hop> foreignHops(const TopReader& reader);

} // namespace binnacle::ctl
