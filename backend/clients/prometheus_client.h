// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/http_client.h"
#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace binnacle {

/// A server that answers PromQL: Prometheus or one compatible with it.
struct PrometheusTarget {
    std::string name; ///< for people: "prod"
    HttpEndpoint endpoint;
    std::string tokenFile = {}; ///< of a bearer token, read before each query; or empty
    /// Further matchers of every query, to watch a part of what the server has: `env="prod",team="shop"`. May be empty.
    std::string selector = {};
    /// How often the server scrapes. Readings are as old as its newest sample; they are late two seconds after the next
    /// one was due.
    std::chrono::milliseconds scrapeInterval{15'000};
    /// Names to show for scraped instances: {"10.0.0.7:9187", "primary"}. Others are shown as they are.
    std::map<std::string, std::string, std::less<>> names = {};
    Secret token = {}; ///< of a bearer; instead of the file's
};

/// One element of an instant vector. Views that live as long as the call that hands it over.
struct PrometheusSample {
    std::span<const std::pair<std::string_view, std::string_view>> labels; ///< with `__name__`, where it has one
    double evaluatedAt = 0;                                                ///< seconds since 1970 by the server's clock
    double value = 0;                                                      ///< finite

    /// The value of a label, or an empty view.
    [[nodiscard]] std::string_view label(std::string_view name) const;
};

using PrometheusVisit = std::function<void(const PrometheusSample&)>;

/// Reads an answer of /api/v1/query: an instant vector of classic samples; those without a finite value are left out.
/// Protocol, with the server's own words where it tells some, when it is anything else or has too many elements.
[[nodiscard]] Result<void> readPrometheusAnswer(std::string_view json, const PrometheusVisit& visit);

/// Asks PromQL over one kept connection. Blocking; one thread at a time.
class PrometheusClient {
public:
    static constexpr std::size_t kBodyCap = 32U << 20;
    static constexpr std::size_t kSampleCap = 200'000;

    explicit PrometheusClient(const PrometheusTarget& target);

    /// An instant query at the server's now. Denied when it wants other credentials.
    [[nodiscard]] Result<void> query(std::string_view promql, SteadyTime deadline, const PrometheusVisit& visit);

    /// As HttpClient::receivedBytes().
    [[nodiscard]] std::uint64_t receivedBytes() const { return m_http.receivedBytes(); }

private:
    HttpClient m_http;
    std::string m_name;
    std::string m_tokenFile;
};

} // namespace binnacle
