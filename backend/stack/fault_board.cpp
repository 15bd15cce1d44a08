// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/fault_board.h"

#include <nlohmann/json.hpp>

namespace binnacle::stack {

Result<FaultWish> parseFaultWish(std::string_view body) {
    const auto document = nlohmann::json::parse(body, nullptr, false);
    const auto wish = document.is_object() ? document.find("fault") : document.end();
    if (document.is_object() && wish != document.end() && wish->is_null()) {
        return FaultWish{{}, R"({"fault":null})"};
    }
    if (document.is_object() && wish != document.end() && wish->is_object()) {
        const auto whole = [&wish](const char* name, std::int64_t missing) {
            const auto found = wish->find(name);
            return found == wish->end() ? missing : found->is_number_integer() ? found->get<std::int64_t>() : -1;
        };
        const auto percent = whole("error_percent", 0);
        const auto latency = whole("latency_ms", 0);
        const auto seconds = whole("for_s", -1);
        if (percent >= 0 && percent <= 100 && latency >= 0 && latency <= 5000 && percent + latency > 0 &&
            seconds >= 1 && seconds <= 600) {
            const nlohmann::ordered_json told = {
                {"fault", {{"error_percent", percent}, {"latency_ms", latency}, {"for_s", seconds}}}};
            return FaultWish{
                {static_cast<int>(percent), std::chrono::milliseconds(latency), std::chrono::seconds(seconds)},
                told.dump()};
        }
    }
    return fail(
        ErrorCode::Invalid,
        R"(Give {"fault":{"error_percent":0..100,"latency_ms":0..5000,"for_s":1..600}} with an error share or a )"
        R"(latency above 0 and always an end, or {"fault":null}.)");
}

void FaultBoard::note(const std::string& instance, pid_t process, const InstanceFault& fault, Time now) {
    if (fault.left.count() <= 0) {
        m_noted.erase(instance);
        return;
    }
    m_noted[instance] = {fault, process, now + fault.left};
}

} // namespace binnacle::stack
