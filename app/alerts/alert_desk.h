// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/alerts/alert_notifier.h"
#include "app/alerts/alert_store.h"
#include "backend/history/alert_book.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace binnacle {
class TimeContext;
}

namespace binnacle::app {

class Settings;
class SnapshotFeed;

/// For how long a silence is.
enum class SilenceFor { QuarterHour, Hour, FourHours, UntilTomorrow };

/// How many there are: what calls by its severity, and what is known or silenced.
struct AlertCounts {
    int critical = 0;
    int caution = 0;
    int quiet = 0;
    [[nodiscard]] int calling() const { return critical + caution; }
    friend bool operator==(const AlertCounts&, const AlertCounts&) = default;
};

/// Alerts of what is shown: holds the book, judges every reading, keeps what a person said about them, marks the time
/// axis and tells people outside of the window. Of a recording it judges the time that is replayed, and tells nobody.
/// GUI thread.
class AlertDesk : public QObject {
    Q_OBJECT

public:
    struct Parts {
        QString file{};                            ///< where silences are kept; empty: until the end only
        std::shared_ptr<BackgroundJobs> disk{};    ///< that it is on, as in StateFile
        std::shared_ptr<AlertNotifier> notifier{}; ///< null: nobody is told
        QString place{};                           ///< as a notice names it
        bool replay = false;
    };
    /// Of several within this, one notice tells all.
    static constexpr std::chrono::seconds kBetweenNotices{20};
    /// After the start: what was acknowledged before is so again.
    static constexpr std::chrono::minutes kRemembered{2};

    /// So long nobody is told of what may turn out to be silenced: a disk that does not answer by then keeps no secret.
    static constexpr std::chrono::seconds kReadPatience{30};

    /// All of them must outlive this.
    AlertDesk(SnapshotFeed& feed, TimeContext& time, Settings& settings, Parts parts);

    /// Whose steady time limits have to hold for their while; the feed's, unless another is set, which must go on from
    /// there.
    void judgeBy(std::function<SteadyTime()> clock) { m_clock = std::move(clock); }
    void setBurnRates(std::function<BurnRates(SteadyTime now)> rates) { m_rates = std::move(rates); }
    [[nodiscard]] const AlertBook& book() const { return m_book; }
    [[nodiscard]] AlertCounts counts() const;
    [[nodiscard]] bool isReplay() const { return m_parts.replay; }
    [[nodiscard]] Settings& settings() { return m_settings; }
    [[nodiscard]] const TimeContext& time() const { return m_time; }
    /// What could not be read or written of what is kept; empty: nothing.
    [[nodiscard]] QString problem() const { return m_store.problem(); }
    [[nodiscard]] const AlertStore& store() const { return m_store; }
    bool flush(std::chrono::milliseconds patience) { return m_store.flush(patience); }

    void acknowledge(const AlertKey& key);
    void acknowledgeAll();
    /// Without a subject: the rule.
    void silence(const AlertKey& key, SilenceFor span);
    void unsilence(const AlertKey& key);

Q_SIGNALS:
    /// Twice a second: values, and whatever else is new.
    void changed();
    /// What was kept before is there.
    void storeRead();

private:
    void takeKept();
    void evaluate();
    void takePast();
    void beginEarlier();
    void beginAnew();
    void follow(const std::vector<AlertEvent>& events);
    void tell();
    void mark();
    void keep();
    [[nodiscard]] AlertInputs inputsOf(const PathReading& path, SteadyTime now);

    SnapshotFeed& m_feed;
    TimeContext& m_time;
    Settings& m_settings;
    Parts m_parts;
    AlertStore m_store;
    AlertBook m_book;
    std::function<SteadyTime()> m_clock;
    std::function<BurnRates(SteadyTime)> m_rates;
    std::vector<AlertKey> m_remembered; ///< acknowledged before the start, and not seen again yet
    std::vector<AlertKey> m_told;       ///< raised before the past came, and not raised again yet
    SteadyTime m_rememberedUntil{};
    std::vector<AlertKey> m_silencedHere; ///< before it was known what is kept: that is older
    SteadyTime m_readPatience{};
    std::vector<AlertKey> m_waiting; ///< to be told with the next notice
    SteadyTime m_nextNotice{};
    std::optional<double> m_usualHits;
    SteadyTime m_nextUsual = SteadyTime::min();
    std::uint64_t m_marked = 0; ///< revision of the book whose marks stand
};

} // namespace binnacle::app
