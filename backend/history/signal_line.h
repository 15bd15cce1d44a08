// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "backend/history/request_path.h"
#include "backend/history/signal_store.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace binnacle {

/// How one line is made from the series of a signal, over all sources and labels.
struct LineSpec {
    enum class Kind {
        Sum,      ///< of gauges
        Largest,  ///< of gauges
        Rate,     ///< sum of counters' rates in 1/s (and of those of `rest`), each over PathReading::kRateWindow
        Share,    ///< rate of `id` in the sum of the rates of `id` and `rest`: hits of hits and misses
        Quantile, ///< of the waits for a pool slot, from merged buckets over PathReading::kRecentWindow, in seconds
    };
    Kind kind = Kind::Sum;
    std::string id;
    std::function<bool(const SignalEntry&)> accept{}; ///< empty: all series of the signal
    std::string rest{};
    double quantile = 0.99;
};

/// A line over several series, made when somebody looks: one that nobody follows costs nothing, and one that is opened
/// is filled from what the store has kept. A moment at which a source that counts into it is late leaves a gap, because
/// a sum without it would be a fall that was none. Not synchronised; lives on the display's thread.
class SignalLine {
public:
    /// Points that one call makes at most: filling two hours takes some ticks and holds up none.
    static constexpr int kMostPoints = 240;

    explicit SignalLine(LineSpec spec);

    /// Brings the line forward to `now`, or some steps nearer to it.
    void follow(const SignalStore& store, SteadyTime now);
    [[nodiscard]] const Series& series() const { return m_series; }
    /// The value at `at`, right out of the store, however far the line has been brought.
    [[nodiscard]] std::optional<double> value(const SignalStore& store, SteadyTime at) const;
    /// A series of its signal has ever been told.
    [[nodiscard]] bool known(const SignalStore& store) const;

private:
    [[nodiscard]] std::optional<double> rateAt(const SignalStore& store, std::string_view id, SteadyTime at) const;
    [[nodiscard]] std::optional<double> gaugeAt(const SignalStore& store, SteadyTime at) const;
    [[nodiscard]] std::optional<SteadyTime> firstAt(const SignalStore& store) const;
    [[nodiscard]] std::chrono::milliseconds step() const;

    LineSpec m_spec;
    Series m_series;
    std::optional<SteadyTime> m_from; ///< of the oldest point that was made
    SteadyTime m_next{};              ///< the moment that is due next
};

/// A value of the display's own with the state of where it comes from, as `path` tells it: one source, or, with a
/// prefix that ends in '/', all of them: live if all live, late if one of them is. A value of a source that is lost is
/// left out.
[[nodiscard]] Figure figureOf(const PathReading& path, std::string_view source, std::optional<double> value,
                              std::string reason = {});

} // namespace binnacle
