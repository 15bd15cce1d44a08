// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/telemetry_document.h"

#include <simdjson.h>

namespace binnacle {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kReadingCap = 20'000;
constexpr std::size_t kLabelCap = 16;
constexpr std::size_t kTextCap = 256;
constexpr std::size_t kStatementCap = 2000; ///< pairs of route and statement
constexpr std::size_t kSqlCap = 16U << 10;
constexpr std::uint64_t kCountCap = std::uint64_t{1} << 53; // beyond it doubles lose ones

auto malformed(const std::string& what) {
    return fail(ErrorCode::Protocol, "The telemetry document is not understood: " + what);
}

bool readText(const object& from, std::string_view name, std::string& out) {
    std::string_view text;
    if (from[name].get(text) != simdjson::SUCCESS || text.size() > kTextCap) {
        return false;
    }
    out = text;
    return true;
}

bool readCount(const element& from, std::uint64_t& out) {
    return from.get(out) == simdjson::SUCCESS && out <= kCountCap;
}

bool readKey(const object& entry, SeriesKey& key) {
    if (!readText(entry, "id", key.id) || key.id.empty()) {
        return false;
    }
    object labels;
    const auto found = entry["labels"].get(labels);
    if (found == simdjson::NO_SUCH_FIELD) {
        return true;
    }
    if (found != simdjson::SUCCESS || labels.size() > kLabelCap) {
        return false;
    }
    for (const auto [name, value] : labels) {
        std::string_view text;
        if (value.get(text) != simdjson::SUCCESS || text.size() > kTextCap || name.size() > kTextCap) {
            return false;
        }
        key.labels.set(name, text);
    }
    return true;
}

bool readHistogram(const object& entry, LatencyHistogram& histogram) {
    std::uint64_t count = 0;
    for (const auto& [name, cell] :
         {std::pair("below", LatencyHistogram::kBelowIndex), std::pair("above", LatencyHistogram::kAboveIndex)}) {
        element value;
        if (entry[name].get(value) == simdjson::SUCCESS) {
            if (!readCount(value, count)) {
                return false;
            }
            histogram.addToCell(cell, count);
        }
    }
    array buckets;
    if (entry["buckets"].get(buckets) != simdjson::SUCCESS || buckets.size() > LatencyHistogram::kBucketCount) {
        return false;
    }
    for (const auto bucket : buckets) {
        array pair;
        if (bucket.get(pair) != simdjson::SUCCESS || pair.size() != 2) {
            return false;
        }
        std::uint64_t index = 0;
        element countElement;
        if (pair.at(0).get(index) != simdjson::SUCCESS || index >= LatencyHistogram::kBucketCount ||
            pair.at(1).get(countElement) != simdjson::SUCCESS || !readCount(countElement, count)) {
            return false;
        }
        histogram.addToCell(index, count);
    }
    std::uint64_t sum = 0;
    if (entry["sum_ns"].get(sum) == simdjson::SUCCESS) {
        histogram.addToSum(sum);
    }
    return true;
}

/// Calls `read(entry)` for each object of the array `name`; an absent array is an empty one.
template <typename Read>
bool forEach(const object& root, const char* name, std::size_t readings, const Read& read) {
    array list;
    const auto found = root[name].get(list);
    if (found == simdjson::NO_SUCH_FIELD) {
        return true;
    }
    if (found != simdjson::SUCCESS || list.size() + readings > kReadingCap) {
        return false;
    }
    for (const auto item : list) {
        object entry;
        if (item.get(entry) != simdjson::SUCCESS || !read(entry)) {
            return false;
        }
    }
    return true;
}

bool readRouteStatements(const object& root, TelemetryDocument& document) {
    array list;
    const auto found = root["route_statements"].get(list);
    if (found == simdjson::NO_SUCH_FIELD) {
        return true;
    }
    if (found != simdjson::SUCCESS || list.size() > kStatementCap) {
        return false;
    }
    auto& uses = document.routeStatements.emplace();
    for (const auto item : list) {
        object entry;
        element calls;
        element time;
        std::uint64_t callCount = 0;
        std::uint64_t timeNs = 0;
        RouteStatement use;
        if (item.get(entry) != simdjson::SUCCESS || !readText(entry, "route", use.route) ||
            !readText(entry, "statement", use.statement) || entry["calls"].get(calls) != simdjson::SUCCESS ||
            entry["time_ns"].get(time) != simdjson::SUCCESS || !readCount(calls, callCount) ||
            time.get(timeNs) != simdjson::SUCCESS) {
            return false;
        }
        use.calls = static_cast<double>(callCount);
        use.seconds = static_cast<double>(timeNs) * 1e-9;
        uses.push_back(std::move(use));
    }
    return forEach(root, "statements", 0, [&](const object& entry) {
        std::string name;
        std::string_view text;
        if (!readText(entry, "name", name) || entry["text"].get(text) != simdjson::SUCCESS || text.size() > kSqlCap ||
            document.statementTexts.size() >= kStatementCap) {
            return false;
        }
        document.statementTexts[std::move(name)] = text;
        return true;
    });
}

} // namespace

Result<TelemetryDocument> parseTelemetry(std::string_view json) {
    if (json.empty()) {
        return malformed("it is empty"); // the parser would copy from null
    }
    thread_local simdjson::dom::parser parser;
    object root;
    if (const auto error = parser.parse(json.data(), json.size()).get(root); error != simdjson::SUCCESS) {
        return malformed(simdjson::error_message(error));
    }
    std::int64_t protocol = 0;
    if (root["protocol"].get(protocol) != simdjson::SUCCESS || protocol != 1) {
        return fail(ErrorCode::Protocol, "The instance speaks another protocol than 1");
    }
    TelemetryDocument document;
    if (!readText(root, "instance", document.instance) || !readText(root, "version", document.version) ||
        !readText(root, "epoch", document.epoch)) {
        return malformed("instance, version or epoch is missing");
    }
    readText(root, "role", document.role);
    std::int64_t monotonic = 0;
    if (root["sequence"].get(document.sequence) != simdjson::SUCCESS ||
        root["monotonic_us"].get(monotonic) != simdjson::SUCCESS || monotonic < 0 ||
        monotonic > std::int64_t{9'000'000'000'000'000}) {
        return malformed("sequence or monotonic_us is missing");
    }
    document.monotonic = std::chrono::microseconds(monotonic);

    auto& readings = document.readings;
    const auto readValues = [&readings](SignalKind kind) {
        return [&readings, kind](const object& entry) {
            Reading reading;
            double value = 0;
            reading.kind = kind;
            if (!readKey(entry, reading.key) || entry["value"].get(value) != simdjson::SUCCESS ||
                (kind == SignalKind::Counter && value < 0)) {
                return false;
            }
            reading.value = value;
            readings.push_back(std::move(reading));
            return true;
        };
    };
    if (!forEach(root, "counters", readings.size(), readValues(SignalKind::Counter))) {
        return malformed("a counter");
    }
    if (!forEach(root, "gauges", readings.size(), readValues(SignalKind::Gauge))) {
        return malformed("a gauge");
    }
    const auto readHistograms = [&readings](const object& entry) {
        SeriesKey key;
        LatencyHistogram values;
        if (!readKey(entry, key) || !readHistogram(entry, values)) {
            return false;
        }
        readings.push_back(histogram(std::move(key.id), std::move(key.labels), std::move(values)));
        return true;
    };
    if (!forEach(root, "histograms", readings.size(), readHistograms)) {
        return malformed("a histogram");
    }
    if (!readRouteStatements(root, document)) {
        return malformed("the statements of a route");
    }
    return document;
}

} // namespace binnacle
