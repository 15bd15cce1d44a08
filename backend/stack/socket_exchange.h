// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/stack/unique_fd.h"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace binnacle::stack {

using Deadline = std::chrono::steady_clock::time_point;

[[nodiscard]] inline Deadline deadlineIn(std::chrono::milliseconds wait) {
    return std::chrono::steady_clock::now() + wait;
}

/// Waits until poll reports `events`; false at the deadline.
[[nodiscard]] bool waitFor(int fd, short events, Deadline deadline);

/// Connects to "unix:/PATH" or "PORT" of 127.0.0.1. No wait outlasts the deadline, whatever the peer does.
[[nodiscard]] Result<UniqueFd> connectTo(const std::string& address, Deadline deadline);

/// Sends a request and reads until `complete` is satisfied with what came, the peer closes, or 1 MB has come.
[[nodiscard]] Result<std::string> exchange(const std::string& address, std::string_view request,
                                           const std::function<bool(const std::string&)>& complete, Deadline deadline);

struct HttpReply {
    int status = 0;
    std::string body;
};

/// One HTTP/1.1 request over a connection of its own. `headers` are whole lines, each with its line end.
[[nodiscard]] Result<HttpReply> httpRequest(const std::string& address, std::string_view method, std::string_view path,
                                            std::string_view headers, std::string_view body, Deadline deadline);

} // namespace binnacle::stack
