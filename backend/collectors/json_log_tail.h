// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace binnacle {

/// Follows the newest *.json file of a log directory from its present end, line by line. Safe against rotation (the
/// old file is read to its end first), truncation, and lines that are still being written. Reads a bounded amount in
/// each pass and never blocks. One thread at a time.
class JsonLogTail {
public:
    explicit JsonLogTail(std::filesystem::path directory);
    ~JsonLogTail();
    JsonLogTail(const JsonLogTail&) = delete;
    JsonLogTail& operator=(const JsonLogTail&) = delete;

    /// Hands over the lines that were completed since the last pass. False when the directory can't be read.
    bool readNew(const std::function<void(std::string_view line)>& onLine);

private:
    [[nodiscard]] bool openFile(const std::filesystem::path& file);
    void closeFile();
    void drain(const std::function<void(std::string_view line)>& onLine, std::size_t& budget);

    std::filesystem::path m_directory;
    int m_fd = -1;
    std::uint64_t m_inode = 0;
    std::int64_t m_offset = 0;
    std::string m_partial;
    bool m_skippingLine = false; ///< inside a line that is too long to be kept
    bool m_started = false;
};

/// Whether a line of PostgreSQL's JSON log reports a deadlock (SQLSTATE 40P01).
[[nodiscard]] bool isDeadlockEntry(std::string_view line);

} // namespace binnacle
