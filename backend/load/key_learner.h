// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/load/http_connection.h"
#include "backend/load/request_planner.h"

#include <functional>
#include <string>
#include <vector>

namespace binnacle::load {

/// Learns keys that exist by reading the API as any client does: the projects, then tasks of some of them, spread
/// evenly. One request after the other.
class KeyLearner {
public:
    /// Sends a GET of a path and calls back with the answer.
    using Fetch = std::function<void(Route route, const std::string& path, HttpConnection::Handler handler)>;
    using Done = std::function<void(Result<KeySpace>)>;

    explicit KeyLearner(Fetch fetch)
        : m_fetch(std::move(fetch)) {}

    /// Starts anew; `done` is called once. Errors: Refused (no connection), Denied (401, 403), Protocol (anything
    /// else that is not a list), NotFound (an empty list), Timeout, Closed.
    void start(Done done);

private:
    void readProjects(const std::string& cursor);
    void readTasks(std::size_t sample);

    Fetch m_fetch;
    Done m_done;
    KeySpace m_keys;
    std::size_t m_pages = 0;
};

} // namespace binnacle::load
