// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"
#include "backend/domain/signal.h"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace binnacle {

/// Name and value pairs that tell readings of one signal apart, sorted by name and unique.
class Labels {
public:
    Labels() = default;
    Labels(std::initializer_list<std::pair<std::string, std::string>> pairs);

    /// Adds or replaces one label.
    void set(std::string_view name, std::string_view value);
    /// The value of a label, or an empty view.
    [[nodiscard]] std::string_view get(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] auto begin() const { return m_pairs.begin(); }
    [[nodiscard]] auto end() const { return m_pairs.end(); }
    [[nodiscard]] std::size_t size() const { return m_pairs.size(); }

    friend auto operator<=>(const Labels&, const Labels&) = default;

private:
    std::vector<std::pair<std::string, std::string>> m_pairs;
};

/// Which series a reading belongs to, within its source.
struct SeriesKey {
    std::string id; ///< of the signal
    Labels labels;

    friend auto operator<=>(const SeriesKey&, const SeriesKey&) = default;
};

/// One value as read at one instant. Exactly one of value, histogram, absentReason is set.
struct Reading {
    SeriesKey key;
    SignalKind kind = SignalKind::Gauge;
    std::optional<double> value;                       ///< counters are cumulative, ratios 0..1
    std::shared_ptr<const LatencyHistogram> histogram; ///< cumulative, immutable
    std::string absentReason;                          ///< "no lookups in the window", "denied: needs pg_monitor"
};

[[nodiscard]] Reading gauge(std::string id, Labels labels, double value);
[[nodiscard]] Reading counter(std::string id, Labels labels, double cumulative);
[[nodiscard]] Reading ratio(std::string id, Labels labels, double zeroToOne);
[[nodiscard]] Reading histogram(std::string id, Labels labels, LatencyHistogram cumulative);
/// A reading that the source answered but has no value for; it is fresh, and says why.
[[nodiscard]] Reading absent(SignalKind kind, std::string id, Labels labels, std::string reason);

} // namespace binnacle
