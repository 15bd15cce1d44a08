// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/telemetry_history.h"

#include <algorithm>
#include <limits>

namespace binnacle::control {
namespace {

constexpr std::string_view latencyId = "service.http.latency";
constexpr std::string_view degradedId = "service.http.degraded";
constexpr std::string_view queryId = "db.query";

bool isProbe(std::string_view route) {
    return route.starts_with("GET /healthz");
}

bool isKept(const Reading& reading) {
    return ((reading.key.id == latencyId || reading.key.id == queryId) && reading.histogram != nullptr &&
            !isProbe(reading.key.labels.get("route"))) ||
           (reading.key.id == degradedId && reading.value.has_value());
}

std::uint32_t narrowed(std::uint64_t count) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
}

template <typename Gains, typename Member>
auto& gainOf(Gains& gains, Member member, std::uint16_t index) {
    const auto found = std::ranges::find(gains, index, member);
    if (found != gains.end()) {
        return *found;
    }
    gains.emplace_back();
    gains.back().*member = index;
    return gains.back();
}

} // namespace

std::uint64_t TrafficSlice::requests() const {
    std::uint64_t sum = 0;
    for (const auto& [name, route] : routes) {
        sum += route.latency.count();
    }
    return sum;
}

void TrafficSlice::add(const TrafficSlice& other) {
    seconds += other.seconds;
    for (const auto& [name, route] : other.routes) {
        auto& mine = routes[name];
        mine.latency.merge(route.latency);
        mine.errors += route.errors;
        mine.degraded += route.degraded;
    }
    for (const auto& [name, statement] : other.statements) {
        auto& mine = statements[name];
        mine.count += statement.count;
        mine.seconds += statement.seconds;
    }
}

std::uint16_t TelemetryHistory::nameIndex(std::vector<std::string>& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) {
        return static_cast<std::uint16_t>(found - names.begin());
    }
    if (names.size() >= nameLimit) {
        return static_cast<std::uint16_t>(names.size() - 1);
    }
    names.emplace_back(names.size() + 1 == nameLimit ? std::string_view("others") : name);
    return static_cast<std::uint16_t>(names.size() - 1);
}

/// False when something ran backwards within one start of the process: then nothing of the span is believed.
bool TelemetryHistory::gain(Instance& instance, const TelemetryDocument& document, Gain& into) {
    for (const auto& reading : document.readings) {
        if (!isKept(reading)) {
            continue;
        }
        const auto before = instance.last.find(reading.key);
        const bool known = before != instance.last.end();
        if (reading.key.id == degradedId) {
            const double grown = *reading.value - (known ? before->second.value.value_or(0) : 0);
            if (grown < 0) {
                return false;
            }
            if (grown > 0) {
                const auto route = nameIndex(m_routes, reading.key.labels.get("route"));
                gainOf(into.routes, &RouteGain::route, route).degraded += static_cast<std::uint32_t>(grown);
            }
            continue;
        }
        // A series that appears has counted from zero.
        const auto grown = known ? reading.histogram->since(*before->second.histogram) : *reading.histogram;
        if (!grown) {
            return false;
        }
        if (grown->empty()) {
            continue;
        }
        if (reading.key.id == queryId) {
            const auto statement = nameIndex(m_statements, reading.key.labels.get("statement"));
            auto& mine = gainOf(into.statements, &StatementGain::statement, statement);
            mine.count += narrowed(grown->count());
            mine.seconds += static_cast<double>(grown->sumNs()) * 1e-9;
            continue;
        }
        auto& mine = gainOf(into.routes, &RouteGain::route, nameIndex(m_routes, reading.key.labels.get("route")));
        mine.errors += reading.key.labels.get("status_class") == "5xx" ? narrowed(grown->count()) : 0U;
        mine.sumNs += grown->sumNs();
        const auto addCell = [&](std::size_t cell) {
            if (const auto count = grown->cell(cell); count > 0) {
                mine.cells.emplace_back(static_cast<std::uint16_t>(cell), narrowed(count));
            }
        };
        const auto [first, end] = grown->usedRange();
        for (auto cell = first; cell < end; ++cell) {
            addCell(cell);
        }
        addCell(LatencyHistogram::kBelowIndex);
        addCell(LatencyHistogram::kAboveIndex);
    }
    return true;
}

void TelemetryHistory::add(const std::string& name, const std::string& role, SteadyTime at,
                           const TelemetryDocument& document) {
    const std::scoped_lock lock(m_mutex);
    auto& instance = m_instances[name];
    const bool known = !instance.epoch.empty();
    if (known && instance.epoch == document.epoch && document.monotonic == instance.monotonic) {
        return; // the same moment, told twice
    }
    const bool same = known && instance.epoch == document.epoch && document.monotonic > instance.monotonic;
    Gain gained;
    if (known) {
        gained.middle = instance.readAt + (at - instance.readAt) / 2;
        gained.seconds = std::chrono::duration<double>(document.monotonic - instance.monotonic).count();
        if (!same || !gain(instance, document, gained)) {
            gained = {gained.middle, 0, true, {}, {}};
        }
        for (const auto& route : gained.routes) {
            m_cells += route.cells.size();
        }
        instance.gains.push_back(std::move(gained));
    }
    instance.role = role;
    instance.version = document.version;
    instance.epoch = document.epoch;
    instance.monotonic = document.monotonic;
    instance.readAt = at;
    instance.last.clear();
    for (const auto& reading : document.readings) {
        if (isKept(reading)) {
            instance.last.emplace(reading.key, reading);
        }
    }
    trim(at);
}

void TelemetryHistory::trim(SteadyTime now) {
    const auto dropOldest = [this](Instance& instance) {
        for (const auto& route : instance.gains.front().routes) {
            m_cells -= route.cells.size();
        }
        instance.gains.pop_front();
    };
    for (auto& [name, instance] : m_instances) {
        while (!instance.gains.empty() && instance.gains.front().middle < now - kept) {
            dropOldest(instance);
        }
    }
    while (m_cells > cellLimit) {
        Instance* oldest = nullptr;
        for (auto& [name, instance] : m_instances) {
            if (!instance.gains.empty() &&
                (oldest == nullptr || instance.gains.front().middle < oldest->gains.front().middle)) {
                oldest = &instance;
            }
        }
        dropOldest(*oldest);
    }
}

void TelemetryHistory::forget(const std::string& name) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_instances.find(name);
    if (found == m_instances.end()) {
        return;
    }
    for (const auto& gained : found->second.gains) {
        for (const auto& route : gained.routes) {
            m_cells -= route.cells.size();
        }
    }
    m_instances.erase(found);
}

std::vector<InstanceCoverage> TelemetryHistory::coverage(SteadyTime from, SteadyTime to) const {
    const std::scoped_lock lock(m_mutex);
    std::vector<InstanceCoverage> result;
    for (const auto& [name, instance] : m_instances) {
        InstanceCoverage covered{name, instance.role, instance.version, 0, false};
        for (const auto& gained : instance.gains) {
            if (gained.middle > from && gained.middle <= to) {
                covered.seconds += gained.seconds;
                covered.restarted = covered.restarted || gained.restarted;
            }
        }
        result.push_back(std::move(covered));
    }
    return result;
}

TrafficSlice TelemetryHistory::slice(std::span<const std::string> instances, SteadyTime from, SteadyTime to) const {
    const std::scoped_lock lock(m_mutex);
    TrafficSlice result;
    for (const auto& name : instances) {
        const auto found = m_instances.find(name);
        if (found == m_instances.end()) {
            continue;
        }
        for (const auto& gained : found->second.gains) {
            if (gained.middle <= from || gained.middle > to) {
                continue;
            }
            result.seconds += gained.seconds / static_cast<double>(instances.size());
            for (const auto& route : gained.routes) {
                auto& mine = result.routes[m_routes[route.route]];
                mine.errors += route.errors;
                mine.degraded += route.degraded;
                mine.latency.addToSum(route.sumNs);
                for (const auto& [cell, count] : route.cells) {
                    mine.latency.addToCell(cell, count);
                }
            }
            for (const auto& statement : gained.statements) {
                auto& mine = result.statements[m_statements[statement.statement]];
                mine.count += statement.count;
                mine.seconds += statement.seconds;
            }
        }
    }
    return result;
}

} // namespace binnacle::control
