// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/first_start.h"

#include "backend/stack/config_files.h"
#include "backend/stack/files.h"
#include "backend/stack/unique_fd.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace binnacle::stack {

namespace {

constexpr std::string_view kMark = "# not yet on the disk as a whole; made at boot ";

std::string marked(const std::string& boot) {
    return std::string(kMark) + boot + "\n";
}

UniqueFd openDirectory(const std::filesystem::path& path) {
    return UniqueFd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

} // namespace

std::string currentBoot() {
    const auto id = readFile("/proc/sys/kernel/random/boot_id", 64);
    return id ? id->substr(0, id->find('\n')) : std::string();
}

bool mayBeTorn(const StackPaths& paths, const std::string& boot) {
    const auto text = readFile(firstStartFileOf(paths), 4096);
    if (!text || !text->starts_with(kMark) || boot.empty()) {
        return false;
    }
    const auto made = text->substr(kMark.size(), text->find('\n') - kMark.size());
    return !made.empty() && made != boot;
}

Result<void> skipSyncing(const StackPaths& paths, const std::string& boot) {
    return writeFileIfChanged(firstStartFileOf(paths), marked(boot) + "fsync = off\n", 0600);
}

Result<void> endSkipping(const StackPaths& paths) {
    const auto file = firstStartFileOf(paths);
    const auto text = readFile(file, 4096);
    if (!text) {
        return text.error().code == ErrorCode::NotFound ? Result<void>{} : std::unexpected(text.error());
    }
    // Cut short, not written anew: to sync it would be to wait for all that was not synced. What is read after the end
    // of the machine may be either, and says the same.
    std::error_code error;
    if (text->starts_with(kMark)) {
        std::filesystem::resize_file(file, text->find('\n') + 1, error);
    } else {
        std::filesystem::remove(file, error); // of an earlier version
    }
    return error ? std::unexpected(fileError("written", file, error.value())) : Result<void>{};
}

void syncOnce(const StackPaths& paths) {
    std::error_code error;
    const auto file = firstStartFileOf(paths);
    const auto directory = openDirectory(file.parent_path());
    if (!directory || !std::filesystem::exists(file, error)) {
        return;
    }
    if (::syncfs(directory.get()) != 0 && (errno == EIO || errno == ENOSPC || errno == EDQUOT)) {
        return; // it is not there as a whole; where a system knows no such call nothing can be told, and nothing is
    }
    std::filesystem::remove(file, error);
    ::fsync(directory.get()); // else the next start of the machine might find it again
}

} // namespace binnacle::stack
