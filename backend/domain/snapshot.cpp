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

TablePtr Snapshot::table(std::string_view id) const {
    const auto idOf = [](const TablePtr& table) { return table->spec().id; };
    const auto it = std::ranges::lower_bound(tables, id, {}, idOf);
    return it != tables.end() && idOf(*it) == id ? *it : nullptr;
}

void Snapshot::sort() {
    std::ranges::sort(readings, {}, &Reading::key);
    std::ranges::sort(tables, {}, [](const TablePtr& table) { return table->spec().id; });
}

} // namespace binnacle
