// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/stack_access.h"

#include "backend/clients/stack_client.h"
#include "backend/clients/stack_locator.h"
#include "backend/collectors/bundled_sources.h"
#include "backend/collectors/profile_secrets.h"
#include "backend/ctl/plain_text.h"

#include <chrono>
#include <cstdio>
#include <unistd.h>

namespace binnacle::ctl {

namespace {
constexpr std::chrono::seconds kPatience{2};

Result<StackPlace> findProfile(const std::string& name, const EnvironmentLookup& environment) {
    const auto file = profilePath(name, environment);
    if (!file) {
        return std::unexpected(file.error());
    }
    auto profile = loadProfile(*file);
    if (!profile) {
        return std::unexpected(std::move(profile.error()));
    }
    for (const auto& warning : profile->warnings) {
        std::fprintf(stderr, "binnaclectl: %s\n", plainText(warning).c_str());
    }
    std::error_code ignored;
    return StackPlace{std::filesystem::absolute(*file, ignored).lexically_normal(), {}, std::move(*profile)};
}

} // namespace

Result<StackPlace> findStack(const Options& options) {
    const auto environment = processEnvironment();
    const unsigned uid = ::getuid();
    std::error_code ignored;
    const bool isStateDir = std::filesystem::is_directory(options.connect, ignored);
    if (!options.connect.empty() && !isStateDir) {
        return findProfile(options.connect, environment);
    }
    auto stateDir = resolveStateDir(isStateDir ? std::optional(options.connect) : options.stateDir, environment, uid);
    if (!stateDir) {
        return std::unexpected(std::move(stateDir.error()));
    }
    auto socket = stackSocketFor(runDirFor(*stateDir, environment, uid));
    return StackPlace{std::move(*stateDir), std::move(socket), std::nullopt};
}

Result<std::filesystem::path> recorderFile(const StackPlace& place) {
    if (!place.profile) {
        return place.stateDir / "recorder" / "recording.sqlite";
    }
    const auto state = resolveStateDir(std::nullopt, processEnvironment(), ::getuid());
    if (!state) {
        return std::unexpected(state.error());
    }
    return state->parent_path() / "recorder" / (place.stateDir.stem().string() + ".sqlite");
}

Result<StackStatus> readStack(const StackPlace& place) {
    if (place.profile) {
        return stackStatusOf(*place.profile);
    }
    StackClient client(place.socket);
    auto status = client.status(std::chrono::steady_clock::now() + kPatience);
    if (status) {
        return status;
    }
    auto error = std::move(status.error());
    const auto dir = place.stateDir.string();
    if (error.code == ErrorCode::Refused || error.code == ErrorCode::NotFound) {
        error.text = "No stack is running with the state directory " + dir +
                     ". Start one with: binnacle-stack up --demo --state-dir " + dir;
    } else if (error.code == ErrorCode::Timeout) {
        error.text = "The supervisor of the stack in " + dir + " does not answer.";
    } else {
        error.text = "The stack in " + dir + " can't be read: " + error.text;
    }
    return std::unexpected(std::move(error));
}

std::vector<std::unique_ptr<Collector>> collectorsOf(const StackPlace& place, const StackStatus& status) {
    if (!place.profile) {
        return collectorsFor(status);
    }
    return collectorsFor(*place.profile, [](const CredentialSlot&) {
        return SuppliedSecret{
            {}, "its password is in the keychain, which only the console asks: name a file for it as well", 0};
    });
}

} // namespace binnacle::ctl
