// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace binnacle::testing {

/// What the metrics page of a service's instance answers, in short.
inline constexpr const char* kMetricsPage =
    R"(# HELP process_start_time_seconds Start of the process, in seconds since 1970.
# TYPE process_start_time_seconds gauge
process_start_time_seconds 1700000000
# HELP binnacle_service_http_requests_total Requests answered.
# TYPE binnacle_service_http_requests_total counter
binnacle_service_http_requests_total{route="GET /v1/orders",status_class="2xx"} 12
binnacle_service_http_requests_total{route="GET /v1/orders",status_class="5xx"} 1
# TYPE binnacle_service_http_latency_seconds histogram
binnacle_service_http_latency_seconds_bucket{route="GET /v1/orders",status_class="2xx",le="0.001"} 0
binnacle_service_http_latency_seconds_bucket{route="GET /v1/orders",status_class="2xx",le="0.00125"} 10
binnacle_service_http_latency_seconds_bucket{route="GET /v1/orders",status_class="2xx",le="0.0015"} 12
binnacle_service_http_latency_seconds_bucket{route="GET /v1/orders",status_class="2xx",le="+Inf"} 12
binnacle_service_http_latency_seconds_sum{route="GET /v1/orders",status_class="2xx"} 0.0137
binnacle_service_http_latency_seconds_count{route="GET /v1/orders",status_class="2xx"} 12
# TYPE binnacle_cache_hits_total counter
binnacle_cache_hits_total{level="l2"} 90
# TYPE binnacle_cache_misses_total counter
binnacle_cache_misses_total{level="l2"} 10
binnacle_pool_app_in_use 3
go_goroutines{odd="a\"b\\c\nd"} 12 1700000001000
)";

} // namespace binnacle::testing
