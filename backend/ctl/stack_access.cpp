// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/stack_access.h"

#include "backend/clients/stack_client.h"
#include "backend/clients/stack_locator.h"

#include <chrono>
#include <unistd.h>

namespace binnacle::ctl {

namespace {
constexpr std::chrono::seconds kPatience{2};
}

Result<StackPlace> findStack(const Options& options) {
    const auto environment = processEnvironment();
    const unsigned uid = ::getuid();
    auto stateDir = resolveStateDir(options.stateDir, environment, uid);
    if (!stateDir) {
        return std::unexpected(std::move(stateDir.error()));
    }
    auto socket = stackSocketFor(runDirFor(*stateDir, environment, uid));
    return StackPlace{std::move(*stateDir), std::move(socket)};
}

Result<StackStatus> readStack(const StackPlace& place) {
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

} // namespace binnacle::ctl
