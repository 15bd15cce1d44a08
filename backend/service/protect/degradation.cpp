// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/protect/degradation.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace binnacle::service {

Result<void> Degradation::load(const std::filesystem::path& stateFile) {
    std::error_code error;
    if (stateFile.empty() || !std::filesystem::exists(stateFile, error)) {
        return {};
    }
    std::ifstream in(stateFile);
    if (!in) {
        return fail(ErrorCode::Io, "cannot read " + stateFile.string());
    }
    try {
        const auto document = nlohmann::json::parse(in);
        const auto& state = document.at("degradation");
        const int level = state.at("level").get<int>();
        const auto generation = state.at("generation").get<std::int64_t>();
        if (level < 0 || level > 3 || generation < 0) {
            return fail(ErrorCode::Invalid, stateFile.string() + ": level must be 0 to 3, generation 0 or more");
        }
        m_level.store(level, std::memory_order_relaxed);
        m_generation.store(generation, std::memory_order_relaxed);
        return {};
    } catch (const nlohmann::json::exception& parseError) {
        return fail(ErrorCode::Invalid, stateFile.string() + ": " + parseError.what());
    }
}

} // namespace binnacle::service
