// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/migration.h"
#include "backend/migrations/ledger.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace binnacle {

enum class IndexState {
    Absent,
    Invalid, ///< begun and not finished: it costs every write and serves no query
    Valid
};

/// What the server shows of the statement that runs, and of whom it waits for.
struct RunSample {
    std::optional<MigrationProgress> progress;
    std::vector<MigrationBlocker> blockers;
};

struct TableFacts {
    std::int64_t rows = 0; ///< the server's estimate
    std::int64_t tableBytes = 0;
    std::int64_t indexBytes = 0;
};

/// What speaks against beginning a migration now.
struct Preflight {
    std::vector<std::string> refusals; ///< sentences; any of them forbids it
    std::vector<std::string> warnings;
};

/// What the runner needs of the target database. Every call ends by itself, also when the server is stopped or gone.
/// Invalid and Denied mean that trying again would bring the same; anything else may pass. One thread at a time.
class MigrationDatabase {
public:
    virtual ~MigrationDatabase() = default;

    /// Opens the session that acts, if there is none. Invalid when a pooler stands between.
    [[nodiscard]] virtual Result<void> connect() = 0;
    virtual void disconnect() = 0;
    /// Whether this session is now the one runner. It stays so until it ends.
    [[nodiscard]] virtual Result<bool> tryLock() = 0;

    /// Empty where there is no ledger yet.
    [[nodiscard]] virtual Result<std::vector<LedgerEntry>> ledger() = 0;
    /// Why `record` would be denied, in a sentence; nothing when it would not.
    [[nodiscard]] virtual Result<std::optional<std::string>> whyNotRecord() = 0;
    /// Makes the ledger where there is none.
    [[nodiscard]] virtual Result<void> record(const LedgerEntry& entry) = 0;
    [[nodiscard]] virtual Result<IndexState> indexState(const IndexName& index) = 0;

    /// Runs one statement outside a transaction, which waits for any one lock at most `lockTimeout`. `meanwhile` is
    /// called some times a second; false from it ends the waiting, and the session.
    [[nodiscard]] virtual Result<void> runLong(const std::string& sql, std::chrono::milliseconds lockTimeout,
                                               const std::function<bool()>& meanwhile) = 0;
    /// Asks the server to end the statement that runs. Called within `meanwhile`.
    [[nodiscard]] virtual Result<void> cancel() = 0;
    /// Looks at the statement that runs through another session. Called within `meanwhile`.
    [[nodiscard]] virtual Result<RunSample> sample() = 0;

    [[nodiscard]] virtual Result<TableFacts> tableFacts(const IndexName& index) = 0;
    /// Why the disk has no room for one more index, in a sentence; nothing when it has, or when that can't be seen.
    [[nodiscard]] virtual std::optional<std::string> whyNoRoom(const TableFacts& facts) = 0;
    /// All that speaks against it, the disk included.
    [[nodiscard]] virtual Result<Preflight> preflight(const IndexName& index, const TableFacts& facts) = 0;
};

} // namespace binnacle
