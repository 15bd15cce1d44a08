// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/signal_lanes.h"

#include "app/feed/action_marks.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/pages/panel_of.h"

#include <algorithm>
#include <utility>

namespace binnacle::app {

LaneOf makeLane(const QString& title, const QString& subtitle, std::string source, LineSpec line, Quantity quantity,
                double leastTop, bool always) {
    LaneOf lane;
    lane.title = title;
    lane.subtitle = subtitle;
    lane.source = std::move(source);
    lane.line = std::move(line);
    lane.quantity = quantity;
    lane.leastTop = leastTop;
    lane.always = always;
    return lane;
}

SignalLanes::SignalLanes(const PageContext& context, LaneView& view, std::vector<LaneOf> lanes)
    : m_context(context)
    , m_view(view) {
    m_lanes.reserve(lanes.size());
    for (auto& lane : lanes) {
        auto line = SignalLine(lane.line);
        auto limit = lane.limit ? std::optional(SignalLine(*lane.limit)) : std::nullopt;
        m_lanes.push_back({std::move(lane), std::move(line), std::move(limit), {}, {}, false});
    }
    m_view.setTimeContext(&context.time);
    QObject::connect(&context.feed, &SnapshotFeed::pastFilled, &m_view, [this] {
        for (auto& lane : m_lanes) {
            lane.line = SignalLine(lane.of.line);
        }
    });
}

void SignalLanes::setRoom(bool all, int laneHeight) {
    const bool changed = std::exchange(m_all, all) != all;
    if (std::exchange(m_laneHeight, laneHeight) != laneHeight || changed) {
        showReadings();
        showTick();
    }
}

std::optional<double> SignalLanes::baseline(std::size_t lane) const {
    constexpr std::size_t kLeast = 60;
    const auto at = m_context.path().at;
    auto samples = series(lane).samples(at - std::chrono::minutes(16), at - std::chrono::minutes(1));
    if (samples.size() < kLeast) {
        return std::nullopt;
    }
    const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
    std::ranges::nth_element(samples, middle, {}, &Sample::value);
    return middle->value;
}

void SignalLanes::read(Held& lane, const PathReading& path) const {
    const auto& store = m_context.feed.store();
    const auto value = m_context.hasReading() ? lane.line.value(store, path.at) : std::nullopt;
    lane.figure = figureOf(path, lane.of.source, value, lane.of.none);
    if (!value && lane.figure.state == SourceState::Late) {
        const auto last = lane.line.series().last(); // it stands, dimmed, until the source is lost
        lane.figure.value = last ? std::optional(last->value) : std::nullopt;
    }
    if (lane.figure.value && lane.of.judge) {
        lane.figure.concern = lane.of.judge(*lane.figure.value);
    }
    lane.limitValue = lane.limit ? lane.limit->value(store, path.at) : std::nullopt;
}

Lane SignalLanes::laneOf(const Held& lane) const {
    Lane out;
    out.title = lane.of.title;
    out.subtitle = lane.of.subtitle;
    out.quantity = lane.of.quantity;
    out.color = lane.of.color;
    out.ratio = lane.of.quantity == Quantity::Share;
    out.limit = lane.limitValue && *lane.limitValue > 0 ? lane.limitValue : std::nullopt;
    out.leastTop = std::max(lane.of.leastTop, out.limit.value_or(0) * 1.1);
    return out;
}

void SignalLanes::showReadings() {
    const auto& path = m_context.path();
    std::vector<Lane> lanes;
    m_readings.clear();
    for (auto& lane : m_lanes) {
        read(lane, path);
        lane.shown = (lane.of.always || lane.line.known(m_context.feed.store())) && (m_all || lane.of.first);
        if (!lane.shown) {
            continue;
        }
        lanes.push_back(laneOf(lane));
        LaneReading reading;
        reading.number = numberText(lane.figure.value, lane.of.quantity);
        reading.severity = severityOf(lane.figure.concern);
        reading.status = panelOf(lane.figure, m_context, lane.line.series(), lane.of.quantity);
        m_readings.push_back(std::move(reading));
    }
    constexpr int kAxis = 44; // events above, clock below
    m_view.setFixedHeight(kAxis + m_laneHeight * static_cast<int>(lanes.size()));
    m_view.setLanes(std::move(lanes));
    const auto revision = m_context.control.revision();
    if (std::exchange(m_marks, revision) != revision) {
        m_view.setEvents(actionMarks(m_context.control.entries(), m_context.feed.now(), m_context.feed.utcNow()));
    }
}

void SignalLanes::showTick() {
    std::vector<const Series*> series;
    for (auto& lane : m_lanes) {
        lane.line.follow(m_context.feed.store(), m_context.feed.now());
        if (lane.shown) {
            series.push_back(&lane.line.series());
        }
    }
    m_view.showLanes(m_readings, series);
}

} // namespace binnacle::app
