// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/budget_command.h"

#include "backend/actions/action_documents.h"
#include "backend/clients/system_clock.h"
#include "backend/ctl/plain_text.h"
#include "backend/ctl/record_times.h"
#include "backend/ctl/stack_access.h"
#include "backend/history/latency_log.h"
#include "backend/recorder/recording_file.h"
#include "backend/recorder/recording_reader.h"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace binnacle::ctl {

namespace {

using nlohmann::ordered_json;
using std::chrono::seconds;

constexpr seconds kStillRecorded{30}; ///< a recorder commits once a second
constexpr std::string_view kGap = " ";

/// A window of one of the two limits.
struct Window {
    const BurnLimit& limit;
    seconds span;
};
constexpr std::array kWindows{Window{kFastBurn, kFastBurn.quick}, Window{kFastBurn, kFastBurn.lasting},
                              Window{kSlowBurn, kSlowBurn.quick}, Window{kSlowBurn, kSlowBurn.lasting}};

ordered_json figureJson(const BudgetFigure& figure, const char* name) {
    return {{name, figure.value ? ordered_json(*figure.value) : ordered_json(nullptr)},
            {"reason", figure.value ? ordered_json(nullptr) : ordered_json(figure.reason)},
            {"requests", figure.over.requests},
            {"bad", figure.over.bad},
            {"seen_s", figure.over.seen.count()}};
}

/// "40 s", "42 min", "2 h 05 min", "24 h".
std::string spanText(seconds span) {
    const auto minutes = span.count() / 60;
    if (minutes < 1) {
        return std::to_string(span.count()) + " s";
    }
    if (minutes < 60) {
        return std::to_string(minutes) + " min";
    }
    const auto rest = minutes % 60;
    return std::to_string(minutes / 60) + " h" +
           (rest == 0 ? std::string() : (rest < 10 ? " 0" : " ") + std::to_string(rest) + " min");
}

std::string agoText(std::chrono::nanoseconds age) {
    return age < std::chrono::minutes(1) ? asciiSpaces(formatAge(age)) : spanText(std::chrono::floor<seconds>(age));
}

std::string timesText(double times) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1fx", times);
    return text.data();
}

std::string rateText(const BudgetFigure& figure) {
    return figure.value ? timesText(*figure.value) : std::string(kNoValue) + " (" + plainText(figure.reason) + ")";
}

} // namespace

Result<RecordedBudget> recordedBudget(const std::filesystem::path& file, const Objective& objective) {
    auto reader = RecordingReader::open(file);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    const auto info = reader->info();
    if (!info) {
        return std::unexpected(info.error());
    }
    if (info->sources.empty()) {
        return fail(ErrorCode::NotFound, file.string() + ": nothing is recorded");
    }
    RecordedBudget out{ErrorBudget(objective), reader->steadyOf(info->to), info->to, file.string()};
    const auto tells = [](std::string_view source) { return ErrorBudget::isTold(source); };
    const auto first = minuteOf(info->to - out.counted.kept());
    const auto whole = minuteOf(info->to - LatencyLog::kKept);
    auto minute = reader->nextMinute(first);
    for (; minute && *minute; minute = reader->nextMinute(**minute + 1)) {
        // A damaged minute is a silence.
        const auto events = **minute < whole ? reader->samples(**minute, tells) : reader->minute(**minute);
        for (const auto& event : events ? *events : std::vector<RecordedEvent>()) {
            if (event.update && tells(event.source)) {
                out.counted.apply(*event.update);
            } else if (!event.update) {
                out.counted.removeSource(event.source);
            }
        }
    }
    if (!minute) {
        return std::unexpected(minute.error());
    }
    return out;
}

std::string budgetJson(const RecordedBudget& budget, std::chrono::nanoseconds age) {
    const auto& counted = budget.counted;
    const auto& objective = counted.objective();
    ordered_json out;
    out["objective"] = {{"good_share", objective.goodShare},
                        {"slower_than_ms", objective.slowerThan.count()},
                        {"window_s", seconds(objective.window).count()}};
    out.update(figureJson(counted.remaining(budget.at), "remaining"));
    out["burn"] = ordered_json::array();
    for (const auto& window : kWindows) {
        ordered_json entry{{"window_s", window.span.count()}};
        entry.update(figureJson(counted.burn(budget.at, window.span), "rate"));
        entry["limit"] = window.limit.rate;
        out["burn"].push_back(std::move(entry));
    }
    out["burns_fast"] = counted.burns(budget.at, kFastBurn);
    out["burns_slowly"] = counted.burns(budget.at, kSlowBurn);
    out["counts_proxy"] = counted.countsProxy();
    out["recording"] = budget.file;
    out["until"] = instantText(budget.until);
    out["age_ms"] = std::chrono::floor<std::chrono::milliseconds>(age).count();
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string budgetText(const RecordedBudget& budget, std::chrono::nanoseconds age) {
    const auto& counted = budget.counted;
    const auto& objective = counted.objective();
    const auto left = counted.remaining(budget.at);
    const auto line = [](const char* name, const std::string& text) { return padded(name, 14) + text + "\n"; };
    auto out = line("Error budget", !left.value       ? std::string(kNoValue) + " " + plainText(left.reason)
                                    : *left.value < 0 ? "none left: spent " + timesText(1 - *left.value)
                                                      : asciiSpaces(formatShare(*left.value).text(kGap)) + " left");
    out += line("Objective", asciiSpaces(formatShare(objective.goodShare).text(kGap)) +
                                 " of requests neither 5xx nor over " + std::to_string(objective.slowerThan.count()) +
                                 " ms in " + spanText(objective.window));
    out += line("Seen", spanText(left.over.seen) + ", " + std::to_string(left.over.requests) + " requests, " +
                            std::to_string(left.over.bad) + " of them bad" +
                            (counted.countsProxy() ? "" : "; what HAProxy answers by itself is not told"));
    for (std::size_t i = 0; i < kWindows.size(); i += 2) {
        const auto& quick = kWindows[i];
        const auto& lasting = kWindows[i + 1];
        out += line(i == 0 ? "Burn rate" : "",
                    rateText(counted.burn(budget.at, quick.span)) + " in " + spanText(quick.span) + ", " +
                        rateText(counted.burn(budget.at, lasting.span)) + " in " + spanText(lasting.span) +
                        "; an alert from " + formatCount(quick.limit.rate).text(kGap) + "x in both");
    }
    out += line("Recorded", "until " + instantText(budget.until).substr(0, 19) + "Z, " + agoText(age) + " ago, in " +
                                plainText(budget.file));
    return out;
}

int runBudget(const Options& options) {
    const auto failed = [&options](const Error& error) {
        std::fprintf(stderr, "binnaclectl: %s\n", plainText(error.text).c_str());
        if (options.json) { // a script gets its document also when there is nothing to tell
            std::printf("%s\n", errorDocument(error.code, error.text).c_str());
        }
        return error.code == ErrorCode::Invalid ? kUsage : kFailed;
    };
    const auto place = findStack(options);
    if (!place) {
        return failed(place.error());
    }
    const bool given = !options.record.file.empty();
    const auto file = given ? Result<std::filesystem::path>(options.record.file) : recorderFile(*place);
    if (!file) {
        return failed(file.error());
    }
    auto budget = recordedBudget(*file, place->profile ? place->profile->objective : Objective{});
    if (!budget) {
        auto error = budget.error();
        if (!given) {
            error.text += ". The budget comes from the recorder's file: binnaclectl record run writes it.";
        }
        return failed(error);
    }
    const SystemClock clock;
    const auto age = std::chrono::nanoseconds(std::max(clock.utcNow() - budget->until, UtcTime::duration::zero()));
    const auto text = options.json ? budgetJson(*budget, age) : budgetText(*budget, age);
    if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0) {
        return kFailed;
    }
    if (!given && age > kStillRecorded) { // what is told is of then
        std::fprintf(stderr, "binnaclectl: nothing was recorded in the last %s\n",
                     spanText(std::chrono::floor<seconds>(age)).c_str());
        return kFailed;
    }
    return kDone;
}

} // namespace binnacle::ctl
