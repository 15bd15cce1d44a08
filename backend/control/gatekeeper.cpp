// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/gatekeeper.h"

#include "backend/actions/durable_file.h"
#include "backend/actions/sha256.h"

#include <algorithm>
#include <array>
#include <pwd.h>
#include <sys/stat.h>

namespace binnacle::control {
namespace {

struct TokenLine {
    std::string name;
    Role role = Role::Viewer;
    std::string digest;
};

constexpr std::string_view nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@-";

bool goodName(std::string_view name) {
    return !name.empty() && name.size() <= 64 && name.find_first_not_of(nameCharacters) == std::string_view::npos;
}

/// Lines of "NAME ROLE SHA256"; one that is not so makes the whole file invalid, because a typing error must not
/// silently take somebody's right, or leave it.
Result<std::vector<TokenLine>> readTokens(const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) == 0 && (status.st_mode & 077) != 0) {
        return fail(ErrorCode::Denied,
                    "The token file is readable by others, so no token is accepted: chmod 600 " + file.string());
    }
    auto text = readWholeFile(file, 1U << 20);
    if (!text) {
        return text.error().code == ErrorCode::NotFound ? Result<std::vector<TokenLine>>(std::vector<TokenLine>{})
                                                        : std::unexpected(text.error());
    }
    std::vector<TokenLine> tokens;
    std::string_view rest = *text;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        const auto first = line.find(' ');
        const auto second = line.find(' ', first == std::string_view::npos ? first : first + 1);
        const auto role =
            second == std::string_view::npos ? std::nullopt : roleFromName(line.substr(first + 1, second - first - 1));
        if (!role || !goodName(line.substr(0, first)) || line.size() - second - 1 != 64) {
            return fail(ErrorCode::Denied,
                        "The token file " + file.string() + " has a line that is not NAME ROLE SHA256");
        }
        tokens.push_back({std::string(line.substr(0, first)), *role, std::string(line.substr(second + 1))});
    }
    return tokens;
}

std::string accountName(uid_t uid) {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
        return found->pw_name;
    }
    return "uid " + std::to_string(uid);
}

} // namespace

Result<Operator> Gatekeeper::admit(uid_t peer, std::string_view authorization) const {
    if (!authorization.empty()) {
        constexpr std::string_view scheme = "Bearer ";
        if (!authorization.starts_with(scheme)) {
            return fail(ErrorCode::Denied, "The Authorization header is no bearer token.");
        }
        const auto tokens = readTokens(m_tokenFile);
        if (!tokens) {
            return std::unexpected(tokens.error());
        }
        const auto digest = sha256Hex(authorization.substr(scheme.size()));
        for (const auto& token : *tokens) {
            if (equalInConstantTime(token.digest, digest)) {
                return Operator{token.name, token.role};
            }
        }
        return fail(ErrorCode::Denied, "This token is not known.");
    }
    if (peer == 0 || std::ranges::find(m_adminUids, peer) != m_adminUids.end()) {
        return Operator{accountName(peer), Role::Admin};
    }
    if (peer == m_ownUid) {
        return Operator{accountName(peer), Role::Viewer};
    }
    return fail(ErrorCode::Denied, accountName(peer) + " has no right here without a token.");
}

Result<std::string> addToken(const std::filesystem::path& tokenFile, const std::string& name, Role role) {
    if (!goodName(name)) {
        return fail(ErrorCode::Invalid, "A name has 1 to 64 letters, digits and . _ @ -");
    }
    const auto tokens = readTokens(tokenFile);
    if (!tokens) {
        return std::unexpected(tokens.error());
    }
    std::string text;
    for (const auto& token : *tokens) {
        if (token.name != name) {
            text += token.name + " " + std::string(roleName(token.role)) + " " + token.digest + "\n";
        }
    }
    auto token = randomHex(24);
    text += name + " " + std::string(roleName(role)) + " " + sha256Hex(token) + "\n";
    if (auto written = replaceFile(tokenFile, text); !written) {
        return std::unexpected(std::move(written.error()));
    }
    return token;
}

} // namespace binnacle::control
