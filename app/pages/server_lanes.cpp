// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/server_lanes.h"

#include "app/feed/snapshot_feed.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"

#include <QCoreApplication>

#include <utility>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ServerLanes)
};

} // namespace

LineSpec serverLine(LineSpec::Kind kind, std::string id, std::string source, std::string label, std::string value) {
    LineSpec line;
    line.kind = kind;
    line.id = std::move(id);
    line.accept = [source = std::move(source), label = std::move(label),
                   value = std::move(value)](const SignalEntry& entry) {
        return entry.source == source && (label.empty() || entry.key.labels.get(label) == value);
    };
    return line;
}

ServerLanes::ServerLanes(const PageContext& context, LaneView& view, std::vector<ServerLane> lanes)
    : m_context(context)
    , m_view(view) {
    m_lanes.reserve(lanes.size());
    for (auto& lane : lanes) {
        auto line = SignalLine(lane.line);
        m_lanes.push_back({std::move(lane), std::move(line)});
    }
    m_view.setTimeContext(&context.time);
    showTitles();
}

void ServerLanes::setAll(bool all) {
    if (std::exchange(m_all, all) != all) {
        showTitles();
        showReadings();
        showTick();
    }
}

void ServerLanes::showTitles() {
    std::vector<Lane> lanes;
    for (const auto& held : m_lanes) {
        if (isShown(held)) {
            Lane lane;
            lane.title = held.of.title;
            lane.subtitle = held.of.subtitle;
            lane.quantity = held.of.quantity;
            lane.color = held.of.color;
            lane.leastTop = held.of.leastTop;
            lanes.push_back(std::move(lane));
        }
    }
    m_view.setLanes(std::move(lanes));
}

LaneReading ServerLanes::read(const Held& lane) const {
    LaneReading reading;
    const auto& feed = m_context.feed;
    const auto* update = feed.store().source(lane.of.source);
    if (update == nullptr) {
        reading.status.detail = Words::tr("no such server");
        return reading;
    }
    auto& status = reading.status;
    status = panelStatus(*update, feed.now());
    status.detail = worded(status.detail.toStdString());
    if (!m_context.live()) {
        status.state = PanelState::Paused;
        status.lastAt = m_context.time.end();
    }
    auto value = lane.line.value(feed.store(), m_context.time.end());
    if (!value && status.state == PanelState::Late) {
        const auto last = lane.line.series().last(); // it stands, dimmed, until the server is lost
        value = last ? std::optional(last->value) : std::nullopt;
    }
    if (!value && status.state == PanelState::Live) {
        status.state = PanelState::Loading;
        status.detail =
            lane.line.known(feed.store()) ? Words::tr("two readings are needed") : Words::tr("not told by this server");
    }
    reading.number = numberText(value, lane.of.quantity);
    if (value && lane.of.judge != nullptr) {
        reading.severity = severityOf(lane.of.judge(*value));
    }
    return reading;
}

void ServerLanes::showReadings() {
    m_readings.clear();
    for (const auto& lane : m_lanes) {
        if (isShown(lane)) {
            m_readings.push_back(read(lane));
        }
    }
}

void ServerLanes::showTick() {
    std::vector<const Series*> series;
    for (auto& lane : m_lanes) {
        lane.line.follow(m_context.feed.store(), m_context.feed.now());
        if (isShown(lane)) {
            series.push_back(&lane.line.series());
        }
    }
    m_view.showLanes(m_readings, series);
}

} // namespace binnacle::app
