// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/profile_shelf.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <system_error>
#include <unistd.h>

namespace binnacle {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostProfiles = 200;

std::string reason() {
    return std::generic_category().message(errno);
}

/// The whole file, up to a byte over the limit; nothing where it is no file or can't be read.
std::optional<std::string> readDocument(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) { // anything else might never end, or never answer
        return std::nullopt;
    }
    std::ifstream in(file, std::ios::binary);
    std::string document(kLargestProfile + 1, '\0');
    in.read(document.data(), static_cast<std::streamsize>(document.size()));
    if (!in.is_open() || in.bad()) {
        return std::nullopt;
    }
    document.resize(static_cast<std::size_t>(in.gcount()));
    return document;
}

Result<void> writeWhole(const fs::path& file, std::string_view text) {
    const auto failed = [&] { return fail(ErrorCode::Io, file.string() + " can't be written: " + reason()); };
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return failed();
    }
    while (!text.empty()) {
        const auto written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            auto error = failed();
            ::close(fd);
            return error;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    const bool kept = ::fsync(fd) == 0;
    return ::close(fd) == 0 && kept ? Result<void>{} : failed();
}

void syncFolder(const fs::path& folder) {
    if (const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

Result<void> checkName(const std::string& name) {
    if (!isProfileName(name)) {
        return fail(ErrorCode::Invalid, "A profile's name has up to 64 letters, digits, dots, dashes and underscores, "
                                        "and no dot in front.");
    }
    return {};
}

} // namespace

Result<fs::path> profileFolder(const EnvironmentLookup& environment) {
    const auto file = profilePath("any", environment);
    return file ? Result<fs::path>(file->parent_path()) : std::unexpected(file.error());
}

std::vector<ShelvedProfile> ProfileShelf::list() const {
    std::vector<ShelvedProfile> found;
    std::error_code error;
    for (fs::directory_iterator it(m_folder, error), end; !error && it != end; it.increment(error)) {
        const auto& file = it->path();
        const auto name = file.stem().string();
        if (file.extension() != ".json" || !isProfileName(name)) {
            continue;
        }
        if (found.size() == kMostProfiles) {
            break;
        }
        const auto document = readDocument(file);
        auto profile = document ? parseProfile(*document, name)
                                : fail(ErrorCode::Io, "The profile " + file.string() + " can't be read.");
        std::error_code ignored;
        const auto mode = fs::status(file, ignored).permissions();
        const bool open = (mode & (fs::perms::group_read | fs::perms::others_read)) != fs::perms::none;
        found.push_back({name, file, document.value_or(std::string()), std::move(profile), open});
    }
    std::ranges::sort(found, {}, &ShelvedProfile::name);
    return found;
}

Result<void> ProfileShelf::save(const std::string& name, const std::string& document,
                                const std::string& expected) const {
    if (auto named = checkName(name); !named) {
        return named;
    }
    if (auto valid = parseProfile(document, name); !valid) {
        return std::unexpected(std::move(valid.error()));
    }
    const auto file = fileOf(name);
    std::error_code error;
    if (!fs::is_directory(m_folder, error)) {
        fs::create_directories(m_folder, error);
        fs::permissions(m_folder, fs::perms::owner_all, error);
    }
    if (readDocument(file).value_or(std::string()) != expected || (expected.empty() && fs::exists(file, error))) {
        return fail(ErrorCode::Conflict, expected.empty()
                                             ? "There is a profile " + name + " already. Choose another name."
                                             : file.string() + " was changed by somebody else meanwhile. Nothing was "
                                                               "written; open it again to see what it says now.");
    }
    const auto made = m_folder / ("." + name + ".json.new-" + std::to_string(::getpid()));
    fs::remove(made, error);
    if (auto written = writeWhole(made, document); !written) {
        fs::remove(made, error);
        return written;
    }
    if (::rename(made.c_str(), file.c_str()) != 0) {
        auto failed = fail(ErrorCode::Io, file.string() + " can't be replaced: " + reason());
        fs::remove(made, error);
        return failed;
    }
    syncFolder(m_folder);
    return {};
}

Result<void> ProfileShelf::remove(const std::string& name) const {
    if (auto named = checkName(name); !named) {
        return named;
    }
    const auto file = fileOf(name);
    if (::rename(file.c_str(), (file.string() + ".removed").c_str()) != 0) {
        return fail(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                    file.string() + " can't be removed: " + reason());
    }
    syncFolder(m_folder);
    return {};
}

Result<void> ProfileShelf::restore(const std::string& name) const {
    if (auto named = checkName(name); !named) {
        return named;
    }
    const auto file = fileOf(name);
    const auto removed = file.string() + ".removed";
    // A link fails where a rename would replace.
    if (::link(removed.c_str(), file.c_str()) != 0) {
        return errno == EEXIST ? fail(ErrorCode::Conflict, "There is another profile " + name +
                                                               " by now; the removed one is in " + removed + ".")
                               : fail(ErrorCode::Io, removed + " can't be brought back: " + reason());
    }
    ::unlink(removed.c_str());
    syncFolder(m_folder);
    return {};
}

} // namespace binnacle
