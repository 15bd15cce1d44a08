// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/credentials/credential_box.h"
#include "app/feed/control_link.h"
#include "app/feed/source_set.h"
#include "backend/collectors/profile.h"

namespace binnacle::app {

/// The servers of a profile as a stack that always runs and that nobody here starts or stops.
/// Secrets that are not in files come from `box`, which may get them later; nullptr: there are none.
[[nodiscard]] std::unique_ptr<StackLink> profileStackLink(Profile profile,
                                                          std::shared_ptr<const CredentialBox> box = nullptr);

/// The control plane that a profile names, if it names one. A profile that is read-only has no way to act, and
/// `file` is where that is changed. `tokenFile` says who to be, else the profile's.
[[nodiscard]] std::shared_ptr<ControlLink> profileControlLink(Profile profile, std::string file,
                                                              std::string tokenFile = {},
                                                              std::shared_ptr<const CredentialBox> box = nullptr);

} // namespace binnacle::app
