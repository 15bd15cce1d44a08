// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/profile.h"

#include <filesystem>
#include <string>
#include <vector>

namespace binnacle {

/// One file of the folder of profiles.
struct ShelvedProfile {
    std::string name; ///< as --connect takes it: that of the file
    std::filesystem::path file;
    std::string document; ///< as it stands in the file; empty where it can't be read
    Result<Profile> profile;
    bool readableByOthers = false; ///< the file's mode lets others read it
};

/// The profiles of a user, one file each. Files that are no profile (any more) are listed with what is wrong, and
/// stay as they are. Blocking: for a thread that may wait for a disk.
class ProfileShelf {
public:
    explicit ProfileShelf(std::filesystem::path folder)
        : m_folder(std::move(folder)) {}

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    /// Sorted by name; at most 200. An absent folder is an empty list.
    [[nodiscard]] std::vector<ShelvedProfile> list() const;
    /// Writes the document under that name: at once, readable by its owner alone, on disk when it returns. The folder
    /// is made if it is missing. `expected` is what stood there when it was read (empty: nothing did); Conflict when
    /// that has changed since.
    [[nodiscard]] Result<void> save(const std::string& name, const std::string& document,
                                    const std::string& expected) const;
    /// Renames the file to NAME.json.removed, in place of an older one of that name.
    [[nodiscard]] Result<void> remove(const std::string& name) const;
    /// Takes a removal back. Conflict when another profile has the name by now.
    [[nodiscard]] Result<void> restore(const std::string& name) const;

private:
    [[nodiscard]] std::filesystem::path fileOf(const std::string& name) const { return m_folder / (name + ".json"); }

    std::filesystem::path m_folder;
};

/// The folder in which profilePath() finds names.
[[nodiscard]] Result<std::filesystem::path> profileFolder(const EnvironmentLookup& environment);

} // namespace binnacle
