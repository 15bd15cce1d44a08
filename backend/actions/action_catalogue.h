// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/role.h"
#include "backend/domain/action.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace binnacle {

/// What actions change. Each resource has one desired value with one generation.
enum class Resource { DegradationLevel, CanaryShare };

inline constexpr Resource allResources[] = {Resource::DegradationLevel, Resource::CanaryShare};
[[nodiscard]] std::string_view resourceName(Resource resource);
[[nodiscard]] std::optional<Resource> resourceFromName(std::string_view name);
/// The value as parameters and documents show it: {"level": 2} or {"percent": 2.5}.
[[nodiscard]] Values describeValue(Resource resource, std::int64_t value);
/// The same as a phrase: "level 2", "2.5 %".
[[nodiscard]] std::string valuePhrase(Resource resource, std::int64_t value);
/// The other way round, from a document's `before` or `after`.
[[nodiscard]] std::optional<std::int64_t> valueFrom(Resource resource, const Values& values);
/// A lease reverts what must not stay for ever; zero: the value needs none.
[[nodiscard]] std::chrono::seconds defaultLease(Resource resource, std::int64_t value);

inline constexpr std::int64_t maximumLevel = 3;
inline constexpr std::int64_t wholeShare = 10'000; ///< basis points
inline constexpr std::chrono::seconds longestLease = std::chrono::hours(24);

/// A request with its parameters understood: set that resource to that value.
struct PlannedChange {
    std::string action;
    Resource resource = Resource::DegradationLevel;
    std::int64_t value = 0; ///< the level, or basis points
    std::chrono::seconds lease{0};
    Values parameters;               ///< as understood
    std::string typeToConfirm;       ///< empty, or the word to type
    std::optional<Verb> undertaking; ///< set: it sets no value, but takes its time; what it takes is this verb
    bool panic = false;              ///< it also stops what runs, and holds whatever the state is by then
};

/// One action: everything that help, previews and guards need to know of it.
struct CatalogueEntry {
    ActionSpec spec;
    std::string roleText; ///< which role is needed, for people
    bool mutates = true;
    /// Understands the parameters; Invalid with a sentence that says what to write instead.
    Result<PlannedChange> (*plan)(const Values& parameters);
    std::optional<Verb> undertaking{}; ///< as in PlannedChange
    std::string inverse{};             ///< the action that takes it back; empty: itself, where it sets a value
    std::string noUndo{};              ///< why it can't be taken back, in a sentence
};

[[nodiscard]] std::span<const CatalogueEntry> actionCatalogue();
/// Invalid, naming all that exist, when there is none with that id.
[[nodiscard]] Result<const CatalogueEntry*> findAction(std::string_view id);
[[nodiscard]] Result<PlannedChange> planAction(std::string_view id, const Values& parameters);
/// What a change needs: it depends on the value before, too, because leaving level 3 is an admin's.
[[nodiscard]] Verb verbOf(const PlannedChange& change, std::int64_t valueBefore);

/// Reads "level=2", "percent=2.5": a number where it is one, else text. Invalid without a name, or named twice.
[[nodiscard]] Result<Values> parseParameters(std::span<const std::string> texts);
/// The catalogue as a table of text, for `binnaclectl actions`.
[[nodiscard]] std::string catalogueText();

} // namespace binnacle
