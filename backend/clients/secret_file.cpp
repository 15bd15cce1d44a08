// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/secret_file.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace binnacle {

Result<std::string> readSecretFile(const std::filesystem::path& file) {
    // Non-blocking: a FIFO put in its place must not hang us.
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        const int error = errno;
        const auto code = error == EACCES || error == EPERM ? ErrorCode::Denied
                          : error == ENOENT                 ? ErrorCode::NotFound
                                                            : ErrorCode::Io;
        return fail(code, "The credential file " + file.string() +
                              " can't be read: " + std::generic_category().message(error));
    }
    constexpr std::size_t cap = 4096;
    std::string text(cap + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const auto got = ::read(fd, text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        size += static_cast<std::size_t>(got);
    }
    ::close(fd);
    text.resize(size);
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.pop_back();
    }
    if (text.empty() || text.size() > cap) {
        return fail(ErrorCode::Invalid, "The credential file " + file.string() + " is empty or too long");
    }
    return text;
}

} // namespace binnacle
