// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <string>

namespace binnacle::stack {

/// What state.json says about a state directory.
struct StateFile {
    static constexpr int currentFormat = 1;

    int format = currentFormat;
    int postgresMajor = 0;      ///< of the data directories; 0 before the first initdb
    bool databaseReady = false; ///< schema and seed are in; false again makes the next start redo them
    std::string createdBy;      ///< version that created the directory

    friend bool operator==(const StateFile&, const StateFile&) = default;
};

/// Reads state.json. A newer format is Refused with a sentence, anything that is not understood is Invalid.
[[nodiscard]] Result<StateFile> parseStateFile(const std::string& text);
[[nodiscard]] std::string toJson(const StateFile& state);

/// Says why data of one PostgreSQL major version can't be served, given the versions that are installed, or succeeds.
[[nodiscard]] Result<void> checkPostgresMajor(int dataMajor, int installedMajor, const std::string& stateDir);

} // namespace binnacle::stack
