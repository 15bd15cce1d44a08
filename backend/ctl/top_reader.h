// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/format.h"
#include "backend/domain/freshness.h"
#include "backend/history/signal_store.h"

#include <chrono>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle::ctl {

inline constexpr std::chrono::seconds kTopRateWindow{5};
inline constexpr std::string_view kGap = " "; ///< between a number and its unit

/// Reads the store at one instant; values of sources that are not live are absent.
class TopReader {
public:
    TopReader(const SignalStore& store, SteadyTime now)
        : m_store(store)
        , m_now(now) {}

    [[nodiscard]] bool shows(const std::string& source) const {
        const auto* const update = m_store.source(source);
        return update != nullptr && update->snapshot && freshnessOf(*update, m_now) != Freshness::Lost;
    }
    [[nodiscard]] bool shows(const SignalEntry& entry) const {
        // A series that its source stopped telling is gone, not unchanged.
        const auto* const update = m_store.source(entry.source);
        return shows(entry.source) && entry.readAt == update->snapshot->header.steadyAt;
    }
    [[nodiscard]] std::optional<double> value(const SignalEntry& entry) const {
        return shows(entry) ? entry.value : std::nullopt;
    }
    [[nodiscard]] std::optional<double> one(const std::string& source, const char* id, Labels labels) const {
        const auto* const entry = m_store.find(source, {id, std::move(labels)});
        return entry != nullptr ? value(*entry) : std::nullopt;
    }
    /// Sum over the series of a source that match.
    template <typename Matches>
    [[nodiscard]] std::optional<double> sum(const std::string& source, const char* id, const Matches& matches) const {
        std::optional<double> total;
        for (const auto* entry : m_store.byId(id)) {
            const auto present = value(*entry);
            if (present && (source.empty() || entry->source == source) && matches(entry->key.labels)) {
                total = total.value_or(0) + *present;
            }
        }
        return total;
    }
    [[nodiscard]] std::optional<double> sum(const std::string& source, const char* id) const {
        return sum(source, id, [](const Labels&) { return true; });
    }
    /// Rate of a counter over the last seconds, steadier than between two passes.
    template <typename Matches>
    [[nodiscard]] std::optional<double> rate(const std::string& source, const char* id, const Matches& matches) const {
        std::optional<double> total;
        for (const auto* entry : m_store.byId(id)) {
            if ((!source.empty() && entry->source != source) || !shows(*entry) || !matches(entry->key.labels)) {
                continue;
            }
            const auto samples = entry->series.samples(m_now - kTopRateWindow, m_now);
            if (!samples.empty()) {
                const double added =
                    std::accumulate(samples.begin(), samples.end(), 0.0,
                                    [](double sum, const Sample& sample) { return sum + sample.value; });
                total = total.value_or(0) + added / static_cast<double>(samples.size());
            }
        }
        return total;
    }
    [[nodiscard]] std::optional<double> rate(const std::string& source, const char* id) const {
        return rate(source, id, [](const Labels&) { return true; });
    }
    [[nodiscard]] const SignalStore& store() const { return m_store; }
    [[nodiscard]] SteadyTime now() const { return m_now; }

private:
    const SignalStore& m_store;
    SteadyTime m_now;
};

template <typename Format>
[[nodiscard]] std::string orDash(const std::optional<double>& value, const Format& format) {
    return value ? format(*value).text(kGap) : std::string(kNoValue);
}

[[nodiscard]] inline std::string count(const std::optional<double>& value) {
    return orDash(value, formatCount);
}

[[nodiscard]] inline std::string rateText(const std::optional<double>& value) {
    return value ? formatRate(*value).number + (formatRate(*value).unit == "/s" ? " /s" : formatRate(*value).unit)
                 : std::string(kNoValue);
}

/// "0 retries", "0.4 retries/s".
[[nodiscard]] inline std::string perSecond(const std::optional<double>& value, const char* things) {
    return count(value) + " " + things + (value.value_or(0) > 0 ? "/s" : "");
}

[[nodiscard]] inline bool isUserRoute(const Labels& labels) {
    return !labels.get("route").starts_with("GET /healthz");
}

} // namespace binnacle::ctl
