// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/programs.h"

#include "backend/clients/stack_locator.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace binnacle::stack {

namespace {

bool isProgram(const std::filesystem::path& path) {
    return ::access(path.c_str(), X_OK) == 0;
}

std::string findInSystem(const char* name) {
    for (const char* directory : {"/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"}) {
        const auto path = std::filesystem::path(directory) / name;
        if (isProgram(path)) {
            return path.string();
        }
    }
    return {};
}

/// The directory of this program, which may be root's to read only in the owner's build tree.
std::filesystem::path ownDirectory() {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

void findPostgres(Programs& programs, int wantedMajor) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", error)) {
        const auto name = entry.path().filename().string();
        int major = 0;
        const auto parsed = std::from_chars(name.data(), name.data() + name.size(), major);
        // jsonlog, which the deadlock readings need, came with 15.
        if (parsed.ptr != name.data() + name.size() || major < 15) {
            continue;
        }
        const auto bin = entry.path() / "bin";
        const bool complete =
            isProgram(bin / "initdb") && isProgram(bin / "postgres") && isProgram(bin / "pg_basebackup");
        const bool haveWanted = wantedMajor != 0 && programs.postgresMajor == wantedMajor;
        const bool better = major == wantedMajor || (!haveWanted && major > programs.postgresMajor);
        if (complete && better) {
            programs.postgresMajor = major;
            programs.postgresBin = bin;
            programs.hasStatStatements = std::filesystem::exists(entry.path() / "lib" / "pg_stat_statements.so", error);
        }
    }
}

} // namespace

Result<Programs> findPrograms(int wantedMajor) {
    Programs programs;
    std::vector<std::string> missing;
    std::vector<std::string> packages;
    const auto require = [&](const std::string& found, const char* program, const char* package) {
        if (found.empty()) {
            missing.emplace_back(program);
            packages.emplace_back(package);
        }
    };
    findPostgres(programs, wantedMajor);
    programs.pgbouncer = findInSystem("pgbouncer");
    programs.haproxy = findInSystem("haproxy");
    programs.redis = findInSystem("redis-server");
    if (programs.redis.empty()) {
        // The same program under another name, from redis-tools, which brings no system service along.
        programs.redis = findInSystem("redis-check-rdb");
    }
    require(programs.postgresBin.string(), "postgres (15 or later)", "postgresql-15");
    require(programs.pgbouncer, "pgbouncer", "pgbouncer");
    require(programs.redis, "redis-server", "redis-tools");
    require(programs.haproxy, "haproxy", "haproxy");
    if (!missing.empty()) {
        std::string names;
        std::string install;
        for (std::size_t i = 0; i < missing.size(); ++i) {
            names += (i == 0 ? "" : ", ") + missing[i];
            install += " " + packages[i];
        }
        return fail(ErrorCode::NotFound, "Missing on this machine: " + names + ". Install with 'apt install" + install +
                                             "' and start again.");
    }
    const auto own = ownDirectory();
    programs.service = (own / "binnacle-service").string();
    programs.control = (own / "binnacle-control").string();
    programs.load = (own / "binnacle-load").string();
    for (const auto& sibling : {programs.service, programs.control, programs.load}) {
        if (!isProgram(sibling)) {
            return fail(ErrorCode::NotFound, sibling + " is missing. Build or install all of Binnacle; its programs "
                                                       "look for each other in one directory.");
        }
    }
    // In another package than this program's. Without it nothing is recorded, and all else works.
    if (const auto ctl = own / "binnaclectl"; isProgram(ctl)) {
        programs.ctl = ctl.string();
    }
    return programs;
}

Result<std::filesystem::path> findResources() {
    std::vector<std::filesystem::path> places;
    if (const auto explicitPlace = processEnvironment()("BINNACLE_RESOURCES")) {
        places.emplace_back(*explicitPlace);
    } else {
        places.push_back(ownDirectory().parent_path() / "share" / "binnacle");
#ifdef BINNACLE_SOURCE_RESOURCES
        places.emplace_back(BINNACLE_SOURCE_RESOURCES);
#endif
    }
    for (const auto& place : places) {
        std::error_code error;
        if (std::filesystem::exists(place / "stack" / "postgresql.conf.in", error)) {
            return place;
        }
    }
    return fail(ErrorCode::NotFound, "Binnacle's resources were not found in " + places.front().string() +
                                         ". Install the package again, or name them with BINNACLE_RESOURCES.");
}

} // namespace binnacle::stack
