// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/live_readings.h"

#include "backend/collectors/bundled_sources.h"

#include <algorithm>

namespace binnacle::test {

LiveReadings::LiveReadings(const StackStatus& status)
    : m_runner([this](SourceUpdate update) {
        const std::lock_guard lock(m_mutex);
        auto& known = m_updates[update.source];
        if (!update.snapshot) {
            update.snapshot = known.snapshot;
        }
        known = std::move(update);
    }) {
    m_runner.run(collectorsFor(status));
}

LiveReadings::~LiveReadings() {
    m_runner.stop();
}

template <typename Visit>
void LiveReadings::forEach(const std::string& id, const Labels& labels, Visit visit) {
    const std::lock_guard lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    for (const auto& [name, update] : m_updates) {
        if (freshnessOf(update, now) != Freshness::Fresh) {
            continue;
        }
        for (const auto& reading : update.snapshot->readings) {
            const bool wanted = reading.key.id == id && std::ranges::all_of(labels, [&](const auto& label) {
                                    return reading.key.labels.get(label.first) == label.second;
                                });
            if (wanted) {
                visit(reading);
            }
        }
    }
}

std::optional<double> LiveReadings::sum(const std::string& id, const Labels& labels) {
    std::optional<double> total;
    forEach(id, labels, [&](const Reading& reading) {
        if (reading.value) {
            total = total.value_or(0) + *reading.value;
        }
    });
    return total;
}

std::optional<double> LiveReadings::largest(const std::string& id, const Labels& labels) {
    std::optional<double> most;
    forEach(id, labels, [&](const Reading& reading) {
        if (reading.value) {
            most = std::max(most.value_or(*reading.value), *reading.value);
        }
    });
    return most;
}

std::optional<Freshness> LiveReadings::freshness(const std::string& source) {
    const std::lock_guard lock(m_mutex);
    const auto it = m_updates.find(source);
    if (it == m_updates.end()) {
        return std::nullopt;
    }
    return freshnessOf(it->second, std::chrono::steady_clock::now());
}

std::uint64_t LiveReadings::passes(const std::string& source) {
    const std::lock_guard lock(m_mutex);
    const auto it = m_updates.find(source);
    return it != m_updates.end() && it->second.snapshot ? it->second.snapshot->header.sequence : 0;
}

bool LiveReadings::allFresh() {
    const std::lock_guard lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    return !m_updates.empty() && std::ranges::all_of(m_updates, [&](const auto& item) {
        return freshnessOf(item.second, now) == Freshness::Fresh;
    });
}

QString LiveReadings::notFresh() {
    const std::lock_guard lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    QString text;
    for (const auto& [name, update] : m_updates) {
        if (freshnessOf(update, now) != Freshness::Fresh) {
            text +=
                QString::fromStdString(name + ": " + (update.failure ? update.failure->error.text : "silent") + "; ");
        }
    }
    return text;
}

std::map<std::string, std::uint64_t> LiveReadings::requestsByRoute() {
    std::map<std::string, std::uint64_t> counts;
    forEach("service.http.latency", {}, [&](const Reading& reading) {
        if (reading.histogram) {
            counts[std::string(reading.key.labels.get("route"))] += reading.histogram->count();
        }
    });
    return counts;
}

} // namespace binnacle::test
