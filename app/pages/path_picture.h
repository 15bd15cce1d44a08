// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/history/path_verdict.h"
#include "widgets/request_path_view.h"

namespace binnacle::app {

/// The schematic of a reading: which hops there are, what each says, what flows between them, and where to look first.
[[nodiscard]] RequestPath pathPicture(const PathReading& path, const PathVerdict& verdict, const PageContext& context);
/// A page of the catalogue, and what is to be brought into view there, in that page's own words: see LinkedPage.
struct PageTarget {
    QString page{};
    QString target{};
};
/// The page that shows more of a node of that picture.
[[nodiscard]] PageTarget targetOf(const PathNode& node);

} // namespace binnacle::app
