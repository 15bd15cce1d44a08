// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/effect_rules.h"
#include "backend/control/effect_store.h"
#include "backend/control/evidence.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace binnacle::control {

/// Which spans around an act are compared: the last before it was seen in effect, and one after it has settled.
struct EffectWindows {
    std::chrono::seconds before{60};
    std::chrono::seconds settle{30};
    std::chrono::seconds after{60};

    /// From the act to the comparison: two seconds more than the windows, so that their last readings are in.
    [[nodiscard]] std::chrono::seconds ready() const { return settle + after + std::chrono::seconds(2); }
};

/// Compares what the instances did before and after each act, and keeps the answer. The readings are in memory alone:
/// when control is restarted before a comparison was due, its answer is that it can't be told.
class EffectKeeper final : public Evidence {
public:
    /// How many parts a window has: enough to tell how much the readings vary by themselves.
    static constexpr int partsPerWindow = 12;
    static constexpr std::size_t topRoutes = 3;
    static constexpr std::chrono::seconds recentFor{2}; ///< how long one look at the last five minutes serves
    static constexpr double leastCoverage = 0.7;        ///< of a window, for an instance to be compared

    /// `log` gets a line when an effect can't be stored.
    EffectKeeper(FleetWatch& fleet, EffectStore& store, const Clock& clock, EffectWindows windows,
                 std::function<void(const std::string&)> log);
    ~EffectKeeper() override;
    EffectKeeper(const EffectKeeper&) = delete;
    EffectKeeper& operator=(const EffectKeeper&) = delete;

    /// Ends what an earlier control left pending. Before start(), and once.
    void takeOver();
    void start();
    /// Stores what has ended and compares what is due. Public for tests; else the own thread calls it.
    void turn();

    [[nodiscard]] ForecastReport forecast(std::int64_t levelBefore, std::int64_t levelAfter) override;
    [[nodiscard]] std::vector<FeatureView> features() override;
    [[nodiscard]] std::optional<CohortShares> cohorts() override;
    void ended(const AuditEntry& intent, const AuditResult& result) override;
    [[nodiscard]] Result<std::vector<Effect>> effects(std::int64_t limit) override;
    [[nodiscard]] Result<Effect> effect(const std::string& reference) override;

private:
    struct Ended {
        AuditEntry intent;
        AuditResult result;
        SteadyTime at;
        UtcTime utc;
    };
    struct Watched {
        Effect effect;
        AuditEntry intent;
        SteadyTime begun; ///< until then nothing of it was under way
        SteadyTime at;    ///< observed in effect
    };

    void begin(const Ended& ended);
    void compare(Watched& watched);
    [[nodiscard]] std::vector<std::string> comparable(const Watched& watched, std::vector<std::string>& left) const;
    [[nodiscard]] Slices slices(const std::vector<std::string>& instances, SteadyTime from,
                                std::chrono::seconds length) const;
    [[nodiscard]] std::vector<std::string> routesOf(const AuditEntry& intent, const Slices& before,
                                                    const Slices& after) const;
    void save(const Effect& effect);
    [[nodiscard]] std::shared_ptr<const RecentTraffic> recent();

    FleetWatch& m_fleet;
    EffectStore& m_store;
    const Clock& m_clock;
    EffectWindows m_windows;
    std::function<void(const std::string&)> m_log;
    std::mutex m_mutex; ///< guards the next three; never held during I/O
    std::vector<Ended> m_ended;
    std::shared_ptr<const RecentTraffic> m_recent;
    SteadyTime m_recentAt;
    std::mutex m_turns; ///< guards the two below: one turn at a time
    std::vector<Watched> m_watched;
    std::vector<std::pair<SteadyTime, std::string>> m_acts; ///< of the last minutes, to name those that interfere
    std::condition_variable_any m_wake;
    std::jthread m_thread; // last: it uses the others
};

} // namespace binnacle::control
