// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <string>
#include <string_view>

#include <sys/socket.h>

namespace binnacle::load {

/// A resolved address that speaks HTTP/1.1: TCP or a Unix socket.
struct Endpoint {
    std::string url;  ///< as given, for messages
    std::string host; ///< Host header
    sockaddr_storage address{};
    socklen_t addressLength = 0;
};

/// Parses http://HOST[:PORT] or unix:/PATH and resolves the name (which may block; called once, at start).
[[nodiscard]] Result<Endpoint> resolveEndpoint(std::string_view url);

/// What a run is aimed at.
struct Target {
    Endpoint api;
    std::string apiKey;
};

/// First line of a key file, without white space around it. An error when it cannot be read or is empty.
[[nodiscard]] Result<std::string> readKeyFile(const std::string& path);

} // namespace binnacle::load
