// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/hop_saturation.h"

#include <functional>
#include <string_view>

namespace binnacle {

namespace {

constexpr std::chrono::seconds kStill{5}; ///< a reading this old still stands

using Accept = std::function<bool(const SignalEntry&)>;

std::optional<double> valueAt(const SignalStore& store, std::string_view id, SteadyTime at, const Accept& accept) {
    for (const auto* entry : store.byId(id)) {
        const auto sample = accept(*entry) ? entry->series.at(at) : std::nullopt;
        if (sample && sample->at >= at - kStill) {
            return sample->value;
        }
    }
    return std::nullopt;
}

std::optional<double> shareOf(const SignalStore& store, std::string_view part, std::string_view whole, SteadyTime at,
                              const Accept& accept) {
    const auto has = valueAt(store, part, at, accept);
    const auto most = valueAt(store, whole, at, accept);
    return has && most && *most > 0 ? std::optional(*has / *most) : std::nullopt;
}

} // namespace

std::optional<double> saturationOf(const ProxyHop& hop, const SignalStore& store, SteadyTime at) {
    // The frontend that serves users, as a whole, as for its sessions in PathReading.
    return shareOf(store, "haproxy.sessions", "haproxy.sessions_limit", at, [&hop](const SignalEntry& entry) {
        const auto server = entry.key.labels.get("server");
        return entry.source == hop.source && entry.key.labels.get("proxy") == "api" &&
               (server.empty() || server == "FRONTEND");
    });
}

std::optional<double> saturationOf(const ReplicaHop& hop, const SignalStore& store, SteadyTime at) {
    return shareOf(store, "postgres.connections", "postgres.max_connections", at,
                   [&hop](const SignalEntry& entry) { return entry.source == hop.source; });
}

} // namespace binnacle
