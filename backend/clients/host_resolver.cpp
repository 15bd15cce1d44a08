// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/host_resolver.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <netdb.h>
#include <optional>
#include <sys/socket.h>
#include <system_error>
#include <thread>

namespace binnacle {

namespace {

Result<std::string> lookUp(const std::string& host, int flags) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* list = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &list); error != 0) {
        return fail(ErrorCode::NotFound, "The host " + host + " is not known: " + ::gai_strerror(error));
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, &::freeaddrinfo);
    char text[NI_MAXHOST] = {};
    if (::getnameinfo(list->ai_addr, list->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0) {
        return fail(ErrorCode::NotFound, "The host " + host + " has no usable address");
    }
    return std::string(text);
}

struct Lookup {
    std::mutex mutex;
    std::condition_variable done;
    std::optional<Result<std::string>> answer;
};

} // namespace

Result<std::string> resolveHost(const std::string& host, SteadyTime deadline) {
    if (auto numeric = lookUp(host, AI_NUMERICHOST)) {
        return numeric;
    }
    const auto lookup = std::make_shared<Lookup>();
    try {
        std::thread([lookup, host] {
            auto answer = lookUp(host, AI_ADDRCONFIG);
            const std::scoped_lock lock(lookup->mutex);
            lookup->answer = std::move(answer);
            lookup->done.notify_one();
        }).detach();
    } catch (const std::system_error& error) {
        return fail(ErrorCode::Io, std::string("No thread for the name lookup: ") + error.what());
    }
    std::unique_lock lock(lookup->mutex);
    if (!lookup->done.wait_until(lock, deadline, [&] { return lookup->answer.has_value(); })) {
        return fail(ErrorCode::Timeout, "Looking up the host " + host + " took too long");
    }
    return *lookup->answer;
}

bool isLoopback(std::string_view host) {
    return host == "localhost" || host.starts_with("127.") || host == "::1" || host == "[::1]";
}

bool isLocalAddress(std::string_view address) {
    if (address.starts_with('/') || address.starts_with("unix:") || address.starts_with("socket:")) {
        return true;
    }
    if (const auto scheme = address.find("://"); scheme != std::string_view::npos) {
        address.remove_prefix(scheme + 3);
    }
    address = address.substr(0, address.find('/'));
    const auto colon = address.rfind(':');
    const bool hasPort = colon != std::string_view::npos && !address.ends_with(']');
    return isLoopback(hasPort ? address.substr(0, colon) : address);
}

} // namespace binnacle
