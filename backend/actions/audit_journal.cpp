// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/audit_journal.h"

#include "backend/actions/action_documents.h"
#include "backend/actions/durable_file.h"
#include "backend/actions/sha256.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace binnacle {
namespace {

std::unexpected<Error> systemError(const std::filesystem::path& file) {
    const int error = errno;
    return fail(error == EACCES || error == EPERM ? ErrorCode::Denied : ErrorCode::Io,
                "The audit " + file.string() + " can't be written: " + std::strerror(error));
}

Result<std::vector<SealedEntry>> parseJournal(std::string_view text, const std::filesystem::path& file) {
    std::vector<SealedEntry> entries;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        auto sealed = parseSealedLine(text.substr(0, end));
        if (!sealed) {
            return fail(ErrorCode::Protocol, file.filename().string() + ": line " + std::to_string(entries.size() + 1) +
                                                 " was changed after it was written");
        }
        entries.push_back(std::move(*sealed));
        text.remove_prefix(end + 1);
    }
    return entries;
}

/// The account's own journal, or the name of a new one.
std::filesystem::path ownJournal(const std::filesystem::path& directory, unsigned uid) {
    const auto prefix = "breakglass-" + std::to_string(uid) + "-";
    for (const auto& file : journalsIn(directory)) {
        if (file.filename().string().starts_with(prefix)) {
            return file;
        }
    }
    return directory / (prefix + randomHex(4) + ".jsonl");
}

} // namespace

Result<std::vector<SealedEntry>> readJournal(const std::filesystem::path& file) {
    const auto text = readWholeFile(file);
    return text ? parseJournal(*text, file) : std::unexpected(text.error());
}

std::vector<std::filesystem::path> journalsIn(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".jsonl" && it->is_regular_file(error)) {
            files.push_back(it->path());
        }
    }
    std::ranges::sort(files);
    return files;
}

Result<AuditJournal> AuditJournal::open(const std::filesystem::path& directory, unsigned uid) {
    struct stat place {};
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
        return systemError(directory);
    }
    if (::lstat(directory.c_str(), &place) != 0 || !S_ISDIR(place.st_mode)) {
        return fail(ErrorCode::Io, directory.string() + " is no directory");
    }
    if (::stat(directory.parent_path().c_str(), &place) == 0 && ::geteuid() == 0 && uid == 0) {
        // Root beside an account's stack: control, which runs as that account, reads it later.
        if (::lchown(directory.c_str(), place.st_uid, place.st_gid) != 0) {
            return systemError(directory);
        }
    }
    const auto file = ownJournal(directory, uid);
    const bool fresh = !std::filesystem::exists(file);
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return systemError(file);
    }
    AuditJournal journal(file, fd, {}, {file.stem().string(), 0, {}});
    if (fresh && ::geteuid() == 0 && ::fchown(fd, place.st_uid, place.st_gid) != 0) {
        return systemError(file);
    }
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::Conflict, "Another break-glass action of this account is running");
    }
    if (auto synced = syncDirectory(directory); fresh && !synced) {
        return std::unexpected(synced.error());
    }
    const auto text = readWholeFile(file);
    if (!text) {
        return std::unexpected(text.error());
    }
    auto entries = parseJournal(*text, file);
    if (!entries) {
        return fail(ErrorCode::Conflict, entries.error().text);
    }
    if (const auto fault = verifyChain(journal.writerId(), *entries, {}, sha256Hex)) {
        return fail(ErrorCode::Conflict, file.filename().string() + ": " + fault->text);
    }
    // An unfinished last line announced something that was never begun.
    const auto whole = text->rfind('\n') == std::string::npos ? 0 : text->rfind('\n') + 1;
    if (whole != text->size() && ::ftruncate(fd, static_cast<off_t>(whole)) != 0) {
        return systemError(file);
    }
    if (!entries->empty()) {
        journal.m_head = headOf(entries->back());
    }
    journal.m_entries = std::move(*entries);
    return journal;
}

AuditJournal::AuditJournal(AuditJournal&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_fd(std::exchange(other.m_fd, -1))
    , m_entries(std::move(other.m_entries))
    , m_head(std::move(other.m_head)) {}

AuditJournal::~AuditJournal() {
    if (m_fd >= 0) {
        ::close(m_fd);
    }
}

Result<SealedEntry> AuditJournal::append(AuditEntry entry) {
    auto sealed = seal(std::move(entry), m_head, sha256Hex);
    const auto line = sealedLine(sealed) + "\n";
    const auto size = ::lseek(m_fd, 0, SEEK_END);
    if (::write(m_fd, line.data(), line.size()) != static_cast<ssize_t>(line.size()) || ::fdatasync(m_fd) != 0) {
        auto error = systemError(m_file);
        // What was half written must not stand before the next entry.
        if (::ftruncate(m_fd, size) != 0) {
            error.error().text += "; its last line is unfinished";
        }
        return error;
    }
    m_head = headOf(sealed);
    m_entries.push_back(sealed);
    return sealed;
}

} // namespace binnacle
