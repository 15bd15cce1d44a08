// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/log_text.h"

#include "backend/stack/unique_fd.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <vector>

namespace binnacle::stack {

namespace {

constexpr std::size_t longestComplaint = 300;

std::string printable(std::string_view line) {
    std::string text(line.substr(0, longestComplaint));
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return text;
}

bool complains(std::string_view line) {
    constexpr std::array words = {"FATAL", "PANIC", "ERROR", "error:", "[ALERT]", "Fatal", "No space left", "refused"};
    return std::ranges::any_of(words, [&](const char* word) { return line.find(word) != std::string_view::npos; });
}

} // namespace

std::string complaintIn(std::string_view log) {
    std::string_view last;
    std::string_view complaint;
    while (!log.empty()) {
        const auto end = std::min(log.find('\n'), log.size());
        const auto line = log.substr(0, end);
        log.remove_prefix(std::min(end + 1, log.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        last = line;
        if (complains(line)) {
            complaint = line;
        }
    }
    return printable(complaint.empty() ? last : complaint);
}

std::string lastComplaint(std::string_view tail, const std::filesystem::path& log, std::uintmax_t from) {
    std::error_code error;
    const auto size = std::filesystem::file_size(log, error);
    const auto fresh = error || size < from ? tail.size() : static_cast<std::size_t>(size - from);
    if (fresh < tail.size()) {
        tail.remove_prefix(tail.size() - fresh);
    }
    return complaintIn(tail);
}

std::string withAdvice(const std::string& reason, const std::filesystem::path& stateDir) {
    constexpr std::uintmax_t tooLittle = 17 << 20; // not even room for one more file of PostgreSQL's log
    std::error_code error;
    const auto space = std::filesystem::space(stateDir, error);
    if (reason.find("No space left on device") != std::string::npos || (!error && space.available < tooLittle)) {
        return "The disk under " + stateDir.string() +
               " is full. Free some space there, or choose another place with --state-dir, and start again.";
    }
    return reason;
}

void rotateLog(const std::filesystem::path& log, std::uintmax_t limit) {
    std::error_code error;
    const auto size = std::filesystem::file_size(log, error);
    if (error || size <= limit) {
        return;
    }
    auto old = log;
    old += ".1";
    std::filesystem::copy_file(log, old, std::filesystem::copy_options::overwrite_existing, error);
    const UniqueFd fd(::open(log.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (fd) {
        [[maybe_unused]] const int result = ::ftruncate(fd.get(), 0);
    }
}

void pruneDirectory(const std::filesystem::path& directory, std::size_t files, std::uintmax_t bytes) {
    struct Entry {
        std::filesystem::path path;
        struct stat status;
    };
    std::vector<Entry> entries;
    std::error_code error;
    for (const auto& item : std::filesystem::directory_iterator(directory, error)) {
        Entry entry{item.path(), {}};
        if (::lstat(entry.path.c_str(), &entry.status) == 0 && S_ISREG(entry.status.st_mode)) {
            entries.push_back(std::move(entry));
        }
    }
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
        return std::pair(a.status.st_mtim.tv_sec, a.status.st_mtim.tv_nsec) >
               std::pair(b.status.st_mtim.tv_sec, b.status.st_mtim.tv_nsec);
    });
    std::uintmax_t sum = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        sum += static_cast<std::uintmax_t>(entries[i].status.st_size);
        if (i > 0 && (i >= files || sum > bytes)) {
            std::filesystem::remove(entries[i].path, error);
        }
    }
}

} // namespace binnacle::stack
