// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/migrations/migration_files.h"

#include <optional>
#include <span>
#include <string>

namespace binnacle {

/// What the target database itself remembers of a migration: one row of binnacle.migrations.
struct LedgerEntry {
    std::string id;
    std::string digest; ///< of the files as they were carried out
    std::string chain;
    bool applied = false;  ///< false: it was, and was taken back
    std::string reference; ///< "WRITER:NUMBER" of the intent behind it
    friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

[[nodiscard]] const LedgerEntry* entryOf(std::span<const LedgerEntry> ledger, const std::string& id);

/// Why a migration may not be applied, with what mends it, in one sentence or two; nothing when it may.
[[nodiscard]] std::optional<std::string> whyNotApply(std::span<const Migration> files,
                                                     std::span<const LedgerEntry> ledger, const Migration& wanted);
/// The same for taking it back.
[[nodiscard]] std::optional<std::string> whyNotRevert(std::span<const Migration> files,
                                                      std::span<const LedgerEntry> ledger, const Migration& wanted);

} // namespace binnacle
