// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/snapshot_document.h"

#include "backend/ctl/plain_text.h"
#include "backend/domain/format.h"
#include "backend/domain/freshness.h"
#include "backend/domain/rate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace binnacle::ctl {

namespace {

using nlohmann::ordered_json;

constexpr auto kQuantiles =
    std::to_array<std::pair<const char*, double>>({{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}});

ordered_json orNull(const std::optional<double>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

/// Counters and counts as whole numbers where they are whole, so that scripts may compare them as such.
ordered_json number(double value) {
    if (value >= 0 && value < 9.007e15 && value == std::floor(value)) {
        return static_cast<std::uint64_t>(value);
    }
    return value;
}

/// A source that answered neither pass is lost: there is no value of it that could be late.
Freshness freshnessAfterTwo(const SourceUpdate& update, SteadyTime now) {
    return update.snapshot ? freshnessOf(update, now) : Freshness::Lost;
}

SourceState stateAfterTwo(const SourceUpdate& update, SteadyTime now) {
    const auto state = sourceStateOf(update, now);
    return state == SourceState::Loading ? SourceState::Lost : state;
}

std::int64_t ageMs(const SourceUpdate& update, SteadyTime now) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(ageOf(update, now)).count();
}

std::string_view unitOf(const SeriesKey& key) {
    const auto* const signal = findSignal(key.id);
    return signal != nullptr ? signal->unit : "1";
}

/// Why a source's values are not to be shown as values.
std::string lostReason(const SourceUpdate& update) {
    return "lost: " + (update.failure ? update.failure->error.text : std::string("no answer"));
}

struct Window {
    double seconds = 0;
    LatencyHistogram histogram;
};

std::optional<Window> windowOf(const SourcePasses& passes, const SeriesKey& key) {
    if (!passes.first || passes.first == passes.last.snapshot) {
        return std::nullopt;
    }
    const auto seconds = secondsBetween(passes.first->header, passes.last.snapshot->header);
    auto recorded = histogramSince(*passes.first, *passes.last.snapshot, key);
    if (!seconds || !recorded) {
        return std::nullopt;
    }
    return Window{*seconds, std::move(*recorded)};
}

std::optional<double> rateOf(const SourcePasses& passes, const SeriesKey& key) {
    return passes.first && passes.first != passes.last.snapshot ? counterRate(*passes.first, *passes.last.snapshot, key)
                                                                : std::nullopt;
}

ordered_json signalJson(const SourcePasses& passes, const Reading& reading, SteadyTime now) {
    const auto& update = passes.last;
    const auto freshness = freshnessAfterTwo(update, now);
    const bool lost = freshness == Freshness::Lost;
    ordered_json labels = ordered_json::object();
    for (const auto& [name, value] : reading.key.labels) {
        labels[name] = value;
    }
    ordered_json out;
    out["id"] = reading.key.id;
    out["kind"] = kindName(reading.kind);
    out["labels"] = std::move(labels);
    out["value"] = reading.value && !lost ? number(*reading.value) : ordered_json(nullptr);
    out["unit"] = unitOf(reading.key);
    out["source"] = update.source;
    out["age_ms"] = ageMs(update, now);
    out["freshness"] = freshnessName(freshness);
    out["reason"] = lost                            ? ordered_json(lostReason(update))
                    : !reading.absentReason.empty() ? ordered_json(reading.absentReason)
                                                    : ordered_json(nullptr);
    if (reading.kind == SignalKind::Counter) {
        out["rate"] = lost ? ordered_json(nullptr) : orNull(rateOf(passes, reading.key));
        out["epoch"] = update.snapshot->header.epoch;
    } else if (reading.kind == SignalKind::Histogram && reading.histogram) {
        const auto window = lost ? std::nullopt : windowOf(passes, reading.key);
        out["count"] = lost ? ordered_json(nullptr) : ordered_json(reading.histogram->count());
        out["epoch"] = update.snapshot->header.epoch;
        out["window_s"] = window ? ordered_json(window->seconds) : ordered_json(nullptr);
        out["window_count"] = window ? ordered_json(window->histogram.count()) : ordered_json(nullptr);
        for (const auto& [name, q] : kQuantiles) {
            out[name] = orNull(window ? window->histogram.supportedQuantile(q) : std::nullopt);
        }
    }
    return out;
}

std::string valueText(const SourcePasses& passes, const Reading& reading) {
    constexpr std::string_view gap = " ";
    if (reading.kind == SignalKind::Histogram && reading.histogram) {
        const auto window = windowOf(passes, reading.key);
        if (!window) {
            return std::to_string(reading.histogram->count()) + " in all";
        }
        std::string out = formatCount(static_cast<double>(window->histogram.count())).text(gap) + " in " +
                          formatSeconds(window->seconds).text(gap);
        for (const auto& [name, q] : kQuantiles) {
            if (const auto value = window->histogram.supportedQuantile(q)) {
                out += std::string("  ") + name + " " + formatSeconds(*value).text(gap);
            }
        }
        return out;
    }
    if (!reading.value) {
        return std::string(kNoValue) + " " + reading.absentReason;
    }
    const auto unit = unitOf(reading.key);
    auto out = formatValue(unit, reading.kind == SignalKind::Ratio, *reading.value).text(gap);
    if (const auto rate = reading.kind == SignalKind::Counter ? rateOf(passes, reading.key) : std::nullopt) {
        const auto perSecond = formatValue(unit == "s" || unit == "bytes" ? unit : "1", false, *rate);
        out += "  (" + perSecond.text(gap) + (perSecond.unit.empty() ? " /s)" : "/s)");
    }
    return out;
}

} // namespace

bool anyLost(const std::vector<SourcePasses>& passes, SteadyTime now) {
    return std::ranges::any_of(
        passes, [&](const SourcePasses& source) { return freshnessAfterTwo(source.last, now) == Freshness::Lost; });
}

std::string snapshotJson(const std::vector<SourcePasses>& passes, SteadyTime now) {
    ordered_json signals = ordered_json::array();
    ordered_json sources = ordered_json::array();
    for (const auto& source : passes) {
        const auto& update = source.last;
        sources.push_back(
            {{"source", update.source},
             {"freshness", freshnessName(freshnessAfterTwo(update, now))},
             {"state", sourceStateName(stateAfterTwo(update, now))},
             {"age_ms", ageMs(update, now)},
             {"error", update.failure ? ordered_json(update.failure->error.text) : ordered_json(nullptr)}});
        if (update.snapshot) {
            for (const auto& reading : update.snapshot->readings) {
                signals.push_back(signalJson(source, reading, now));
            }
        }
    }
    const ordered_json document{{"signals", std::move(signals)}, {"sources", std::move(sources)}};
    // Text of foreign origin may hold broken UTF-8: replaced, never a reason to print nothing.
    return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string snapshotTable(const std::vector<SourcePasses>& passes, SteadyTime now) {
    std::string out;
    for (const auto& source : passes) {
        const auto& update = source.last;
        const auto state = stateAfterTwo(update, now);
        if (!out.empty()) {
            out += '\n';
        }
        out += update.source + "  " + std::string(sourceStateName(state)) + "  " +
               asciiSpaces(formatAge(ageOf(update, now)));
        if (update.failure) {
            out += "  " + plainText(update.failure->error.text);
        }
        out += '\n';
        if (!update.snapshot || freshnessOf(update, now) == Freshness::Lost) {
            continue;
        }
        std::vector<std::array<std::string, 3>> rows;
        std::array<std::size_t, 2> widths{};
        for (const auto& reading : update.snapshot->readings) {
            std::string labels;
            for (const auto& [name, value] : reading.key.labels) {
                labels += (labels.empty() ? "" : " ") + name + "=" + value;
            }
            rows.push_back({plainText(reading.key.id), plainText(labels), asciiSpaces(valueText(source, reading))});
            widths[0] = std::max(widths[0], rows.back()[0].size());
            widths[1] = std::max(widths[1], rows.back()[1].size());
        }
        for (const auto& row : rows) {
            out += "  " + padded(row[0], widths[0]) + "  " + padded(row[1], widths[1]) + "  " + row[2] + "\n";
        }
    }
    return out;
}

} // namespace binnacle::ctl
