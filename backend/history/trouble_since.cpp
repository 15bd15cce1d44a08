// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/trouble_since.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

namespace binnacle {

namespace {

using std::chrono::seconds;

constexpr seconds kCalm{5}; ///< a calm of this length ends a trouble
constexpr std::chrono::minutes kPast{20};

std::optional<TroubleSince> runOf(const Series& line, SteadyTime at, const std::function<bool(double)>& shows) {
    const auto samples = line.samples(at - kPast, at);
    std::optional<SteadyTime> began;
    for (auto sample = samples.rbegin(); sample != samples.rend(); ++sample) {
        if (began.value_or(at) - sample->at > kCalm) {
            break;
        }
        if (shows(sample->value)) {
            began = sample->at;
        }
    }
    if (!began) {
        return std::nullopt;
    }
    return TroubleSince{*began, *began == samples.front().at};
}

struct LineRule {
    Trouble trouble;
    PathLine line;
};
/// Troubles whose line of the whole path shows them, from the limit of limitOf() on.
constexpr std::array kLines = {
    LineRule{Trouble::Queue, PathLine::ProxyQueue},        LineRule{Trouble::PoolWait, PathLine::PoolWaiting},
    LineRule{Trouble::PoolFull, PathLine::BouncerWaiting}, LineRule{Trouble::LockWaits, PathLine::LockWaits},
    LineRule{Trouble::Errors, PathLine::ErrorShare},       LineRule{Trouble::OwnErrors, PathLine::ErrorShare},
    LineRule{Trouble::Flood, PathLine::Requests},
};

class Reader {
public:
    Reader(const HopVerdict& hop, const PathReading& path, const SignalStore& store)
        : m_hop(hop)
        , m_path(path)
        , m_store(store) {}

    /// What a gauge of the hop's own source shows; with `label` set, the one of whoever tells of the hop by that label.
    [[nodiscard]] std::optional<TroubleSince> gauge(std::string_view id, std::string_view label,
                                                    const std::function<bool(double)>& shows) const {
        for (const auto* entry : m_store.byId(id)) {
            if (label.empty() ? entry->source == m_hop.source : entry->key.labels.get(label) == m_hop.name) {
                return runOf(entry->series, m_path.at, shows);
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<TroubleSince> ago(double age) const {
        return TroubleSince{m_path.at -
                            std::chrono::duration_cast<SteadyTime::duration>(std::chrono::duration<double>(age))};
    }

private:
    const HopVerdict& m_hop;
    const PathReading& m_path;
    const SignalStore& m_store;
};

} // namespace

std::optional<TroubleSince> troubleSince(const HopVerdict& hop, const PathReading& path, const PathHistory& history,
                                         const SignalStore& store, const PathLimits& limits,
                                         const VerdictLimits& more) {
    const Reader reader(hop, path, store);
    const auto off = [](double value) { return value < 0.5; };
    const auto on = [](double value) { return value > 0.5; };
    switch (hop.trouble) {
    case Trouble::Silent:
    case Trouble::Late:
    case Trouble::LongTransaction:
    case Trouble::ReplayBehind:
        return reader.ago(hop.amount); // seconds
    case Trouble::ReplayPaused:
        return reader.gauge("postgres.recovery.paused", {}, on);
    case Trouble::NotStreaming:
        return reader.gauge("postgres.replication.state", "standby", off);
    case Trouble::OutOfRotation:
        return reader.gauge("haproxy.server.up", "server", off);
    case Trouble::ConnectionsFull: {
        const auto most = path.primary.maxConnections.value_or(0) * limits.saturationCaution;
        return reader.gauge("postgres.connections", {}, [most](double value) { return value >= most; });
    }
    default:
        break;
    }
    const auto rule = std::ranges::find(kLines, hop.trouble, &LineRule::trouble);
    if (rule == kLines.end()) {
        return std::nullopt; // a moment's trouble, or one that is told by comparing
    }
    double least = 1; // of whoever waits
    if (rule->line == PathLine::ErrorShare) {
        least = limits.errorShareCaution;
    } else if (rule->line == PathLine::Requests) {
        // What is usual is the present rate by the factor; half of the way there is no longer usual.
        least = path.requestsPerSecond.value.value_or(0) / std::max(1.0, hop.amount) * (1 + more.floodFactor) / 2;
    }
    return runOf(history.line(rule->line), path.at, [least](double value) { return value >= least; });
}

} // namespace binnacle
