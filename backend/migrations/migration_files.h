// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// The index that a migration makes.
struct IndexName {
    std::string schema;
    std::string index;
    std::string table; ///< in the same schema
    [[nodiscard]] std::string qualifiedTable() const { return schema + "." + table; }
    [[nodiscard]] std::string qualified() const { return schema + "." + index; }
    friend bool operator==(const IndexName&, const IndexName&) = default;
};

/// One migration as its two files have it.
struct Migration {
    std::string id;        ///< "20261101120000_tasks_by_assignee"
    std::string title;     ///< from the comment "-- title: …", else the id's name
    std::string statement; ///< of the expand file, without comments, on one line
    std::string revertStatement;
    IndexName index;
    std::string digest; ///< of both files' bytes
    std::string chain;  ///< of the chain of the migration before it and of `digest`
};

/// Lower-case hexadecimal of a cryptographic hash. Given by the caller: this layer has no library for it.
using Digest = std::function<std::string(std::string_view bytes)>;

/// Understands a pair of files. Only an index that is built concurrently, and its dropping, are understood; Invalid
/// says what is wrong with which file.
[[nodiscard]] Result<Migration> parseMigration(const std::string& id, const std::string& expandText,
                                               const std::string& revertText);

/// All migrations of a directory in the order of their times, chained: `YYYYMMDDhhmmss_name.{expand,revert}.sql`. Files
/// that do not end in .sql are no migrations. Invalid when one is not understood or has lost its other half.
[[nodiscard]] Result<std::vector<Migration>> readMigrations(const std::filesystem::path& directory,
                                                            const Digest& digest);

/// The migration with that id, or with the time that is its beginning; Invalid names those that exist.
[[nodiscard]] Result<const Migration*> findMigration(const std::vector<Migration>& migrations, std::string_view id);

} // namespace binnacle
