// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/fleet_watch.h"

#include <algorithm>

namespace binnacle::control {
namespace {

using std::chrono::milliseconds;

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) {
        out += (out.empty() ? "" : "; ") + text;
    }
    return out;
}

void addOnce(std::vector<std::string>& texts, const std::string& text) {
    if (!text.empty() && std::ranges::find(texts, text) == texts.end()) {
        texts.push_back(text);
    }
}

} // namespace

FleetWatch::FleetWatch(InstanceDirectory directory, ProbeFactory factory, const Clock& clock)
    : m_directory(std::move(directory))
    , m_factory(std::move(factory))
    , m_clock(clock)
    , m_splitAt(clock.steadyNow() - longestWindow) {}

FleetWatch::~FleetWatch() {
    stop();
}

void FleetWatch::start() {
    m_keeper = std::jthread([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            keepThreads();
            pause(stop, interval);
        }
        m_threads.clear(); // asks each to stop, and waits for it
    });
}

void FleetWatch::stop() {
    if (m_keeper.joinable()) {
        m_keeper.request_stop();
        m_keeper.join();
    }
}

void FleetWatch::pause(const std::stop_token& stop, milliseconds time) {
    std::unique_lock lock(m_sleep);
    m_wake.wait_for(lock, stop, time, [] { return false; });
}

void FleetWatch::keepThreads() {
    const auto instances = m_directory();
    for (auto entry = m_threads.begin(); entry != m_threads.end();) {
        const auto address = entry->second.address;
        const bool stays = std::ranges::any_of(instances, [&](const InstanceAddress& now) {
            return now.name == address.name && now.admin == address.admin && now.role == address.role;
        });
        if (stays) {
            ++entry;
            continue;
        }
        entry = m_threads.erase(entry); // ends first, so that it can't tell anything more
        m_history.forget(address.name);
        const std::scoped_lock lock(m_mutex);
        m_known.erase(address.name);
    }
    for (const auto& address : instances) {
        if (!m_threads.contains(address.name)) {
            auto& thread = m_threads[address.name];
            thread.address = address;
            thread.thread = std::jthread([this, address](const std::stop_token& stop) { watch(stop, address); });
        }
    }
}

void FleetWatch::watch(const std::stop_token& stop, const InstanceAddress& address) {
    std::unique_ptr<InstanceProbe> probe;
    while (!stop.stop_requested()) {
        const auto begun = std::chrono::steady_clock::now();
        if (!probe) {
            if (auto made = m_factory(address)) {
                probe = std::move(*made);
            }
        }
        if (probe) {
            turn(address, *probe);
        }
        const auto left = interval - (std::chrono::steady_clock::now() - begun);
        pause(stop, std::max(milliseconds(1), std::chrono::duration_cast<milliseconds>(left)));
    }
}

void FleetWatch::turn(const InstanceAddress& address, InstanceProbe& probe) {
    const auto document = probe.telemetry(m_clock.steadyNow() + callLimit);
    bool wantsFeatures = false;
    bool wantsUsers = false;
    {
        const std::scoped_lock lock(m_mutex);
        auto& known = m_known[address.name];
        known.address = address;
        known.problem = document ? std::string() : document.error().text;
        if (document) {
            known.address.version = document->version;
            wantsFeatures = known.epoch != document->epoch || known.features.empty();
            wantsUsers = known.turns++ % turnsPerUserReading == 0;
            known.epoch = document->epoch;
        }
    }
    if (!document) {
        return;
    }
    m_history.add(address.name, address.role, m_clock.steadyNow(), *document);
    if (wantsFeatures) {
        if (auto features = probe.features(m_clock.steadyNow() + callLimit)) {
            const std::scoped_lock lock(m_mutex);
            m_known[address.name].features = std::move(*features);
        }
    }
    if (wantsUsers) {
        readUsers(address.name, probe);
    }
}

void FleetWatch::readUsers(const std::string& name, InstanceProbe& probe) {
    const auto now = m_clock.steadyNow();
    const auto splitAt = [this] {
        const std::scoped_lock lock(m_mutex);
        return m_splitAt;
    }();
    const auto since =
        std::clamp(std::chrono::floor<std::chrono::seconds>(now - splitAt), std::chrono::seconds(1), longestWindow);
    auto lately = probe.users(longestWindow, now + callLimit);
    auto sinceSplit = since == longestWindow ? lately : probe.users(since, m_clock.steadyNow() + callLimit);
    const std::scoped_lock lock(m_mutex);
    auto& known = m_known[name];
    if (!lately || !sinceSplit) {
        known.problem = (lately ? sinceSplit : lately).error().text;
        return;
    }
    known.lately = std::move(*lately);
    known.sinceSplit = std::move(*sinceSplit);
    known.splitAt = splitAt;
    known.usersAt = now;
}

std::vector<FeatureReading> FleetWatch::features() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<FeatureReading> result;
    for (const auto& [name, known] : m_known) {
        for (const auto& feature : known.features) {
            const auto same =
                std::ranges::find(result, feature.view.id, [](const FeatureReading& other) { return other.view.id; });
            if (same == result.end()) {
                result.push_back(feature);
            }
        }
    }
    return result;
}

std::map<std::string, DistinctSketch, std::less<>> FleetWatch::usersOfFeatures() const {
    const std::scoped_lock lock(m_mutex);
    std::map<std::string, DistinctSketch, std::less<>> result;
    for (const auto& [name, known] : m_known) {
        if (known.lately && m_clock.steadyNow() - known.usersAt < 10 * interval) {
            for (const auto& [feature, users] : known.lately->byFeature) {
                result[feature].merge(users);
            }
        }
    }
    return result;
}

void FleetWatch::splitChanged(SteadyTime at) {
    const std::scoped_lock lock(m_mutex);
    m_splitAt = at;
}

std::optional<CohortShares> FleetWatch::cohorts() const {
    CohortShares shares;
    std::vector<std::string> problems;
    std::map<std::string, DistinctSketch> users;
    DistinctSketch everybody;
    std::optional<SteadyTime> oldest;
    std::optional<milliseconds> covered;
    const auto now = m_clock.steadyNow();
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto& [name, known] : m_known) {
            auto cohort = std::ranges::find(shares.cohorts, known.address.role, &CohortView::role);
            if (cohort == shares.cohorts.end()) {
                shares.cohorts.push_back({known.address.role, {}, {}, {}, {}});
                cohort = shares.cohorts.end() - 1;
            }
            cohort->instances.push_back(name);
            addOnce(cohort->versions, known.address.version);
            if (!known.problem.empty()) {
                problems.push_back(name + " does not tell its users: " + known.problem);
            }
            if (!known.sinceSplit || known.splitAt != m_splitAt) {
                continue;
            }
            users[known.address.role].merge(known.sinceSplit->users);
            everybody.merge(known.sinceSplit->users);
            oldest = std::min(oldest.value_or(known.usersAt), known.usersAt);
            covered = std::min(covered.value_or(known.sinceSplit->covered), known.sinceSplit->covered);
        }
    }
    if (shares.cohorts.empty()) {
        return std::nullopt;
    }
    shares.problem = joined(problems);
    if (!oldest || !covered || *covered == milliseconds(0)) {
        if (shares.problem.empty()) {
            shares.problem = "Users are told for whole spans of ten seconds: the first since the share was changed "
                             "has not begun.";
        }
        return shares;
    }
    shares.age = std::chrono::duration_cast<milliseconds>(now - *oldest);
    shares.window = std::chrono::round<std::chrono::seconds>(*covered);
    shares.users = everybody.estimate();
    double allUsers = 0;
    double allRequests = 0;
    double canaryRequests = 0;
    for (auto& cohort : shares.cohorts) {
        const auto counted = users.find(cohort.role);
        cohort.users = counted == users.end() ? std::nullopt : std::optional(counted->second.estimate());
        cohort.requests =
            static_cast<std::int64_t>(m_history.slice(cohort.instances, *oldest - *covered, *oldest).requests());
        allUsers += cohort.users.value_or(0);
        allRequests += static_cast<double>(*cohort.requests);
        canaryRequests += cohort.role == "canary" ? static_cast<double>(*cohort.requests) : 0;
    }
    const auto canary = users.find("canary");
    if (canary != users.end() && allUsers > 0) {
        shares.usersSharePercent = 100 * canary->second.estimate() / allUsers;
    }
    if (canary != users.end() && allRequests > 0) {
        shares.requestsSharePercent = 100 * canaryRequests / allRequests;
    }
    return shares;
}

} // namespace binnacle::control
