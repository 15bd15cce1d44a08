// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/haproxy_target.h"

namespace binnacle {

Result<HaproxyTarget> HaproxyTarget::parse(std::string_view text) {
    HaproxyTarget target;
    if (text.starts_with("socket:/")) {
        target.socket = text.substr(7);
        return target;
    }
    auto server = text;
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos && !text.starts_with("unix:")) {
        if (const auto slash = text.find('/', scheme + 3); slash != std::string_view::npos) {
            server = text.substr(0, slash);
            auto path = text.substr(slash);
            if (path.ends_with(";csv")) {
                path.remove_suffix(4);
            }
            target.path = path;
        }
    }
    auto http = HttpEndpoint::parse(server);
    if (!http || server.ends_with("://")) {
        return fail(ErrorCode::Invalid, "Not a place of HAProxy's statistics: \"" + std::string(text) +
                                            "\". Expected http://HOST:PORT/PATH, https://HOST:PORT/PATH, "
                                            "unix:/ABSOLUTE/PATH or socket:/ABSOLUTE/PATH.");
    }
    target.http = std::move(*http);
    return target;
}

std::string HaproxyTarget::text() const {
    if (!socket.empty()) {
        return "socket:" + socket;
    }
    return http.unixSocket.empty() ? http.baseUrl + path : "unix:" + http.unixSocket;
}

} // namespace binnacle
