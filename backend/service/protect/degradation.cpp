// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/protect/degradation.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <fstream>
#include <string>
#include <unistd.h>

namespace binnacle::service {
namespace {

/// The new file beside the old one, on the disk, then in its place.
bool writeDurably(const std::filesystem::path& file, const std::string& content) {
    const auto fresh = file.string() + ".new";
    const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        return false;
    }
    const bool written =
        ::write(fd, content.data(), content.size()) == static_cast<ssize_t>(content.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (!written || ::rename(fresh.c_str(), file.c_str()) != 0) {
        return false;
    }
    const int directory = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = directory >= 0 && ::fsync(directory) == 0;
    if (directory >= 0) {
        ::close(directory);
    }
    return synced;
}

} // namespace

Result<void> Degradation::load(const std::filesystem::path& stateFile) {
    m_stateFile = stateFile;
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

Degradation::Applied Degradation::apply(int level, std::int64_t generation) {
    if (generation <= this->generation()) {
        return Applied::Outdated;
    }
    const auto content = R"({"degradation":{"level":)" + std::to_string(level) + R"(,"generation":)" +
                         std::to_string(generation) + "}}\n";
    const bool kept = !m_stateFile.empty() && writeDurably(m_stateFile, content);
    m_level.store(level, std::memory_order_relaxed);
    m_generation.store(generation, std::memory_order_relaxed);
    return kept ? Applied::Kept : Applied::Unkept;
}

Result<DegradationWish> parseDegradationWish(std::string_view text) {
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (document.is_object() && document.contains("degradation") && document["degradation"].is_object()) {
        const auto& wish = document["degradation"];
        const auto whole = [&wish](const char* name) {
            return wish.contains(name) && wish[name].is_number_integer() ? wish[name].get<std::int64_t>() : -1;
        };
        const auto level = whole("level");
        const auto generation = whole("generation");
        if (level >= 0 && level <= 3 && generation >= 1) {
            return DegradationWish{static_cast<int>(level), generation};
        }
    }
    return fail(ErrorCode::Invalid,
                R"(Expected {"degradation":{"level":0..3,"generation":N}} with a generation of at least 1.)");
}

} // namespace binnacle::service
