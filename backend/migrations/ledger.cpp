// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/migrations/ledger.h"

#include <algorithm>

namespace binnacle {

namespace {

const Migration* fileOf(std::span<const Migration> files, const std::string& id) {
    const auto file = std::ranges::find(files, id, &Migration::id);
    return file == files.end() ? nullptr : &*file;
}

/// What is applied must still be what the files say, or nobody knows what the next one builds on.
std::optional<std::string> whyNotWhole(std::span<const Migration> files, std::span<const LedgerEntry> ledger) {
    for (const auto& entry : ledger) {
        if (!entry.applied) {
            continue;
        }
        const auto* const file = fileOf(files, entry.id);
        if (file == nullptr) {
            return entry.id + " is applied, and its files are gone. Put them back.";
        }
        if (file->digest != entry.digest) {
            return "The files of " + entry.id + " are not those that were applied (SHA-256 " +
                   entry.digest.substr(0, 12) + "… then, " + file->digest.substr(0, 12) +
                   "… now). Put the applied files back, and write the change as a migration of its own.";
        }
        if (file->chain != entry.chain) {
            return "A migration before " + entry.id +
                   " has been added, edited or taken away since that was applied. Put it back as it was, or give the "
                   "new one a later time in its name.";
        }
    }
    return std::nullopt;
}

} // namespace

const LedgerEntry* entryOf(std::span<const LedgerEntry> ledger, const std::string& id) {
    const auto entry = std::ranges::find(ledger, id, &LedgerEntry::id);
    return entry == ledger.end() ? nullptr : &*entry;
}

std::optional<std::string> whyNotApply(std::span<const Migration> files, std::span<const LedgerEntry> ledger,
                                       const Migration& wanted) {
    if (auto broken = whyNotWhole(files, ledger)) {
        return broken;
    }
    if (const auto* const entry = entryOf(ledger, wanted.id); entry != nullptr && entry->applied) {
        return wanted.id + " is applied already.";
    }
    for (const auto& file : files) {
        const auto* const entry = entryOf(ledger, file.id);
        const bool applied = entry != nullptr && entry->applied;
        if (file.id > wanted.id && applied) {
            return file.id + " is later and applied already. Give " + wanted.id +
                   " a later time in its name, or roll the other one back first.";
        }
        if (file.id < wanted.id && !applied) {
            return file.id + " comes before it and is not applied yet. Apply that first.";
        }
    }
    return std::nullopt;
}

std::optional<std::string> whyNotRevert(std::span<const Migration> files, std::span<const LedgerEntry> ledger,
                                        const Migration& wanted) {
    if (auto broken = whyNotWhole(files, ledger)) {
        return broken;
    }
    const auto* const entry = entryOf(ledger, wanted.id);
    if (entry == nullptr || !entry->applied) {
        return wanted.id + " is not applied.";
    }
    for (const auto& other : ledger) {
        if (other.applied && other.id > wanted.id) {
            return other.id + " was applied after it. Roll that back first.";
        }
    }
    return std::nullopt;
}

} // namespace binnacle
