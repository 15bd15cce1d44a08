// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/snapshot.h"

#include <algorithm>
#include <tuple>

namespace binnacle {

const Reading* Snapshot::find(std::string_view id, const Labels& labels) const {
    const auto it = std::ranges::lower_bound(readings, std::tie(id, labels), {}, [](const Reading& reading) {
        return std::tuple<std::string_view, const Labels&>(reading.key.id, reading.key.labels);
    });
    return it != readings.end() && it->key.id == id && it->key.labels == labels ? &*it : nullptr;
}

void Snapshot::sort() {
    std::ranges::sort(readings, {}, &Reading::key);
}

} // namespace binnacle
