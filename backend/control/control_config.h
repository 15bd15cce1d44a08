// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/fleet.h"
#include "backend/actions/split_map.h"
#include "backend/control/effect_keeper.h"
#include "backend/control/pool_acts.h"
#include "backend/migrations/pg_migration_database.h"

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include <sys/types.h>

namespace binnacle::control {

/// The one database that control migrates.
struct MigrationConfig {
    std::filesystem::path directory; ///< of the files
    MigrationAccess access;
};

/// What binnacle-stack writes for control, or an operator for a system of their own.
struct ControlConfig {
    std::filesystem::path stateDir; ///< control's own: state.db, tokens, lock
    std::string socket;
    std::vector<uid_t> adminUids;
    std::filesystem::path auditDir; ///< break-glass's journals
    std::string environment;        ///< how previews name what is acted on
    std::string adminTokenFile;
    std::vector<InstanceAddress> instances;
    SplitMapPaths split;
    EffectWindows effects;
    std::optional<MigrationConfig> migrations; ///< nothing: this control migrates none
    std::vector<SessionServer> sessions;       ///< servers whose sessions it may act on
    std::optional<PoolConsole> pools;          ///< nothing: it acts on no pgBouncer

    [[nodiscard]] std::filesystem::path database() const { return stateDir / "state.db"; }
    [[nodiscard]] std::filesystem::path tokens() const { return stateDir / "tokens"; }
    [[nodiscard]] std::filesystem::path lock() const { return stateDir / "lock"; }
};

[[nodiscard]] Result<ControlConfig> parseControlConfig(std::string_view json);
[[nodiscard]] Result<ControlConfig> readControlConfig(const std::filesystem::path& file);

/// The instances of a configuration file that its writer replaces when they come and go: read again when it has
/// changed. A file that can't be read leaves the list as it was. Safe to call from several threads.
class ConfiguredInstances {
public:
    ConfiguredInstances(std::filesystem::path file, std::vector<InstanceAddress> instances);
    [[nodiscard]] std::vector<InstanceAddress> list();

private:
    std::filesystem::path m_file;
    std::mutex m_mutex;
    std::filesystem::file_time_type m_readAt;
    std::vector<InstanceAddress> m_instances;
};

} // namespace binnacle::control
