// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/control_reader.h"

#include "app/feed/control_feed.h"

#include <algorithm>

namespace binnacle::app {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Quitting waits for a second: no call may take longer.
constexpr milliseconds kPatience{900};
constexpr int kPage = 200;
constexpr int kMostEffects = 20;
constexpr seconds kEffectsStep{2}; ///< while one is still to come

bool pending(const std::vector<Effect>& effects) {
    return std::ranges::any_of(effects, [](const Effect& effect) { return effect.state == Effect::State::Pending; });
}

} // namespace

ControlReader::ControlReader(std::shared_ptr<ControlLink> link)
    : m_link(std::move(link)) {
    m_reading.source.source = "control";
    m_reading.source.interval = ControlFeed::kInterval;
    m_reading.entries = std::make_shared<const std::vector<AuditEntry>>();
    m_reading.effects = std::make_shared<const std::vector<Effect>>();
}

void ControlReader::hurry() {
    const std::lock_guard lock(mutex);
    m_hurried = true;
    wake.notify_all();
}

bool ControlReader::ending() {
    const std::lock_guard lock(mutex);
    return stopping;
}

void ControlReader::run() {
    m_reading.source.startedAt = std::chrono::steady_clock::now();
    while (!ending()) {
        const auto began = std::chrono::steady_clock::now();
        pass();
        std::unique_lock lock(mutex);
        wake.wait_until(lock, began + ControlFeed::kInterval, [this] { return stopping || m_hurried; });
        m_hurried = false;
    }
}

void ControlReader::pass() {
    const auto began = std::chrono::steady_clock::now();
    auto view = m_link->view(kPatience);
    const auto now = std::chrono::steady_clock::now();
    auto& source = m_reading.source;
    if (view) {
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->header = {"control", ++m_sequence, now, std::chrono::system_clock::now(), now - began, {}, {}};
        source.snapshot = std::move(snapshot);
        source.failure.reset();
        m_reading.view = std::make_shared<const ControlView>(std::move(*view));
        readAudit(*m_reading.view);
    } else {
        const unsigned attempts = source.failure ? source.failure->attempts + 1 : 1;
        source.failure =
            SourceFailure{view.error(), now, std::chrono::system_clock::now(), attempts, now + ControlFeed::kInterval};
        m_reading.view.reset();
        add(m_link->journals());
    }
    m_kept.add(m_reading.view);
    m_kept.add(m_reading.entries);
    m_kept.add(m_reading.effects);
    m_slot.publish(m_reading);
}

void ControlReader::readAudit(const ControlView& view) {
    if (m_writer != view.writerId) { // another stack, or one that was made anew
        m_writer = view.writerId;
        m_lastNumber.reset();
        m_behind.clear();
        m_reading.entries = std::make_shared<const std::vector<AuditEntry>>();
        m_effectsDue = true;
    }
    const bool moved = m_lastNumber.value_or(-1) < view.auditNumber;
    while (m_lastNumber.value_or(-1) < view.auditNumber && !ending()) {
        auto entries = m_link->audit({}, m_lastNumber.value_or(-1), kPage, kPatience);
        if (!entries) {
            break; // asked again in the next pass, behind the same number
        }
        if (entries->empty()) {
            m_lastNumber = view.auditNumber;
            break;
        }
        m_lastNumber = entries->back().number;
        // What break-glass did stands in chains of its own, which ours names when it takes them over.
        std::vector<AuditEntry> taken;
        for (const auto& entry : *entries) {
            if (entry.action == "import_audit" && entry.phase == AuditPhase::Intent) {
                const auto writer = textOf(entry.parameters, "writer");
                if (auto theirs = m_link->audit(writer, m_behind[writer], kPage, kPatience)) {
                    m_behind[writer] = theirs->empty() ? m_behind[writer] : theirs->back().number;
                    std::ranges::move(*theirs, std::back_inserter(taken));
                }
            }
        }
        add(std::move(*entries));
        add(std::move(taken));
    }
    readEffects(moved);
}

void ControlReader::readEffects(bool moved) {
    const auto now = std::chrono::steady_clock::now();
    m_effectsDue = m_effectsDue || moved;
    const bool wanted = moved || ((m_effectsDue || pending(*m_reading.effects)) && now >= m_nextEffects);
    if (!wanted || ending()) {
        return;
    }
    if (auto effects = m_link->effects(kMostEffects, kPatience)) {
        m_effectsDue = false;
        if (*effects != *m_reading.effects) {
            m_reading.effects = std::make_shared<const std::vector<Effect>>(std::move(*effects));
        }
    }
    m_nextEffects = now + kEffectsStep;
}

void ControlReader::add(std::vector<AuditEntry> entries) {
    const auto& known = *m_reading.entries;
    const auto isKnown = [&](const AuditEntry& entry) {
        return std::ranges::any_of(known, [&](const AuditEntry& other) {
            return other.number == entry.number && other.writerId == entry.writerId;
        });
    };
    std::erase_if(entries, isKnown);
    if (entries.empty()) {
        return;
    }
    auto all = known;
    std::ranges::move(entries, std::back_inserter(all));
    std::ranges::stable_sort(all, {}, [](const AuditEntry& entry) { return std::pair(entry.at, entry.number); });
    if (all.size() > ControlFeed::kMostEntries) {
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(ControlFeed::kMostEntries));
    }
    m_reading.entries = std::make_shared<const std::vector<AuditEntry>>(std::move(all));
}

} // namespace binnacle::app
