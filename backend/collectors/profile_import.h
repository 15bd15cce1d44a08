// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/profile_draft.h"

#include <string_view>
#include <vector>

namespace binnacle {

/// A server that a pasted text names, with the secret that stood in it, which no draft holds.
struct ImportedServer {
    ServerDraft server;
    Secret secret;
};

/// Understands an address (postgresql://, redis://, rediss://, a statistics page or a Prometheus by http(s)://), a
/// connection string of KEY=VALUE pairs, and sections of a pg_service.conf. A server elsewhere without a word about TLS
/// gets sslmode=verify-full. Invalid with a sentence that says what to write instead, and repeats nothing of the text.
[[nodiscard]] Result<std::vector<ImportedServer>> importServers(std::string_view text);

} // namespace binnacle
