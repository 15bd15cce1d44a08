// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/alert_rule.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Pending: beyond its limit, not yet for long enough. Acknowledged: somebody knows; it stays shown, and is quiet.
/// Cleared: it was raised, and is still shown for a while.
enum class AlertState : std::uint8_t { Pending, Raised, Acknowledged, Cleared };

/// What an alert is known by: the rule's id and the subject.
struct AlertKey {
    std::string rule{};
    std::string subject{};
    friend auto operator<=>(const AlertKey&, const AlertKey&) = default;
};

struct Alert {
    const AlertRule* rule = nullptr;
    std::string subject{};
    std::string source{};
    AlertSeverity severity = AlertSeverity::Caution;
    AlertState state = AlertState::Pending;
    SteadyTime since{};                    ///< when it went beyond its limit
    std::optional<SteadyTime> raisedAt{};  ///< the last time
    std::optional<SteadyTime> clearedAt{}; ///< the last time, until it is raised again
    std::optional<double> value{};         ///< the newest that was known
    /// Nothing is known of it since then; the state is that of before.
    std::optional<SteadyTime> unknownSince{};
    std::optional<UtcTime> silencedUntil{};
    bool flapping = false; ///< it came and went, and now stays until it was calm for long

    [[nodiscard]] AlertKey key() const { return {std::string(rule->id), subject}; }
    /// It is so now: raised or acknowledged.
    [[nodiscard]] bool active() const { return state == AlertState::Raised || state == AlertState::Acknowledged; }
    /// Active, and neither acknowledged nor silenced: it wants somebody to look.
    [[nodiscard]] bool calls() const { return state == AlertState::Raised && !silencedUntil; }
};

/// Quiet for a rule, or for it and one subject. It always ends.
struct Silence {
    AlertKey key{}; ///< without a subject: of all
    UtcTime until{};
    friend bool operator==(const Silence&, const Silence&) = default;
};

/// Something that a person may have to be told.
struct AlertEvent {
    enum class Kind : std::uint8_t {
        Raised,
        Worse,        ///< a caution became critical
        SilenceEnded, ///< and it is still so
        Cleared,
    };
    Kind kind = Kind::Raised;
    Alert alert;
};

/// From when to when something was raised, for marks on the time axis.
struct AlertEpisode {
    const AlertRule* rule = nullptr;
    std::string subject{};
    AlertSeverity severity = AlertSeverity::Caution;
    SteadyTime from{};
    std::optional<SteadyTime> to{}; ///< absent: it goes on
    friend bool operator==(const AlertEpisode&, const AlertEpisode&) = default;
};

/// Which alerts stand, by rules with hysteresis. It holds no clock: times come with evaluate(). All that it keeps is
/// bounded. Not synchronised.
class AlertBook {
public:
    static constexpr std::size_t kMostAlerts = 200;
    static constexpr std::size_t kMostSilences = 64;
    static constexpr std::size_t kMostEpisodes = 200;
    static constexpr std::size_t kMostEvents = 64;
    static constexpr std::chrono::minutes kShownCleared{15};
    static constexpr std::chrono::hours kEpisodesKept{2};
    /// Raised so often within so long, it flaps; then it is cleared only after this calm.
    static constexpr std::size_t kFlapRaises = 4;
    static constexpr std::chrono::minutes kFlapWindow{10};
    static constexpr std::chrono::minutes kFlapCalm{5};
    /// Who looked away for longer (a machine asleep) has not seen that something held.
    static constexpr std::chrono::seconds kGap{15};
    static constexpr std::chrono::hours kLongestSilence{48};

    explicit AlertBook(std::span<const AlertRule> rules = alertRules());

    /// One reading, in the order of time.
    void evaluate(const AlertInputs& inputs, SteadyTime now, UtcTime utc);
    /// Of another time from now on: only silences stay.
    void reset();

    /// What calls first, then acknowledged and silenced, pending, cleared; critical before caution, the newest first.
    [[nodiscard]] const std::vector<Alert>& alerts() const { return m_shown; }
    [[nodiscard]] const Alert* find(const AlertKey& key) const;
    /// False when nothing is raised there.
    bool acknowledge(const AlertKey& key);
    /// From the start of a program: these were acknowledged before, and are so when they are raised again at once.
    void acknowledgedBefore(std::vector<AlertKey> keys, SteadyTime until);
    /// Quiet until then, at most kLongestSilence from now; false for a rule that does not exist, or without room.
    bool silence(const AlertKey& key, UtcTime until, UtcTime utc);
    /// Ends the silence that holds for that key: its own, else that of its rule. False when there is none.
    bool unsilence(const AlertKey& key);
    [[nodiscard]] const std::vector<Silence>& silences() const { return m_silences; }

    /// What happened since it was last asked, oldest first.
    [[nodiscard]] std::vector<AlertEvent> takeEvents();
    /// Events and alerts that found no room: a signal of its own.
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }
    [[nodiscard]] const std::deque<AlertEpisode>& episodes() const { return m_episodes; }
    /// Changes with every change but that of a value.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }

private:
    struct Entry {
        Alert alert{};
        std::optional<SteadyTime> beyondSince{};
        std::optional<SteadyTime> criticalSince{};
        std::optional<SteadyTime> calmSince{};
        std::deque<SteadyTime> raises{}; ///< of the last kFlapWindow
        std::uint64_t seen = 0;          ///< number of the evaluation that spoke of it
    };
    Entry* entryFor(const AlertRule& rule, const AlertMeasure& measure);
    void follow(Entry& entry, const AlertMeasure& measure);
    void unknown(Entry& entry);
    void quiet(Entry& entry);
    void grow(Entry& entry, double value);
    void raise(Entry& entry);
    void clear(Entry& entry);
    [[nodiscard]] AlertEpisode* openEpisode(const Alert& alert);
    void tell(AlertEvent::Kind kind, const Alert& alert);
    void applySilences();
    void forget();
    void show();

    std::span<const AlertRule> m_rules;
    std::vector<Entry> m_entries;
    std::vector<Alert> m_shown;
    std::vector<Silence> m_silences;
    std::deque<AlertEpisode> m_episodes;
    std::deque<AlertEvent> m_events;
    std::vector<AlertKey> m_before;
    SteadyTime m_beforeUntil{};
    std::vector<AlertMeasure> m_measures; ///< room that is used again
    SteadyTime m_now{};
    UtcTime m_utc{};
    std::uint64_t m_evaluations = 0;
    std::uint64_t m_dropped = 0;
    std::uint64_t m_revision = 0;
};

} // namespace binnacle
