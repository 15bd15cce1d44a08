// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/deadline.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <string>
#include <system_error>

namespace binnacle {

int millisecondsUntil(SteadyTime deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 3'600'000));
}

Result<void> waitForSocket(int fd, short events, SteadyTime deadline, const char* what) {
    if (fd < 0) {
        return fail(ErrorCode::Closed, std::string(what) + ": the connection is closed");
    }
    for (;;) {
        pollfd entry{fd, events, 0};
        const int ready = ::poll(&entry, 1, millisecondsUntil(deadline));
        if (ready > 0) {
            return {};
        }
        if (ready == 0) {
            return fail(ErrorCode::Timeout, std::string(what) + ": no answer in time");
        }
        if (errno != EINTR) {
            return fail(ErrorCode::Io, std::string(what) + ": " + std::generic_category().message(errno));
        }
    }
}

} // namespace binnacle
