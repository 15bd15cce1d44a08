// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/acting_gateway.h"

#include "backend/actions/break_glass_gateway.h"
#include "backend/actions/fleet.h"
#include "backend/actions/split_map.h"
#include "backend/clients/secret_file.h"
#include "backend/clients/system_clock.h"

#include <cstdio>
#include <pwd.h>
#include <unistd.h>

namespace binnacle::ctl {

namespace {

constexpr std::chrono::seconds kPatience{2};

std::string accountName() {
    const passwd* const entry = ::getpwuid(::getuid()); // one thread, at start
    return entry != nullptr ? entry->pw_name : "uid " + std::to_string(::getuid());
}

Result<std::string> readToken(const Options& options) {
    if (options.tokenFile.empty()) {
        return std::string();
    }
    return readSecretFile(options.tokenFile);
}

std::vector<InstanceAddress> addressesOf(const StackStatus& status) {
    std::vector<InstanceAddress> addresses;
    for (const auto& instance : status.endpoints.instances) {
        addresses.push_back({instance.name, instance.role, instance.version, instance.admin});
    }
    return addresses;
}

bool isAway(ErrorCode code) {
    return code == ErrorCode::Refused || code == ErrorCode::NotFound || code == ErrorCode::Timeout ||
           code == ErrorCode::Closed;
}

} // namespace

struct ActingGateway::Parts {
    std::unique_ptr<ControlGateway> control;
    SystemClock clock;
    std::unique_ptr<HttpFleet> fleet;
    std::unique_ptr<HaproxySplitMap> split;
    std::unique_ptr<LevelActuator> level;
    std::unique_ptr<ShareActuator> share;
    std::unique_ptr<BreakGlassGateway> breakGlass;
};

ActingGateway::ActingGateway(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts)) {}
ActingGateway::~ActingGateway() = default;
ActingGateway::ActingGateway(ActingGateway&&) noexcept = default;
ActingGateway& ActingGateway::operator=(ActingGateway&&) noexcept = default;

ActionGateway& ActingGateway::gateway() const {
    if (m_parts->control) {
        return *m_parts->control;
    }
    return *m_parts->breakGlass;
}

ControlGateway* ActingGateway::control() const {
    return m_parts->control.get();
}

Result<ActingGateway> ActingGateway::choose(const StackPlace& place, const Options& options) {
    const auto status = readStack(place);
    if (!status) {
        return std::unexpected(status.error());
    }
    if (status->endpoints.control.empty()) {
        return fail(ErrorCode::NotFound, "This stack has no control plane to act through.");
    }
    auto endpoint = HttpEndpoint::parse(status->endpoints.control);
    auto token = readToken(options);
    if (!endpoint || !token) {
        return std::unexpected(endpoint ? token.error() : endpoint.error());
    }
    auto parts = std::make_unique<Parts>();
    parts->control = std::make_unique<ControlGateway>(std::move(*endpoint), *token);
    const auto version = parts->control->checkVersion(kPatience);
    if (version) {
        return ActingGateway(std::move(parts));
    }
    if (!isAway(version.error().code)) {
        return std::unexpected(version.error());
    }
    if (!options.mayBreakGlass) {
        return fail(version.error().code,
                    "Control does not answer, so nothing was done: " + version.error().text + ".");
    }
    std::fprintf(stderr,
                 "binnaclectl: control does not answer (%s). Acting past it: the audit is kept beside it and "
                 "control takes over when it is back.\n",
                 version.error().text.c_str());
    return pastControl(place, *status);
}

Result<ActingGateway> ActingGateway::pastControl(const StackPlace& place, const StackStatus& status) {
    auto parts = std::make_unique<Parts>();
    const std::filesystem::path state =
        status.stateDir.empty() ? place.stateDir : std::filesystem::path(status.stateDir);
    parts->fleet = std::make_unique<HttpFleet>([addresses = addressesOf(status)] { return addresses; },
                                               status.credentials.adminTokenFile);
    parts->split = std::make_unique<HaproxySplitMap>(
        SplitMapPaths{state / "haproxy" / "split.map", "split.map",
                      (std::filesystem::path(status.runDir) / "haproxy-admin.sock").string()});
    parts->level = std::make_unique<LevelActuator>(*parts->fleet);
    parts->share = std::make_unique<ShareActuator>(*parts->split);
    BreakGlassSetup setup;
    setup.auditDirectory = state / "audit";
    setup.operatorName = accountName();
    setup.uid = ::getuid();
    setup.environment = "bundled stack in " + state.string();
    parts->breakGlass = std::make_unique<BreakGlassGateway>(
        std::move(setup),
        std::map<Resource, Actuator*>{{Resource::DegradationLevel, parts->level.get()},
                                      {Resource::CanaryShare, parts->share.get()}},
        parts->clock);
    return ActingGateway(std::move(parts));
}

} // namespace binnacle::ctl
