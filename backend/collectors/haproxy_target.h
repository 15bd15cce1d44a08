// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/http_client.h"

#include <string>
#include <string_view>

namespace binnacle {

/// What everybody who names a stats socket is to know.
inline constexpr std::string_view kHaproxySocketCaution =
    "HAProxy's own socket can also change its maps, at any level of rights; Binnacle only reads from it";

/// Where HAProxy tells its statistics: a page over HTTP, or its own socket.
struct HaproxyTarget {
    HttpEndpoint http = {};      ///< with TLS files and a user where the page asks for one
    std::string path = "/stats"; ///< of the page, with its query if it has one ("/haproxy?stats")
    std::string socket = {};     ///< path of a stats socket, which is used instead of a page

    /// From "http://HOST:PORT/PATH" or "https://…" (without a path: /stats), "unix:/ABSOLUTE/PATH" (a frontend that
    /// serves HTTP there) or "socket:/ABSOLUTE/PATH" (a stats socket; see kHaproxySocketCaution).
    [[nodiscard]] static Result<HaproxyTarget> parse(std::string_view text);
    /// As parse() takes it.
    [[nodiscard]] std::string text() const;
};

} // namespace binnacle
