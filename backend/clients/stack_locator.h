// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace binnacle {

/// Reads one environment variable; absent and empty are the same. Injected, so that tests own the environment.
using EnvironmentLookup = std::function<std::optional<std::string>(const char* name)>;

/// The environment of this process.
[[nodiscard]] EnvironmentLookup processEnvironment();

/// Where the bundled stack keeps its state, absolute and normalised: the explicit directory, else
/// BINNACLE_STATE_DIR, else $XDG_STATE_HOME/binnacle/stack, else /var/lib/binnacle for root or
/// ~/.local/state/binnacle/stack. An error when an ordinary user has no home.
[[nodiscard]] Result<std::filesystem::path> resolveStateDir(const std::optional<std::string>& explicitDir,
                                                            const EnvironmentLookup& environment, unsigned uid);

/// Eight hexadecimal digits that name a state directory in short socket paths (FNV-1a of its path).
[[nodiscard]] std::string stateDirDigest(const std::filesystem::path& stateDir);

/// The directory of the stack's sockets: /run/binnacle/H for root, $XDG_RUNTIME_DIR/binnacle/H, else
/// /tmp/binnacle-UID/H (its owner must be checked by whoever creates it).
[[nodiscard]] std::filesystem::path runDirFor(const std::filesystem::path& stateDir,
                                              const EnvironmentLookup& environment, unsigned uid);

/// The Unix socket on which the supervisor of that state directory answers.
[[nodiscard]] std::filesystem::path stackSocketFor(const std::filesystem::path& runDir);

} // namespace binnacle
