// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/scenarios/scenario.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace binnacle::load {

namespace {

constexpr std::uint64_t kLargest = 8ULL << 30;
constexpr const char* kBallast = "rehearsal-ballast";

/// Fills what is left with a file. Never on a real disk: there others would suffer who have no part in it.
class DiskFull final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        constexpr const char* kHow = "mount one (mount -t tmpfs -o size=1G tmpfs DIR) and start a stack there "
                                     "(binnacle-stack up --state-dir DIR/stack)";
        if (::geteuid() != 0) {
            return fail(ErrorCode::Conflict, "only root may fill the servers' disk, which must be a tmpfs of limited "
                                             "size");
        }
        struct statfs kind {};
        struct statvfs room {};
        const auto& directory = stage.status.stateDir;
        if (::statfs(directory.c_str(), &kind) != 0 || ::statvfs(directory.c_str(), &room) != 0) {
            return fail(ErrorCode::Io, fmt::format("{}: {}", directory, std::strerror(errno)));
        }
        const auto size = static_cast<std::uint64_t>(room.f_blocks) * room.f_frsize;
        if (kind.f_type != TMPFS_MAGIC || size == 0 || size > kLargest) {
            return fail(ErrorCode::Conflict,
                        fmt::format("{} does not lie on a tmpfs of at most 8 GB: {}", directory, kHow));
        }
        m_ballast = std::filesystem::path(directory) / kBallast;
        return {};
    }
    Result<void> begin() override { return fill(); }
    /// What somebody frees meanwhile is filled again.
    Result<void> goOn() override { return fill(); }
    Result<void> end() override {
        std::error_code error;
        std::filesystem::remove(m_ballast, error);
        return error ? fail(ErrorCode::Io, m_ballast.string() + ": " + error.message()) : Result<void>{};
    }

private:
    Result<void> fill() const {
        const int fd = ::open(m_ballast.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0) {
            return errno == ENOSPC ? Result<void>{}
                                   : fail(ErrorCode::Io, m_ballast.string() + ": " + std::strerror(errno));
        }
        // In ever smaller steps, down to a page.
        for (off_t step = 64L << 20; step >= 4096;) {
            const off_t end = ::lseek(fd, 0, SEEK_END);
            if (::fallocate(fd, 0, end, step) != 0) {
                step /= 2;
            }
        }
        ::close(fd);
        return {};
    }
    std::filesystem::path m_ballast;
};

} // namespace

std::unique_ptr<Scenario> makeDiskFull() {
    return std::make_unique<DiskFull>();
}

} // namespace binnacle::load
