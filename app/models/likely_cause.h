// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/linked_page.h"
#include "backend/domain/action.h"
#include "backend/domain/snapshot_table.h"
#include "backend/history/path_verdict.h"
#include "widgets/theme.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>

namespace binnacle::app {

/// What is known beside the path when a cause is named; a table that is not known is null.
struct CauseFacts {
    TablePtr blocking; ///< postgres.blocking of the primary
    TablePtr sessions; ///< postgres.sessions of the server that the verdict names
    double canaryPercent = 0;
    std::int64_t level = 0; ///< of degradation
};

/// Where to look first, why, and the one thing that an operator does next.
struct LikelyCause {
    QString clause;   ///< who, and what: "Session 4711 of reporting holds locks that others wait for."
    QString evidence; ///< what shows it; may be empty
    Severity severity = Severity::Caution;
    QString button{}; ///< "Terminate 4711\u2026"; empty: the button opens `page` and is called after it
    QString verb{};   ///< of that button while it can't: "Terminate"
    QString action{}; ///< of the catalogue; the button opens its preview
    Values parameters{};
    std::string right{}; ///< that `action` needs
    PageTarget page{};   ///< where the evidence is
    friend bool operator==(const LikelyCause&, const LikelyCause&) = default;
};

/// All is lost at once. Parts do not die together: pointing at one of them would send somebody the wrong way.
[[nodiscard]] bool nothingAnswers(const PathReading& path);

/// Nothing while the verdict names nobody.
[[nodiscard]] std::optional<LikelyCause> likelyCause(const PathReading& path, const PathVerdict& verdict,
                                                     const CauseFacts& facts);

/// The server of PostgreSQL whose sessions likelyCause() wants: "postgres/replica-2"; empty: those of none.
[[nodiscard]] std::string sessionsWantedOf(const PathVerdict& verdict);

} // namespace binnacle::app
