// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/snapshot_table.h"

#include <algorithm>
#include <array>

namespace binnacle {

namespace {
using enum ColumnKind;

// A table is its columns here and one line in the catalogue below. Times of servers that name something (the start of
// a session) are text as the server wrote it, because they must come back exactly; durations are numbers.

constexpr auto kStackProcesses = std::to_array<TableColumn>({
    {"name", "Process", ""},
    {"role", "Role", ""},
    {"state", "State", ""},
    {"pid", "PID", "1", Number},
    {"restarts", "Restarts", "1", Number},
    {"pss", "Memory", "bytes", Number},
    {"cpu", "CPU", "1", Number}, // share of one core since the pass before
    {"message", "Message", ""},
});

// Sorted by id (a unit test holds it to that).
constexpr auto kCatalogue = std::to_array<TableSpec>({
    {"stack.processes", "Processes of the stack", kStackProcesses, 1},
});
} // namespace

std::span<const TableSpec> tableCatalogue() {
    return kCatalogue;
}

const TableSpec* findTable(std::string_view id) {
    const auto it = std::ranges::lower_bound(kCatalogue, id, {}, &TableSpec::id);
    return it != kCatalogue.end() && it->id == id ? &*it : nullptr;
}

} // namespace binnacle
