// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/endpoint.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>

#include <fmt/format.h>
#include <netdb.h>
#include <sys/un.h>

namespace binnacle::load {

namespace {

Result<Endpoint> unixEndpoint(std::string_view url, std::string_view path) {
    sockaddr_un address{};
    if (path.empty() || path.front() != '/' || path.size() >= sizeof address.sun_path) {
        return fail(ErrorCode::Invalid, fmt::format("{}: the path of a Unix socket is absolute and at most {} bytes",
                                                    url, sizeof address.sun_path - 1));
    }
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, path.size());
    Endpoint endpoint{std::string(url), "localhost", {}, sizeof address};
    std::memcpy(&endpoint.address, &address, sizeof address);
    return endpoint;
}

} // namespace

Result<Endpoint> resolveEndpoint(std::string_view url) {
    if (url.starts_with("unix:")) {
        return unixEndpoint(url, url.substr(5));
    }
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) {
        return fail(ErrorCode::Invalid, fmt::format("{}: expected http://HOST[:PORT] or unix:/PATH", url));
    }
    std::string_view rest = url.substr(scheme.size());
    if (rest.ends_with('/')) {
        rest.remove_suffix(1);
    }
    if (rest.empty() || rest.find_first_of("/?#@ ") != std::string_view::npos) {
        return fail(ErrorCode::Invalid, fmt::format("{}: expected a host and a port and nothing behind them", url));
    }
    std::string name(rest);
    std::string port = "80";
    const bool bareIpv6 = rest.front() == '[' && rest.back() == ']';
    if (const auto colon = rest.rfind(':'); colon != std::string_view::npos && !bareIpv6) {
        name = rest.substr(0, colon);
        port = rest.substr(colon + 1);
    }
    if (name.size() > 2 && name.front() == '[' && name.back() == ']') {
        name = name.substr(1, name.size() - 2);
    }
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int rc = ::getaddrinfo(name.c_str(), port.c_str(), &hints, &found); rc != 0) {
        return fail(ErrorCode::Invalid, fmt::format("{}: {}", url, ::gai_strerror(rc)));
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
    Endpoint endpoint{std::string(url), std::string(rest), {}, found->ai_addrlen};
    std::memcpy(&endpoint.address, found->ai_addr, found->ai_addrlen);
    return endpoint;
}

Result<std::string> readKeyFile(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return fail(ErrorCode::Io, fmt::format("cannot read the key file {}: {}", path, std::strerror(errno)));
    }
    std::string key;
    file >> key;
    if (key.empty()) {
        return fail(ErrorCode::Invalid, fmt::format("the key file {} is empty", path));
    }
    return key;
}

} // namespace binnacle::load
