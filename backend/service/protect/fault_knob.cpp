// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/protect/fault_knob.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace binnacle::service {
namespace {

constexpr unsigned kLatencyShift = 8;
constexpr unsigned kEndShift = 24;

std::uint64_t millisecondsBetween(FaultKnob::Time from, FaultKnob::Time to) {
    return static_cast<std::uint64_t>(
        std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count()));
}

} // namespace

void FaultKnob::set(const Fault& wish, Time now) noexcept {
    const auto percent = static_cast<std::uint64_t>(std::clamp(wish.errorPercent, 0, kMostErrorPercent));
    const auto latency =
        static_cast<std::uint64_t>(std::clamp(wish.latency, std::chrono::milliseconds(0), kMostFaultLatency).count());
    const auto left = std::clamp<std::chrono::milliseconds>(wish.left, std::chrono::milliseconds(0), kLongestFault);
    const auto end = millisecondsBetween(m_begin, now + left);
    m_packed.store(percent | latency << kLatencyShift | end << kEndShift, std::memory_order_relaxed);
}

Fault FaultKnob::at(Time now) const noexcept {
    const auto packed = m_packed.load(std::memory_order_relaxed);
    if (packed == 0) { // nearly always: no clock arithmetic then
        return {};
    }
    const auto end = packed >> kEndShift;
    const auto since = millisecondsBetween(m_begin, now);
    if (end <= since) {
        return {};
    }
    return {static_cast<int>(packed & 0xFFU), std::chrono::milliseconds(packed >> kLatencyShift & 0xFFFFU),
            std::chrono::milliseconds(end - since)};
}

Result<Fault> parseFaultWish(std::string_view text) {
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (document.is_object() && document.contains("fault") && document["fault"].is_null()) {
        return Fault{};
    }
    if (document.is_object() && document.contains("fault") && document["fault"].is_object()) {
        const auto& wish = document["fault"];
        const auto whole = [&wish](const char* name, std::int64_t missing) {
            return !wish.contains(name)             ? missing
                   : wish[name].is_number_integer() ? wish[name].get<std::int64_t>()
                                                    : -1;
        };
        const auto percent = whole("error_percent", 0);
        const auto latency = whole("latency_ms", 0);
        const auto seconds = whole("for_s", -1);
        if (percent >= 0 && percent <= kMostErrorPercent && latency >= 0 && latency <= kMostFaultLatency.count() &&
            percent + latency > 0 && seconds >= 1 && seconds <= kLongestFault.count()) {
            return Fault{static_cast<int>(percent), std::chrono::milliseconds(latency), std::chrono::seconds(seconds)};
        }
    }
    return fail(ErrorCode::Invalid,
                R"(Expected {"fault":{"error_percent":0..100,"latency_ms":0..5000,"for_s":1..600}} )"
                "with an error share or a latency above 0, and always with an end.");
}

} // namespace binnacle::service
