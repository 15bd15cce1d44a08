// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/files.h"

#include "backend/stack/unique_fd.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace binnacle::stack {

namespace {

Result<void> writeAll(int fd, std::string_view content, const std::filesystem::path& path) {
    while (!content.empty()) {
        const auto written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return std::unexpected(fileError("written", path, errno));
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

} // namespace

Error fileError(std::string_view what, const std::filesystem::path& path, int errorNumber) {
    const std::string place = path.string();
    switch (errorNumber) {
    case ENOSPC:
    case EDQUOT:
        return {ErrorCode::Io,
                "The disk is full: " + place + " can't be " + std::string(what) +
                    ". Free some space there, or choose another place with --state-dir, and start again."};
    case EACCES:
    case EPERM:
    case EROFS:
        return {ErrorCode::Denied, place + " can't be " + std::string(what) + ": " + std::strerror(errorNumber) +
                                       ". Give this account access to it, or choose another place with --state-dir."};
    case ENOENT:
        return {ErrorCode::NotFound, place + " does not exist."};
    default:
        return {ErrorCode::Io, place + " can't be " + std::string(what) + ": " + std::strerror(errorNumber) + "."};
    }
}

Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!fd) {
        return std::unexpected(fileError("read", path, errno));
    }
    std::string content;
    char buffer[16384];
    for (;;) {
        const auto got = ::read(fd.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return std::unexpected(fileError("read", path, errno));
        }
        if (got == 0) {
            return content;
        }
        content.append(buffer, static_cast<std::size_t>(got));
        if (content.size() > limit) {
            return fail(ErrorCode::Invalid, path.string() + " is larger than expected.");
        }
    }
}

Result<void> writeFile(const std::filesystem::path& path, std::string_view content, mode_t mode) {
    auto temporary = path;
    temporary += ".new";
    ::unlink(temporary.c_str());
    const UniqueFd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!fd) {
        return std::unexpected(fileError("written", path, errno));
    }
    auto written = writeAll(fd.get(), content, path);
    if (written && ::fchmod(fd.get(), mode) != 0) {
        written = std::unexpected(fileError("written", path, errno));
    }
    if (written && ::fdatasync(fd.get()) != 0) {
        written = std::unexpected(fileError("written", path, errno));
    }
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
        written = std::unexpected(fileError("written", path, errno));
    }
    if (!written) {
        ::unlink(temporary.c_str());
    }
    return written;
}

Result<void> writeFileIfChanged(const std::filesystem::path& path, std::string_view content, mode_t mode) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 07777) == mode) {
        const auto present = readFile(path, content.size());
        if (present && *present == content) {
            return {};
        }
    }
    return writeFile(path, content, mode);
}

Result<void> ensurePrivateDirectory(const std::filesystem::path& path, uid_t owner, gid_t group) {
    if (path.has_parent_path()) {
        std::error_code error;
        std::filesystem::create_directories(path.parent_path(), error);
        if (error) {
            return std::unexpected(fileError("created", path.parent_path(), error.value()));
        }
    }
    const bool created = ::mkdir(path.c_str(), 0700) == 0;
    if (!created && errno != EEXIST) {
        return std::unexpected(fileError("created", path, errno));
    }
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status {};
    if (!fd || ::fstat(fd.get(), &status) != 0) {
        return std::unexpected(fileError("used as a directory", path, errno));
    }
    if (status.st_uid != owner) {
        // Only root may hand a directory over, and only one that is its own: never somebody else's.
        if (status.st_uid != ::geteuid() || ::fchown(fd.get(), owner, group) != 0) {
            return fail(ErrorCode::Denied, path.string() + " belongs to another account. Choose another place with "
                                                           "--state-dir, or have its owner start the stack.");
        }
    }
    if ((status.st_mode & 07777) != 0700 && ::fchmod(fd.get(), 0700) != 0) {
        return std::unexpected(fileError("made private", path, errno));
    }
    return {};
}

std::string tailOf(const std::filesystem::path& path, std::size_t bytes) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (!fd || ::fstat(fd.get(), &status) != 0) {
        return {};
    }
    const auto length = std::min(static_cast<std::size_t>(status.st_size), bytes);
    std::string tail(length, '\0');
    const auto got = ::pread(fd.get(), tail.data(), length, status.st_size - static_cast<off_t>(length));
    tail.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return tail;
}

} // namespace binnacle::stack
