// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/control_feed.h"

#include "app/feed/control_reader.h"

#include <algorithm>

namespace binnacle::app {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {
constexpr seconds kKeepStep{2};
constexpr seconds kKeep{900}; ///< as far back as a paused page may look
} // namespace

struct ControlFeed::Shared : ControlReader {
    using ControlReader::ControlReader;
};

ControlFeed::ControlFeed(std::shared_ptr<ControlLink> link, std::shared_ptr<const Clock> clock, QObject* parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>(std::move(link)))
    , m_clock(std::move(clock))
    , m_view(std::make_shared<const ControlView>())
    , m_entries(std::make_shared<const std::vector<AuditEntry>>())
    , m_effects(std::make_shared<const std::vector<Effect>>()) {
    m_source.source = "control";
    m_source.interval = kInterval;
    m_source.startedAt = m_clock->steadyNow();
}

ControlFeed::~ControlFeed() {
    requestStop();
}

void ControlFeed::start() {
    startWorker(m_shared);
}

void ControlFeed::requestStop() {
    m_shared->requestStop();
}

bool ControlFeed::waitUntilEnded(SteadyTime deadline) {
    return m_shared->waitUntilEnded(deadline);
}

void ControlFeed::hurry() {
    m_shared->hurry();
}

void ControlFeed::tick() {
    bool news = false;
    if (auto reading = m_shared->take()) {
        m_source = std::move(reading->source);
        if (reading->view) {
            m_hasView = true;
            m_view = std::move(reading->view);
            keep(m_source.snapshot->header.steadyAt);
        }
        if (reading->entries != m_entries || reading->effects != m_effects) {
            m_entries = std::move(reading->entries);
            m_effects = std::move(reading->effects);
            ++m_revision;
        }
        news = true;
    }
    const auto state = sourceStateOf(m_source, m_clock->steadyNow());
    news = std::exchange(m_state, state) != state || news;
    if (news) {
        Q_EMIT changed();
    }
}

void ControlFeed::keep(SteadyTime at) {
    if (m_kept.empty() || at - m_kept.back().first >= kKeepStep) {
        m_kept.emplace_back(at, m_view);
    }
    while (!m_kept.empty() && at - m_kept.front().first > kKeep) {
        m_kept.pop_front();
    }
}

std::shared_ptr<const ControlView> ControlFeed::viewAt(SteadyTime at) const {
    const auto after =
        std::ranges::upper_bound(m_kept, at, {}, &std::pair<SteadyTime, std::shared_ptr<const ControlView>>::first);
    if (after == m_kept.begin() || at - std::prev(after)->first > 2 * kKeepStep) {
        return nullptr;
    }
    return std::prev(after)->second;
}

std::chrono::nanoseconds ControlFeed::age() const {
    return ageOf(m_source, m_clock->steadyNow());
}

QString ControlFeed::problem() const {
    return m_source.failure ? QString::fromStdString(m_source.failure->error.text) : QString();
}

const Effect* ControlFeed::effectOf(const std::string& reference) const {
    const auto found = std::ranges::find(*m_effects, reference, &Effect::reference);
    return found == m_effects->end() ? nullptr : &*found;
}

std::string ControlFeed::referenceOf(const AuditEntry& entry) const {
    const auto number = std::to_string(entry.number);
    return m_hasView && entry.writerId == m_view->writerId ? number : entry.writerId + ":" + number;
}

const AuditEntry* ControlFeed::intentOf(const std::string& reference) const {
    const auto found = std::ranges::find_if(*m_entries, [&](const AuditEntry& entry) {
        return entry.phase == AuditPhase::Intent && referenceOf(entry) == reference;
    });
    return found == m_entries->end() ? nullptr : &*found;
}

const AuditEntry* ControlFeed::outcomeOf(const AuditEntry& intent) const {
    const auto found = std::ranges::find_if(*m_entries, [&](const AuditEntry& entry) {
        return entry.phase == AuditPhase::Outcome && entry.writerId == intent.writerId && entry.intent == intent.number;
    });
    return found == m_entries->end() ? nullptr : &*found;
}

} // namespace binnacle::app
