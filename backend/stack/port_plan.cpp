// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/port_plan.h"

#include "backend/stack/unique_fd.h"

#include <nlohmann/json.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace binnacle::stack {

namespace {

/// The inode of the socket that listens on a port of an IPv4 address, from the kernel's table; empty if none.
std::string listeningInode(int port) {
    std::ifstream table("/proc/net/tcp");
    std::string line;
    std::getline(table, line);
    while (std::getline(table, line)) {
        std::istringstream fields(line);
        std::string slot;
        std::string local;
        std::string remote;
        std::string state;
        std::string queues;
        std::string timer;
        std::string retransmits;
        std::string uid;
        std::string timeout;
        std::string inode;
        fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >> timeout >> inode;
        const auto colon = local.find(':');
        if (state == "0A" && colon != std::string::npos && std::stoi(local.substr(colon + 1), nullptr, 16) == port) {
            return inode;
        }
    }
    return {};
}

} // namespace

bool isPortFree(int port) {
    const UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
           ::listen(fd.get(), 1) == 0;
}

std::string describePortOwner(int port) {
    const auto inode = listeningInode(port);
    if (inode.empty()) {
        return {};
    }
    const std::string wanted = "socket:[" + inode + "]";
    std::error_code error;
    for (const auto& process : std::filesystem::directory_iterator("/proc", error)) {
        const auto pid = process.path().filename().string();
        if (pid.find_first_not_of("0123456789") != std::string::npos) {
            continue;
        }
        std::error_code denied;
        for (auto fd = std::filesystem::directory_iterator(process.path() / "fd", denied);
             !denied && fd != std::filesystem::directory_iterator(); fd.increment(denied)) {
            std::error_code gone;
            if (std::filesystem::read_symlink(fd->path(), gone) == wanted) {
                std::ifstream comm(process.path() / "comm");
                std::string name;
                std::getline(comm, name);
                return name + " (process " + pid + ")";
            }
        }
    }
    return {};
}

Result<PortPlan> PortPlan::parse(const std::string& text) {
    PortPlan plan;
    if (text.empty()) {
        return plan;
    }
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (!document.is_object()) {
        return fail(ErrorCode::Invalid, "ports.json is not a JSON object.");
    }
    std::set<int> seen;
    for (const auto& [purpose, port] : document.items()) {
        if (!port.is_number_integer() || port < lowest || port > highest || !seen.insert(port.get<int>()).second) {
            return fail(ErrorCode::Invalid, "ports.json has no usable port for \"" + purpose + "\".");
        }
        plan.m_ports.emplace(purpose, port.get<int>());
    }
    return plan;
}

std::string PortPlan::toJson() const {
    return nlohmann::json(m_ports).dump(2) + "\n";
}

Result<int> PortPlan::portFor(const std::string& purpose, unsigned seed, const FreeCheck& isFree) {
    if (const int port = kept(purpose); port != 0) {
        return port;
    }
    std::set<int> taken;
    for (const auto& [name, port] : m_ports) {
        taken.insert(port);
    }
    constexpr int count = highest - lowest + 1;
    for (int step = 0; step < count; ++step) {
        const int port = lowest + static_cast<int>((seed + static_cast<unsigned>(step)) % count);
        if (!taken.contains(port) && isFree(port)) {
            m_ports[purpose] = port;
            return port;
        }
    }
    return fail(ErrorCode::Refused, "No TCP port between 15000 and 32000 is free on 127.0.0.1.");
}

int PortPlan::kept(const std::string& purpose) const {
    const auto found = m_ports.find(purpose);
    return found == m_ports.end() ? 0 : found->second;
}

} // namespace binnacle::stack
