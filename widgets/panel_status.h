// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/freshness.h"
#include "widgets/mark.h"

#include <QString>

#include <chrono>
#include <optional>

namespace binnacle {

/// The nine states of a tile or a chart.
enum class PanelState { Empty, Loading, Live, Late, Lost, Denied, Error, Paused, Replay };

/// What a panel says about the source behind it. Handed in; a widget reads no clock.
struct PanelStatus {
    PanelState state = PanelState::Loading;
    std::optional<std::chrono::nanoseconds> age{}; ///< of the newest answer
    std::optional<SteadyTime> lastAt{}; ///< newest sample (late, lost), the stop (paused), the refusal (error)
    QString title{};  ///< "No deadlocks in 24 h", "Not allowed to read pg_stat_activity"; empty: the state's own words
    QString detail{}; ///< second line or next step: "was 512 ms at 14:10:08", "still trying", "needs a grant"

    /// A number may be drawn: never in Lost, Denied, Error, Loading.
    [[nodiscard]] bool hasValue() const {
        return state == PanelState::Empty || state == PanelState::Live || state == PanelState::Late ||
               state == PanelState::Paused || state == PanelState::Replay;
    }
    friend bool operator==(const PanelStatus&, const PanelStatus&) = default;
};

/// Status of a panel fed by one source.
[[nodiscard]] PanelStatus panelStatus(const SourceUpdate& update, SteadyTime now);
[[nodiscard]] PanelState panelStateOf(SourceState state);
/// The glyph of a state; None for Live and Empty.
[[nodiscard]] Mark markOf(PanelState state);
/// "late", "no data", "paused" … for screen readers.
[[nodiscard]] QString stateWord(PanelState state);

} // namespace binnacle
