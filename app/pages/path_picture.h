// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/linked_page.h"
#include "backend/history/path_verdict.h"
#include "widgets/request_path_view.h"

namespace binnacle::app {

/// The schematic of a reading: which hops there are, what each says, what flows between them, and where to look first.
[[nodiscard]] RequestPath pathPicture(const PathReading& path, const PathVerdict& verdict, const PageContext& context);
/// The page that shows more of a node of that picture.
[[nodiscard]] PageTarget targetOf(const PathNode& node);

} // namespace binnacle::app
