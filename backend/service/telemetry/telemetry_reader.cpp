// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/telemetry/telemetry_reader.h"

#include "backend/domain/base64.h"
#include "backend/domain/latency_histogram.h"
#include "backend/domain/signal.h"
#include "backend/service/api/json_text.h"
#include "backend/service/telemetry/readings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <utility>

namespace binnacle::service {
namespace {

void appendNumber(std::string& out, double value) {
    std::array<char, 32> digits{};
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void appendMember(std::string& out, std::string_view name, std::string_view value) {
    appendJsonString(out, name);
    out.push_back(':');
    appendJsonString(out, value);
}

void appendIdAndLabels(std::string& out, std::string_view id, const LabelPair& labels) {
    out.append(R"({"id":)");
    appendJsonString(out, id);
    out.append(R"(,"labels":{)");
    bool first = true;
    for (const LabelText& label : labels) {
        if (!label.name.empty()) {
            if (!first) {
                out.push_back(',');
            }
            appendMember(out, label.name, label.value);
            first = false;
        }
    }
    out.push_back('}');
}

void appendNumbers(std::string& out, const std::vector<NumberReading>& numbers) {
    out.push_back('[');
    for (const NumberReading& number : numbers) {
        if (&number != &numbers.front()) {
            out.push_back(',');
        }
        appendIdAndLabels(out, number.id, number.labels);
        out.append(R"(,"value":)");
        appendNumber(out, number.value);
        out.push_back('}');
    }
    out.push_back(']');
}

void appendHistogram(std::string& out, const HistogramReading& histogram) {
    appendIdAndLabels(out, histogram.id, histogram.labels);
    out.append(R"(,"count":)");
    appendUnsigned(out, histogram.count);
    out.append(R"(,"sum_ns":)");
    appendUnsigned(out, histogram.sumNs);
    out.append(R"(,"below":)");
    appendUnsigned(out, histogram.cells[LatencyHistogram::kBelowIndex]);
    out.append(R"(,"above":)");
    appendUnsigned(out, histogram.cells[LatencyHistogram::kAboveIndex]);
    out.append(R"(,"buckets":[)");
    bool first = true;
    for (std::size_t i = 0; i < LatencyHistogram::kBucketCount; ++i) {
        if (histogram.cells[i] != 0) {
            out.append(first ? "[" : ",[");
            appendUnsigned(out, i);
            out.push_back(',');
            appendUnsigned(out, histogram.cells[i]);
            out.push_back(']');
            first = false;
        }
    }
    out.append("]}");
}

/// `service.http.latency` -> `binnacle_service_http_latency`
std::string prometheusName(std::string_view id) {
    std::string name = "binnacle_";
    for (const char c : id) {
        name.push_back(c == '.' ? '_' : c);
    }
    return name;
}

void appendPrometheusLabels(std::string& out, const LabelPair& labels, std::string_view instanceLabels,
                            std::string_view bound = {}) {
    out.push_back('{');
    out.append(instanceLabels);
    for (const LabelText& label : labels) {
        if (!label.name.empty()) {
            out.push_back(',');
            out.append(label.name);
            out.push_back('=');
            appendJsonString(out, label.value); // our label values need no escape that JSON and Prometheus differ in
        }
    }
    if (!bound.empty()) {
        out.append(",le=\"");
        out.append(bound);
        out.push_back('"');
    }
    out.append("} ");
}

void appendHeading(std::string& out, const std::string& name, std::string_view help, std::string_view type) {
    out.append("# HELP ").append(name).append(" ").append(help).append("\n");
    out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

/// The heading of a metric, once before the lines of it.
void appendHeadingOf(std::string& out, std::string_view& previous, std::string_view id, const std::string& name,
                     std::string_view type) {
    if (id != previous) {
        const Signal* const signal = findSignal(id);
        appendHeading(out, name, signal != nullptr ? signal->title : id, type);
        previous = id;
    }
}

/// Is the upper edge of that cell one that scrapers see? Below 65 us the powers of two, above them quarters of each, so
/// that a quantile read from them is at most an eighth off: exact sums of our cells, and few enough for a scraper.
bool isScrapedEdge(std::size_t cell) {
    constexpr std::size_t kPerOctave = std::size_t{1} << LatencyHistogram::kSubBucketBits;
    constexpr std::int64_t kFineFromNs = std::int64_t{1} << 16;
    const bool fine = LatencyHistogram::bucketLowNs(cell) >= kFineFromNs;
    return (cell + 1) % (fine ? kPerOctave / 4 : kPerOctave) == 0;
}

void appendBucket(std::string& out, const std::string& name, const HistogramReading& histogram,
                  std::string_view instanceLabels, std::string_view bound, std::uint64_t cumulative) {
    out.append(name).append("_bucket");
    appendPrometheusLabels(out, histogram.labels, instanceLabels, bound);
    appendUnsigned(out, cumulative);
    out.push_back('\n');
}

void appendPrometheusHistogram(std::string& out, const std::string& name, const HistogramReading& histogram,
                               std::string_view instanceLabels) {
    std::uint64_t cumulative = histogram.cells[LatencyHistogram::kBelowIndex];
    std::string bound;
    const auto append = [&](std::int64_t edgeNs) {
        bound.clear();
        appendNumber(bound, static_cast<double>(edgeNs) / 1e9);
        appendBucket(out, name, histogram, instanceLabels, bound, cumulative);
    };
    append(LatencyHistogram::bucketLowNs(0));
    for (std::size_t i = 0; i < LatencyHistogram::kBucketCount; ++i) {
        cumulative += histogram.cells[i];
        if (isScrapedEdge(i)) {
            append(LatencyHistogram::bucketHighNs(i));
        }
    }
    appendBucket(out, name, histogram, instanceLabels, "+Inf", histogram.count);
    out.append(name).append("_sum");
    appendPrometheusLabels(out, histogram.labels, instanceLabels);
    appendNumber(out, static_cast<double>(histogram.sumNs) / 1e9);
    out.push_back('\n');
    out.append(name).append("_count");
    appendPrometheusLabels(out, histogram.labels, instanceLabels);
    appendUnsigned(out, histogram.count);
    out.push_back('\n');
}

void appendPrometheusNumbers(std::string& out, std::vector<NumberReading> numbers, std::string_view suffix,
                             std::string_view type, std::string_view instanceLabels) {
    // The format wants the lines of one metric together.
    std::ranges::stable_sort(numbers, {}, &NumberReading::id);
    std::string_view previous;
    for (const NumberReading& number : numbers) {
        const std::string name = prometheusName(number.id).append(suffix);
        appendHeadingOf(out, previous, number.id, name, type);
        out.append(name);
        appendPrometheusLabels(out, number.labels, instanceLabels);
        appendNumber(out, number.value);
        out.push_back('\n');
    }
}

} // namespace

TelemetryReader::TelemetryReader(InstanceIdentity identity, const Degradation& degradation, const FaultKnob& fault,
                                 const StatementCatalogue& statements, std::vector<const ShardMetrics*> shards)
    : m_identity(std::move(identity))
    , m_degradation(degradation)
    , m_fault(fault)
    , m_statements(statements)
    , m_shards(std::move(shards)) {}

void TelemetryReader::appendIdentity(std::string& out) const {
    out.append(R"({"protocol":1,)");
    appendMember(out, "instance", m_identity.name);
    out.push_back(',');
    appendMember(out, "role", m_identity.role);
    out.push_back(',');
    appendMember(out, "version", m_identity.version);
    out.push_back(',');
    appendMember(out, "epoch", m_identity.epoch);
}

void TelemetryReader::appendDocument(std::string& out) {
    const InstanceReadings readings = readInstance(m_shards, m_degradation, m_fault);
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    appendIdentity(out);
    out.append(R"(,"sequence":)");
    appendUnsigned(out, ++m_sequence);
    out.append(R"(,"monotonic_us":)");
    appendInteger(out, std::chrono::duration_cast<std::chrono::microseconds>(now).count());
    out.append(R"(,"counters":)");
    appendNumbers(out, readings.counters);
    out.append(R"(,"gauges":)");
    appendNumbers(out, readings.gauges);
    out.append(R"(,"histograms":[)");
    for (const HistogramReading& histogram : readings.histograms) {
        if (&histogram != &readings.histograms.front()) {
            out.push_back(',');
        }
        appendHistogram(out, histogram);
    }
    out.push_back(']');
    appendStatements(out);
    out.push_back('}');
}

/// Which statements each route runs, and the texts of those that were run, each once.
void TelemetryReader::appendStatements(std::string& out) const {
    const auto readings = readStatements(m_shards);
    std::array<bool, kStatementCount> used{};
    out.append(R"(,"route_statements":[)");
    for (const StatementReading& reading : readings) {
        out.append(&reading == &readings.front() ? "{" : ",{");
        appendMember(out, "route", routeLabel(reading.route));
        out.push_back(',');
        appendMember(out, "statement", statementName(reading.statement));
        out.append(R"(,"calls":)");
        appendUnsigned(out, reading.calls);
        out.append(R"(,"time_ns":)");
        appendUnsigned(out, reading.timeNs);
        out.push_back('}');
        used[static_cast<std::size_t>(reading.statement)] = true;
    }
    out.append(R"(],"statements":[)");
    bool first = true;
    for (std::size_t i = 0; i < kStatementCount; ++i) {
        if (used[i]) {
            out.append(std::exchange(first, false) ? "{" : ",{");
            appendMember(out, "name", statementName(static_cast<Statement>(i)));
            out.push_back(',');
            appendMember(out, "text", m_statements[static_cast<Statement>(i)].shown);
            out.push_back('}');
        }
    }
    out.push_back(']');
}

void TelemetryReader::appendUsers(std::string& out, std::chrono::seconds window) const {
    const auto now = std::chrono::steady_clock::now();
    const auto from = now - std::min(window, UserRing::kLongestWindow);
    const auto covered = std::max(now - UserRing::wholeFrom(from), std::chrono::steady_clock::duration::zero());
    const auto appendSketch = [&](const auto& ringOf) {
        DistinctSketch users;
        for (const ShardMetrics* shard : m_shards) {
            ringOf(*shard).readSince(from, users);
        }
        out.append(R"("users":)");
        appendInteger(out, std::llround(users.estimate()));
        out.append(R"(,"registers":")");
        appendBase64(out, users.registers());
        out.append("\"");
    };
    appendIdentity(out);
    out.append(R"(,"window_s":)");
    appendNumber(out, std::chrono::duration<double>(covered).count());
    out.push_back(',');
    appendSketch([](const ShardMetrics& shard) -> const UserRing& { return shard.users; });
    out.append(R"(,"features":[)");
    for (const FeatureEntry& entry : kFeatures) {
        out.append(&entry == &kFeatures.front() ? "{" : ",{");
        appendMember(out, "id", entry.id);
        out.push_back(',');
        const auto index = static_cast<std::size_t>(entry.feature);
        appendSketch([=](const ShardMetrics& shard) -> const UserRing& { return shard.usersOf[index]; });
        out.push_back('}');
    }
    out.append("]}");
}

void TelemetryReader::appendFeatures(std::string& out) const {
    appendIdentity(out);
    out.append(R"(,"features":[)");
    for (const FeatureEntry& entry : kFeatures) {
        out.append(&entry == &kFeatures.front() ? "{" : ",{");
        appendMember(out, "id", entry.id);
        out.push_back(',');
        appendMember(out, "title", entry.title);
        out.append(R"(,"routes":[)");
        appendJsonString(out, routeLabel(entry.route));
        out.append(R"(],"off_from":)");
        appendInteger(out, entry.offFrom);
        out.push_back(',');
        appendMember(out, "fallback", entry.fallback);
        out.append(R"(,"statements":[)");
        for (std::size_t i = 0; i < entry.statementCount; ++i) {
            if (i > 0) {
                out.push_back(',');
            }
            appendJsonString(out, statementName(entry.statements[i]));
        }
        out.append("]}");
    }
    out.append("]}");
}

void TelemetryReader::appendPrometheus(std::string& out) const {
    InstanceReadings readings = readInstance(m_shards, m_degradation, m_fault);
    std::string labels = "instance=";
    appendJsonString(labels, m_identity.name);
    labels.append(",role=");
    appendJsonString(labels, m_identity.role);
    labels.append(",version=");
    appendJsonString(labels, m_identity.version);
    appendPrometheusNumbers(out, std::move(readings.counters), "_total", "counter", labels);
    appendPrometheusNumbers(out, std::move(readings.gauges), "", "gauge", labels);
    // As every client library names it: who computes rates knows by it that counters began anew.
    const std::string start = "process_start_time_seconds";
    appendHeading(out, start, "Start of the process, in seconds since 1970.", "gauge");
    out.append(start);
    appendPrometheusLabels(out, {}, labels);
    appendNumber(out, std::chrono::duration<double>(m_startedAt.time_since_epoch()).count());
    out.push_back('\n');
    std::string_view previous;
    for (const HistogramReading& histogram : readings.histograms) {
        const std::string name = prometheusName(histogram.id).append("_seconds");
        appendHeadingOf(out, previous, histogram.id, name, "histogram");
        appendPrometheusHistogram(out, name, histogram, labels);
    }
}

} // namespace binnacle::service
