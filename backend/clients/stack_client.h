// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/http_client.h"
#include "backend/clients/stack_status.h"

#include <filesystem>
#include <string_view>

namespace binnacle {

/// Talks to the supervisor of a bundled stack. Blocking, bounded by each call's deadline; one thread at a time.
class StackClient {
public:
    explicit StackClient(const std::filesystem::path& socket);

    /// Refused when no supervisor listens there.
    [[nodiscard]] Result<StackStatus> status(SteadyTime deadline);
    /// Stops or starts one component, such as "demo-traffic". Accepted is not yet done: status() tells.
    [[nodiscard]] Result<void> stopComponent(std::string_view name, SteadyTime deadline);
    [[nodiscard]] Result<void> startComponent(std::string_view name, SteadyTime deadline);
    /// Asks the whole stack to stop.
    [[nodiscard]] Result<void> down(SteadyTime deadline);

    /// As HttpClient::receivedBytes().
    [[nodiscard]] std::uint64_t receivedBytes() const { return m_http.receivedBytes(); }

private:
    [[nodiscard]] Result<void> post(std::string_view path, SteadyTime deadline);
    HttpClient m_http;
};

} // namespace binnacle
