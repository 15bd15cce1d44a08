// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/state_dir.h"

#include "backend/clients/stack_locator.h"

#include <QFileInfo>

#include <unistd.h>

namespace binnacle::app {

Result<StackPlace> findStackPlace(const LaunchOptions& options) {
    if (options.profile && !QFileInfo(*options.profile).isDir()) {
        const auto file = profilePath(options.profile->toStdString(), processEnvironment());
        if (!file) {
            return std::unexpected(file.error());
        }
        auto profile = loadProfile(*file);
        if (!profile) {
            return std::unexpected(std::move(profile.error()));
        }
        return StackPlace{file->string(), {}, std::move(*profile)};
    }
    const auto& given = options.profile ? options.profile : options.stateDir;
    const auto stateDir =
        resolveStateDir(given ? std::optional(given->toStdString()) : std::nullopt, processEnvironment(), getuid());
    if (!stateDir) {
        return std::unexpected(stateDir.error());
    }
    return StackPlace{stateDir->string(), stackSocketFor(runDirFor(*stateDir, processEnvironment(), getuid())).string(),
                      std::nullopt};
}

} // namespace binnacle::app
