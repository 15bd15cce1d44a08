// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"

#include <chrono>
#include <string>

namespace binnacle {

/// The one way to act, whoever asks: console and ctl hold one of these and know nothing of what stands behind it.
/// Blocking; one thread at a time.
class ActionGateway {
public:
    virtual ~ActionGateway() = default;

    /// What the action would do now. Needs action and parameters alone.
    [[nodiscard]] virtual Result<ActionPreview> preview(const ActionRequest& request,
                                                        std::chrono::milliseconds patience) = 0;
    /// Does it, if the state is still the preview's. An error means that nothing was done; where that is not certain,
    /// the outcome is InDoubt.
    [[nodiscard]] virtual Result<ActionOutcome> apply(const ActionRequest& request,
                                                      std::chrono::milliseconds patience) = 0;

    /// What taking back an action would do. `reference` is "NUMBER" or "WRITER:NUMBER".
    [[nodiscard]] virtual Result<ActionPreview> previewUndo(const std::string& reference,
                                                            std::chrono::milliseconds patience) = 0;
    /// Takes it back. Of the request, reason, id, fingerprint and the typed word count.
    [[nodiscard]] virtual Result<ActionOutcome> undo(const std::string& reference, const ActionRequest& request,
                                                     std::chrono::milliseconds patience) = 0;
};

} // namespace binnacle
