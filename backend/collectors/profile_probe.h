// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/profile.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace binnacle {

/// How what is said on the way to a server is protected.
enum class Transport {
    Unknown,   ///< nothing was reached
    Local,     ///< a socket of this machine, or its loopback
    Plain,     ///< readable and changeable on the way
    Unchecked, ///< encrypted, but whoever answers was not checked
    Authority, ///< encrypted and vouched for, but the host's name was not checked
    Verified,  ///< encrypted, vouched for, and of that name
};

/// What one server of a profile answered.
struct ProbeReport {
    std::string source;
    std::string place;
    bool reached = false;       ///< it answered, whatever it said
    std::optional<Error> error; ///< why it can't be read
    Transport transport = Transport::Unknown;
    std::string version;              ///< "PostgreSQL 15.4, primary"; empty where it does not tell
    std::string account;              ///< who we are there; empty where it does not tell
    std::vector<std::string> rights;  ///< held, of those that matter
    std::vector<std::string> missing; ///< with what would bring it: "needs pg_monitor: GRANT …"
    std::vector<std::string> notes;   ///< worth knowing: "superuser: more than is needed"
    std::chrono::milliseconds took{};
};

/// Asks one server by the same clients that collect from it. Blocking; ends by the deadline. Any thread.
struct Probe {
    std::string source;
    std::string place;
    std::function<ProbeReport(SteadyTime deadline)> run;
};

/// One for each server that the profile names, in the order of its document, control last.
[[nodiscard]] std::vector<Probe> probesOf(const Profile& profile);

/// What a profile says of the way to its servers, without asking them: one per source, in the same order.
struct TransportOf {
    std::string source;
    Transport transport = Transport::Unknown; ///< at worst; TLS that libpq may leave out is Plain
};
[[nodiscard]] std::vector<TransportOf> transportsOf(const Profile& profile);

} // namespace binnacle
