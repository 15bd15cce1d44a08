// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"
#include "backend/domain/audit.h"

#include <string>
#include <string_view>

namespace binnacle {

/// The documents that control, break-glass and `binnaclectl --json` share. Texts that are no UTF-8 are repaired when
/// they are written; what is read is checked.
[[nodiscard]] std::string previewDocument(const ActionPreview& preview);
[[nodiscard]] Result<ActionPreview> parsePreview(std::string_view json);

/// `run --json` of binnaclectl.
[[nodiscard]] std::string outcomeDocument(const ActionOutcome& outcome);
[[nodiscard]] Result<ActionOutcome> parseOutcome(std::string_view json);

/// The body of POST …/preview and …/run and of /v1/undo; `action` comes from the path.
[[nodiscard]] std::string requestDocument(const ActionRequest& request);
[[nodiscard]] Result<ActionRequest> parseRequest(std::string_view json);

/// An entry's canonical text, read back.
[[nodiscard]] Result<AuditEntry> parseAuditEntry(std::string_view text);
/// One line of a journal without its end: {"entry":TEXT,"digest":"…"}.
[[nodiscard]] std::string sealedLine(const SealedEntry& sealed);
/// Protocol when the line is not, byte for byte, what sealedLine() writes.
[[nodiscard]] Result<SealedEntry> parseSealedLine(std::string_view line);

[[nodiscard]] std::string errorDocument(ErrorCode code, std::string_view message);
/// Whether a body was made by errorDocument().
[[nodiscard]] bool isErrorDocument(std::string_view json);
/// The error of a body made by errorDocument(); Protocol for anything else.
[[nodiscard]] Error parseErrorDocument(std::string_view json);

/// The catalogue, for GET /v1/actions.
[[nodiscard]] std::string catalogueDocument();

} // namespace binnacle
