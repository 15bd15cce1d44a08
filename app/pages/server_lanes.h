// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/history/request_path.h"
#include "backend/history/signal_line.h"
#include "widgets/lane_view.h"

#include <optional>
#include <string>
#include <vector>

namespace binnacle::app {

/// One lane about one server.
struct ServerLane {
    QString title{};
    QString subtitle{};
    std::string source{}; ///< "postgres/primary": whose state is shown
    LineSpec line{};
    Quantity quantity = Quantity::Count;
    double leastTop = 1;
    Token color = Token::D1;
    Concern (*judge)(double value) = nullptr; ///< null: there is no limit
    bool first = true;                        ///< false: goes where height is short
};

/// A line of `id` over the series of one source, or those of them where `label` has that value.
[[nodiscard]] LineSpec serverLine(LineSpec::Kind kind, std::string id, std::string source, std::string label = {},
                                  std::string value = {});

/// Lanes of a page over the signals of servers: followed while the page is shown, each with the state of its server.
class ServerLanes {
public:
    /// `view` must outlive this.
    ServerLanes(const PageContext& context, LaneView& view, std::vector<ServerLane> lanes);

    /// Numbers and states. Call it from the page's showReadings().
    void showReadings();
    /// The lines. Call it from the page's showTick().
    void showTick();
    /// All lanes, or only those that stay where height is short.
    void setAll(bool all);

private:
    struct Held {
        ServerLane of;
        SignalLine line;
    };
    [[nodiscard]] bool isShown(const Held& lane) const { return m_all || lane.of.first; }
    [[nodiscard]] LaneReading read(const Held& lane) const;
    void showTitles();

    PageContext m_context;
    LaneView& m_view;
    std::vector<Held> m_lanes;
    std::vector<LaneReading> m_readings; ///< of the lanes that are shown
    bool m_all = true;
};

} // namespace binnacle::app
