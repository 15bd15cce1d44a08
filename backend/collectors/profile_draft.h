// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/profile.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

enum class ServerKind { Postgres, PgBouncer, Redis, Haproxy, Service, Prometheus, Control };

/// What one field of a form holds.
struct DraftField {
    std::string_view id;     ///< "host", "endpoint", "ca_file"
    std::string_view member; ///< of the entry in the document that it goes into, and whose faults it shows
};
/// The fields of a kind of server in the order of a form.
[[nodiscard]] std::span<const DraftField> draftFields(ServerKind kind);
/// Its member of the document: "postgres".
[[nodiscard]] std::string_view memberOf(ServerKind kind);
/// A profile has any number of it, each under a name of its own.
[[nodiscard]] bool isNamed(ServerKind kind);

/// One server of a profile as a form shows it.
struct ServerDraft {
    ServerKind kind = ServerKind::Postgres;
    std::string name;
    std::map<std::string, std::string, std::less<>> values; ///< by the id of a field; absent is empty
    bool keychain = false;                                  ///< its secret is in the user's keychain
    std::string connectionRest; ///< further settings of a connection string, in its own form
    std::string rest;           ///< further members, as a JSON object; they stay as they are

    [[nodiscard]] const std::string& value(std::string_view field) const;
    /// As CredentialSlot::id.
    [[nodiscard]] std::string credentialId() const;
    friend bool operator==(const ServerDraft&, const ServerDraft&) = default;
};

/// A profile as a form shows it. What the form has no field for is kept as it is.
struct ProfileDraft {
    std::string name;
    ProfileEnvironment environment = ProfileEnvironment::Production;
    bool readOnly = true;
    bool showLiterals = false;
    std::vector<ServerDraft> servers;
    std::string rest; ///< further members, as a JSON object

    friend bool operator==(const ProfileDraft&, const ProfileDraft&) = default;
};

/// Reads a document that parseProfile() takes; Invalid for any other.
[[nodiscard]] Result<ProfileDraft> draftOf(std::string_view document, std::string_view name);
/// The document that says it, indented, with a line end. Servers of a kind stand in their order.
[[nodiscard]] std::string documentOf(const ProfileDraft& draft);

/// What is wrong with one field of a draft.
struct DraftFault {
    std::size_t server = 0; ///< index, or kOfProfile
    std::string field;      ///< its id; "name"; or empty for the server as a whole
    std::string what;       ///< a sentence that says what to do
    static constexpr std::size_t kOfProfile = static_cast<std::size_t>(-1);
};
/// All that keeps the draft from being saved. Empty: documentOf() is a profile.
[[nodiscard]] std::vector<DraftFault> faultsOf(const ProfileDraft& draft);

} // namespace binnacle
