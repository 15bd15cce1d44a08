// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/keyed_table.h"
#include "backend/actions/control_view.h"
#include "backend/history/request_path.h"
#include "widgets/lease_bar.h"
#include "widgets/level_card.h"
#include "widgets/prediction_bars.h"

#include <QTimeZone>

#include <array>
#include <optional>

namespace binnacle::app {

inline constexpr int kLevelCount = 4;

/// The level that is wanted, by control; while it is away, what the instances hold.
[[nodiscard]] std::optional<std::int64_t> levelNow(const ResourceView* resource, const PathReading& path);
[[nodiscard]] QString levelName(std::int64_t level);

/// The sentence of the page. `view` is nullptr while control has nothing to say.
struct DegradationSentence {
    QString clause;
    QString detail;
    QString aside; ///< who, why, and which number
    bool caution = false;
};
[[nodiscard]] DegradationSentence degradationSentence(const ControlView* view, const PathReading& path,
                                                      const Effect* effect);

[[nodiscard]] LevelReading levelReading(int level, const ControlView* view, std::optional<std::int64_t> now,
                                        const QTimeZone& zone);
/// What a level's button says: "Set level 2\u2026", "Extend lease\u2026", "Release to 0\u2026".
[[nodiscard]] QString levelButton(int level, std::optional<std::int64_t> now);

/// Nothing when no lease runs. `age` is how long ago control told it; `controlLost`: nobody ends a lease now.
[[nodiscard]] std::optional<LeaseReading> leaseReading(const ResourceView& resource, UtcTime now,
                                                       std::chrono::nanoseconds age, bool controlLost,
                                                       const QTimeZone& zone);

/// Feature by level: on is quiet, off is loud.
[[nodiscard]] std::vector<TableColumn> featureColumns(std::optional<std::int64_t> now);
[[nodiscard]] std::vector<TableRow> featureRows(const ControlView& view, std::optional<std::int64_t> now);

[[nodiscard]] std::vector<TableColumn> instanceColumns();
/// As control last saw each instance.
[[nodiscard]] std::vector<TableRow> instanceRows(const ResourceView& resource);
/// As each instance tells it itself, while control is away.
[[nodiscard]] std::vector<TableRow> instanceRows(const PathReading& path);

/// What was expected of the act and what came: rows that were both predicted and measured.
[[nodiscard]] std::vector<PredictionRow> predictionRows(const Effect& effect);

} // namespace binnacle::app
