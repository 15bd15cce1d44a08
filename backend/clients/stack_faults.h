// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/http_client.h"

#include <chrono>
#include <filesystem>
#include <string_view>

namespace binnacle {

/// Asks the supervisor of a bundled stack for trouble that ends by itself, whatever becomes of the caller. Blocking,
/// bounded by each call's deadline; one thread at a time. Errors: Denied, NotFound, Conflict (it does not run),
/// Invalid.
class StackFaults {
public:
    explicit StackFaults(const std::filesystem::path& socket);

    /// Stops a component for 1 to 600 s; then it is started again.
    [[nodiscard]] Result<void> stopComponent(std::string_view name, std::chrono::seconds lease, SteadyTime deadline);
    /// Starts it before that.
    [[nodiscard]] Result<void> startComponent(std::string_view name, SteadyTime deadline);
    /// Sets the fault of an instance: its share of errors in percent and the latency added to each request, for 1 to
    /// 600 s.
    [[nodiscard]] Result<void> setFault(std::string_view instance, int errorPercent, std::chrono::milliseconds latency,
                                        std::chrono::seconds lasts, SteadyTime deadline);
    [[nodiscard]] Result<void> clearFault(std::string_view instance, SteadyTime deadline);

private:
    [[nodiscard]] Result<void> send(const char* method, std::string_view kind, std::string_view name,
                                    std::string_view verb, std::string_view body, SteadyTime deadline);
    HttpClient m_http;
};

} // namespace binnacle
