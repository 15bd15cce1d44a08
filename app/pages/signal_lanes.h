// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/history/signal_line.h"
#include "widgets/lane_view.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace binnacle::app {

/// One lane of a page: a line over signals, and how it is said.
struct LaneOf {
    QString title{};
    QString subtitle{};
    std::string source{}; ///< "redis", or with a '/' at its end all of a kind: whose state is shown
    LineSpec line{};
    Quantity quantity = Quantity::Count;
    double leastTop = 1;
    Token color = Token::D1;
    std::string none{kNeedsTwoReadings};          ///< why there is no value while the source answers
    std::function<Concern(double value)> judge{}; ///< empty: nothing to cross
    std::optional<LineSpec> limit{};              ///< the newest value of this line is the lane's limit
    bool always = true;                           ///< false: only once its signal has been told
    bool first = true;                            ///< false: goes where height is short
};

/// A lane of one colour that nothing is crossed in.
[[nodiscard]] LaneOf makeLane(const QString& title, const QString& subtitle, std::string source, LineSpec line,
                              Quantity quantity, double leastTop, bool always = true);

/// Lanes over signals on a page: lines that are followed while the page is shown, and what each says now. GUI thread.
class SignalLanes {
public:
    /// `view` must outlive this.
    SignalLanes(const PageContext& context, LaneView& view, std::vector<LaneOf> lanes);

    /// Numbers and states. Call it from the page's showReadings().
    void showReadings();
    /// The lines. Call it from the page's showTick().
    void showTick();
    /// All lanes, or only those that stay where height is short; `laneHeight` pixels each.
    void setRoom(bool all, int laneHeight);
    /// What a lane says, shown or not: value, state, age.
    [[nodiscard]] const Figure& figure(std::size_t lane) const { return m_lanes[lane].figure; }
    [[nodiscard]] const Series& series(std::size_t lane) const { return m_lanes[lane].line.series(); }
    /// What the lane's value usually is: the median of up to 15 minutes that end a minute before. Absent at first.
    [[nodiscard]] std::optional<double> baseline(std::size_t lane) const;
    /// The value of a lane's limit.
    [[nodiscard]] std::optional<double> limit(std::size_t lane) const { return m_lanes[lane].limitValue; }

private:
    struct Held {
        LaneOf of;
        SignalLine line;
        std::optional<SignalLine> limit;
        std::optional<double> limitValue;
        Figure figure;
        bool shown = false;
    };
    void read(Held& lane, const PathReading& path) const;
    [[nodiscard]] Lane laneOf(const Held& lane) const;

    PageContext m_context;
    LaneView& m_view;
    std::vector<Held> m_lanes;
    std::vector<LaneReading> m_readings; ///< of the lanes that are shown
    bool m_all = true;
    int m_laneHeight = 40;
    int m_marks = -1; ///< revision of the audit whose marks the lanes show
};

} // namespace binnacle::app
