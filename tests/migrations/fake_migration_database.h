// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/migrations/migration_database.h"

#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace binnacle::test {

/// What all sessions on one database share, and what the test decides.
struct FakeDatabase {
    std::mutex mutex;
    IndexState index = IndexState::Absent;
    std::vector<LedgerEntry> ledger;
    std::deque<Error> buildErrors; ///< how the next builds end
    bool lockedByOthers = false;
    bool away = false;
    bool pooled = false;
    bool held = false; ///< builds last until they are cancelled, or this is false
    RunSample sample;
    Preflight preflight;
    std::optional<Error> indexError; ///< what looking at the index, and so cleaning up, comes to
    std::optional<std::string> noLedger;
    std::optional<std::string> noRoom;
    int deafToCancels = 0; ///< how many cancels are not heard
    int builds = 0;
    int drops = 0;

    template <typename Change>
    void set(const Change& change) {
        const std::scoped_lock lock(mutex);
        change(*this);
    }
    template <typename Question>
    auto ask(const Question& question) {
        const std::scoped_lock lock(mutex);
        return question(*this);
    }
};

/// One session on it. A build leaves an invalid index until it ends, as PostgreSQL does.
class FakeMigrationDatabase final : public MigrationDatabase {
public:
    explicit FakeMigrationDatabase(FakeDatabase& shared)
        : m_shared(shared) {}

    Result<void> connect() override {
        const std::scoped_lock lock(m_shared.mutex);
        if (m_shared.away) {
            return fail(ErrorCode::Refused, "nothing listens there");
        }
        return m_shared.pooled ? fail(ErrorCode::Invalid, "A pooler stands between.") : Result<void>{};
    }
    void disconnect() override {}
    Result<bool> tryLock() override {
        const std::scoped_lock lock(m_shared.mutex);
        return !m_shared.lockedByOthers;
    }
    Result<std::vector<LedgerEntry>> ledger() override {
        if (auto connected = connect(); !connected) {
            return std::unexpected(connected.error());
        }
        const std::scoped_lock lock(m_shared.mutex);
        return m_shared.ledger;
    }
    Result<std::optional<std::string>> whyNotRecord() override {
        const std::scoped_lock lock(m_shared.mutex);
        return m_shared.noLedger;
    }
    Result<void> record(const LedgerEntry& entry) override {
        const std::scoped_lock lock(m_shared.mutex);
        std::erase_if(m_shared.ledger, [&](const LedgerEntry& old) { return old.id == entry.id; });
        m_shared.ledger.push_back(entry);
        return {};
    }
    Result<IndexState> indexState(const IndexName&) override {
        if (auto connected = connect(); !connected) {
            return std::unexpected(connected.error());
        }
        const std::scoped_lock lock(m_shared.mutex);
        return m_shared.indexError ? Result<IndexState>(std::unexpected(*m_shared.indexError)) : m_shared.index;
    }
    Result<void> runLong(const std::string& sql, std::chrono::milliseconds,
                         const std::function<bool()>& meanwhile) override {
        m_cancelled = false;
        const bool drop = sql.starts_with("drop");
        m_shared.set([&](FakeDatabase& shared) {
            ++(drop ? shared.drops : shared.builds);
            shared.index = IndexState::Invalid;
        });
        while (!drop && m_shared.ask([](const FakeDatabase& shared) { return shared.held; })) {
            if (!meanwhile()) {
                return fail(ErrorCode::Timeout, "no longer waited for");
            }
            if (m_cancelled) {
                return fail(ErrorCode::Timeout, "canceling statement due to user request");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1)); // the pace at which a build is looked at
        }
        (void)meanwhile();
        const std::scoped_lock lock(m_shared.mutex);
        if (!drop && !m_shared.buildErrors.empty()) {
            auto error = std::move(m_shared.buildErrors.front());
            m_shared.buildErrors.pop_front();
            return std::unexpected(std::move(error));
        }
        m_shared.index = drop ? IndexState::Absent : IndexState::Valid;
        return {};
    }
    Result<void> cancel() override {
        const std::scoped_lock lock(m_shared.mutex);
        if (m_shared.deafToCancels > 0) {
            --m_shared.deafToCancels;
            return fail(ErrorCode::Timeout, "no session in time");
        }
        m_cancelled = true;
        return {};
    }
    Result<RunSample> sample() override {
        const std::scoped_lock lock(m_shared.mutex);
        return m_shared.sample;
    }
    Result<TableFacts> tableFacts(const IndexName&) override {
        if (auto connected = connect(); !connected && connected.error().code != ErrorCode::Invalid) {
            return std::unexpected(connected.error());
        }
        return TableFacts{2'000'000, 300'000'000, 400'000'000};
    }
    std::optional<std::string> whyNoRoom(const TableFacts&) override {
        const std::scoped_lock lock(m_shared.mutex);
        return m_shared.noRoom;
    }
    Result<Preflight> preflight(const IndexName&, const TableFacts&) override {
        const std::scoped_lock lock(m_shared.mutex);
        return m_shared.preflight;
    }

private:
    FakeDatabase& m_shared;
    bool m_cancelled = false;
};

/// Not a hash, but as good as one for a test: texts that differ stay different.
inline std::string plainDigest(std::string_view bytes) {
    return std::to_string(std::hash<std::string_view>()(bytes));
}

/// One migration as the bundled one.
inline Migration sampleMigration(const std::string& id = "20261101120000_tasks_by_assignee") {
    auto migration = *parseMigration(id, "create index concurrently tasks_by_assignee on public.tasks (assignee_id);",
                                     "drop index concurrently public.tasks_by_assignee;");
    migration.digest = plainDigest(id);
    migration.chain = plainDigest(migration.digest);
    return migration;
}

} // namespace binnacle::test
