// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/migration_pace.h"

namespace binnacle::app {

using std::chrono::seconds;

namespace {
constexpr seconds kPaceWindow{30};
constexpr seconds kLeastPace{5};
constexpr std::size_t kMostMigrations = 200;
} // namespace

bool waits(const MigrationProgress& progress) {
    return progress.phase.starts_with("waiting");
}

MigrationPace::MigrationPace()
    : m_share(Series::Bounds{2400, 720, std::chrono::milliseconds(10000)}) {}

void MigrationPace::beginPhase(SteadyTime at) {
    m_recent.clear();
    if (m_open) {
        m_share.appendGap(at);
    }
    m_open = false;
}

void MigrationPace::append(const MigrationStatus& status, SteadyTime at) {
    if (!status.progress) {
        beginPhase(at);
        m_phase.clear();
        m_total = 0;
        return;
    }
    const auto& progress = *status.progress;
    const auto done = static_cast<double>(progress.done);
    if (progress.phase != m_phase || status.attempt != m_attempt || done < m_done) {
        beginPhase(at);
        m_phase = progress.phase;
        m_attempt = status.attempt;
    }
    m_done = done;
    m_total = static_cast<double>(progress.total);
    m_waits = waits(progress);
    if (!m_recent.empty() && m_recent.back().at >= at) {
        return;
    }
    m_recent.push_back({at, done});
    while (m_recent.size() > 2 && m_recent[1].at <= at - kPaceWindow) {
        m_recent.pop_front();
    }
    if (m_total > 0) {
        m_share.append(at, done / m_total);
        m_open = true;
    }
}

void MigrationPace::interrupt(SteadyTime at) {
    beginPhase(at);
}

std::optional<double> MigrationPace::perSecond() const {
    if (m_recent.size() < 2 || m_recent.back().at - m_recent.front().at < kLeastPace) {
        return std::nullopt;
    }
    const double moved = m_recent.back().done - m_recent.front().done;
    return moved > 0 ? std::optional(moved / toSeconds(m_recent.back().at - m_recent.front().at)) : std::nullopt;
}

std::optional<seconds> MigrationPace::phaseLeft() const {
    const auto pace = perSecond();
    if (!pace || m_waits || m_total <= 0 || m_done > m_total) {
        return std::nullopt;
    }
    return seconds(static_cast<std::int64_t>((m_total - m_done) / *pace + 0.5));
}

void MigrationPaces::append(const std::vector<MigrationStatus>& rows, SteadyTime at) {
    for (const auto& row : rows) {
        const auto known = m_paces.find(row.id);
        if (known != m_paces.end()) {
            known->second.append(row, at);
        } else if (row.progress && m_paces.size() < kMostMigrations) {
            m_paces[row.id].append(row, at);
        }
    }
}

void MigrationPaces::interrupt(SteadyTime at) {
    for (auto& [id, pace] : m_paces) {
        pace.interrupt(at);
    }
}

const MigrationPace* MigrationPaces::of(const std::string& id) const {
    const auto known = m_paces.find(id);
    return known == m_paces.end() ? nullptr : &known->second;
}

} // namespace binnacle::app
