// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/clients/canned_postgres.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace binnacle::control::test {

/// The admin console of a pgBouncer in memory: pauses, resumes, and sizes by default_pool_size, which a pool with a
/// size of its own does not follow. Every call may come from any thread.
class FakePgBouncer {
public:
    FakePgBouncer() {
        m_postgres.onSimpleQuery = [this](const std::string& sql) { return answer(sql); };
        m_server.emplace(m_postgres.script(), m_dir.filePath(QStringLiteral(".s.PGSQL.6432")).toStdString());
    }

    [[nodiscard]] std::string conninfo() const {
        return "host=" + m_dir.path().toStdString() + " port=6432 dbname=pgbouncer user=x";
    }
    void add(const std::string& pool, std::optional<int> ownSize = {}) {
        const std::scoped_lock lock(m_mutex);
        m_pools[pool] = {ownSize, false};
    }
    void remove(const std::string& pool) {
        const std::scoped_lock lock(m_mutex);
        m_pools.erase(pool);
    }
    /// As after its start: nothing of what was set is left.
    void restart(int defaultSize) {
        const std::scoped_lock lock(m_mutex);
        m_defaultSize = defaultSize;
        for (auto& [name, pool] : m_pools) {
            pool.paused = false;
        }
    }
    void hang(bool hangs) {
        const std::scoped_lock lock(m_mutex);
        m_hangs = hangs;
    }
    /// Refuses commands that begin so; empty: none.
    void refuse(const std::string& begin) {
        const std::scoped_lock lock(m_mutex);
        m_refused = begin;
    }
    void setPaused(const std::string& pool, bool paused) {
        const std::scoped_lock lock(m_mutex);
        m_pools.at(pool).paused = paused;
    }
    [[nodiscard]] bool paused(const std::string& pool) const {
        const std::scoped_lock lock(m_mutex);
        return m_pools.at(pool).paused;
    }
    [[nodiscard]] int defaultSize() const {
        const std::scoped_lock lock(m_mutex);
        return m_defaultSize;
    }
    /// How many commands so far begin so.
    [[nodiscard]] std::ptrdiff_t commands(const std::string& begin) const {
        const std::scoped_lock lock(m_mutex);
        return std::ranges::count_if(m_commands, [&](const std::string& one) { return one.starts_with(begin); });
    }

private:
    using Said = binnacle::testing::CannedPostgres::Said;
    struct Pool {
        std::optional<int> ownSize;
        bool paused = false;
    };

    [[nodiscard]] Said answer(const std::string& sql) {
        const std::scoped_lock lock(m_mutex);
        if (m_hangs) {
            return {.columns = {}, .rows = {}, .error = {}, .silent = true};
        }
        m_commands.push_back(sql);
        if (!m_refused.empty() && sql.starts_with(m_refused)) {
            return {.columns = {}, .rows = {}, .error = "42501"};
        }
        Said said;
        if (sql == "SHOW DATABASES") {
            said.columns = {"name", "pool_size", "paused"};
            for (const auto& [name, pool] : m_pools) {
                said.rows.push_back(
                    {name, std::to_string(pool.ownSize.value_or(m_defaultSize)), pool.paused ? "1" : "0"});
            }
        } else if (sql == "SHOW POOLS") {
            said.columns = {"database", "cl_waiting", "sv_active", "sv_idle", "sv_used", "sv_tested", "sv_login"};
            for (const auto& [name, pool] : m_pools) {
                said.rows.push_back({name, "0", "0", "1", "0", "0", "0"});
            }
        } else if (sql == "SHOW CONFIG") {
            said.columns = {"key", "value"};
            said.rows = {{"default_pool_size", std::to_string(m_defaultSize)}};
        } else if (sql.starts_with("SET default_pool_size = ")) {
            m_defaultSize = std::stoi(sql.substr(24));
        } else {
            const auto name = sql.substr(sql.find('"') + 1, sql.rfind('"') - sql.find('"') - 1);
            const auto pool = m_pools.find(name);
            const bool pauses = sql.starts_with("PAUSE ");
            if (pool == m_pools.end() || pool->second.paused == pauses) {
                return {.columns = {}, .rows = {}, .error = "08P01"};
            }
            pool->second.paused = pauses;
        }
        return said;
    }

    mutable std::mutex m_mutex;
    std::map<std::string, Pool> m_pools;
    int m_defaultSize = 10;
    bool m_hangs = false;
    std::string m_refused;
    std::vector<std::string> m_commands;
    QTemporaryDir m_dir;
    binnacle::testing::CannedPostgres m_postgres;
    std::optional<binnacle::testing::CannedServer> m_server; // last: its thread uses all the others
};

} // namespace binnacle::control::test
