// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Answers as the real programs gave them, shortened. In a file of its own, because moc loses its way in raw strings
// that hold quotes.

namespace binnacle::testing {

inline constexpr const char* kTelemetry = R"({"protocol":1,"instance":"app-1","role":"stable","version":"1.0.0",
"epoch":"00ff00ff00ff00ff","sequence":7,"monotonic_us":5000000,
"counters":[
 {"id":"service.http.requests","labels":{"route":"GET /v1/projects","status_class":"2xx"},"value":40},
 {"id":"cache.hits","labels":{"level":"l2","route":"GET /v1/projects"},"value":30},
 {"id":"cache.hits","labels":{"level":"l2","route":"GET /v1/tasks/{id}"},"value":6},
 {"id":"cache.misses","labels":{"level":"l2","route":"GET /v1/projects"},"value":4},
 {"id":"process.cpu_seconds","labels":{},"value":1.25}],
"gauges":[{"id":"pool.app.in_use","labels":{},"value":2},{"id":"degradation.level","value":0}],
"histograms":[{"id":"service.http.latency","labels":{"route":"GET /v1/projects","status_class":"2xx"},
 "count":6,"sum_ns":9000000,"below":1,"above":2,"buckets":[[0,1],[700,2]]}]})";

inline constexpr const char* kRedisInfo = "# Server\r\nredis_version:7.0.15\r\nrun_id:8f1c\r\n\r\n# Clients\r\n"
                                          "connected_clients:3\r\n# Memory\r\nused_memory:1048576\r\n"
                                          "maxmemory:134217728\r\n# Stats\r\ntotal_commands_processed:900\r\n"
                                          "evicted_keys:0\r\nkeyspace_hits:70\r\nkeyspace_misses:30\r\n"
                                          "# Keyspace\r\ndb0:keys=12,expires=3,avg_ttl=0\r\ndb3:keys=8,expires=0\r\n";

inline constexpr const char* kHaproxyCsv =
    "# pxname,svname,qcur,scur,status,weight,wretr,wredis,type,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,"
    "hrsp_other,req_tot,dreq,ereq,intercepted,mode,\n"
    "api,FRONTEND,,4,OPEN,,,,0,0,95,0,5,3,0,103,4,1,0,http,\n"
    "read,FRONTEND,,1,OPEN,,,,0,0,50,0,0,0,0,51,0,0,51,http,\n"
    "be_stable,app-1,0,2,UP,1,0,0,2,0,60,0,0,0,0,60,,,,http,\n"
    "be_stable,app-2,0,1,DOWN 1/2,1,2,1,2,0,35,0,0,1,0,36,,,,http,\n"
    "be_stable,spare-1,0,0,MAINT,1,0,0,2,0,0,0,0,0,0,0,,,,http,\n"
    "be_stable,app-4,0,0,MAINT,1,0,0,2,0,7,0,0,0,0,7,,,,http,\n"
    "be_stable,BACKEND,3,3,UP,2,2,1,1,0,102,0,0,3,0,98,0,,,http,\n";

} // namespace binnacle::testing
