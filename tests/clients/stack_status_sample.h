// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace binnacle::testing {

// In a file of its own, because moc loses its way in raw strings that hold quotes.
inline constexpr const char* kStatusSample =
    R"({"format":1,"state":"running","state_dir":"/s","run_dir":"/r","supervisor_pid":77,
 "disk":{"used_bytes":5,"quota_bytes":4000000000},
 "components":[{"name":"primary","role":"postgres_primary","state":"running","pid":78,"restarts":2,"pss_bytes":9,
                "cpu_seconds":1.5},{"role":"nameless"},7],
 "endpoints":{"api":"http://127.0.0.1:15000","stack":"unix:/r/stack.sock","redis":"unix:/r/redis.sock",
  "haproxy_read":"unix:/r/h.sock","postgres_primary":"host=/r port=1","postgres_replicas":["host=/r port=2",5],
  "pgbouncer":"host=/r port=3","postgres_log":"/s/log","later_part":{},
  "instances":[{"name":"app-1","role":"stable","version":"1.0.0","public":"http://127.0.0.1:2","admin":"unix:/r/a.sock",
                "metrics":"http://127.0.0.1:3/metrics"}]},
 "credentials":{"api_key_file":"/s/key","pgpass_file":"/s/pgpass","redis_user":"console_ro",
                "redis_password_file":"/s/redis"}})";

} // namespace binnacle::testing
