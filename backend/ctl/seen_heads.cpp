// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/seen_heads.h"

#include "backend/actions/durable_file.h"
#include "backend/clients/stack_locator.h"

#include <sstream>

namespace binnacle::ctl {

Result<SeenHeads> SeenHeads::forStack(const std::filesystem::path& stateDir) {
    const auto environment = processEnvironment();
    std::filesystem::path base;
    if (const auto state = environment("XDG_STATE_HOME")) {
        base = *state;
    } else if (const auto home = environment("HOME")) {
        base = std::filesystem::path(*home) / ".local" / "state";
    } else {
        return fail(ErrorCode::NotFound, "There is neither HOME nor XDG_STATE_HOME to remember the audit's end in");
    }
    return SeenHeads(base / "binnacle" / ("audit-seen-" + stateDirDigest(stateDir)));
}

Result<std::vector<ChainHead>> SeenHeads::read() const {
    std::vector<ChainHead> heads;
    const auto text = readWholeFile(m_file, 1U << 20);
    if (!text) {
        return text.error().code == ErrorCode::NotFound ? Result<std::vector<ChainHead>>(heads)
                                                        : std::unexpected(text.error());
    }
    std::istringstream lines(*text);
    ChainHead head;
    while (lines >> head.writerId >> head.number >> head.digest) {
        heads.push_back(head);
    }
    return heads;
}

Result<void> SeenHeads::write(const std::vector<ChainHead>& heads) const {
    std::error_code error;
    std::filesystem::create_directories(m_file.parent_path(), error);
    std::string text;
    for (const auto& head : heads) {
        if (head.number > 0) {
            text += head.writerId + " " + std::to_string(head.number) + " " + head.digest + "\n";
        }
    }
    return replaceFile(m_file, text);
}

} // namespace binnacle::ctl
