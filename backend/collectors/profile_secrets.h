// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/profile.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace binnacle {

/// What is known of one credential of a profile at this moment.
struct SuppliedSecret {
    Secret secret;         ///< empty: there is none
    std::string why;       ///< a sentence, while there is none: "the keychain is locked"
    unsigned revision = 0; ///< another secret, another number
};

using SecretLookup = std::function<SuppliedSecret(const CredentialSlot& slot)>;

/// The profile with the secrets in its targets; readers of Prometheus are made anew for that.
[[nodiscard]] Profile withSecrets(Profile profile, const SecretLookup& lookup);

/// As collectorsFor(). A source whose secret is missing, from the keychain and from any file, asks nobody: it is denied
/// with what `lookup` says of it. One
/// that gets another secret counts as another target, so that a runner replaces it.
[[nodiscard]] std::vector<std::unique_ptr<Collector>> collectorsFor(const Profile& profile, const SecretLookup& lookup);

} // namespace binnacle
