// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/actuator.h"
#include "backend/clients/http_client.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Where one instance's admin socket is.
struct InstanceAddress {
    std::string name;
    std::string role;
    std::string version;
    std::string admin;      ///< "unix:/…"
    std::string balancer{}; ///< its place in HAProxy, "BACKEND/SERVER"; empty: not known
};

/// The instances as they are now: they come and go.
using InstanceDirectory = std::function<std::vector<InstanceAddress>()>;

/// Whether an instance should be given more to do, by its telemetry document: whatever it says, this comes back, and
/// the error is a sentence that begins with `name`. Protocol: it is no such document.
[[nodiscard]] Result<void> readHealth(const std::string& name, std::string_view telemetry);

/// What can be asked of single instances. Calls may come from several threads at once.
class Fleet {
public:
    virtual ~Fleet() = default;
    [[nodiscard]] virtual std::vector<std::string> names() = 0;
    /// Refused when no instance of that name listens.
    [[nodiscard]] virtual Result<Generation> read(const std::string& name, SteadyTime deadline) = 0;
    /// What the instance holds after the call: the wanted value, or a newer one that it would not give up.
    [[nodiscard]] virtual Result<Generation> write(const std::string& name, const Generation& wanted,
                                                   SteadyTime deadline) = 0;
    /// The error says in a sentence why the instance should not be given more to do.
    [[nodiscard]] virtual Result<void> healthy(const std::string& name, SteadyTime deadline) = 0;
};

/// Instances over their admin sockets, with the bearer token that only control and break-glass read.
class HttpFleet final : public Fleet {
public:
    HttpFleet(InstanceDirectory directory, std::string adminTokenFile);

    [[nodiscard]] std::vector<std::string> names() override;
    [[nodiscard]] Result<Generation> read(const std::string& name, SteadyTime deadline) override;
    [[nodiscard]] Result<Generation> write(const std::string& name, const Generation& wanted,
                                           SteadyTime deadline) override;
    [[nodiscard]] Result<void> healthy(const std::string& name, SteadyTime deadline) override;

private:
    [[nodiscard]] Result<HttpClient> clientOf(const std::string& name) const;

    InstanceDirectory m_directory;
    std::string m_adminTokenFile;
};

/// The degradation level of a fleet: every instance is asked at the same time.
class LevelActuator final : public Actuator {
public:
    /// No single call to an instance takes longer than this; the rest of the patience is for trying again.
    static constexpr std::chrono::milliseconds callLimit{1000};
    static constexpr std::chrono::milliseconds retryPause{50};

    explicit LevelActuator(Fleet& fleet)
        : m_fleet(fleet) {}

    [[nodiscard]] Observation observe(std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<Observation> apply(const Generation& wanted, std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<void> healthy(std::chrono::milliseconds patience) override;
    [[nodiscard]] std::vector<std::string> targets() override { return m_fleet.names(); }

private:
    Fleet& m_fleet;
};

} // namespace binnacle
