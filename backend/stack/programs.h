// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <filesystem>
#include <string>

namespace binnacle::stack {

/// Absolute paths of everything that the stack starts.
struct Programs {
    std::filesystem::path postgresBin; ///< the directory of initdb, postgres and pg_basebackup
    int postgresMajor = 0;
    bool hasStatStatements = false; ///< the contrib library is there to be preloaded
    std::string pgbouncer;
    std::string redis;
    std::string haproxy;
    std::string service; ///< binnacle-service beside this program
    std::string control; ///< binnacle-control beside this program
    std::string load;    ///< binnacle-load beside this program
    std::string ctl;     ///< binnaclectl beside this program; empty where its package is not installed
};

/// Finds the programs. `wantedMajor` is the PostgreSQL version of existing data, 0 for any; the newest one that is
/// installed is taken otherwise. The error names every program that is missing with its Debian package.
[[nodiscard]] Result<Programs> findPrograms(int wantedMajor);

/// The directory of resources: $BINNACLE_RESOURCES, else ../share/binnacle beside the program's directory, else the
/// source tree that this program was built from.
[[nodiscard]] Result<std::filesystem::path> findResources();

} // namespace binnacle::stack
