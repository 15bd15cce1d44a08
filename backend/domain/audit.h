// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

enum class AuditPhase { Intent, Outcome };

/// What became of an intent.
struct AuditResult {
    Verdict verdict = Verdict::Failed;
    Values observedAfter;
    std::vector<std::string> stragglers;
    std::string message;
    friend bool operator==(const AuditResult&, const AuditResult&) = default;
};

/// One row of one writer's log. Rows are appended, never changed; each carries the digest of the one before it.
struct AuditEntry {
    std::string writerId;
    std::int64_t number = 0; ///< from 1, without gaps
    UtcTime at;              ///< whole milliseconds
    std::string operatorName;
    AuditPhase phase = AuditPhase::Intent;
    std::string requestId;
    std::string action;
    Values parameters;
    std::string reason;
    Values before;
    Values after;
    std::optional<std::int64_t> intent;  ///< of an outcome: the number of its intent
    std::optional<AuditResult> result;   ///< of an outcome
    std::optional<std::string> reverses; ///< "NUMBER" of the same chain or "WRITER:NUMBER"
    std::string previousDigest;          ///< empty for number 1
    friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

/// The one text of an entry: JSON with a fixed order of members and no space. The digest is taken of these bytes, and
/// the same bytes are what is stored.
[[nodiscard]] std::string canonicalText(const AuditEntry& entry);

/// An entry as it is stored: its bytes and their digest. `entry` is what the bytes say.
struct SealedEntry {
    AuditEntry entry;
    std::string text;
    std::string digest;
};

/// SHA-256 in lower-case hexadecimal. Given by the caller, because the domain has no library for it.
using DigestFunction = std::function<std::string(std::string_view bytes)>;

/// How far a chain goes. A chain without entries has number 0 and no digest.
struct ChainHead {
    std::string writerId;
    std::int64_t number = 0;
    std::string digest;
    friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

/// Puts an entry behind `head`: gives it writer, number and previous digest, and seals it.
[[nodiscard]] SealedEntry seal(AuditEntry entry, const ChainHead& head, const DigestFunction& digest);
[[nodiscard]] ChainHead headOf(const SealedEntry& sealed);
/// What the entries say, in their order.
[[nodiscard]] std::vector<AuditEntry> entriesOf(std::span<const SealedEntry> sealed);

/// What is wrong with a chain, and where it begins to be.
struct ChainFault {
    std::string writerId;
    std::int64_t number = 0;
    std::string text;
};

/// Checks one writer's whole chain, entries in the order of their numbers. `seen` are heads that others remember of it
/// (a console, another chain): an entry that a head names must still be there, unchanged, which is what finds a
/// truncated tail and a chain that was written anew. Nothing when all is well.
[[nodiscard]] std::optional<ChainFault> verifyChain(std::string_view writerId, std::span<const SealedEntry> entries,
                                                    std::span<const ChainHead> seen, const DigestFunction& digest);

} // namespace binnacle
