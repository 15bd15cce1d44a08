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
 "count":6,"sum_ns":9000000,"below":1,"above":2,"buckets":[[0,1],[700,2]]}],
"route_statements":[{"route":"GET /v1/projects","statement":"projects_page","calls":30,"time_ns":6000000},
 {"route":"GET /v1/projects","statement":"untold","calls":2,"time_ns":0}],
"statements":[{"name":"projects_page","text":"select id from projects where owner = $1 and state <> $2"}]})";

inline constexpr const char* kRedisInfo = "# Server\r\nredis_version:7.0.15\r\nrun_id:8f1c\r\n\r\n# Clients\r\n"
                                          "connected_clients:3\r\n# Memory\r\nused_memory:1048576\r\n"
                                          "maxmemory:134217728\r\n# Stats\r\ntotal_commands_processed:900\r\n"
                                          "evicted_keys:0\r\nkeyspace_hits:70\r\nkeyspace_misses:30\r\n"
                                          "# Keyspace\r\ndb0:keys=12,expires=3,avg_ttl=0\r\ndb3:keys=8,expires=0\r\n";

// Of a Redis 7.0 whose clients had planted secrets in what follows the key.
inline constexpr const char* kRedisSlowLog =
    "*5\r\n"
    "*6\r\n:14\r\n:1795632586\r\n:12069\r\n*5\r\n$4\r\nMSET\r\n$6\r\ncart:7\r\n$11\r\nhush-secret\r\n"
    "$1\r\nb\r\n$11\r\nhush-secret\r\n$15\r\n127.0.0.1:50000\r\n$3\r\napp\r\n"
    "*6\r\n:13\r\n:1795632580\r\n:17000\r\n*4\r\n$6\r\nCONFIG\r\n$3\r\nSET\r\n$11\r\nrequirepass\r\n"
    "$11\r\nhush-secret\r\n$11\r\n/tmp/rr/s:0\r\n$0\r\n\r\n"
    "*6\r\n:12\r\n:1795632570\r\n:69000\r\n*5\r\n$4\r\neval\r\n$20\r\nreturn 'hush-secret'\r\n$1\r\n1\r\n"
    "$6\r\nlock:1\r\n$11\r\nhush-secret\r\n$11\r\n/tmp/rr/s:0\r\n$0\r\n\r\n"
    "*6\r\n:11\r\n:1795632560\r\n:15000\r\n*2\r\n$4\r\nAUTH\r\n$11\r\nhush-secret\r\n$11\r\n/tmp/rr/s:0\r\n"
    "$0\r\n\r\n"
    "*6\r\n:10\r\n:1795632550\r\n:11000\r\n*3\r\n$8\r\nJSON.SET\r\n$11\r\nhush-secret\r\n$1\r\nx\r\n$11\r\n"
    "/tmp/rr/s:0\r\n$0\r\n\r\n";

inline constexpr const char* kRedisHistogram =
    "*4\r\n$3\r\nset\r\n*4\r\n$5\r\ncalls\r\n:10\r\n$14\r\nhistogram_usec\r\n*4\r\n:8\r\n:7\r\n:16\r\n:10\r\n"
    "$11\r\nslowlog|get\r\n*4\r\n$5\r\ncalls\r\n:1\r\n$14\r\nhistogram_usec\r\n*2\r\n:33\r\n:1\r\n";

inline constexpr const char* kRedisClients =
    "id=8 addr=127.0.0.1:50000 laddr=127.0.0.1:6379 fd=7 name=app age=90 idle=3 flags=N db=0 sub=1 psub=2 ssub=0 "
    "multi=-1 qbuf=26 tot-mem=22298 events=r cmd=client|list user=app redir=-1 resp=2\n"
    "id=9 addr=/tmp/rr/s:0 fd=8 name= age=1 idle=0 flags=U db=0 sub=0 psub=0 multi=-1 cmd=get\n";

inline constexpr const char* kRedisCommandStats =
    "# Commandstats\r\ncmdstat_get:calls=100,usec=900,usec_per_call=9.00,rejected_calls=1,failed_calls=2\r\n"
    "cmdstat_client|list:calls=1,usec=16,usec_per_call=16.00\r\n";
inline constexpr const char* kRedisLatencyStats =
    "# Latencystats\r\nlatency_percentiles_usec_get:p50=8.031,p99=90.5,p99.9=1200.000\r\n";

inline constexpr const char* kHaproxyCsv =
    "# pxname,svname,qcur,scur,status,weight,wretr,wredis,type,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,"
    "hrsp_other,req_tot,dreq,ereq,intercepted,mode,chkdown,check_status,check_duration,uweight,\n"
    "api,FRONTEND,,4,OPEN,,,,0,0,95,0,5,3,0,103,4,1,0,http,,,,,\n"
    "read,FRONTEND,,1,OPEN,,,,0,0,50,0,0,0,0,51,0,0,51,http,,,,,\n"
    "be_stable,app-1,0,2,UP,1,0,0,2,0,60,0,0,0,0,60,,,,http,0,L7OK,1,1,\n"
    "be_stable,app-2,0,1,DOWN 1/2,1,2,1,2,0,35,0,0,1,0,36,,,,http,3,L4CON,2,5,\n"
    "be_stable,spare-1,0,0,MAINT,1,0,0,2,0,0,0,0,0,0,0,,,,http,0,,,1,\n"
    "be_stable,app-4,0,0,MAINT,1,0,0,2,0,7,0,0,0,0,7,,,,http,0,,,1,\n"
    "be_stable,BACKEND,3,3,UP,2,2,1,1,0,102,0,0,3,0,98,0,,,http,1,,,2,\n";

} // namespace binnacle::testing
