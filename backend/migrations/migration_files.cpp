// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/migrations/migration_files.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

namespace binnacle {

namespace {

constexpr std::size_t timeDigits = 14;
constexpr std::uintmax_t largestFile = 8192; // std::regex recurses with the length of what it matches

std::unexpected<Error> wrong(const std::string& file, const std::string& what) {
    return fail(ErrorCode::Invalid, file + ": " + what);
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? std::string()
                                      : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

struct FileText {
    std::string title;
    std::string statement;
};

/// Lines are joined, so that a comment behind code would hide all that follows it.
Result<void> checkComments(const std::string& file, const std::string& statement) {
    if (statement.find("--") != std::string::npos || statement.find("/*") != std::string::npos) {
        return wrong(file, "put comments on lines of their own that begin with --.");
    }
    return {};
}

/// Comments are whole lines: a "--" behind code would need a lexer to tell it from a part of a literal.
FileText readStatement(const std::string& text) {
    constexpr std::string_view titleMark = "-- title:";
    FileText file;
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
        line = trimmed(line);
        if (line.starts_with(titleMark)) {
            file.title = trimmed(line.substr(titleMark.size()));
        } else if (!line.empty() && !line.starts_with("--")) {
            file.statement += (file.statement.empty() ? "" : " ") + line;
        }
    }
    if (file.statement.ends_with(';')) {
        file.statement = trimmed(file.statement.substr(0, file.statement.size() - 1));
    }
    return file;
}

/// As the server keeps a name that is not quoted.
std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return text;
}

constexpr const char* identifier = "([a-z_][a-z0-9_]{0,62})";

Result<IndexName> parseExpand(const std::string& file, const std::string& statement) {
    static const std::regex shape(std::string("create (?:unique )?index concurrently ") + identifier + " on " +
                                      identifier + "\\." + identifier + " ?(?:\\(|using ).*",
                                  std::regex::icase);
    std::smatch parts;
    if (statement.find(';') != std::string::npos || !std::regex_match(statement, parts, shape)) {
        return wrong(file,
                     "this version understands one statement, CREATE INDEX CONCURRENTLY name ON schema.table (…), "
                     "with names that need no quotes.");
    }
    return IndexName{lower(parts[2]), lower(parts[1]), lower(parts[3])};
}

Result<void> checkRevert(const std::string& file, const std::string& statement, const IndexName& index) {
    static const std::regex shape(
        std::string("drop index concurrently (?:if exists )?") + identifier + "\\." + identifier, std::regex::icase);
    std::smatch parts;
    if (!std::regex_match(statement, parts, shape) || lower(parts[1]) != index.schema ||
        lower(parts[2]) != index.index) {
        return wrong(file, "the reversal must be DROP INDEX CONCURRENTLY " + index.qualified() + ".");
    }
    return {};
}

Result<std::string> readText(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (!error && size > largestFile) {
        return wrong(file.filename(), "it is larger than 8 KiB.");
    }
    std::ifstream stream(file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (error || !stream.good()) {
        return fail(ErrorCode::Io, file.string() + " can't be read.");
    }
    return text;
}

/// Names without their kind -> kind -> text.
using Halves = std::map<std::string, std::map<std::string, std::string>>;

Result<Halves> readHalves(const std::filesystem::path& directory) {
    static const std::regex shape("([0-9]{14}_[a-z][a-z0-9_]*)\\.(expand|revert)\\.sql");
    Halves halves;
    std::error_code error;
    for (std::filesystem::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
        const auto name = at->path().filename().string();
        if (!name.ends_with(".sql")) {
            continue;
        }
        std::smatch parts;
        if (!std::regex_match(name, parts, shape)) {
            return wrong(name, "a migration is named YYYYMMDDhhmmss_name.expand.sql or .revert.sql; this version knows "
                               "no other kind.");
        }
        auto text = readText(at->path());
        if (!text) {
            return std::unexpected(std::move(text.error()));
        }
        halves[parts[1]].emplace(parts[2], std::move(*text));
    }
    if (error) {
        return fail(ErrorCode::Io, directory.string() + " can't be read: " + error.message());
    }
    return halves;
}

} // namespace

Result<Migration> parseMigration(const std::string& id, const std::string& expandText, const std::string& revertText) {
    auto expand = readStatement(expandText);
    auto revert = readStatement(revertText);
    for (const auto& [kind, statement] :
         {std::pair(".expand.sql", &expand.statement), std::pair(".revert.sql", &revert.statement)}) {
        if (auto plain = checkComments(id + kind, *statement); !plain) {
            return std::unexpected(std::move(plain.error()));
        }
    }
    auto index = parseExpand(id + ".expand.sql", expand.statement);
    if (!index) {
        return std::unexpected(std::move(index.error()));
    }
    if (auto fits = checkRevert(id + ".revert.sql", revert.statement, *index); !fits) {
        return std::unexpected(std::move(fits.error()));
    }
    Migration migration;
    migration.id = id;
    migration.title = expand.title.empty() ? id.substr(std::min(id.size(), timeDigits + 1)) : expand.title;
    migration.statement = std::move(expand.statement);
    migration.revertStatement = std::move(revert.statement);
    migration.index = std::move(*index);
    return migration;
}

Result<std::vector<Migration>> readMigrations(const std::filesystem::path& directory, const Digest& digest) {
    const auto halves = readHalves(directory);
    if (!halves) {
        return std::unexpected(halves.error());
    }
    std::vector<Migration> migrations;
    for (const auto& [id, texts] : *halves) {
        for (const char* kind : {"expand", "revert"}) {
            if (!texts.contains(kind)) {
                return wrong(id + "." + kind + ".sql", "it is missing: a migration has both halves.");
            }
        }
        if (!migrations.empty() && migrations.back().id.substr(0, timeDigits) == id.substr(0, timeDigits)) {
            return wrong(id, "its time is that of " + migrations.back().id + ": give it another one.");
        }
        auto migration = parseMigration(id, texts.at("expand"), texts.at("revert"));
        if (!migration) {
            return std::unexpected(std::move(migration.error()));
        }
        migration->digest = digest(digest(texts.at("expand")) + digest(texts.at("revert")));
        migration->chain = digest((migrations.empty() ? std::string() : migrations.back().chain) + migration->digest);
        migrations.push_back(std::move(*migration));
    }
    return migrations;
}

Result<const Migration*> findMigration(const std::vector<Migration>& migrations, std::string_view id) {
    std::string names;
    for (const auto& migration : migrations) {
        if (migration.id == id || std::string_view(migration.id).substr(0, timeDigits) == id) {
            return &migration;
        }
        names += (names.empty() ? "" : ", ") + migration.id;
    }
    return fail(ErrorCode::Invalid, "There is no migration \"" + std::string(id) + "\". There " +
                                        (names.empty() ? std::string("is none.") : "are: " + names + "."));
}

} // namespace binnacle
