// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/acting_gateway.h"

#include "backend/actions/break_glass_gateway.h"
#include "backend/actions/fleet.h"
#include "backend/actions/split_map.h"
#include "backend/clients/secret_file.h"
#include "backend/clients/system_clock.h"

#include <array>
#include <pwd.h>
#include <unistd.h>

namespace binnacle {

namespace {

constexpr std::chrono::seconds kPatience{2};

std::string accountName() {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    const bool known = ::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr;
    return known ? entry.pw_name : "uid " + std::to_string(::getuid());
}

Result<std::string> readToken(const std::string& file) {
    return file.empty() ? Result<std::string>(std::string()) : readSecretFile(file);
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

ActingGateway::ActingGateway(std::unique_ptr<Parts> parts, std::string bypassReason)
    : m_parts(std::move(parts))
    , m_bypassReason(std::move(bypassReason)) {}
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

Result<ActingGateway> ActingGateway::choose(const StackStatus& status, const ActingSetup& setup) {
    if (status.endpoints.control.empty()) {
        return fail(ErrorCode::NotFound, "This stack has no control plane to act through.");
    }
    auto endpoint = HttpEndpoint::parse(status.endpoints.control);
    auto token = setup.token.empty() ? readToken(setup.tokenFile) : Result<std::string>(setup.token.view());
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
    if (!setup.mayBreakGlass) {
        return fail(version.error().code,
                    "Control does not answer, so nothing was done: " + version.error().text + ".");
    }
    return pastControl(status, setup, version.error().text);
}

std::filesystem::path journalDirectory(const StackStatus& status, const std::filesystem::path& stateDir) {
    return (status.stateDir.empty() ? stateDir : std::filesystem::path(status.stateDir)) / "audit";
}

Result<ActingGateway> ActingGateway::pastControl(const StackStatus& status, const ActingSetup& setup,
                                                 std::string reason) {
    auto parts = std::make_unique<Parts>();
    const auto journals = journalDirectory(status, setup.stateDir);
    const auto state = journals.parent_path();
    parts->fleet = std::make_unique<HttpFleet>([addresses = addressesOf(status)] { return addresses; },
                                               status.credentials.adminTokenFile);
    parts->split = std::make_unique<HaproxySplitMap>(
        SplitMapPaths{state / "haproxy" / "split.map", "split.map",
                      (std::filesystem::path(status.runDir) / "haproxy-admin.sock").string()});
    parts->level = std::make_unique<LevelActuator>(*parts->fleet);
    parts->share = std::make_unique<ShareActuator>(*parts->split);
    BreakGlassSetup glass;
    glass.auditDirectory = journals;
    glass.operatorName = accountName();
    glass.uid = ::getuid();
    glass.environment = "bundled stack in " + state.string();
    parts->breakGlass = std::make_unique<BreakGlassGateway>(
        std::move(glass),
        std::map<Resource, Actuator*>{{Resource::DegradationLevel, parts->level.get()},
                                      {Resource::CanaryShare, parts->share.get()}},
        parts->clock);
    return ActingGateway(std::move(parts), std::move(reason));
}

} // namespace binnacle
