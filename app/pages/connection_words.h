// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/profile_draft.h"
#include "backend/collectors/profile_probe.h"
#include "widgets/mark.h"
#include "widgets/theme.h"

#include <QString>

namespace binnacle::app {

[[nodiscard]] Environment environmentOf(ProfileEnvironment environment);
[[nodiscard]] ProfileEnvironment profileEnvironmentOf(Environment environment);

/// "PostgreSQL", "HAProxy" …
[[nodiscard]] QString kindName(ServerKind kind);
/// What a field of a form is called, and an example of what it holds.
struct FieldWords {
    QString label;
    QString example;
    QString hint; ///< below it; may be empty
};
[[nodiscard]] FieldWords fieldWords(ServerKind kind, std::string_view field);
/// A fault of a draft as a sentence of this language, where it is one of ours.
[[nodiscard]] QString faultText(const DraftFault& fault);

/// "TLS verified", "not encrypted" …
[[nodiscard]] QString transportWords(Transport transport);
[[nodiscard]] bool isExposed(Transport transport); ///< readable on the way, or by whoever pretends
/// How all of a profile's servers are reached, in a few words: "TLS verified", "2 of 5 not encrypted".
[[nodiscard]] QString transportSummary(const Profile& profile, bool& exposed);
/// "2 PostgreSQL, Redis, pgBouncer".
[[nodiscard]] QString reachSummary(const Profile& profile);

/// What a server answered, as one line; and its mark.
[[nodiscard]] QString probeLine(const ProbeReport& report);
[[nodiscard]] Mark probeMark(const ProbeReport& report);
/// What to do about an error of a test; may be empty.
[[nodiscard]] QString nextStep(const Error& error);
/// The statement inside "needs …: GRANT …;", to be copied; empty where there is none.
[[nodiscard]] QString statementIn(const std::string& missing);

} // namespace binnacle::app
