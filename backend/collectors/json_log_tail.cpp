// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/json_log_tail.h"

#include <algorithm>
#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

namespace binnacle {

namespace {

constexpr std::size_t kPassBudget = 1U << 20;
constexpr std::size_t kLineCap = 256U << 10;
constexpr std::size_t kFileCap = 1000;

std::int64_t nanoseconds(const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace

/// The log files, oldest first.
bool JsonLogTail::listLogs(const std::filesystem::path& directory, std::vector<LogFile>& files) {
    std::error_code error;
    std::filesystem::directory_iterator entries(directory, error);
    for (; !error && entries != std::filesystem::directory_iterator() && files.size() < kFileCap;
         entries.increment(error)) {
        struct stat info {};
        if (entries->path().extension() == ".json" && ::stat(entries->path().c_str(), &info) == 0 &&
            S_ISREG(info.st_mode)) {
            files.push_back({entries->path(), nanoseconds(info.st_mtim), info.st_ino, info.st_size});
        }
    }
    std::ranges::sort(files, [](const LogFile& a, const LogFile& b) {
        return std::pair(a.modifiedNs, a.path.native()) < std::pair(b.modifiedNs, b.path.native());
    });
    return !error;
}

JsonLogTail::JsonLogTail(std::filesystem::path directory)
    : m_directory(std::move(directory)) {}

JsonLogTail::~JsonLogTail() {
    closeFile();
}

void JsonLogTail::closeFile() {
    if (m_fd >= 0) {
        ::close(m_fd);
    }
    m_fd = -1;
    m_inode = 0;
    m_offset = 0;
    m_partial.clear();
    m_skippingLine = false;
}

bool JsonLogTail::openFile(const std::filesystem::path& file) {
    closeFile();
    m_fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info {};
    if (m_fd < 0 || ::fstat(m_fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        closeFile();
        return false;
    }
    m_inode = info.st_ino;
    return true;
}

/// Begins so far before the present end as is read back.
bool JsonLogTail::begin(const std::vector<LogFile>& files) {
    constexpr auto wanted = static_cast<std::int64_t>(kReadBack);
    auto first = files.end();
    std::int64_t bytes = 0;
    while (first != files.begin() && bytes < wanted) {
        --first;
        bytes += first->size;
    }
    if (!openFile(first->path)) {
        return false;
    }
    if (bytes > wanted) { // from the byte before, so that a line that begins right there is whole
        m_offset = bytes - wanted - 1;
        m_skippingLine = true;
    }
    for (; first != files.end(); ++first) {
        m_pastInodes.push_back(first->inode);
    }
    m_pastEnd = files.back().size;
    return true;
}

/// Asked for each line in turn: once one is new, all that follow are.
bool JsonLogTail::isPast(std::int64_t lineEnd) {
    if (m_pastInodes.empty()) {
        return false;
    }
    const bool known = std::ranges::find(m_pastInodes, m_inode) != m_pastInodes.end();
    if (!known || (m_inode == m_pastInodes.back() && lineEnd > m_pastEnd)) {
        m_pastInodes.clear();
    }
    return !m_pastInodes.empty();
}

void JsonLogTail::drain(const OnLine& onLine, std::size_t& budget) {
    struct stat info {};
    if (m_fd < 0 || ::fstat(m_fd, &info) != 0) {
        return;
    }
    if (info.st_size < m_offset) { // begun anew under the same name
        m_offset = 0;
        m_partial.clear();
        m_skippingLine = false;
        m_pastInodes.clear();
    }
    std::string chunk(64U << 10, '\0');
    while (budget > 0) {
        const auto got = ::pread(m_fd, chunk.data(), std::min(chunk.size(), budget), m_offset);
        if (got <= 0) {
            return;
        }
        m_offset += got;
        budget -= static_cast<std::size_t>(got);
        auto text = std::string_view(chunk).substr(0, static_cast<std::size_t>(got));
        for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
            const bool past = isPast(m_offset - static_cast<std::int64_t>(text.size() - end - 1));
            if (m_skippingLine) {
                m_skippingLine = false;
            } else if (m_partial.empty()) {
                onLine(text.substr(0, end), past);
            } else {
                m_partial += text.substr(0, end);
                onLine(m_partial, past);
            }
            m_partial.clear();
            text.remove_prefix(end + 1);
        }
        if (m_skippingLine || m_partial.size() + text.size() > kLineCap) {
            m_skippingLine = true;
            m_partial.clear();
        } else {
            m_partial += text;
        }
    }
}

bool JsonLogTail::readNew(const OnLine& onLine) {
    std::vector<LogFile> files;
    if (!listLogs(m_directory, files)) {
        return false;
    }
    std::size_t budget = kPassBudget;
    if (!m_started) {
        if (!files.empty() && !begin(files)) {
            return false;
        }
        m_started = true;
        budget += kReadBack; // in one pass, so that what it tells of is whole
    }
    drain(onLine, budget);
    auto next = std::ranges::find(files, m_inode, &LogFile::inode);
    // The present file is gone from the directory: everything newer than what was read is what stands there last.
    next = next != files.end() ? std::next(next) : (files.empty() ? files.end() : std::prev(files.end()));
    for (; next != files.end() && budget > 0; ++next) {
        drain(onLine, budget); // written between our reading and the rotation
        if (!openFile(next->path)) {
            return false;
        }
        drain(onLine, budget);
    }
    return true;
}

bool isDeadlockEntry(std::string_view line) {
    // Cheap first: quotes inside logged text are escaped, so this can't match there, but a key may still mislead.
    if (line.find("\"40P01\"") == std::string_view::npos) {
        return false;
    }
    thread_local simdjson::dom::parser parser;
    simdjson::dom::object entry;
    std::string_view state;
    return parser.parse(line.data(), line.size()).get(entry) == simdjson::SUCCESS &&
           entry["state_code"].get(state) == simdjson::SUCCESS && state == "40P01";
}

} // namespace binnacle
