// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/stack_locator.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace binnacle {

EnvironmentLookup processEnvironment() {
    return [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') {
            return std::nullopt;
        }
        return std::string(value);
    };
}

Result<std::filesystem::path> resolveStateDir(const std::optional<std::string>& explicitDir,
                                              const EnvironmentLookup& environment, unsigned uid) {
    std::filesystem::path dir;
    if (explicitDir && !explicitDir->empty()) {
        dir = *explicitDir;
    } else if (const auto fromEnvironment = environment("BINNACLE_STATE_DIR")) {
        dir = *fromEnvironment;
    } else if (const auto xdg = environment("XDG_STATE_HOME")) {
        dir = std::filesystem::path(*xdg) / "binnacle" / "stack";
    } else if (uid == 0) {
        dir = "/var/lib/binnacle";
    } else if (const auto home = environment("HOME")) {
        dir = std::filesystem::path(*home) / ".local" / "state" / "binnacle" / "stack";
    } else {
        return fail(ErrorCode::Invalid, "No state directory: HOME is not set. Name one with --state-dir DIR.");
    }
    std::error_code error;
    auto absolute = std::filesystem::absolute(dir, error);
    if (error) {
        return fail(ErrorCode::Io, "The state directory " + dir.string() + " can't be resolved: " + error.message());
    }
    absolute = absolute.lexically_normal();
    // A trailing slash must not name another stack.
    return absolute.has_filename() ? absolute : absolute.parent_path();
}

std::string stateDirDigest(const std::filesystem::path& stateDir) {
    std::uint32_t hash = 2166136261U;
    for (const char c : stateDir.string()) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    char text[9] = {};
    std::snprintf(text, sizeof text, "%08x", hash);
    return text;
}

std::filesystem::path runDirFor(const std::filesystem::path& stateDir, const EnvironmentLookup& environment,
                                unsigned uid) {
    const auto digest = stateDirDigest(stateDir);
    if (uid == 0) {
        return std::filesystem::path("/run/binnacle") / digest;
    }
    if (const auto runtime = environment("XDG_RUNTIME_DIR")) {
        return std::filesystem::path(*runtime) / "binnacle" / digest;
    }
    return std::filesystem::path("/tmp/binnacle-" + std::to_string(uid)) / digest;
}

std::filesystem::path stackSocketFor(const std::filesystem::path& runDir) {
    return runDir / "stack.sock";
}

} // namespace binnacle
