// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/trail.h"

#include <QStringList>

namespace binnacle::app {

namespace {

constexpr QLatin1Char kBetween('\x1f');

QString part(QString text) {
    return text.remove(kBetween).left(500);
}

} // namespace

QString withTrail(const QString& words, const Trail& trail) {
    return QStringList{part(words), part(trail.route), part(trail.statement), part(trail.shape), part(trail.session)}
        .join(kBetween);
}

Trail trailOf(const QString& target) {
    return {target.section(kBetween, 1, 1), target.section(kBetween, 2, 2), target.section(kBetween, 3, 3),
            target.section(kBetween, 4, 4)};
}

QString wordsOf(const QString& target) {
    return target.section(kBetween, 0, 0);
}

} // namespace binnacle::app
