// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"

#include <QString>

#include <string>
#include <string_view>

namespace binnacle::app {

/// How much of a name stands on a button, a mark or a receipt, and how much in a title. In characters.
inline constexpr qsizetype kShortName = 28;
inline constexpr qsizetype kLongName = 48;

/// A name from outside as plain text of at most so many characters: the middle is left out, since keys that are much
/// alike differ at their ends.
[[nodiscard]] QString named(std::string_view name, qsizetype most);

/// What an act is about, by its parameters: "app-2", "4711@primary", "pool orders", "key task:42", "tag project:7",
/// "migration 20261101120000_tasks". Empty where it is about the whole (level, share, panic), or not known.
[[nodiscard]] QString objectOf(const Values& parameters, qsizetype most = kShortName);

/// The documents of an act, as a preview and an entry of the audit have them.
struct ActDocuments {
    const std::string& action;
    const Values& parameters;
    const Values& before;
    const Values& after;
};

/// What an act does to its object, as it stands on buttons, marks and receipts: "Terminate session 4711@primary",
/// "Resize pool orders from 20 to 30". An action that is not known here is named by its id.
[[nodiscard]] QString deedOf(const ActDocuments& act, qsizetype most = kShortName);

/// How an action is spoken of beside its deed. Texts of the context "Action".
struct ActSpeech {
    const char* action;
    const char* deed;       ///< %1: the object
    const char* keep;       ///< the safe button; %1: the object
    const char* fate;       ///< what becomes of it if nobody acts
    const char* fateDetail; ///< and until when, or why
};
/// Null for what is worded by its values alone (level, share, panic), and for an action that is not known here.
[[nodiscard]] const ActSpeech* speechOf(std::string_view action);

/// "60 s" as a lease is written: whole seconds, from a minute on "1:00 min".
[[nodiscard]] QString leaseText(std::int64_t seconds);

} // namespace binnacle::app
