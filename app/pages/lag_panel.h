// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/domain/latency_histogram.h"
#include "backend/domain/series.h"
#include "widgets/panel_status.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace binnacle {
class LatencyHistogramView;
class LineChart;
class SectionHead;
struct SignalEntry;
} // namespace binnacle

namespace binnacle::app {

/// A standby's lag as what it lay between: least, median and most of the readings of some seconds, one after another.
class LagBand {
public:
    static constexpr std::chrono::seconds kSpan{10};

    /// Brings it forward to `now`, or some steps nearer to it.
    void feed(const Series& lag, SteadyTime now);
    [[nodiscard]] const Series& low() const { return m_low; }
    [[nodiscard]] const Series& median() const { return m_median; }
    [[nodiscard]] const Series& high() const { return m_high; }

private:
    static constexpr std::chrono::seconds kStep{1};
    static constexpr int kMostPoints = 240;

    Series m_low;
    Series m_median;
    Series m_high;
    std::optional<SteadyTime> m_from; ///< of the first point that was made
    SteadyTime m_next{};
    bool m_open = false; ///< the newest point is no gap
};

/// The lag of a server's standbys, or of a standby that no primary tells about: a band over time, and the distribution
/// of the last five minutes or of the span that was selected. GUI thread.
class LagPanel : public QWidget {
    Q_OBJECT

public:
    explicit LagPanel(const PageContext& context, QWidget* parent = nullptr);

    /// Of whom the lag is shown: "postgres/primary" with its standbys, or a standby.
    void setServer(std::string source) { m_server = std::move(source); }
    /// Numbers and states.
    void showReadings();
    /// The lines.
    void showTick();

private:
    struct Follower {
        std::string name; ///< as the label says it; empty: the server itself
        const SignalEntry* lag = nullptr;
    };
    [[nodiscard]] std::vector<Follower> followers() const;
    [[nodiscard]] PanelStatus status() const;
    [[nodiscard]] LatencyHistogram distribution(const Follower& follower) const;
    [[nodiscard]] QString nameOf(const Follower& follower) const;

    PageContext m_context;
    std::string m_server;
    std::map<std::string, LagBand> m_bands; ///< by server and standby
    SectionHead* m_head;
    LineChart* m_lines;
    SectionHead* m_shapeHead;
    LatencyHistogramView* m_shape;
};

} // namespace binnacle::app
