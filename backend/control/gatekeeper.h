// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/action_engine.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace binnacle::control {

/// Tells who asks. A token names a person and a role; without one, the listed uids and uid 0 are admin. A token wins
/// over the uid, also when it is wrong: then nobody is let in. The account that control runs as may look, because the
/// supervisor, which asks for its health, is of that account. Safe to call from several threads.
class Gatekeeper {
public:
    Gatekeeper(std::vector<uid_t> adminUids, std::optional<uid_t> ownUid, std::filesystem::path tokenFile)
        : m_adminUids(std::move(adminUids))
        , m_ownUid(ownUid)
        , m_tokenFile(std::move(tokenFile)) {}

    /// `authorization` is the header's value, or empty. Denied, with a sentence, for everybody else.
    [[nodiscard]] Result<Operator> admit(uid_t peer, std::string_view authorization) const;

private:
    std::vector<uid_t> m_adminUids;
    std::optional<uid_t> m_ownUid;
    std::filesystem::path m_tokenFile;
};

/// Adds a person to the token file and gives the new token, which is stored nowhere: the file holds its digest. A
/// second token of the same name replaces the first.
[[nodiscard]] Result<std::string> addToken(const std::filesystem::path& tokenFile, const std::string& name, Role role);

} // namespace binnacle::control
