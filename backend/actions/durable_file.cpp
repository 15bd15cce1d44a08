// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/durable_file.h"

#include "backend/actions/sha256.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace binnacle {
namespace {

std::unexpected<Error> systemError(const std::string& what) {
    const int error = errno;
    const auto code = error == ENOENT                     ? ErrorCode::NotFound
                      : error == EACCES || error == EPERM ? ErrorCode::Denied
                                                          : ErrorCode::Io;
    return fail(code, what + ": " + std::strerror(error));
}

struct Descriptor {
    int fd = -1;
    ~Descriptor() {
        if (fd >= 0) {
            ::close(fd);
        }
    }
};

Result<void> writeAll(int fd, std::string_view content, const std::string& what) {
    while (!content.empty()) {
        const auto written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno != EINTR) {
            return systemError(what);
        }
        content.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    return {};
}

Result<void> writeNewFile(const std::filesystem::path& fresh, const std::filesystem::path& file,
                          std::string_view content) {
    const Descriptor out{::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (out.fd < 0) {
        return systemError("Writing " + file.string());
    }
    if (auto written = writeAll(out.fd, content, "Writing " + file.string()); !written) {
        return written;
    }
    struct stat old {};
    if (::lstat(file.c_str(), &old) == 0 && S_ISREG(old.st_mode)) {
        if (::fchmod(out.fd, old.st_mode & 0777) != 0) {
            return systemError("Writing " + file.string());
        }
    } else if (::stat(file.parent_path().c_str(), &old) != 0) {
        return systemError("Writing " + file.string());
    }
    // Only root writes for another account; for everybody else this changes nothing.
    if (::geteuid() == 0 && ::fchown(out.fd, old.st_uid, old.st_gid) != 0) {
        return systemError("Writing " + file.string());
    }
    if (::fsync(out.fd) != 0) {
        return systemError("Writing " + file.string());
    }
    if (::rename(fresh.c_str(), file.c_str()) != 0) {
        return systemError("Writing " + file.string());
    }
    return {};
}

} // namespace

Result<std::string> readWholeFile(const std::filesystem::path& file, std::size_t cap) {
    const Descriptor in{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
    if (in.fd < 0) {
        return systemError("Reading " + file.string());
    }
    std::string text;
    char buffer[16384];
    while (true) {
        const auto got = ::read(in.fd, buffer, sizeof(buffer));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return systemError("Reading " + file.string());
        }
        if (got == 0) {
            return text;
        }
        text.append(buffer, static_cast<std::size_t>(got));
        if (text.size() > cap) {
            return fail(ErrorCode::Invalid, file.string() + " is larger than " + std::to_string(cap) + " bytes");
        }
    }
}

Result<void> replaceFile(const std::filesystem::path& file, std::string_view content) {
    const auto fresh = file.parent_path() / ("." + file.filename().string() + "." + randomHex(4));
    auto written = writeNewFile(fresh, file, content);
    if (!written) {
        ::unlink(fresh.c_str());
        return written;
    }
    return syncDirectory(file.parent_path());
}

Result<void> syncDirectory(const std::filesystem::path& directory) {
    const Descriptor open{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (open.fd < 0 || ::fsync(open.fd) != 0) {
        return systemError("Flushing " + directory.string());
    }
    return {};
}

} // namespace binnacle
