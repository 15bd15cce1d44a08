// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"
#include "backend/domain/effect.h"
#include "backend/domain/error.h"
#include "backend/domain/migration.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// What one target of a resource was last seen to hold.
struct TargetView {
    std::string name;
    Values held; ///< {"level": 2}; empty: it did not answer
    std::int64_t generation = 0;
    bool inEffect = false;
    std::string problem; ///< why it did not answer
    friend bool operator==(const TargetView&, const TargetView&) = default;
};

/// One resource as control wants it, and as it was last seen.
struct ResourceView {
    std::string name; ///< "degradation_level", "canary_share"
    Values wanted;    ///< {"level": 2}, {"percent": 2.5}
    std::int64_t generation = 0;
    std::string changedBy; ///< empty: nobody yet
    std::optional<UtcTime> changedAt;
    std::string reason;
    std::string reference; ///< of the intent, for Undo
    std::optional<UtcTime> leaseUntil;
    std::optional<std::chrono::seconds> leaseLeft; ///< by control's steady clock; negative: overdue
    std::string leaseNote;                         ///< why an ended lease has not stepped down yet
    std::vector<TargetView> targets;
    std::optional<std::chrono::milliseconds> observedAge;
    friend bool operator==(const ResourceView&, const ResourceView&) = default;
};

/// Something that the service does and that a degradation level may turn off, as its instances tell it.
struct FeatureView {
    std::string id;    ///< "analytics"
    std::string title; ///< "Dashboard analytics"
    std::vector<std::string> routes;
    std::optional<std::int64_t> offFrom;     ///< the lowest level that turns it off; nothing: no level does
    std::string fallback;                    ///< what callers get instead
    std::optional<double> requestsPerSecond; ///< on its routes, over the last five minutes
    std::optional<double> users;             ///< distinct, over the last five minutes
    friend bool operator==(const FeatureView&, const FeatureView&) = default;
};

/// What a level is expected to change, from what was measured just before.
struct LevelForecast {
    std::int64_t level = 0;
    std::vector<Forecast> rows;
    friend bool operator==(const LevelForecast&, const LevelForecast&) = default;
};

/// One side of the split, by distinct users.
struct CohortView {
    std::string role; ///< "canary", "stable"
    std::vector<std::string> instances;
    std::vector<std::string> versions;
    std::optional<double> users;          ///< distinct, estimated
    std::optional<std::int64_t> requests; ///< of users, without probes
    friend bool operator==(const CohortView&, const CohortView&) = default;
};

/// How the split really fell, since the share was last changed (five minutes at most).
struct CohortShares {
    std::chrono::seconds window{0};
    std::vector<CohortView> cohorts;
    std::optional<double> users;                ///< distinct over all cohorts, estimated
    std::optional<double> usersSharePercent;    ///< of the canary
    std::optional<double> requestsSharePercent; ///< of the canary
    std::chrono::milliseconds age{0};
    std::string problem; ///< instances that did not answer, by name
    friend bool operator==(const CohortShares&, const CohortShares&) = default;
};

struct MigrationsView {
    std::vector<MigrationStatus> rows;
    std::optional<std::chrono::milliseconds> age; ///< nothing: never read
    std::string problem;                          ///< why they can't be told, or not applied
    friend bool operator==(const MigrationsView&, const MigrationsView&) = default;
};

/// What an act has set and control goes on asserting: an instance out of rotation, a paused pool, its size.
struct HoldView {
    std::string kind;   ///< "instance", "pool", "pool_size"
    std::string target; ///< whose it is: "app-1"
    std::string value;  ///< "drained", "readying" or "ready"; "paused", "resuming" or "active"; a number
    std::string changedBy;
    std::string reference;             ///< of the intent
    std::optional<UtcTime> leaseUntil; ///< nothing: until somebody changes it
    friend bool operator==(const HoldView&, const HoldView&) = default;
};

/// All that control says of itself: `GET /v1/state`.
struct ControlView {
    std::string writerId;
    std::string environment;
    std::string operatorName;
    std::string role;
    std::map<std::string, bool, std::less<>> may; ///< verb to whether this operator may
    std::int64_t auditNumber = 0;                 ///< head of control's own chain
    std::string auditProblem; ///< why nothing can be written to the audit, so that nothing runs; empty: it can
    std::vector<ResourceView> resources;
    std::vector<HoldView> holds;
    std::vector<FeatureView> features;
    std::vector<LevelForecast> forecasts;
    std::string forecastBasis; ///< "5 min of 3 instances", or why there is none
    std::optional<CohortShares> cohorts;
    std::optional<MigrationsView> migrations; ///< nothing: this control runs none

    [[nodiscard]] const ResourceView* resource(std::string_view name) const;
    friend bool operator==(const ControlView&, const ControlView&) = default;
};

[[nodiscard]] std::string controlViewDocument(const ControlView& view);
[[nodiscard]] Result<ControlView> parseControlView(std::string_view json);

/// The member "migrations" alone: `binnaclectl migrate status --json`.
[[nodiscard]] std::string migrationsDocument(const MigrationsView& view);

[[nodiscard]] std::string effectDocument(const Effect& effect);
/// `GET /v1/effects`: {"effects":[…]}, the newest first.
[[nodiscard]] std::string effectsDocument(const std::vector<Effect>& effects);
[[nodiscard]] Result<std::vector<Effect>> parseEffects(std::string_view json);

[[nodiscard]] std::string_view effectStateName(Effect::State state);
[[nodiscard]] std::string_view effectChangeName(EffectRow::Change change);
[[nodiscard]] std::string_view migrationStateName(MigrationStatus::State state);

} // namespace binnacle
