// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/domain/snapshot_table.h"
#include "widgets/panel_status.h"

#include <string>
#include <string_view>
#include <vector>

namespace binnacle::app {

/// One table of one source at the right edge of the window, and what may be said about it: a source can answer while a
/// table that is read less often is late, was never read, or is refused.
struct TableReading {
    std::string source; ///< "postgres/primary"
    TablePtr table;     ///< null unless status.hasValue(); also where nothing is kept of that time
    PanelStatus status;
    QString remedy{}; ///< the statement that would bring what is missing ("GRANT …"); empty when the reason names none
};

[[nodiscard]] TableReading readTable(const PageContext& context, const std::string& source, std::string_view table);
/// A source as it is shown beside its values: "primary", "replica 1", "Redis".
[[nodiscard]] QString shownName(const std::string& source);
/// A title as it goes on in a sentence: "no data since 14:10:08".
[[nodiscard]] QString withinWords(const QString& title);
/// Sources of the stack whose names begin so ("postgres/"), in their order.
[[nodiscard]] std::vector<std::string> sourcesOf(const PageContext& context, std::string_view prefix);
/// The statement within the reason of a refusal: from "GRANT", "CREATE EXTENSION" and the like to its end.
[[nodiscard]] QString remedyIn(const QString& reason);

} // namespace binnacle::app
