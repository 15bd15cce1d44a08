// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/control_view.h"
#include "widgets/theme.h"

#include <QString>
#include <QTimeZone>

#include <optional>

namespace binnacle::app {

/// The sentence that opens the canary page, and the small text at its end.
struct CanarySentence {
    QString clause;
    QString detail;
    QString aside; ///< who, which act, which generation
    Severity severity = Severity::Normal;
    friend bool operator==(const CanarySentence&, const CanarySentence&) = default;
};

/// `share` is the resource as control tells it; nullptr: it tells nothing.
[[nodiscard]] CanarySentence canarySentence(const ResourceView* share, const QTimeZone& zone);

[[nodiscard]] std::optional<double> wantedPercent(const ResourceView* share);
/// What the load balancer was last seen to hold, by control.
[[nodiscard]] std::optional<double> heldPercent(const ResourceView& share);

} // namespace binnacle::app
