// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "widgets/request_path_view.h"

namespace binnacle::app {

/// The schematic of a reading: which hops there are, what each says, and what flows between them.
[[nodiscard]] RequestPath pathPicture(const PathReading& path, const PageContext& context);

} // namespace binnacle::app
