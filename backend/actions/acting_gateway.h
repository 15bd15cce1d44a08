// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/control_gateway.h"
#include "backend/clients/secret.h"
#include "backend/clients/stack_status.h"

#include <filesystem>
#include <memory>
#include <string>

namespace binnacle {

/// Who acts, and how far.
struct ActingSetup {
    std::filesystem::path stateDir; ///< of the stack, where its status does not tell
    std::string tokenFile;          ///< who to be; empty: the uid tells
    bool mayBreakGlass = true;
    Secret token = {}; ///< instead of the file's
};

/// The way to act on a stack: through control, or past it when it does not answer. Shared by console and terminal.
/// Blocking; one thread at a time.
class ActingGateway {
public:
    /// Asks control for its protocol first, for two seconds at most. When control is down or does not answer, level and
    /// share go past it, unless the setup forbids it. An order is never sent to control and then repeated past it: who
    /// holds one of these keeps to the way it has.
    [[nodiscard]] static Result<ActingGateway> choose(const StackStatus& status, const ActingSetup& setup);

    ~ActingGateway();
    ActingGateway(ActingGateway&&) noexcept;
    ActingGateway& operator=(ActingGateway&&) noexcept;

    [[nodiscard]] ActionGateway& gateway() const;
    /// Control itself, or nullptr past it.
    [[nodiscard]] ControlGateway* control() const;
    /// Past control: why it could not be asked. Empty otherwise.
    [[nodiscard]] const std::string& bypassReason() const { return m_bypassReason; }

private:
    struct Parts;
    explicit ActingGateway(std::unique_ptr<Parts> parts, std::string bypassReason = {});
    [[nodiscard]] static Result<ActingGateway> pastControl(const StackStatus& status, const ActingSetup& setup,
                                                           std::string reason);

    std::unique_ptr<Parts> m_parts;
    std::string m_bypassReason;
};

/// Where break-glass keeps its journals: beside control's own state.
[[nodiscard]] std::filesystem::path journalDirectory(const StackStatus& status, const std::filesystem::path& stateDir);

} // namespace binnacle
