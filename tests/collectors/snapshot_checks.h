// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/signal.h"
#include "backend/domain/snapshot.h"

#include <QTest>
#include <algorithm>
#include <string>

namespace binnacle::testing {

/// The value of a reading; -1 when there is none.
inline double valueOf(const Snapshot& snapshot, const char* id, const Labels& labels) {
    const auto* const reading = snapshot.find(id, labels);
    return reading != nullptr && reading->value ? *reading->value : -1;
}

/// Why a reading has no value.
inline std::string reasonOf(const Snapshot& snapshot, const char* id, const Labels& labels) {
    const auto* const reading = snapshot.find(id, labels);
    return reading != nullptr ? reading->absentReason : "no such reading";
}

/// Whatever a collector tells must be in the catalogue, with its kind, sorted, and told once.
inline void checkShape(const Snapshot& snapshot) {
    for (const auto& reading : snapshot.readings) {
        const auto* const signal = findSignal(reading.key.id);
        QVERIFY2(signal != nullptr, reading.key.id.c_str());
        QVERIFY2(signal->kind == reading.kind, reading.key.id.c_str());
        const int set = (reading.value ? 1 : 0) + (reading.histogram ? 1 : 0) + (reading.absentReason.empty() ? 0 : 1);
        QVERIFY2(set == 1, reading.key.id.c_str());
    }
    QVERIFY(std::ranges::adjacent_find(snapshot.readings, [](const Reading& a, const Reading& b) {
                return !(a.key < b.key);
            }) == snapshot.readings.end());
    QVERIFY(std::ranges::adjacent_find(snapshot.tables, [](const TablePtr& a, const TablePtr& b) {
                return !(a->spec().id < b->spec().id);
            }) == snapshot.tables.end());
}

} // namespace binnacle::testing
