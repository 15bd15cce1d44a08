// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/prometheus_readings.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace binnacle {

namespace {

enum class Part { Whole, Bucket, Sum };

struct Wanted {
    const PrometheusMapping* mapping;
    SignalKind kind;
    Part part;
};

/// The mappings by the names under which their series are scraped.
const std::unordered_multimap<std::string, Wanted>& wantedByName() {
    static const auto byName = [] {
        std::unordered_multimap<std::string, Wanted> out;
        for (const auto& mapping : prometheusMappings()) {
            const auto* const signal = findSignal(mapping.signal);
            const std::string metric(mapping.metric);
            if (signal == nullptr) {
                continue; // a unit test holds the catalogue to known signals
            }
            if (signal->kind == SignalKind::Histogram) {
                out.emplace(metric + "_bucket", Wanted{&mapping, signal->kind, Part::Bucket});
                out.emplace(metric + "_sum", Wanted{&mapping, signal->kind, Part::Sum});
            } else {
                out.emplace(metric, Wanted{&mapping, signal->kind, Part::Whole});
            }
        }
        return out;
    }();
    return byName;
}

/// Takes what stands before `separator` off the front of a text.
std::string_view nextPart(std::string_view& text, char separator) {
    const auto end = text.find(separator);
    const auto part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return part;
}

std::string joined(std::string_view names, const PrometheusSample& sample) {
    std::string out;
    while (!names.empty()) {
        const auto value = sample.label(nextPart(names, '/'));
        out += (out.empty() ? "" : "/") + std::string(value);
    }
    return out;
}

void addLabels(std::string_view spec, const PrometheusSample& sample, Labels& labels) {
    while (!spec.empty()) {
        auto part = nextPart(spec, ' ');
        if (part.find(':') != std::string_view::npos) {
            const auto name = nextPart(part, ':');
            labels.set(name, part);
        } else if (part.find('=') != std::string_view::npos) {
            const auto name = nextPart(part, '=');
            labels.set(name, joined(part, sample));
        } else if (const auto value = sample.label(part); !value.empty()) {
            labels.set(part, value);
        }
    }
}

bool matches(std::string_view where, const PrometheusSample& sample) {
    const auto name = nextPart(where, '=');
    return name.empty() || sample.label(name) == where;
}

std::optional<double> edgeOf(std::string_view le) {
    double edge = 0;
    if (le.starts_with('+')) {
        le.remove_prefix(1); // "+Inf"
    }
    const auto [end, error] = std::from_chars(le.data(), le.data() + le.size(), edge);
    return error == std::errc() && end == le.data() + le.size() && !std::isnan(edge) ? std::optional(edge)
                                                                                     : std::nullopt;
}

} // namespace

PrometheusReadings::PrometheusReadings(PrometheusKind kind, std::string name)
    : m_kind(prometheusKind(kind))
    , m_name(std::move(name)) {}

Labels PrometheusReadings::labelsOf(const PrometheusMapping& mapping, const PrometheusSample& sample) const {
    Labels labels;
    addLabels(m_kind.ownLabels, sample, labels);
    addLabels(mapping.labels, sample, labels);
    if (!m_kind.nameLabel.empty()) {
        labels.set(m_kind.nameLabel, m_name);
    }
    return labels;
}

void PrometheusReadings::addNumber(const PrometheusMapping& mapping, SignalKind kind, const PrometheusSample& sample) {
    using enum PrometheusMapping::Take;
    double value = sample.value * mapping.factor;
    if (mapping.take == OneIfSet || mapping.take == ZeroIfSet) {
        if (sample.value == 0) {
            return;
        }
        value = mapping.take == OneIfSet ? 1 : 0;
    }
    const auto [it, isNew] =
        m_numbers.try_emplace(SeriesKey{std::string(mapping.signal), labelsOf(mapping, sample)}, Number{kind, value});
    if (!isNew) {
        auto& known = it->second.value;
        known = mapping.take == Sum ? known + value : std::max(known, value);
    }
}

void PrometheusReadings::add(const PrometheusSample& sample) {
    const auto metric = sample.label("__name__");
    if (!m_kind.startMetric.empty() && metric == m_kind.startMetric) {
        m_startedAt = sample.value;
        return;
    }
    const auto [first, last] = wantedByName().equal_range(std::string(metric));
    for (auto it = first; it != last; ++it) {
        const auto& [mapping, kind, part] = it->second;
        if (mapping->kind != m_kind.kind || !matches(mapping->where, sample)) {
            continue;
        }
        if (part == Part::Whole) {
            addNumber(*mapping, kind, sample);
            continue;
        }
        auto& buckets = m_histograms[SeriesKey{std::string(mapping->signal), labelsOf(*mapping, sample)}];
        if (part == Part::Sum) {
            buckets.addSum(sample.value * mapping->factor);
        } else if (const auto edge = edgeOf(sample.label("le"))) {
            buckets.add(*edge * mapping->factor, sample.value);
        }
    }
}

std::vector<Reading> PrometheusReadings::take() {
    std::vector<Reading> out;
    for (auto& [key, number] : std::exchange(m_numbers, {})) {
        if (number.kind == SignalKind::Counter && number.value < 0) {
            continue;
        }
        out.push_back({key, number.kind, number.value, nullptr, {}});
    }
    for (auto& [key, buckets] : std::exchange(m_histograms, {})) {
        auto values = buckets.histogram();
        out.push_back(values ? histogram(key.id, key.labels, std::move(*values))
                             : absent(SignalKind::Histogram, key.id, key.labels, std::move(values.error())));
    }
    std::ranges::sort(out, {}, &Reading::key);
    return out;
}

} // namespace binnacle
