// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/action_gateway.h"
#include "backend/actions/control_view.h"
#include "backend/clients/http_client.h"
#include "backend/domain/audit.h"

#include <vector>

namespace binnacle {

/// The range of control protocols that this program speaks.
inline constexpr int controlProtocolMin = 1;
inline constexpr int controlProtocolMax = 1;

/// What `GET /v1/audit/verify` found.
struct AuditVerification {
    bool whole = false;
    std::vector<ChainHead> heads;
    std::vector<ChainFault> faults;
};

/// Acts through binnacle-control. A connection that breaks while an act is under way is followed by asking again under
/// the same request id, which never does it twice.
class ControlGateway final : public ActionGateway {
public:
    /// `token` may be empty: then control goes by the uid.
    ControlGateway(HttpEndpoint endpoint, const std::string& token);

    [[nodiscard]] Result<ActionPreview> preview(const ActionRequest& request,
                                                std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<ActionOutcome> apply(const ActionRequest& request,
                                              std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<ActionPreview> previewUndo(const std::string& reference,
                                                    std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<ActionOutcome> undo(const std::string& reference, const ActionRequest& request,
                                             std::chrono::milliseconds patience) override;

    /// Conflict, with a sentence, when control speaks no protocol of ours: observe, but do not act.
    [[nodiscard]] Result<void> checkVersion(std::chrono::milliseconds patience);
    /// The document of GET /v1/state, unread.
    [[nodiscard]] Result<std::string> state(std::chrono::milliseconds patience);
    /// The same, read.
    [[nodiscard]] Result<ControlView> view(std::chrono::milliseconds patience);
    /// The comparisons of the last actions, the newest first.
    [[nodiscard]] Result<std::vector<Effect>> effects(int limit, std::chrono::milliseconds patience);
    /// The comparison of one action, "NUMBER" or "WRITER:NUMBER"; NotFound for actions that have none.
    [[nodiscard]] Result<Effect> effect(const std::string& reference, std::chrono::milliseconds patience);
    /// One page of one writer's entries behind `after`, newest page when `after` is negative. Empty writer: control's.
    [[nodiscard]] Result<std::vector<SealedEntry>> audit(const std::string& writer, std::int64_t after, int limit,
                                                         std::chrono::milliseconds patience);
    /// Lets control check all chains, and checks its answer against the heads that the caller saw before.
    [[nodiscard]] Result<AuditVerification> verifyAudit(const std::vector<ChainHead>& seen,
                                                        std::chrono::milliseconds patience);

private:
    /// `answered`: whether an error is control's own word, and not that of a connection that failed.
    [[nodiscard]] Result<std::string> ask(const char* method, const std::string& path, const std::string& body,
                                          SteadyTime deadline, bool* answered = nullptr);
    [[nodiscard]] Result<ActionOutcome> act(const std::string& path, const std::string& body,
                                            const ActionRequest& request, std::chrono::milliseconds patience);

    HttpClient m_http;
};

/// Reads the document of GET /v1/audit/verify.
[[nodiscard]] Result<AuditVerification> parseVerification(std::string_view json);
/// Reads lines as sealedLine() writes them.
[[nodiscard]] Result<std::vector<SealedEntry>> parseSealedLines(std::string_view lines);

} // namespace binnacle
