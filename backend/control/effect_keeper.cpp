// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/effect_keeper.h"

#include "backend/actions/action_catalogue.h"
#include "backend/actions/planning.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

namespace binnacle::control {
namespace {

constexpr std::chrono::milliseconds pause{500};

/// Entries that tell of an act that somebody else did, at a time that is not known to the millisecond.
bool isAct(const AuditEntry& intent) {
    return intent.action != "adopt";
}

std::string list(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) {
        out += (out.empty() ? "" : ", ") + text;
    }
    return out;
}

} // namespace

EffectKeeper::EffectKeeper(FleetWatch& fleet, EffectStore& store, const Clock& clock, EffectWindows windows,
                           std::function<void(const std::string&)> log)
    : m_fleet(fleet)
    , m_store(store)
    , m_clock(clock)
    , m_windows(windows)
    , m_log(std::move(log)) {}

EffectKeeper::~EffectKeeper() = default;

void EffectKeeper::takeOver() {
    const auto pending = m_store.pending();
    if (!pending) {
        m_log("Effects can't be read: " + pending.error().text);
        return;
    }
    for (auto effect : *pending) {
        effect.state = Effect::State::Missing;
        effect.summary = "Control was restarted before the comparison was due, and its readings from before the act "
                         "went with it.";
        save(effect);
    }
}

void EffectKeeper::start() {
    m_thread = std::jthread([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            turn();
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, stop, pause, [this] { return !m_ended.empty(); });
        }
        turn(); // what has just ended is at least remembered
    });
}

void EffectKeeper::ended(const AuditEntry& intent, const AuditResult& result) {
    if (resourceOf(intent) == Resource::CanaryShare) {
        m_fleet.splitChanged(m_clock.steadyNow());
    }
    if (!isAct(intent)) {
        return;
    }
    const std::scoped_lock lock(m_mutex);
    m_ended.push_back({intent, result, m_clock.steadyNow(), m_clock.utcNow()});
    m_wake.notify_all();
}

void EffectKeeper::turn() {
    const std::scoped_lock turns(m_turns);
    std::vector<Ended> fresh;
    {
        const std::scoped_lock lock(m_mutex);
        fresh.swap(m_ended);
    }
    for (const auto& ended : fresh) {
        begin(ended);
    }
    const auto now = m_clock.steadyNow();
    for (auto& watched : m_watched) {
        if (now >= watched.at + m_windows.ready()) {
            compare(watched);
        }
    }
    std::erase_if(m_watched, [](const Watched& one) { return one.effect.state != Effect::State::Pending; });
    std::erase_if(m_acts, [&](const auto& act) { return act.first < now - TelemetryHistory::kept; });
}

void EffectKeeper::begin(const Ended& ended) {
    Watched watched;
    watched.intent = ended.intent;
    watched.at = ended.at;
    watched.begun =
        std::min(ended.at, ended.at - std::chrono::duration_cast<SteadyTime::duration>(ended.utc - ended.intent.at));
    auto& effect = watched.effect;
    effect.reference = std::to_string(ended.intent.number);
    if (std::ranges::any_of(m_watched, [&](const Watched& one) { return one.effect.reference == effect.reference; })) {
        return; // told twice; the first time counts
    }
    effect.observedAt = wholeMilliseconds(ended.utc);
    effect.readyAt = wholeMilliseconds(ended.utc + m_windows.ready());
    if (resourceOf(ended.intent) == Resource::DegradationLevel) {
        // From before the act: what ran since then is no basis to expect anything from.
        effect.forecast = forecastLevel(valueFrom(Resource::DegradationLevel, ended.intent.before).value_or(0),
                                        valueFrom(Resource::DegradationLevel, ended.intent.after).value_or(0),
                                        recentTraffic(m_fleet, watched.begun))
                              .rows;
    }
    m_acts.emplace_back(ended.at, effect.reference);
    const auto span = ended.at - watched.begun + m_windows.before + m_windows.ready();
    const bool remembered = span < TelemetryHistory::kept;
    if (ended.result.verdict == Verdict::Applied && remembered) {
        effect.summary = "Readings from after the act are still being taken.";
        m_watched.push_back(std::move(watched));
        save(m_watched.back().effect);
        return;
    }
    effect.state = Effect::State::Missing;
    effect.summary = ended.result.verdict == Verdict::Applied
                         ? "It took longer than control remembers the time before it."
                     : ended.result.verdict == Verdict::Failed
                         ? "It failed, so there is nothing to compare."
                         : "It was not seen in effect everywhere, so there is no moment to compare around.";
    save(effect);
}

std::vector<std::string> EffectKeeper::comparable(const Watched& watched, std::vector<std::string>& left) const {
    const auto settled = watched.at + m_windows.settle;
    const auto before = m_fleet.history().coverage(watched.begun - m_windows.before, watched.begun);
    const auto after = m_fleet.history().coverage(settled, settled + m_windows.after);
    const auto whole = [](const InstanceCoverage& covered, std::chrono::seconds window) {
        return !covered.restarted && covered.seconds >= leastCoverage * static_cast<double>(window.count());
    };
    std::vector<std::string> names;
    for (const auto& one : before) {
        const auto other = std::ranges::find(after, one.name, &InstanceCoverage::name);
        if (other != after.end() && whole(one, m_windows.before) && whole(*other, m_windows.after)) {
            names.push_back(one.name);
        } else {
            const bool restarted = one.restarted || (other != after.end() && other->restarted);
            left.push_back(one.name + (restarted ? " (restarted)" : " (readings are missing)"));
        }
    }
    return names;
}

Slices EffectKeeper::slices(const std::vector<std::string>& instances, SteadyTime from,
                            std::chrono::seconds length) const {
    Slices result;
    const auto part = std::chrono::duration_cast<SteadyTime::duration>(length) / partsPerWindow;
    for (int i = 0; i < partsPerWindow; ++i) {
        result.push_back(m_fleet.history().slice(instances, from + i * part, from + (i + 1) * part));
    }
    return result;
}

std::vector<std::string> EffectKeeper::routesOf(const AuditEntry& intent, const Slices& before,
                                                const Slices& after) const {
    std::vector<std::string> routes;
    const auto add = [&](const std::string& route) {
        if (std::ranges::find(routes, route) == routes.end()) {
            routes.push_back(route);
        }
    };
    if (resourceOf(intent) == Resource::DegradationLevel) {
        const auto from = valueFrom(Resource::DegradationLevel, intent.before).value_or(0);
        const auto to = valueFrom(Resource::DegradationLevel, intent.after).value_or(0);
        for (const auto& feature : m_fleet.features()) {
            if (isOff(feature.view, from) != isOff(feature.view, to)) {
                std::ranges::for_each(feature.view.routes, add);
            }
        }
    }
    std::map<std::string, std::uint64_t> requests;
    for (const auto* window : {&before, &after}) {
        for (const auto& slice : *window) {
            for (const auto& [name, route] : slice.routes) {
                requests[name] += route.latency.count();
            }
        }
    }
    std::vector<std::pair<std::uint64_t, std::string>> busiest;
    for (const auto& [name, count] : requests) {
        busiest.emplace_back(count, name);
    }
    std::ranges::sort(busiest, std::greater());
    for (std::size_t i = 0; i < std::min(topRoutes, busiest.size()); ++i) {
        add(busiest[i].second);
    }
    return routes;
}

void EffectKeeper::compare(Watched& watched) {
    auto& effect = watched.effect;
    std::vector<std::string> left;
    const auto instances = comparable(watched, left);
    if (instances.empty()) {
        effect.state = Effect::State::Missing;
        effect.summary = "No instance told its readings both before and after the act" +
                         (left.empty() ? std::string(".") : ": " + list(left) + ".");
        save(effect);
        return;
    }
    const auto settled = watched.at + m_windows.settle;
    const auto before = slices(instances, watched.begun - m_windows.before, m_windows.before);
    const auto after = slices(instances, settled, m_windows.after);
    effect.rows = compareWindows(before, after, routesOf(watched.intent, before, after));
    if (resourceOf(watched.intent) == Resource::CanaryShare) {
        std::map<std::string, std::vector<std::string>> roles;
        for (const auto& covered : m_fleet.history().coverage(settled, settled + m_windows.after)) {
            if (std::ranges::find(instances, covered.name) != instances.end()) {
                roles[covered.role].push_back(covered.name);
            }
        }
        if (!roles["canary"].empty() && !roles["stable"].empty()) {
            std::ranges::move(compareCohorts(slices(roles["stable"], settled, m_windows.after),
                                             slices(roles["canary"], settled, m_windows.after)),
                              std::back_inserter(effect.rows));
        }
    }
    effect.state = Effect::State::Ready;
    effect.summary = effectSummary(effect.rows);
    std::vector<std::string> others;
    for (const auto& [at, reference] : m_acts) {
        if (reference != effect.reference && at > watched.begun - m_windows.before &&
            at < watched.at + m_windows.ready()) {
            others.push_back("#" + reference);
        }
    }
    if (!others.empty()) {
        effect.summary += " Other acts in the same time: " + list(others) + ".";
    }
    if (!left.empty()) {
        effect.summary += " Left out: " + list(left) + ".";
    }
    save(effect);
}

void EffectKeeper::save(const Effect& effect) {
    if (const auto saved = m_store.save(effect); !saved) {
        m_log("The effect of #" + effect.reference + " can't be stored: " + saved.error().text);
    }
}

std::shared_ptr<const RecentTraffic> EffectKeeper::recent() {
    const auto now = m_clock.steadyNow();
    {
        const std::scoped_lock lock(m_mutex);
        if (m_recent != nullptr && now - m_recentAt < recentFor) {
            return m_recent;
        }
    }
    auto fresh = std::make_shared<const RecentTraffic>(recentTraffic(m_fleet, now));
    const std::scoped_lock lock(m_mutex);
    m_recent = fresh;
    m_recentAt = now;
    return fresh;
}

ForecastReport EffectKeeper::forecast(std::int64_t levelBefore, std::int64_t levelAfter) {
    return forecastLevel(levelBefore, levelAfter, *recent());
}

std::vector<FeatureView> EffectKeeper::features() {
    std::vector<FeatureView> views;
    const auto lately = recent();
    for (const auto& feature : lately->features) {
        auto view = feature.view;
        view.requestsPerSecond = requestsOn(view, lately->traffic);
        if (const auto found = lately->usersOfFeature.find(view.id); found != lately->usersOfFeature.end()) {
            view.users = found->second.estimate();
        }
        views.push_back(std::move(view));
    }
    return views;
}

std::optional<CohortShares> EffectKeeper::cohorts() {
    return m_fleet.cohorts();
}

Result<std::vector<Effect>> EffectKeeper::effects(std::int64_t limit) {
    return m_store.newest(limit);
}

Result<Effect> EffectKeeper::effect(const std::string& reference) {
    return m_store.find(reference);
}

} // namespace binnacle::control
