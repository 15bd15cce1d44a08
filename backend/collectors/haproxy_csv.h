// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// One line of HAProxy's statistics: a frontend, a backend or a server of a backend.
struct HaproxyRow {
    enum class Type { Frontend = 0, Backend = 1, Server = 2, Listener = 3 };

    std::string proxy;
    std::string name; ///< "FRONTEND", "BACKEND" or the server's
    Type type = Type::Server;
    std::string status;
    std::string mode; ///< "http", "tcp"
    std::optional<double> queued;
    std::optional<double> sessions;
    std::optional<double> weight;
    std::optional<double> requests; ///< cumulative, as the following ones
    std::optional<double> retries;
    std::optional<double> redispatches;
    std::optional<double> denied;
    std::optional<double> requestErrors;
    std::optional<double> intercepted;
    std::optional<double> bytesIn;
    std::optional<double> bytesOut;
    std::optional<double> connectionErrors;
    std::optional<double> responseErrors;
    std::optional<double> checkFailures;
    std::optional<double> downs;
    std::optional<double> downtimeS;
    std::optional<double> queuedMax; ///< not cumulative from here on
    std::optional<double> sessionLimit;
    std::optional<double> sessionRate;
    std::optional<double> weightSet; ///< by configuration or command; `weight` may be held back
    std::optional<double> activeServers;
    std::optional<double> backupServers;
    std::optional<double> lastChangeS;
    std::optional<double> checkCode;
    std::optional<double> checkMs;
    std::optional<double> responseMs;               ///< mean of the last 1024
    std::string check;                              ///< "L7OK", "L4CON" …
    std::string address;                            ///< told where the page shows it
    std::array<std::optional<double>, 6> responses; ///< 1xx, 2xx, 3xx, 4xx, 5xx, other

    [[nodiscard]] double responseSum() const;
};

/// Reads the CSV of /stats;csv, or of "show stat". Columns are found by their names, unknown ones are left out;
/// Protocol when the heading is not HAProxy's.
[[nodiscard]] Result<std::vector<HaproxyRow>> parseHaproxyCsv(std::string_view text);

} // namespace binnacle
