// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recorder/recorded_event.h"

#include <map>
#include <memory>
#include <string>

namespace binnacle {

class SqlTextCache;

/// Keeps out of a recording what may stand in a text of SQL. Collectors take literals out already, unless a profile
/// shows them: a recording travels further than a screen, so that here they never pass. One thread.
class SecretGuard {
public:
    SecretGuard();
    ~SecretGuard();
    SecretGuard(const SecretGuard&) = delete;
    SecretGuard& operator=(const SecretGuard&) = delete;

    /// The event without literals in the columns of tables that hold SQL; the same one if there were none.
    [[nodiscard]] RecordedEvent guarded(const RecordedEvent& event);

private:
    struct Guarded {
        TablePtr from;
        TablePtr to;
    };
    [[nodiscard]] TablePtr guarded(const std::string& source, const TablePtr& table);

    std::unique_ptr<SqlTextCache> m_texts;
    std::map<std::pair<std::string, std::string>, Guarded> m_last; // by source and table: most are not read each time
    std::map<std::string, std::pair<SnapshotPtr, SnapshotPtr>> m_snapshots;
};

} // namespace binnacle
