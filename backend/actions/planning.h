// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/action_catalogue.h"
#include "backend/actions/actuator.h"
#include "backend/actions/control_view.h"
#include "backend/domain/audit.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// A resource's desired value: what it is, since when, by whom and for how long.
struct HeldValue {
    Resource resource = Resource::DegradationLevel;
    Generation held;
    std::string changedBy; ///< empty: nobody yet
    UtcTime changedAt;
    std::string reason;
    std::string reference; ///< "NUMBER" or "WRITER:NUMBER" of the intent, or empty
    std::optional<UtcTime> leaseUntil;
    friend bool operator==(const HeldValue&, const HeldValue&) = default;
};

/// {"level", "generation", "lease_until"?}: what previews, outcomes and the audit show of a held value.
[[nodiscard]] Values describeHeld(const HeldValue& held);
/// "level 2, set by alice at … (#12: reason)", for the operator who came second.
[[nodiscard]] std::string whoAndWhat(const HeldValue& held);

/// What `change` would make of `held`.
[[nodiscard]] HeldValue heldAfter(const HeldValue& held, const PlannedChange& change, const std::string& operatorName,
                                  const std::string& reason, UtcTime now);

struct PreviewContext {
    std::string environment;
    Observation observation;             ///< what the targets hold now
    std::string undoOf;                  ///< empty, or the reference of what it takes back
    std::vector<FeatureView> features{}; ///< what the levels turn off; empty: not known
    std::vector<Forecast> forecast{};
    std::string forecastBasis{};
    std::chrono::seconds life{120};
};

[[nodiscard]] ActionPreview makePreview(const PlannedChange& change, const HeldValue& held,
                                        const PreviewContext& context, UtcTime now);

/// What the fingerprint of a preview is taken of: whatever the operator's decision rests on.
struct PreviewedState {
    std::string action;
    Values parameters;
    Values before;
    std::int64_t generation = 0;
    std::string undoOf;
};
[[nodiscard]] std::string previewFingerprint(const PreviewedState& state, UtcTime validUntil);
/// The part of a fingerprint that stays the same while the state does, however often it is previewed; a fingerprint of
/// another form as it is. It lives as long as what it is a part of.
[[nodiscard]] std::string_view guardOf(std::string_view fingerprint);
/// As below, for what sets no value; `now` is the present state in a few words.
[[nodiscard]] std::optional<std::string> refusalOf(const ActionRequest& request, const PreviewedState& state,
                                                   const std::string& now, const std::string& typeToConfirm,
                                                   UtcTime at);

/// Why a request may not be carried out now, in a sentence; nothing when it may. Compares the fingerprint of the
/// preview that the operator saw with the state as it is.
[[nodiscard]] std::optional<std::string> refusalOf(const ActionRequest& request, const PlannedChange& change,
                                                   const HeldValue& held, const std::string& undoOf, UtcTime now);
/// Invalid when a request lacks what every one must have: a reason, an id, a fingerprint, all of bounded length.
[[nodiscard]] Result<void> checkRequest(const ActionRequest& request);

/// What an intent of the catalogue changes, by what stands behind it.
[[nodiscard]] std::optional<Resource> resourceOf(const AuditEntry& intent);

/// What became of an applied value, from what the targets were seen to hold.
[[nodiscard]] AuditResult resultOf(const HeldValue& wanted, const Observation& observation);

/// The change that takes back what an intent did; Conflict with who and what when the state has moved since, Invalid
/// where there is nothing to take back. `outcome` is that of the intent.
[[nodiscard]] Result<PlannedChange> planUndo(const AuditEntry& intent, const AuditEntry* outcome, const HeldValue& held,
                                             UtcTime now);
/// What takes back an undertaking, whether that is still possible or not: the action that leads back, for the state
/// before. Invalid, with the reason, for one that can't be taken back.
[[nodiscard]] Result<Reversal> inverseOf(const AuditEntry& intent);
/// How an outcome is taken back, for scripts.
[[nodiscard]] std::optional<Reversal> reversalOf(const AuditEntry& intent);

/// The intent of a change as it goes into the audit.
[[nodiscard]] AuditEntry intentEntry(const ActionRequest& request, const PlannedChange& change, const HeldValue& before,
                                     const HeldValue& after, const std::string& operatorName, UtcTime now);
/// The outcome that belongs to an intent.
[[nodiscard]] AuditEntry outcomeEntry(const AuditEntry& intent, AuditResult result, UtcTime now);
/// Both together as the document that clients get.
[[nodiscard]] ActionOutcome outcomeOf(const AuditEntry& intent, const AuditResult& result);

} // namespace binnacle
