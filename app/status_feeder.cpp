// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/status_feeder.h"

#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/pages/panel_of.h"
#include "app/pages/table_reading.h"
#include "app/place_facts.h"
#include "widgets/tip_text.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace binnacle::app {

StatusFeeder::StatusFeeder(const SnapshotFeed& feed, const ControlFeed& control, StatusLine& line)
    : m_feed(feed)
    , m_control(control)
    , m_line(line) {}

void StatusFeeder::show(bool replay) {
    m_line.showSources(ages(replay));
    if (const auto now = std::chrono::steady_clock::now(); now >= m_nextFacts) {
        m_nextFacts = now + std::chrono::seconds(1);
        showFacts(replay, now);
    }
}

std::vector<SourceAge> StatusFeeder::ages(bool replay) const {
    // Instances are many and alike: one place for all of them, with the state of the worst.
    std::vector<SourceAge> sources;
    int instances = 0;
    int live = 0;
    int worst = -1;
    std::chrono::nanoseconds worstAge{};
    SourceAge service;
    for (const auto& source : m_feed.path().sources) {
        const auto state = panelStateOf(source.state);
        if (source.name == "control") {
            continue; // told below, by the reader that acts go by
        }
        if (!source.name.starts_with("service/")) {
            sources.push_back({shownName(source.name), state, source.age});
            continue;
        }
        ++instances;
        live += source.state == SourceState::Live ? 1 : 0;
        const int rank = badnessOf(source.state);
        if (rank > worst || (rank == worst && source.age > worstAge)) {
            worst = rank;
            worstAge = source.age;
            service.state = state;
            service.age = source.age;
        }
    }
    if (instances > 0) {
        service.name = tr("app %1/%2").arg(live).arg(instances);
        sources.insert(sources.begin(), service);
    }
    if (!replay && (m_control.hasView() || m_control.state() != SourceState::Loading)) {
        sources.push_back({tr("control"), panelStateOf(m_control.state()), m_control.age()});
    }
    return sources;
}

void StatusFeeder::setRecorder(bool records, const QString& profile) {
    m_recorder = {tr("Recorder"), records ? tr("runs") : tr("none"), Mark::None};
    m_recorderDetail =
        records ? QString()
                : tr("Nothing is recorded while no console is open. This records it: %1")
                      .arg(QStringLiteral("systemctl --user start binnacle-recorder@%1").arg(profile.left(80)));
}

void StatusFeeder::showFacts(bool replay, SteadyTime now) {
    auto facts = m_facts.read(now);
    if (const auto refused = m_feed.store().refused(); std::exchange(m_refused, refused) != refused) {
        facts.insert(
            facts.begin(),
            StatusFact{tr("Not shown"), tr("series beyond %1: there are too many").arg(SignalStore::kMaxEntries)});
    }
    QStringList details(m_facts.details());
    if (!replay) { // a recording tells what its recorder cost
        auto place = PlaceFacts::read(m_feed.store(), m_feed.now());
        const auto ill = std::ranges::find(place.facts, Mark::None, &StatusFact::mark);
        facts.insert(facts.begin(), place.facts.begin(), ill);
        facts.insert(facts.end(), ill, place.facts.end());
        details << place.details;
        if (m_recorder) {
            facts.push_back(*m_recorder);
            details << m_recorderDetail;
        }
    }
    details.removeAll(QString());
    m_line.showFacts(std::move(facts));
    m_line.setToolTip(tipText(details.join(QLatin1Char('\n'))));
}

} // namespace binnacle::app
