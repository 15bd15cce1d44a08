// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/audit.h"

#include <filesystem>
#include <vector>

namespace binnacle::ctl {

/// The ends of the audit chains that this account has seen of one stack, outside the stack's own state: who cuts the
/// end off there can't change what is remembered here.
class SeenHeads {
public:
    /// `file` need not exist.
    explicit SeenHeads(std::filesystem::path file)
        : m_file(std::move(file)) {}
    /// For the stack of that state directory, in this account's own state directory.
    [[nodiscard]] static Result<SeenHeads> forStack(const std::filesystem::path& stateDir);

    [[nodiscard]] Result<std::vector<ChainHead>> read() const;
    [[nodiscard]] Result<void> write(const std::vector<ChainHead>& heads) const;

private:
    std::filesystem::path m_file;
};

} // namespace binnacle::ctl
