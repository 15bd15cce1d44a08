// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/reading.h"

#include <algorithm>

namespace binnacle {

namespace {
auto lowerBound(auto& pairs, std::string_view name) {
    return std::ranges::lower_bound(pairs, name, {}, [](const auto& pair) { return std::string_view(pair.first); });
}
} // namespace

Labels::Labels(std::initializer_list<std::pair<std::string, std::string>> pairs) {
    m_pairs.reserve(pairs.size());
    for (const auto& [name, value] : pairs) {
        set(name, value);
    }
}

void Labels::set(std::string_view name, std::string_view value) {
    const auto it = lowerBound(m_pairs, name);
    if (it != m_pairs.end() && it->first == name) {
        it->second = value;
    } else {
        m_pairs.emplace(it, name, value);
    }
}

std::string_view Labels::get(std::string_view name) const {
    const auto it = lowerBound(m_pairs, name);
    return it != m_pairs.end() && it->first == name ? std::string_view(it->second) : std::string_view();
}

bool Labels::has(std::string_view name) const {
    const auto it = lowerBound(m_pairs, name);
    return it != m_pairs.end() && it->first == name;
}

Reading gauge(std::string id, Labels labels, double value) {
    return {{std::move(id), std::move(labels)}, SignalKind::Gauge, value, nullptr, {}};
}

Reading counter(std::string id, Labels labels, double cumulative) {
    return {{std::move(id), std::move(labels)}, SignalKind::Counter, cumulative, nullptr, {}};
}

Reading ratio(std::string id, Labels labels, double zeroToOne) {
    return {{std::move(id), std::move(labels)}, SignalKind::Ratio, zeroToOne, nullptr, {}};
}

Reading histogram(std::string id, Labels labels, LatencyHistogram cumulative) {
    return {{std::move(id), std::move(labels)},
            SignalKind::Histogram,
            std::nullopt,
            std::make_shared<const LatencyHistogram>(std::move(cumulative)),
            {}};
}

Reading absent(SignalKind kind, std::string id, Labels labels, std::string reason) {
    return {{std::move(id), std::move(labels)}, kind, std::nullopt, nullptr, std::move(reason)};
}

} // namespace binnacle
