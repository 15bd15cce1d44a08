// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Follows the *.json files of a log directory line by line, from a stretch before their present end on. Safe against
/// rotation (the old file is read to its end first), truncation, and lines that are still being written. Reads a
/// bounded amount in each pass and never blocks. One thread at a time.
class JsonLogTail {
public:
    /// What is read of the time before the first pass, over the newest files together.
    static constexpr std::size_t kReadBack = 2U << 20;
    /// `past`: the line was complete when the first pass began. Each line comes once, in the order of the log; one
    /// whose beginning was not read never comes.
    using OnLine = std::function<void(std::string_view line, bool past)>;

    explicit JsonLogTail(std::filesystem::path directory);
    ~JsonLogTail();
    JsonLogTail(const JsonLogTail&) = delete;
    JsonLogTail& operator=(const JsonLogTail&) = delete;

    /// Hands over the lines that were completed since the last pass. False when the directory can't be read.
    bool readNew(const OnLine& onLine);

private:
    struct LogFile {
        std::filesystem::path path;
        std::int64_t modifiedNs = 0;
        std::uint64_t inode = 0;
        std::int64_t size = 0;
    };
    [[nodiscard]] static bool listLogs(const std::filesystem::path& directory, std::vector<LogFile>& files);
    [[nodiscard]] bool begin(const std::vector<LogFile>& files);
    [[nodiscard]] bool openFile(const std::filesystem::path& file);
    void closeFile();
    void drain(const OnLine& onLine, std::size_t& budget);
    [[nodiscard]] bool isPast(std::int64_t lineEnd);

    std::filesystem::path m_directory;
    int m_fd = -1;
    std::uint64_t m_inode = 0;
    std::int64_t m_offset = 0;
    std::string m_partial;
    bool m_skippingLine = false; ///< inside a line that is too long to be kept, or whose beginning was not read
    bool m_started = false;
    std::vector<std::uint64_t> m_pastInodes; ///< of the files that are read back, the newest last; empty when done
    std::int64_t m_pastEnd = 0;              ///< of the newest, when the first pass began
};

/// Whether a line of PostgreSQL's JSON log reports a deadlock (SQLSTATE 40P01).
[[nodiscard]] bool isDeadlockEntry(std::string_view line);

} // namespace binnacle
