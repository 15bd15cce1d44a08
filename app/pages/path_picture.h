// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/history/path_verdict.h"
#include "widgets/request_path_view.h"

namespace binnacle::app {

/// The schematic of a reading: which hops there are, what each says, what flows between them, and where to look first.
[[nodiscard]] RequestPath pathPicture(const PathReading& path, const PathVerdict& verdict, const PageContext& context);

} // namespace binnacle::app
