// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/haproxy_slots.h"

#include "backend/stack/socket_exchange.h"

namespace binnacle::stack {

namespace {

Result<void> command(const std::filesystem::path& adminSocket, const std::string& text) {
    const auto reply = exchange(
        "unix:" + adminSocket.string(), text + "\n", [](const std::string&) { return false; },
        deadlineIn(std::chrono::seconds(2)));
    if (!reply) {
        return std::unexpected(reply.error());
    }
    for (const char* complaint : {"No such", "Require", "Unknown", "Permission", "Invalid", "failed"}) {
        if (reply->find(complaint) != std::string::npos) {
            return fail(ErrorCode::Protocol, "HAProxy does not accept '" + text + "': " + reply->substr(0, 200));
        }
    }
    return {};
}

std::string serverOf(const InstanceSpec& instance) {
    return "be_" + instance.role + "/" + instance.name;
}

} // namespace

Result<void> enableSlot(const std::filesystem::path& adminSocket, const InstanceSpec& instance, int port) {
    const auto server = serverOf(instance);
    if (auto done = command(adminSocket, "set server " + server + " addr 127.0.0.1 port " + std::to_string(port));
        !done) {
        return done;
    }
    return command(adminSocket, "set server " + server + " state ready");
}

Result<void> disableSlot(const std::filesystem::path& adminSocket, const InstanceSpec& instance) {
    return command(adminSocket, "set server " + serverOf(instance) + " state maint");
}

} // namespace binnacle::stack
