// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/planning.h"

#include <optional>
#include <string>
#include <vector>

namespace binnacle::control {

/// An act that was announced: what a request id stands for.
struct StoredRequest {
    std::string fingerprint; ///< of the request itself, so that an id is not used for something else
    AuditEntry intent;
    std::optional<AuditResult> result; ///< nothing: it has not ended
};

/// What control must not forget. Each function is one transaction that is on the disk when it returns; after an error
/// nothing of it has happened. Safe to call from several threads.
class ControlStore {
public:
    virtual ~ControlStore() = default;

    [[nodiscard]] virtual std::string writerId() const = 0;
    [[nodiscard]] virtual Result<HeldValue> held(Resource resource) = 0;
    [[nodiscard]] virtual Result<std::optional<StoredRequest>> request(const std::string& requestId) = 0;

    /// Announces an act: intent into the audit, its request id, and the new desired value, together or not at all.
    /// Conflict when the desired value's generation is no longer `before`'s, or the request id is known.
    [[nodiscard]] virtual Result<SealedEntry> recordIntent(AuditEntry draft, const std::string& requestFingerprint,
                                                           const HeldValue& before, HeldValue after) = 0;
    /// Announces an act that sets no value. Conflict when the request id is known.
    [[nodiscard]] virtual Result<SealedEntry> recordUndertaking(AuditEntry draft,
                                                                const std::string& requestFingerprint) = 0;
    /// Ends an act.
    [[nodiscard]] virtual Result<SealedEntry> recordOutcome(AuditEntry draft) = 0;
    /// Announced acts without an end, oldest first.
    [[nodiscard]] virtual Result<std::vector<AuditEntry>> openIntents() = 0;

    /// One writer's entries behind `after`, at most `limit`.
    [[nodiscard]] virtual Result<std::vector<SealedEntry>> entries(const std::string& writer, std::int64_t after,
                                                                   std::int64_t limit) = 0;
    /// Where each chain ends, the own one first.
    [[nodiscard]] virtual Result<std::vector<ChainHead>> heads() = 0;
    /// Whether anything could be written now, tried with a write. A store without a disk always can.
    [[nodiscard]] virtual Result<void> probe(UtcTime) { return {}; }
    /// Takes over entries of another writer behind those that are known, and links the head in the own chain.
    [[nodiscard]] virtual Result<void> importEntries(std::span<const SealedEntry> entries, UtcTime now) = 0;
};

} // namespace binnacle::control
