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
    std::array<std::optional<double>, 6> responses; ///< 1xx, 2xx, 3xx, 4xx, 5xx, other

    [[nodiscard]] double responseSum() const;
};

/// Reads the CSV of /stats;csv. Columns are found by their names, unknown ones are left out; Protocol when the heading
/// is not HAProxy's.
[[nodiscard]] Result<std::vector<HaproxyRow>> parseHaproxyCsv(std::string_view text);

} // namespace binnacle
