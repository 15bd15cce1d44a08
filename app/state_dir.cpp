// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/state_dir.h"

#include "backend/clients/stack_locator.h"

#include <QFileInfo>

#include <unistd.h>

namespace binnacle::app {

Result<StackPlace> findStackPlace(const LaunchOptions& options) {
    if (options.profile && !QFileInfo(*options.profile).isDir()) {
        return fail(ErrorCode::NotFound,
                    "There is no profile \"" + options.profile->toStdString() +
                        "\". --connect takes the state directory of a bundled stack; other profiles do not exist yet.");
    }
    const auto& given = options.profile ? options.profile : options.stateDir;
    const auto stateDir =
        resolveStateDir(given ? std::optional(given->toStdString()) : std::nullopt, processEnvironment(), getuid());
    if (!stateDir) {
        return std::unexpected(stateDir.error());
    }
    return StackPlace{stateDir->string(),
                      stackSocketFor(runDirFor(*stateDir, processEnvironment(), getuid())).string()};
}

} // namespace binnacle::app
