// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/instance_probe.h"
#include "backend/control/telemetry_history.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace binnacle::control {

/// Reads every instance once a second: its counters into the history, now and then its distinct users, and what its
/// levels turn off. Each instance has a thread of its own, so that one that is stopped delays nobody.
/// Safe to call from several threads.
class FleetWatch {
public:
    static constexpr std::chrono::seconds interval{1};
    static constexpr std::chrono::milliseconds callLimit{800};
    static constexpr int turnsPerUserReading = 3;
    static constexpr std::chrono::seconds longestWindow{300};

    FleetWatch(InstanceDirectory directory, ProbeFactory factory, const Clock& clock);
    ~FleetWatch();
    FleetWatch(const FleetWatch&) = delete;
    FleetWatch& operator=(const FleetWatch&) = delete;

    void start();
    void stop();

    /// One reading of one instance, as its thread does it once a second. Public for tests.
    void turn(const InstanceAddress& address, InstanceProbe& probe);

    [[nodiscard]] const TelemetryHistory& history() const { return m_history; }
    /// What the levels turn off, by the word of the instances; empty: none has told yet.
    [[nodiscard]] std::vector<FeatureReading> features() const;
    /// The distinct users of each feature over the last five minutes, by feature; all instances together.
    [[nodiscard]] std::map<std::string, DistinctSketch, std::less<>> usersOfFeatures() const;
    /// From when on the split is as it is: cohorts are counted from here.
    void splitChanged(SteadyTime at);
    /// How the split fell since then; nothing before the first reading.
    [[nodiscard]] std::optional<CohortShares> cohorts() const;

private:
    struct Known {
        InstanceAddress address;
        std::string epoch;
        int turns = 0;
        std::vector<FeatureReading> features;
        std::optional<UserReading> lately; ///< of the longest window
        std::optional<UserReading> sinceSplit;
        SteadyTime splitAt; ///< which change of the split that is counted from
        SteadyTime usersAt;
        std::string problem; ///< why the last reading failed
    };
    struct Thread {
        InstanceAddress address;
        std::jthread thread;
    };

    void readUsers(const std::string& name, InstanceProbe& probe);
    void keepThreads();
    void watch(const std::stop_token& stop, const InstanceAddress& address);
    void pause(const std::stop_token& stop, std::chrono::milliseconds time);

    InstanceDirectory m_directory;
    ProbeFactory m_factory;
    const Clock& m_clock;
    TelemetryHistory m_history;
    mutable std::mutex m_mutex; ///< guards the two below; never held during I/O
    std::map<std::string, Known> m_known;
    SteadyTime m_splitAt;
    std::mutex m_sleep;
    std::condition_variable_any m_wake;
    std::map<std::string, Thread> m_threads; ///< of the keeper's thread alone
    std::jthread m_keeper;
};

} // namespace binnacle::control
