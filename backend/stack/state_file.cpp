// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/state_file.h"

#include <nlohmann/json.hpp>

namespace binnacle::stack {

Result<StateFile> parseStateFile(const std::string& text) {
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (!document.is_object() || !document.contains("format") || !document["format"].is_number_integer()) {
        return fail(ErrorCode::Invalid, "state.json is damaged (no format in it).");
    }
    StateFile state;
    state.format = document["format"].get<int>();
    if (state.format > StateFile::currentFormat) {
        return fail(ErrorCode::Refused, "state.json has format " + std::to_string(state.format) +
                                            ", written by a newer Binnacle; this one reads up to format " +
                                            std::to_string(StateFile::currentFormat) + ".");
    }
    const auto major = document.value("pg_major", nlohmann::json(0));
    const auto ready = document.value("database_ready", nlohmann::json(false));
    const auto createdBy = document.value("created_by", nlohmann::json(""));
    if (state.format < 1 || !major.is_number_integer() || !ready.is_boolean() || !createdBy.is_string()) {
        return fail(ErrorCode::Invalid, "state.json is damaged (a field has the wrong type).");
    }
    state.postgresMajor = major.get<int>();
    state.databaseReady = ready.get<bool>();
    state.createdBy = createdBy.get<std::string>();
    return state;
}

std::string toJson(const StateFile& state) {
    const nlohmann::ordered_json document = {{"format", state.format},
                                             {"pg_major", state.postgresMajor},
                                             {"created_by", state.createdBy},
                                             {"database_ready", state.databaseReady}};
    return document.dump(2) + "\n";
}

Result<void> checkPostgresMajor(int dataMajor, int installedMajor, const std::string& stateDir) {
    if (dataMajor == 0 || dataMajor == installedMajor) {
        return {};
    }
    const auto data = std::to_string(dataMajor);
    return fail(ErrorCode::Refused, "The data in " + stateDir + " belongs to PostgreSQL " + data +
                                        ", but the installed version is " + std::to_string(installedMajor) +
                                        ". Install postgresql-" + data +
                                        ", or delete the data with 'binnacle-stack reset' and start again.");
}

} // namespace binnacle::stack
