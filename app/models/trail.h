// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace binnacle::app {

/// The way from a slow route to its cause, as far as it was gone. It travels within the target of LinkedPage, so that
/// each page says where one came from and leads back.
struct Trail {
    QString route{};     ///< "GET /v1/tasks"
    QString statement{}; ///< the service's name for it
    QString shape{};     ///< of the statement, as in the tables' column
    QString session{};   ///< its pid

    [[nodiscard]] bool empty() const { return route.isEmpty() && shape.isEmpty(); }
    friend bool operator==(const Trail&, const Trail&) = default;
};

/// A target with the way to it: "running SHAPE", "session SOURCE PID" …
[[nodiscard]] QString withTrail(const QString& words, const Trail& trail);
/// The way within a target; an empty one where it holds none.
[[nodiscard]] Trail trailOf(const QString& target);
/// The target's own words.
[[nodiscard]] QString wordsOf(const QString& target);

} // namespace binnacle::app
