// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/http_client.h"
#include "backend/clients/redis_client.h"
#include "backend/clients/stack_locator.h"
#include "backend/clients/stack_status.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/haproxy_target.h"
#include "backend/collectors/postgres_collector.h"
#include "backend/collectors/prometheus_reader.h"
#include "backend/domain/objective.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

inline constexpr std::size_t kLargestProfile = 64U << 10; ///< of a document, in bytes

/// How careful to be with what a profile names.
enum class ProfileEnvironment { Production, Staging, Development };

/// An instance of a service that speaks the control protocol.
struct ProfileService {
    std::string name;
    HttpEndpoint admin;
    bool metricsPage = false; ///< `admin` is the address of its metrics page instead (MetricsCollector)
};

struct ProfilePgBouncer {
    std::string conninfo; ///< of the admin console, without a password
    std::string passfile; ///< may be empty
    Secret password = {}; ///< instead of the passfile's
};

/// A control plane to ask.
struct ProfileControl {
    std::string endpoint;  ///< as HttpEndpoint::parse() takes it
    std::string tokenFile; ///< may be empty: the uid tells who asks
    Secret token = {};     ///< instead of the file's
};

/// A secret that a profile keeps in the user's keychain ("password_from": "keychain"): by whom it is asked for and what
/// for.
struct CredentialSlot {
    std::string id;       ///< the source that needs it: "postgres/primary", "redis"; or "control"
    std::string account;  ///< whose it is; may be empty
    std::string place;    ///< for people
    bool token = false;   ///< a token, not a password
    bool hasFile = false; ///< a file is named as well, for where there is no keychain

    friend bool operator==(const CredentialSlot&, const CredentialSlot&) = default;
};

/// Servers that are not a bundled stack, and how to read them. Holds names of credential files, never a credential.
struct Profile {
    std::string name;
    ProfileEnvironment environment = ProfileEnvironment::Production;
    bool readOnly = true;
    bool showLiterals = false; ///< texts of statements keep what users wrote into them; never in a recording
    Objective objective;
    std::vector<ProfileService> services;
    std::vector<PostgresTarget> postgres;
    std::optional<ProfilePgBouncer> pgbouncer;
    std::optional<RedisTarget> redis;
    std::optional<HaproxyTarget> haproxy;
    /// Servers that scrape further sources; what these are is asked of them when collectors are made.
    std::vector<std::shared_ptr<PrometheusReader>> prometheus;
    std::optional<ProfileControl> control;
    std::vector<CredentialSlot> credentials; ///< that are not in files
    std::vector<std::string> warnings;       ///< sentences about what was ignored
};

/// Reads a profile document (binnaclectl(1) has its members). `name` is the profile's where the document has none, and
/// stands in the sentences. Invalid names the member and what to do; no sentence repeats a value, which may be a
/// secret in the wrong place.
[[nodiscard]] Result<Profile> parseProfile(std::string_view document, std::string_view name);

/// What is wrong with one member of a document: "postgres[0].conninfo", "holds a password. …".
struct ProfileFault {
    std::string member;
    std::string what;
};
struct ProfileCheck {
    Result<Profile> profile;          ///< the first fault is its error
    std::vector<ProfileFault> faults; ///< by member, at most 64; empty also where the document as a whole is wrong
};
/// As parseProfile(), with all that is wrong.
[[nodiscard]] ProfileCheck checkProfile(std::string_view document, std::string_view name);

/// Up to 64 letters, digits, dots, dashes and underscores, and no dot in front.
[[nodiscard]] bool isProfileName(std::string_view name);

/// Where the profile of that name is kept: $XDG_CONFIG_HOME/binnacle/profiles/NAME.json, else below ~/.config. A name
/// with a slash is the path of the document itself. Invalid for a name that no file may have.
[[nodiscard]] Result<std::filesystem::path> profilePath(const std::string& name, const EnvironmentLookup& environment);

/// Reads the document from its file. NotFound when there is none; the sentence names the file.
[[nodiscard]] Result<Profile> loadProfile(const std::filesystem::path& file);

/// What reads that instance.
[[nodiscard]] std::unique_ptr<Collector> serviceCollector(const ProfileService& service);

/// One collector for each source that the profile names: the same collectors as for a bundled stack. Prometheus servers
/// are asked what they scrape, at most every ten seconds and each for at most two: not for a thread that must not wait.
[[nodiscard]] std::vector<std::unique_ptr<Collector>> collectorsFor(const Profile& profile);

/// What the supervisor of a bundled stack would say of it: that it runs, under its name, and where its control is.
[[nodiscard]] StackStatus stackStatusOf(const Profile& profile);

} // namespace binnacle
