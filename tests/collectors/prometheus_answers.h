// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>

namespace binnacle::testing {

/// One element of an instant vector; `labels` is the inside of a JSON object.
inline std::string element(const std::string& labels, const std::string& value, double at = 1000) {
    return R"({"metric":{)" + labels + R"(},"value":[)" + std::to_string(at) + R"(,")" + value + R"("]})";
}

inline std::string vectorOf(std::initializer_list<std::string> elements) {
    std::string out = R"({"status":"success","data":{"resultType":"vector","result":[)";
    for (const auto& one : elements) {
        out += (out.ends_with('[') ? "" : ",") + one;
    }
    return out + "]}}";
}

/// The labels of a series of a target.
inline std::string series(const std::string& name, const std::string& instance, const std::string& more = {}) {
    return R"("__name__":")" + name + R"(","job":"fleet","instance":")" + instance + "\"" +
           (more.empty() ? "" : "," + more);
}

/// The mark by which an answer tells when a target was scraped.
inline std::string scraped(const std::string& instance) {
    return R"("job":"fleet","instance":")" + instance + R"(","binnacle_mark":"scraped")";
}

inline constexpr const char* kRefusedQuery =
    R"({"status":"error","errorType":"bad_data","error":"invalid parameter \"query\""})";
inline constexpr const char* kMatrix =
    R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"2"]]}]}})";

// As exporters tell it, shortened: labels of one series each.
inline constexpr const char* kCommits = R"("datid":"16390","datname":"binnacle","server":"/run/x:5432")";
inline constexpr const char* kOtherCommits = R"("datid":"5","datname":"postgres","server":"/run/x:5432")";
inline constexpr const char* kActive = R"("datname":"binnacle","server":"/run/x:5432","state":"active")";
inline constexpr const char* kIdle = R"("datname":"binnacle","server":"/run/x:5432","state":"idle")";
inline constexpr const char* kStandby = R"("application_name":"replica-1","slot_name":"27369","state":"streaming")";
inline constexpr const char* kServerUp = R"("proxy":"be_stable","server":"app-1","state":"UP")";
inline constexpr const char* kServerDown = R"("proxy":"be_stable","server":"app-2","state":"DOWN")";
inline constexpr const char* kServerMaint = R"("proxy":"be_stable","server":"spare","state":"MAINT")";
inline constexpr const char* kServerNotUp = R"("proxy":"be_stable","server":"app-2","state":"UP")";
inline constexpr const char* kResponses = R"("proxy":"be_stable","code":"5xx")";
inline constexpr const char* kPool = R"("database":"binnacle","user":"app_rw")";
inline constexpr const char* kRoute = R"("exported_instance":"app-1","role":"stable","version":"1.0.0",)"
                                      R"("route":"GET /v1/projects","status_class":"2xx")";
inline constexpr const char* kItself = R"("exported_instance":"app-1","role":"stable","version":"1.0.0")";
inline constexpr const char* kLevel = R"("exported_instance":"app-1","role":"stable","version":"1.0.0","level":"l2")";

/// A bucket of kRoute's histogram.
inline std::string bucket(const std::string& le) {
    return std::string(kRoute) + R"(,"le":")" + le + "\"";
}

} // namespace binnacle::testing
