// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/http_client.h"
#include "backend/collectors/collector.h"

#include <string>
#include <string_view>

namespace binnacle {

/// What `GET /v1/state` of control says, as signals. Members that a newer or older control does not tell are left out;
/// an error only where the text is no such document.
[[nodiscard]] Result<Snapshot> controlSnapshot(std::string_view document);

/// Reads binnacle-control's own state: what is wanted of level and share, leases, the audit, running migrations.
class ControlCollector final : public Collector {
public:
    explicit ControlCollector(HttpEndpoint control);

    [[nodiscard]] std::string source() const override { return "control"; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(1000); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;
    [[nodiscard]] std::uint64_t receivedBytes() const override { return m_http.receivedBytes(); }

private:
    std::string m_target;
    HttpClient m_http;
};

} // namespace binnacle
