// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/audit.h"

#include <filesystem>
#include <vector>

namespace binnacle {

/// Reads all entries of a journal. Protocol when a line is not one; an unfinished last line, which a power cut leaves,
/// is left out, because what it announced was never begun.
[[nodiscard]] Result<std::vector<SealedEntry>> readJournal(const std::filesystem::path& file);

/// The journals of a directory, sorted by name; none when it does not exist.
[[nodiscard]] std::vector<std::filesystem::path> journalsIn(const std::filesystem::path& directory);

/// Break-glass's own audit: one file of lines, one writer, appended and flushed before the act. The file is locked
/// while this object lives, so that two people of one account take turns.
class AuditJournal {
public:
    /// Opens this account's journal in the directory, or makes one (0600, owned by the directory's owner). Conflict
    /// when somebody else is at it, or when the chain in it is not whole.
    [[nodiscard]] static Result<AuditJournal> open(const std::filesystem::path& directory, unsigned uid);
    ~AuditJournal();
    AuditJournal(AuditJournal&& other) noexcept;
    AuditJournal& operator=(AuditJournal&&) = delete;

    [[nodiscard]] const std::vector<SealedEntry>& entries() const { return m_entries; }
    [[nodiscard]] const std::string& writerId() const { return m_head.writerId; }
    /// Seals the entry behind the last one and writes it durably. After an error nothing of it remains.
    [[nodiscard]] Result<SealedEntry> append(AuditEntry entry);

private:
    AuditJournal(std::filesystem::path file, int fd, std::vector<SealedEntry> entries, ChainHead head)
        : m_file(std::move(file))
        , m_fd(fd)
        , m_entries(std::move(entries))
        , m_head(std::move(head)) {}

    std::filesystem::path m_file;
    int m_fd = -1;
    std::vector<SealedEntry> m_entries;
    ChainHead m_head;
};

} // namespace binnacle
